import { describe, expect, it } from 'vitest';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, walkerAt } from '../testing/walker.ts';

describe('a position that the client claims', () => {
  const engine = useTestEngine();

  const walk = { targetId: 0, x: 524_330, y: 520_000, z: 0 };

  it.each([
    ['CLI_STOP_MOVING', 'SRV_STOP_MOVING'],
    ['CLI_STOP', 'SRV_STOP'],
    ['CLI_SET_POSITION', 'SRV_STOP'],
  ] as const)('%s on the way ends the walk there, and is told as %s', async (claimed, told) => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', walk);
    walker.now = NOW + 2000;
    const at = { x: 520_800, y: 520_000 };
    const result =
      claimed === 'CLI_STOP_MOVING'
        ? await walker.packet(claimed, { ...at, z: 0 })
        : await walker.packet(claimed, at);
    expect(result.delivered(told)).toMatchObject({ char_id: 2000, ...at });
    expect(result.deliveries[0]).toMatchObject({ to: 'map/20/208,208', replace: 'motion/2000' });
    expect(result.refused).toBeUndefined();
    expect(walker.sections.position).toMatchObject({ ...at, start: NOW + 2000 });
    expect(walker.timers).toEqual([]);
    expect(result.place?.at).toEqual(at);
  });

  it('a little ahead of the server is believed, and paid for before the next walk begins', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', walk);
    walker.now = NOW + 1000;
    const result = await walker.packet('CLI_STOP', { x: 520_433 + 216.5, y: 520_000 });
    expect(result.refused).toBeUndefined();
    expect(walker.sections.position).toMatchObject({ x: 520_649.5, start: NOW + 1500 });
    await walker.packet('CLI_MOUSE_CMD', walk);
    expect(walker.sections.position).toMatchObject({ x: 520_649.5, start: NOW + 1500 });
  });

  it('too far ahead is refused: the client is sent to its true position and the walk ends there', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', walk);
    walker.now = NOW + 1000;
    const result = await walker.packet('CLI_STOP_MOVING', { x: 522_000, y: 520_000, z: 0 });
    expect(result.refused).toBe('too_fast');
    expect(result.reply('SRV_MOVE')).toMatchObject({ id: 2000, x: 520_433, y: 520_000 });
    expect(result.delivered('SRV_STOP')).toMatchObject({ x: 520_433, y: 520_000 });
    expect(walker.sections.position).toMatchObject({ x: 520_433, y: 520_000 });
  });

  it('long after the arrival is no further than the destination', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { ...walk, x: 520_433 });
    await walker.advance(3_600_000);
    const result = await walker.packet('CLI_SET_POSITION', { x: 530_000, y: 520_000 });
    expect(result.refused).toBe('too_fast');
    expect(result.reply('SRV_MOVE')).toMatchObject({ x: 520_433, y: 520_000 });
    expect(result.deliveries).toEqual([]);
  });

  it('is not a way to get ahead by many small steps', async () => {
    const walker = walkerAt(engine.store);
    let refused = 0;
    for (let n = 1; n <= 200; n += 1) {
      walker.now = NOW + n * 10;
      const { x = 0 } = walker.sections.position ?? {};
      const result = await walker.packet('CLI_SET_POSITION', { x: x + 100, y: 520_000 });
      if (result.refused === 'too_fast') refused += 1;
    }
    const gained = (walker.sections.position?.x ?? 0) - 520_000;
    expect(refused).toBeGreaterThan(100);
    expect(gained).toBeGreaterThan(0);
    expect(gained).toBeLessThanOrEqual(2.7 * 433);
  });

  it('off the map is refused', async () => {
    const walker = walkerAt(engine.store, 480_100, 520_000);
    const result = await walker.packet('CLI_STOP', { x: 479_950, y: 520_000 });
    expect(result.refused).toBe('off_map');
    expect(result.reply('SRV_MOVE')).toMatchObject({ x: 480_100, y: 520_000 });
  });

  it('of the stunned is refused: small steps would be a way to walk', async () => {
    const walker = walkerAt(engine.store);
    walker.connection.sections.effects = {
      active: [{ status: 'stun', amount: 100, until: NOW + 5000, by: 1 }],
      ready: {},
    };
    const result = await walker.packet('CLI_SET_POSITION', { x: 520_100, y: 520_000 });
    expect(result.refused).toBe('stunned');
    expect(result.reply('SRV_MOVE')).toMatchObject({ x: 520_000, y: 520_000 });
    expect(walker.sections.position).toMatchObject({ x: 520_000 });
  });

  it('of the dead or of one who is loading changes nothing', async () => {
    const walker = walkerAt(engine.store);
    walker.connection.sections.vitals = { hp: 0, mp: 0, at: NOW, combatAt: NOW };
    expect((await walker.packet('CLI_STOP', { x: 520_010, y: 520_000 })).refused).toBe('dead');
    walker.connection.sections.presence = { objectId: 2000, map: 20, visible: false, cell: '208,208' };
    expect((await walker.packet('CLI_STOP', { x: 520_010, y: 520_000 })).refused).toBe('not_in_world');
    expect(walker.sections.position).toMatchObject({ x: 520_000 });
  });
});
