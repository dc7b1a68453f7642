import { describe, expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

describe('order of a connection', () => {
  it('answers one packet with one invocation', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_DO', { tag: 1 });
    await rig.settle();
    expect(client.told('echo')).toEqual([1]);
    expect(rig.meter.total('invocations_total', { family: 'a', outcome: 'ok' })).toBe(1);
  });

  it('keeps the order across families', async () => {
    const a = scriptFamily('a');
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    const client = rig.connect();
    const wanted: number[] = [];
    for (let tag = 0; tag < 200; tag += 1) {
      client.send(tag % 7 < 4 ? 'A_DO' : 'B_DO', { tag });
      wanted.push(tag);
    }
    await rig.settle();
    expect(client.told('echo')).toEqual(wanted);
  });

  it('puts a run of one family into one turn', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    for (let tag = 0; tag < 32; tag += 1) client.send('A_DO', { tag });
    await rig.settle();
    expect(client.told('echo')).toHaveLength(32);
    expect(new Set(a.heard.map(({ turnId }) => turnId))).toEqual(new Set([`${client.connection.id}:1`]));
  });

  it('gives a slow lane turns of one message', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    client.send('A_SLOW', { tag: 1 });
    client.send('A_SLOW', { tag: 2 });
    client.send('A_DO', { tag: 3 });
    await rig.settle();
    expect(client.told('echo')).toEqual([1, 2, 3]);
    expect(new Set(a.heard.map(({ turnId }) => turnId)).size).toBe(3);
  });

  it('batches the turns of many connections', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const clients = Array.from({ length: 100 }, () => rig.connect());
    for (const client of clients) client.send('A_DO', { tag: client.connection.id });
    await rig.settle();
    for (const client of clients) expect(client.told('echo')).toEqual([client.connection.id]);
    expect(rig.meter.total('invocations_total', { family: 'a' })).toBe(1);
  });
});

describe('stages', () => {
  it('judges a packet by the stage that those before it left', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect('login');
    client.send('A_LOBBY', { tag: 'too early' });
    client.send('A_DO', {
      result: { state: { stage: 'lobby' }, replies: [{ name: 'SRV_ECHO', payload: { echo: 'joined' } }] },
    });
    client.send('A_LOBBY', { tag: 'in time' });
    client.send('A_DO', { result: { state: { stage: 'world' } } });
    client.send('A_LOBBY', { tag: 'too late' });
    client.send('A_DO', { tag: 'end' });
    await rig.settle();
    expect(client.told('echo')).toEqual(['not in the lobby', 'joined', 'in time', 'not in the lobby', 'end']);
    expect(rig.meter.total('refusals_total', { family: 'a', reason: 'wrong_stage' })).toBe(2);
  });

  it('refuses a packet between others of its family', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect('world');
    client.send('A_DO', { tag: 1 });
    client.send('A_LOBBY', { tag: 2 });
    client.send('A_DO', { tag: 3 });
    await rig.settle();
    expect(client.told('echo')).toEqual([1, 'not in the lobby', 3]);
    expect(a.tags()).toEqual([1, 3]);
  });

  it('closes after thirty refusals in a minute, not when they are spread', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const slow = rig.connect();
    for (let count = 0; count < 40; count += 1) {
      slow.send('A_QUIET');
      await rig.pass(2500);
    }
    expect(slow.closedWith).toBe(null);
    const fast = rig.connect();
    for (let count = 0; count < 29; count += 1) fast.send('A_QUIET');
    await rig.settle();
    expect(fast.closedWith).toBe(null);
    fast.send('A_QUIET');
    await rig.settle();
    expect(fast.closedWith).toBe('too_many_refusals');
    expect(rig.router.size.connections).toBe(1);
  });
});

describe('packets that nobody handles', () => {
  it('are counted and ignored', async () => {
    const rig = rigOf([scriptFamily('a')]);
    const client = rig.connect();
    client.send('CLI_OTHER');
    rig.router.rawPacket(client.connection, null, 0xfff, Buffer.from('x'), 7, 0);
    await rig.settle();
    expect(client.closedWith).toBe(null);
    expect(rig.meter.total('refusals_total', { reason: 'unhandled' })).toBe(1);
    expect(rig.meter.total('refusals_total', { reason: 'unknown_type' })).toBe(1);
  });

  it('are no refusals when they only say that the client is there', async () => {
    const rig = rigOf([scriptFamily('a')], { keepAlive: new Set(['CLI_HERE']) });
    rig.connect().send('CLI_HERE');
    await rig.settle();
    expect(rig.meter.total('packets_received_total', { type: 'CLI_HERE' })).toBe(1);
    expect(rig.meter.total('refusals_total')).toBe(0);
  });

  it('close the connection when the setting says so', async () => {
    const rig = rigOf([scriptFamily('a')], { unknownPacket: 'close' });
    const client = rig.connect();
    client.send('CLI_OTHER');
    await rig.settle();
    expect(client.closedWith).toBe(null);
    rig.router.rawPacket(client.connection, null, 0xfff, Buffer.from('x'), 7, 0);
    await rig.settle();
    expect(client.closedWith).toBe('unknown_type');
  });
});

describe('packets that arrive', () => {
  it('are counted by family and name, whatever becomes of them', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    for (let count = 0; count < 3; count += 1) client.send('A_DO');
    client.send('A_QUIET');
    client.send('CLI_OTHER');
    await rig.settle();
    const received = (family: string, type: string) => [
      rig.meter.total('packets_received_total', { family, type }),
      rig.meter.total('bytes_received_total', { family, type }),
    ];
    expect(received('a', 'A_DO')).toEqual([3, 66]);
    expect(received('a', 'A_QUIET')).toEqual([1, 22]);
    expect(received('none', 'CLI_OTHER')).toEqual([1, 22]);
  });

  it('without schema travel as raw bytes, to whoever claims their type', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const claimed = { ...a.manifest.packets.A_DO, type: 0xabc } as const;
    const packets = { ...a.manifest.packets, A_DO: claimed } as typeof a.manifest.packets;
    rig.router.replaceRoutes(rig.router.routes.withManifest({ ...a.manifest, packets }).table);
    const client = rig.connect();
    const bytes = Buffer.from([1, 2, 255]);
    rig.router.rawPacket(client.connection, null, 0xabc, bytes, 9, 0);
    bytes.fill(0);
    await rig.settle();
    expect(a.heard[0]?.message).toEqual({ seq: 1, kind: 'packet', name: 'A_DO', type: 0xabc, raw: 'AQL/' });
  });
});
