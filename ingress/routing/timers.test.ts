import { describe, expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

function setUp() {
  const a = scriptFamily('a');
  const rig = rigOf([a]);
  const client = rig.connect();
  const arm = (name: string, after: number, tag: string, section?: string) => ({
    name,
    at: rig.clock.now() + after,
    payload: { tag },
    ...(section === undefined ? {} : { section }),
  });
  const act = async (timers: readonly object[]) => {
    client.send('A_DO', { result: { timers } });
    await rig.settle();
  };
  const fired = () =>
    a.heard
      .filter(({ message }) => message.kind === 'timer')
      .map(({ message }) => ('payload' in message ? message.payload?.tag : null));
  return { a, rig, client, arm, act, fired };
}

describe('timers', () => {
  it('come as messages when they are due', async () => {
    const { a, rig, arm, act, fired } = setUp();
    const at = rig.clock.now() + 500;
    await act([arm('a-1', 500, 'one'), arm('a-2', 200, 'two')]);
    await rig.pass(199);
    expect(fired()).toEqual([]);
    await rig.pass(1);
    expect(fired()).toEqual(['two']);
    await rig.pass(300);
    expect(fired()).toEqual(['two', 'one']);
    expect(a.heard.at(-1)?.message).toMatchObject({ kind: 'timer', name: 'a-1', at });
    expect(rig.router.size.timers).toBe(0);
  });

  it('are moved by their name, and cancelled', async () => {
    const { rig, arm, act, fired } = setUp();
    await act([arm('a-1', 500, 'early'), arm('a-2', 500, 'never')]);
    await act([arm('a-1', 800, 'moved'), { name: 'a-2', cancel: true }]);
    await rig.pass(799, 100);
    expect(fired()).toEqual([]);
    await rig.pass(1);
    expect(fired()).toEqual(['moved']);
  });

  it('in the past come at once', async () => {
    const { rig, arm, act, fired } = setUp();
    await act([arm('a-1', -5000, 'past')]);
    await rig.pass(0, 1);
    await rig.pass(1);
    expect(fired()).toEqual(['past']);
  });

  it('that are due but have not run can still be taken back', async () => {
    const { rig, client, arm, act, fired } = setUp();
    await act([arm('a-1', 100, 'stale'), arm('a-2', 100, 'stays')]);
    let keep: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (keep = resolve));
    const change = {
      state: { sections: { 'a-counter': { value: 1 } } },
      timers: [{ name: 'a-1', cancel: true }],
    };
    client.send('A_DO', { result: change });
    await rig.pass(200);
    keep();
    await rig.settle();
    expect(fired()).toEqual(['stays']);
  });

  it('end with their connection', async () => {
    const { rig, client, arm, act, fired } = setUp();
    await act([arm('a-1', 100, 'one')]);
    await rig.router.close(client.connection, 'client_closed');
    expect(rig.router.size.timers).toBe(0);
    await rig.pass(200);
    expect(fired()).toEqual([]);
  });

  it('kept with a section are told to the keeper, and when they have fired', async () => {
    const { rig, client, arm, act } = setUp();
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    await rig.settle();
    await act([arm('a-1', 100, 'kept', 'a-counter'), arm('a-2', 100, 'not kept')]);
    expect(rig.keeper.commits.at(-1)?.timers).toMatchObject([{ name: 'a-1', section: 'a-counter' }]);
    await rig.pass(100);
    expect(rig.keeper.commits.at(-1)).toMatchObject({ fired: ['a-1'] });
  });

  it('are cancelled with the keeper when they lose their section', async () => {
    const { rig, client, arm, act } = setUp();
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    await rig.settle();
    await act([arm('a-1', 100, 'kept', 'a-counter')]);
    await act([arm('a-1', 100, 'now my own')]);
    expect(rig.keeper.commits.at(-1)?.timers).toEqual([{ name: 'a-1', cancel: true }]);
    expect(rig.keeper.entity('c1').timers.size).toBe(0);
  });

  it('kept with a section can be cancelled after their turn came to nothing', async () => {
    const a = scriptFamily('a');
    let broken = false;
    const rig = rigOf([a], {}, (invoker) => ({
      ...invoker,
      invoke: (target, event, signal) =>
        broken ? Promise.resolve('garbage') : invoker.invoke(target, event, signal),
    }));
    const client = rig.connect();
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    await rig.settle();
    const kept = { name: 'a-1', at: rig.clock.now() + 100, section: 'a-counter' };
    client.send('A_DO', { result: { timers: [kept] } });
    await rig.settle();
    broken = true;
    await rig.pass(1000, 100);
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'turn_failed' })).toBe(1);
    broken = false;
    client.send('A_DO', { result: { timers: [{ name: 'a-1', cancel: true }] } });
    await rig.settle();
    expect(rig.keeper.entity('c1').timers.size).toBe(0);
  });

  it('kept with a section wait for a family that is away for a while', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    const at = rig.clock.now() + 100;
    for (const [name, tag] of [
      ['a-1', 'due while it is away'],
      ['a-2', 'due when it is back'],
    ] as const) {
      const stored = {
        name,
        at: name === 'a-1' ? at : at + 1000,
        payload: { tag },
        section: 'a-counter',
      };
      rig.keeper.entity('c1').timers.set(name, stored);
    }
    rig.router.replaceRoutes(rig.router.routes.without('a'));
    const client = rig.connect();
    client.send('B_DO', { result: { state: { characterId: 'c1' } } });
    await rig.pass(500, 100);
    rig.router.replaceRoutes(rig.router.routes.withManifest(a.manifest).table);
    client.send('A_DO', { result: { timers: [{ name: 'a-1', cancel: true }] } });
    await rig.pass(1000, 100);
    expect(a.tags()).toEqual(['A_DO', 'due when it is back']);
    expect(rig.keeper.entity('c1').timers.size).toBe(0);
  });

  it('of thousands of connections share one call of the clock', async () => {
    const { rig, act } = setUp();
    const before = rig.clock.planned;
    const a = Array.from({ length: 2000 }, () => rig.connect());
    for (const [index, client] of a.entries()) {
      client.send('A_DO', {
        result: { timers: [{ name: 'a-1', at: rig.clock.now() + 1000 + ((index * 7919) % 1000) }] },
      });
    }
    await act([]);
    expect(rig.router.size.timers).toBe(2000);
    expect(rig.clock.planned - before).toBeLessThan(3);
    await rig.pass(1500, 100);
    const rest = rig.router.size.timers;
    expect(rest).toBeGreaterThan(900);
    expect(rest).toBeLessThan(1100);
    await rig.pass(500, 100);
    expect(rig.router.size.timers).toBe(0);
  });

  it('of another family cannot be armed, moved or cancelled', async () => {
    const [a, b] = [scriptFamily('a'), scriptFamily('b')];
    const rig = rigOf([a, b]);
    const client = rig.connect();
    const at = rig.clock.now() + 1000;
    client.send('A_DO', { result: { timers: [{ name: 'a-1', at }] } });
    client.send('B_DO', {
      result: {
        timers: [
          { name: 'a-1', cancel: true },
          { name: 'a-2', at },
          { name: 'b-1', at },
        ],
      },
    });
    await rig.pass(2000, 500);
    const fired = [...a.heard, ...b.heard].filter(({ message }) => message.kind === 'timer');
    expect(fired.map(({ message }) => message.name)).toEqual(['a-1', 'b-1']);
    expect(rig.meter.total('drops_total', { what: 'timer', reason: 'foreign_timer' })).toBe(2);
  });

  it('of another family stays as it is even when nothing else is asked for', async () => {
    const rig = rigOf([scriptFamily('a'), scriptFamily('b')]);
    const client = rig.connect();
    const at = rig.clock.now() + 1000;
    client.send('A_DO', { result: { timers: [{ name: 'a-1', at }] } });
    client.send('B_DO', { result: { timers: [{ name: 'a-1', cancel: true }] } });
    client.send('B_DO', { result: { timers: [] } });
    await rig.settle();
    expect(rig.router.size.timers).toBe(1);
    expect(rig.meter.total('drops_total', { what: 'timer', reason: 'foreign_timer' })).toBe(1);
  });

  it('that nobody handles are counted, and not armed', async () => {
    const { rig, arm, act } = setUp();
    await act([arm('nobody-1', 500, 'lost')]);
    expect(rig.router.size.timers).toBe(0);
    expect(rig.meter.total('drops_total', { what: 'timer', reason: 'signal_unhandled' })).toBe(1);
  });

  it('kept with a character are not armed by a connection that was closed while it took it over', async () => {
    const { a, rig, client, fired } = setUp();
    const at = rig.clock.now() + 100;
    rig.keeper
      .entity('c1')
      .timers.set('a-1', { name: 'a-1', at, payload: { tag: 'late' }, section: 'a-counter' });
    let taken: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (taken = resolve));
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    await rig.settle();
    const closed = rig.router.kick(client.connection, 'kicked');
    rig.keeper.before = () => {};
    taken();
    await rig.settle();
    await closed;
    expect(rig.router.size).toEqual({ connections: 0, timers: 0 });
    await rig.pass(200);
    expect(fired()).toEqual([]);
    expect(a.tags()).not.toContain('edge.owned');
  });
});
