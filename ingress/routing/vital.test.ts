import { describe, expect, it } from 'vitest';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';
import { contradiction } from './family-route.ts';
import type { Invoker } from './invoker/index.ts';

const echo = (value: unknown) => ({ name: 'SRV_ECHO', payload: { echo: value } });
const toSelf = (payload: object) => ({ result: { signals: [{ to: 'self', name: 'a.do', payload }] } });

describe('a vital signal', () => {
  it('that is refused closes the client, after what it is told', async () => {
    const a = scriptFamily('a', { vital: ['a.do'] });
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', toSelf({ result: { refused: 'incomplete', replies: [echo('not today')] } }));
    await rig.settle();
    expect(client.told('echo')).toEqual(['not today']);
    expect(client.closedWith).toBe('vital_failed');
    expect(a.tags()).toEqual(['A_DO', 'a.do', 'edge.closing']);
    expect(a.heard.at(-1)?.message).toMatchObject({ payload: { reason: 'vital_failed' } });
    expect(rig.meter.total('refusals_total', { reason: 'incomplete' })).toBe(1);
  });

  it('whose handler throws closes the client', async () => {
    const rig = rigOf([scriptFamily('a', { vital: ['a.do'] })]);
    const client = rig.connect();
    client.send('A_DO', toSelf({ throw: true }));
    await rig.settle();
    expect(client.closedWith).toBe('vital_failed');
  });

  it('whose turn is given up closes the client', async () => {
    const a = scriptFamily('a', { vital: ['a.do'] });
    const broken = (invoker: Invoker): Invoker => ({
      describe: (target, signal) => invoker.describe(target, signal),
      invoke: (target, event, signal) =>
        event.turns.some(({ messages }) => messages.some(({ name }) => name === 'a.do'))
          ? Promise.reject(new EdgeError('invoke_failed', 'out of memory', { ended: true }))
          : invoker.invoke(target, event, signal),
    });
    const rig = rigOf([a], {}, broken);
    const client = rig.connect();
    client.send('A_DO', toSelf({ tag: 1 }));
    await rig.pass(5_000, 50);
    expect(client.closedWith).toBe('vital_failed');
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'turn_failed' })).toBe(1);
  });

  it('keeps the reason with which a handler closes by itself', async () => {
    const rig = rigOf([scriptFamily('a', { vital: ['a.do'] })]);
    const client = rig.connect();
    client.send('A_DO', toSelf({ result: { refused: 'gone', close: { reason: 'logout' } } }));
    await rig.settle();
    expect(client.closedWith).toBe('logout');
  });

  it('other signals, and packets, may fail as they like', async () => {
    const rig = rigOf([scriptFamily('a', { vital: ['edge.owned'] })]);
    const client = rig.connect();
    client.send('A_DO', toSelf({ throw: true }));
    client.send('A_DO', { throw: true });
    await rig.settle();
    expect(client.closedWith).toBeNull();
  });

  it('must be one of the signals of its family', () => {
    const { manifest } = scriptFamily('a', { vital: ['b.do'] });
    expect(contradiction(manifest)).toMatchObject({ code: 'bad_manifest', details: { signal: 'b.do' } });
    expect(contradiction(scriptFamily('a', { vital: ['a.do'] }).manifest)).toBeNull();
  });
});
