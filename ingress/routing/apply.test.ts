import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const echo = (value: unknown) => ({ name: 'SRV_ECHO', payload: { echo: value } });
const place = {
  topic: 'map/1/1,1',
  object: '1/7',
  appear: echo('here'),
  vanish: echo('gone'),
  at: { x: 1, y: 2 },
};

describe('applying a result', () => {
  it('keeps the state first, then sends replies, place, deliveries, signals', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    const { id } = client.connection;
    let atCommit = -1;
    rig.keeper.before = () => {
      atCommit = rig.hub.departures.length;
    };
    const result = {
      state: { sections: { 'a-counter': { value: 1 } } },
      signals: [{ to: 'character/nobody', name: 'a.do', payload: {} }],
      deliveries: [{ to: 'map/1/1,1', packets: [echo('all')], except: 'self' }],
      place,
      watch: ['map/1/1,1'],
      replies: [echo('reply')],
    };
    client.send('A_DO', { result });
    await rig.settle();
    const left = rig.hub.departures.filter((each) => each.what !== 'attach');
    expect(atCommit).toBe(1);
    expect(left.map(({ what }) => what)).toEqual(['reply', 'look', 'deliver', 'signal']);
    expect(left[1]).toMatchObject({ family: 'a', look: { place: { object: '1/7' }, watch: ['map/1/1,1'] } });
    expect(left[2]).toMatchObject({ delivery: { except: id } });
  });

  it('begins no turn before the one before it is kept', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    const client = rig.connect();
    let keep: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (keep = resolve));
    client.send('A_DO', {
      result: { state: { sections: { 'a-counter': { value: 1 } } }, replies: [echo(1)] },
    });
    client.send('B_DO', { tag: 2 });
    await rig.settle();
    expect(client.told('echo')).toEqual([]);
    expect(b.heard).toEqual([]);
    keep();
    await rig.settle();
    expect(client.told('echo')).toEqual([1, 2]);
  });

  it('shows a turn what the one before it wrote', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_SLOW', { result: { state: { sections: { 'a-counter': { value: 7 } } } } });
    client.send('A_SLOW', { tag: 2 });
    await rig.settle();
    expect(a.heard.map(({ counter }) => counter)).toEqual([undefined, 7]);
  });

  it('asks the keeper nothing when no state changes', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { result: { timers: [{ name: 'a-1', at: rig.clock.now() + 1000 }] } });
    await rig.settle();
    expect(rig.keeper.commits).toEqual([]);
  });

  it.each(['persist_failed', 'ownership_lost'] as const)(
    'holds replies back and closes on %s',
    async (code) => {
      const a = scriptFamily('a');
      const rig = rigOf([a]);
      const client = rig.connect();
      let fail = true;
      rig.keeper.before = () => {
        if (fail) throw new EdgeError(code, 'no');
      };
      client.send('A_DO', {
        result: { state: { sections: { 'a-counter': { value: 1 } } }, replies: [echo('a lie')] },
      });
      client.send('A_SLOW', { tag: 'behind' });
      await rig.settle();
      fail = false;
      expect(client.told('echo')).toEqual([]);
      expect(client.closedWith).toBe(code);
      expect(a.tags()).toEqual(['A_DO', 'edge.closing']);
      expect(rig.router.size.connections).toBe(0);
      expect(rig.meter.total('drops_total', { what: 'packet', reason: code })).toBe(2);
    },
  );

  it('refuses a turn that writes the section of another family', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    const client = rig.connect();
    rig.keeper.before = (_, { family }) => {
      if (family === 'a') throw new EdgeError('foreign_section', 'not yours');
    };
    client.send('A_DO', { result: { state: { stage: 'lobby' }, replies: [echo('done')] } });
    client.send('B_DO', { tag: 2 });
    await rig.settle();
    expect(client.told('echo')).toEqual(['a refused', 2]);
    expect(client.connection.stage).toBe('world');
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'foreign_section' })).toBe(1);
  });

  it('counts refusals by their reason, odd ones as other', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { result: { refused: 'too_far' } });
    client.send('A_DO', { result: { refused: 'Player 1 is Too Far' } });
    await rig.settle();
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'too_far' })).toBe(1);
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'other' })).toBe(1);
  });

  it('closes after everything was sent, with the reason of the catalogue', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const [one, two] = [rig.connect(), rig.connect()];
    one.send('A_DO', { result: { replies: [echo('bye')], close: { reason: 'logout' } } });
    one.send('A_DO', { tag: 'too late' });
    two.send('A_DO', { result: { close: { reason: 'bored' } } });
    await rig.settle();
    expect(one.told('echo')).toEqual(['bye']);
    expect(one.closedWith).toBe('logout');
    expect(two.closedWith).toBe('refused_by_handler');
    expect(rig.router.size.connections).toBe(0);
  });
});

describe('ownership', () => {
  it('tells families before anything that waits, with the sections loaded', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    rig.keeper.entity('c1').sections['b-counter'] = { value: 3 };
    const client = rig.connect();
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    client.send('A_DO', { tag: 'after' });
    client.send('B_DO', { tag: 'last' });
    await rig.settle();
    expect([...a.tags(), '|', ...b.tags()]).toEqual([
      'A_DO',
      'edge.owned',
      'after',
      '|',
      'edge.owned',
      'last',
    ]);
    expect(b.heard[0]).toMatchObject({
      epoch: 1,
      counter: 3,
      message: { payload: { characterId: 'c1', epoch: 1 } },
    });
    expect(rig.hub.departures.filter(({ what }) => what === 'identify')).toHaveLength(1);
  });

  it('tells them when it was denied', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    rig.keeper.denied.add('c1');
    const client = rig.connect();
    client.send('A_DO', { result: { state: { characterId: 'c1' } } });
    client.send('A_DO', { tag: 'after' });
    await rig.settle();
    expect(a.tags()).toEqual(['A_DO', 'edge.denied', 'after']);
  });

  it('arms kept timers again, and forgets them when the character is let go', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const at = rig.clock.now() + 1000;
    rig.keeper
      .entity('c1')
      .timers.set('a-1', { name: 'a-1', at, payload: { tag: 'kept' }, section: 'a-counter' });
    const [one, two] = [rig.connect(), rig.connect()];
    one.send('A_DO', {
      result: { state: { characterId: 'c1' }, timers: [{ name: 'a-2', at, payload: { tag: 'own' } }] },
    });
    await rig.settle();
    one.send('A_DO', { result: { state: { characterId: null } } });
    await rig.pass(1000);
    expect(a.tags()).toContain('own');
    expect(a.tags()).not.toContain('kept');
    two.send('A_DO', { result: { state: { characterId: 'c1' } } });
    await rig.pass(0, 1);
    await rig.pass(1);
    expect(a.tags()).toContain('kept');
    expect(rig.keeper.commits.at(-1)).toMatchObject({ fired: ['a-1'] });
    expect(rig.keeper.entity('c1').timers.size).toBe(0);
  });

  it.each(['denied', 'owned'] as const)(
    'leaves kept timers with the character that was let go for another one, which was %s',
    async (how) => {
      const a = scriptFamily('a');
      const rig = rigOf([a]);
      const client = rig.connect();
      const kept = (name: string, tag: string) => ({
        name,
        at: rig.clock.now() + 100,
        payload: { tag },
        section: 'a-counter',
      });
      if (how === 'denied') rig.keeper.denied.add('c2');
      rig.keeper.entity('c2').timers.set('a-2', kept('a-2', 'of the second'));
      client.send('A_DO', { result: { state: { characterId: 'c1' } } });
      client.send('A_DO', { result: { timers: [kept('a-1', 'of the first')] } });
      await rig.settle();
      const timers = [kept('a-1', 'of the first'), { name: 'a-2', cancel: true }];
      client.send('A_DO', { result: { state: { characterId: 'c2' }, timers } });
      await rig.pass(200, 100);
      expect(a.tags()).not.toContain('of the first');
      expect([...rig.keeper.entity('c1').timers.keys()]).toEqual(['a-1']);
      expect(a.tags().includes('of the second')).toBe(how === 'owned');
    },
  );
});
