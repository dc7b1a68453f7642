import { describe, expect, it } from 'vitest';
import { samplePosition, samplePresence } from '../../../shared/world/testing/sample-character.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, type Walker, walkerAt } from '../testing/walker.ts';

const FIELD = 22;
/** Among the monsters of the region 26,24. */
const AMONG = { x: 522_000, y: 495_000 };
const HOME = `actor/map/${FIELD}/26,24`;

const engine = useTestEngine();

function onField({ x, y } = AMONG): Walker {
  const walker = walkerAt(engine.store, x, y);
  walker.connection.sections.position = { ...samplePosition(NOW, x, y), map: FIELD };
  walker.connection.sections.presence = { ...samplePresence(x, y), map: FIELD };
  return walker;
}

const told = (result: { signals: readonly { name: string; to: string }[] }, name: string) =>
  result.signals.filter((signal) => signal.name === name).map(({ to }) => to);

describe('regions', () => {
  it('are told how one walks among their monsters', async () => {
    const result = await onField().packet('CLI_MOUSE_CMD', { targetId: 0, x: 523_000, y: 495_000, z: 0 });
    expect(told(result, 'monsters.near')).toContain(HOME);
    const signal = result.signals.find(({ to }) => to === HOME);
    expect(signal?.payload).toEqual({
      objectId: 2000,
      ...AMONG,
      to: { x: 523_000, y: 495_000 },
      speed: 433,
      start: NOW,
      alive: true,
    });
  });

  it('without monsters are told only who comes and goes', async () => {
    const walker = walkerAt(engine.store);
    const step = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 520_100, y: 520_000, z: 0 });
    expect(told(step, 'monsters.near')).toEqual([]);
    walker.connection.sections.presence = { ...samplePresence(), visible: false };
    const entered = await walker.signal('movement.enter');
    expect(told(entered, 'monsters.near')).toEqual([]);
    const [soon] = await walker.advance(0);
    expect(soon === undefined ? [] : told(soon, 'monsters.near')).not.toEqual([]);
  });

  it('that are out of reach hear that one is gone', async () => {
    const walker = onField();
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 600_000, y: 495_000, z: 0 });
    const results = await walker.advance(180_000);
    const gone = results.flatMap((result) => told(result, 'monsters.gone'));
    expect(gone.filter((to) => to === HOME)).toHaveLength(1);
  });

  it('hear it when one leaves the world, and again and again while one stands there', async () => {
    const walker = onField();
    walker.connection.sections.presence = {
      ...samplePresence(AMONG.x, AMONG.y),
      map: FIELD,
      visible: false,
    };
    await walker.signal('movement.enter');
    const results = await walker.advance(120_000);
    expect(results.map((result) => told(result, 'monsters.near').includes(HOME))).toEqual([true, true, true]);
    const left = await walker.signal('movement.leave');
    expect(told(left, 'monsters.gone')).toContain(HOME);
    expect(await walker.advance(180_000)).toEqual([]);
  });

  it('hear of a death, and the dead lie where they fell', async () => {
    const walker = onField();
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 523_000, y: 495_000, z: 0 });
    walker.now = NOW + 1000;
    walker.connection.sections.vitals = { hp: 0, mp: 0, at: NOW, combatAt: NOW };
    const result = await walker.signal('movement.refresh');
    expect(result.signals.find(({ to }) => to === HOME)?.payload).toMatchObject({
      alive: false,
      x: AMONG.x + 433,
    });
    expect(walker.sections.position).not.toHaveProperty('to');
    expect(result.place?.appear).toMatchObject({ payload: { command: 3, hp: 0 } });
  });
});

describe('effects', () => {
  const lasting = (status: string, amount: number) => ({
    active: [{ status, amount, until: NOW + 60_000, by: 1 }],
    ready: {},
  });

  it('change the speed of a walk that goes on', async () => {
    const walker = onField();
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 532_000, y: 495_000, z: 0 });
    walker.now = NOW + 1000;
    walker.connection.sections.effects = lasting('slow', 40);
    await walker.signal('movement.refresh');
    expect(walker.sections.position).toMatchObject({ x: AMONG.x + 433, speed: 260, start: NOW + 1000 });
    expect(walker.sections.position?.to).toEqual({ x: 532_000, y: 495_000 });
  });

  it('leave a rest as it is', async () => {
    const walker = onField();
    walker.connection.sections.effects = lasting('speed', 25);
    walker.now = NOW + 1000;
    await walker.signal('movement.refresh');
    expect(walker.sections.position).toMatchObject({ ...AMONG, speed: 541, start: NOW });
  });

  it('that stun end a walk, and let nobody begin one', async () => {
    const walker = onField();
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 532_000, y: 495_000, z: 0 });
    walker.now = NOW + 1000;
    walker.connection.sections.effects = lasting('stun', 100);
    await walker.signal('movement.refresh');
    expect(walker.sections.position).not.toHaveProperty('to');
    const click = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 532_000, y: 495_000, z: 0 });
    expect(click.refused).toBe('stunned');
    expect(click.reply('SRV_MOVE')).toMatchObject({ x: AMONG.x + 433 });
    const led = await walker.signal('movement.approach', { objectId: 5, x: 523_000, y: 495_000 });
    expect(led.refused).toBe('hindered');
  });
});

describe('a fight', () => {
  it('leads one to its target, without a word: the attack has told it; and who arrives stands before it', async () => {
    const walker = onField();
    const led = await walker.signal('movement.approach', { objectId: 2500, x: 523_000, y: 495_000 });
    expect(led.deliveries).toEqual([]);
    expect(walker.sections.position).toMatchObject({ to: { x: 523_000, y: 495_000 }, targetId: 2500 });
    await walker.advance(5000);
    expect(walker.sections.position).toMatchObject({ x: 523_000, targetId: 2500 });
    expect((await walker.signal('movement.approach', { objectId: 2500, x: 'there' })).refused).toBe(
      'bad_target',
    );
  });
});
