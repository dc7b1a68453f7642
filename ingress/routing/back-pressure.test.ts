import { describe, expect, it } from 'vitest';
import { type RigClient, type RoutingRig, rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

/** Sends as a client does whose bytes are read only while reading is not paused. */
async function flood(
  rig: RoutingRig,
  client: RigClient,
  packets: number,
  milliseconds: number,
): Promise<number> {
  let sent = 0;
  for (let passed = 0; passed < milliseconds; passed += 50) {
    while (!client.paused && sent < packets) {
      client.send('A_DO', { tag: sent });
      sent += 1;
    }
    await rig.pass(50);
  }
  return sent;
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('rate classes', () => {
  it('let a burst of 300 pass, then 60 a second, and drop nothing', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const client = rig.connect();
    expect(await flood(rig, client, 10_000, 50)).toBe(300);
    expect(client.paused).toBe(true);
    const more = await flood(rig, client, 10_000, 10_000);
    expect(more).toBeGreaterThanOrEqual(590);
    expect(more).toBeLessThanOrEqual(610);
    expect(client.told('echo').slice(300)).toEqual(upTo(more));
    expect(rig.meter.total('reads_paused_total', { reason: 'rate' })).toBe(client.pauses);
  });

  it('leave other connections alone', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a]);
    const [noisy, quiet] = [rig.connect(), rig.connect()];
    await flood(rig, noisy, 10_000, 50);
    quiet.send('A_DO', { tag: 'now' });
    await rig.settle();
    expect(noisy.paused).toBe(true);
    expect(quiet.told('echo')).toEqual(['now']);
  });

  it('have limits of their own', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { rates: { default: { perSecond: 10, burst: 20 } } });
    const client = rig.connect();
    expect(await flood(rig, client, 1000, 1000)).toBeLessThanOrEqual(31);
  });

  it('are apart, and reading goes on when all of them have tokens', async () => {
    const a = scriptFamily('a');
    const rates = { default: { perSecond: 60, burst: 300 }, craft: { perSecond: 1, burst: 2 } };
    const rig = rigOf([a], { rates });
    const craft = { ...a.manifest.packets.A_SLOW, rate: 'craft' };
    const packets = { ...a.manifest.packets, A_SLOW: craft } as typeof a.manifest.packets;
    rig.router.replaceRoutes(rig.router.routes.withManifest({ ...a.manifest, packets }).table);
    const client = rig.connect();
    for (let count = 0; count < 299; count += 1) client.send('A_DO');
    expect(client.paused).toBe(false);
    client.send('A_SLOW');
    client.send('A_DO');
    expect(client.paused).toBe(true);
    client.send('A_SLOW');
    await rig.pass(900, 50);
    expect(client.paused).toBe(true);
    await rig.pass(200, 50);
    expect(client.paused).toBe(false);
  });

  it('count packets that nobody handles too', async () => {
    const rig = rigOf([scriptFamily('a')]);
    const client = rig.connect();
    for (let count = 0; count < 300; count += 1) client.send('CLI_OTHER');
    expect(client.paused).toBe(true);
  });
});

describe('queues', () => {
  const fast = { rates: { default: { perSecond: 1e6, burst: 1e6 } } };

  it('pause reading at the high-water mark and resume it at the low one', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { ...fast, queueHigh: 100, queueLow: 20, turnMessages: 10 });
    const client = rig.connect();
    let keep: () => void = () => {};
    rig.keeper.before = () => new Promise((resolve) => (keep = resolve));
    client.send('A_SLOW', { result: { state: { sections: { 'a-counter': { value: 1 } } } } });
    await rig.settle();
    let sent = 0;
    for (; !client.paused; sent += 1) client.send('A_DO', { tag: sent });
    expect(sent).toBe(100);
    expect(rig.meter.total('reads_paused_total', { reason: 'queue' })).toBe(1);
    keep();
    await rig.settle();
    expect(client.paused).toBe(false);
    expect(client.told('echo')).toEqual(upTo(100));
  });

  it('are bounded by bytes too', async () => {
    const a = scriptFamily('a');
    const rig = rigOf([a], { ...fast, queueBytes: 10_000 });
    const client = rig.connect();
    let sent = 0;
    for (; !client.paused && sent < 1000; sent += 1) client.send('A_DO', { tag: sent });
    expect(sent).toBeLessThan(50);
    await rig.settle();
    expect(client.paused).toBe(false);
  });

  it('of all connections together are bounded: above that each may have little, and all goes on', async () => {
    const a = scriptFamily('a', { batching: { maxBatch: 1, maxInFlight: 1 } });
    const answers: (() => void)[] = [];
    const rig = rigOf([a], { ...fast, queueLow: 512, waitingBytes: 1_000_000 }, (invoker) => ({
      ...invoker,
      async invoke(target, event, signal) {
        await new Promise<void>((resolve) => answers.push(resolve));
        return invoker.invoke(target, event, signal);
      },
    }));
    const clients = upTo(40).map(() => rig.connect());
    const sent = clients.map((client) => {
      let packets = 0;
      for (; !client.paused && packets < 512; packets += 1) client.send('A_DO', { tag: packets });
      return packets;
    });
    expect(sent[0]).toBe(512);
    expect(sent.at(-1)).toBeLessThan(64);
    for (let idle = 0; idle < 3; idle += 1) {
      for (const answer of answers.splice(0)) answer();
      await rig.settle();
      if (answers.length > 0) idle = 0;
    }
    for (const [index, client] of clients.entries()) {
      expect(client.told('echo')).toEqual(upTo(sent[index] ?? 0));
      expect(client.paused).toBe(false);
    }
  });

  it('give every connection its turn while one has much to say', async () => {
    const a = scriptFamily('a', { batching: { maxBatch: 4, maxInFlight: 1 } });
    const rig = rigOf([a], { ...fast, turnMessages: 2 });
    const talker = rig.connect();
    for (const tag of upTo(40)) talker.send('A_DO', { tag });
    const others = upTo(8).map(() => rig.connect());
    for (const other of others) other.send('A_DO', { tag: 'one' });
    await rig.settle();
    const order = a.heard.map(({ connection }) => connection);
    const lastOther = Math.max(...others.map(({ connection }) => order.indexOf(connection.id)));
    expect(lastOther).toBeLessThan(16);
    expect(talker.told('echo')).toEqual(upTo(40));
  });
});

describe('lanes', () => {
  it('keep to maxInFlight and maxBatch', async () => {
    const a = scriptFamily('a', { batching: { maxBatch: 8, maxInFlight: 2 } });
    const running: (() => void)[] = [];
    const sizes: number[] = [];
    let most = 0;
    const rig = rigOf([a], {}, (invoker) => ({
      ...invoker,
      async invoke(target, event, signal) {
        sizes.push(event.turns.length);
        const done = new Promise<void>((resolve) => running.push(resolve));
        most = Math.max(most, running.length);
        await done;
        return invoker.invoke(target, event, signal);
      },
    }));
    for (let count = 0; count < 40; count += 1) rig.connect().send('A_DO');
    await rig.settle();
    expect(sizes).toEqual([8, 8]);
    while (running.length > 0) {
      running.shift()?.();
      await rig.settle();
    }
    expect(sizes).toEqual([8, 8, 8, 8, 8]);
    expect(most).toBe(2);
    expect(a.heard).toHaveLength(40);
  });

  it('keep an event below maxBytes', async () => {
    const a = scriptFamily('a', { batching: { maxBytes: 10_000 } });
    const sizes: number[] = [];
    const rig = rigOf([a], {}, (invoker) => ({
      ...invoker,
      invoke(target, event, signal) {
        sizes.push(JSON.stringify(event).length);
        return invoker.invoke(target, event, signal);
      },
    }));
    const clients = upTo(60).map(() => rig.connect());
    for (const client of clients) client.send('A_DO', { tag: 'x' });
    await rig.settle();
    expect(sizes.length).toBeGreaterThan(2);
    expect(Math.max(...sizes)).toBeLessThan(10_000);
    expect(a.heard).toHaveLength(60);
    for (const client of clients) expect(client.told('echo')).toEqual(['x']);
  });
});

describe('while nothing can be persisted', () => {
  it('durable families wait, others go on', async () => {
    const a = scriptFamily('a', { durable: true });
    const b = scriptFamily('b');
    const rig = rigOf([a, b]);
    const [one, two] = [rig.connect(), rig.connect()];
    rig.keeper.healthy = false;
    one.send('A_DO', { tag: 1 });
    two.send('B_DO', { tag: 2 });
    await rig.pass(5000, 250);
    expect(one.told('echo')).toEqual([]);
    expect(two.told('echo')).toEqual([2]);
    rig.keeper.healthy = true;
    await rig.pass(250);
    expect(one.told('echo')).toEqual([1]);
  });

  it('they are answered with a refusal in the end', async () => {
    const a = scriptFamily('a', { durable: true });
    const rig = rigOf([a], { unhealthyTotal: 2000 });
    const clients = [rig.connect(), rig.connect()];
    rig.keeper.healthy = false;
    for (const client of clients) client.send('A_DO', { tag: 1 });
    await rig.pass(2500, 250);
    for (const client of clients) expect(client.told('echo')).toEqual(['a refused']);
    expect(rig.meter.total('drops_total', { what: 'turn', reason: 'heartbeat_lost' })).toBe(2);
    rig.keeper.healthy = true;
    for (const client of clients) client.send('A_DO', { tag: 2 });
    await rig.pass(500, 250);
    for (const client of clients) expect(client.told('echo')).toEqual(['a refused', 2]);
  });
});
