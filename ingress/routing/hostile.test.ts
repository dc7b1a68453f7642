import { expect, it } from 'vitest';
import { rigOf } from '../../test/support/routing-rig.ts';
import { scriptFamily } from '../../test/support/script-family.ts';

const DEEP = JSON.parse(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`);

it('a timer with a payload without bottom does not end the process when it is due', async () => {
  const a = scriptFamily('a');
  const rig = rigOf([a], {}, (invoker) => ({
    ...invoker,
    invoke: async (_target, event) => ({
      v: 1,
      turns: event.turns.map(({ turnId, now }) => ({
        turnId,
        timers: [{ name: 'a-1', at: now + 1000, payload: DEEP }],
      })),
    }),
  }));
  const client = rig.connect();
  client.send('A_DO', { tag: 1 });
  await rig.settle();
  await rig.pass(2000, 500);
  expect(rig.router.size.connections).toBe(1);
});

it('a family that makes up reasons all the time does not fill the metrics', async () => {
  let made = 0;
  const a = scriptFamily('a');
  const rig = rigOf([a], { rates: { default: { perSecond: 1e6, burst: 1e6 } } }, (invoker) => ({
    ...invoker,
    invoke: async (_target, event) => ({
      v: 1,
      turns: event.turns.map(({ turnId, messages }) => ({
        turnId,
        refusals: messages.map((_, message) => ({ message, reason: `reason_${++made}` })),
      })),
    }),
  }));
  const client = rig.connect();
  for (let sent = 0; sent < 500; sent += 1) client.send('A_DO');
  await rig.settle();
  expect(made).toBe(500);
  expect(rig.meter.total('refusals_total', { family: 'a', reason: 'reason_1' })).toBe(1);
  expect(rig.meter.total('refusals_total', { family: 'a', reason: 'reason_500' })).toBe(0);
  expect(rig.meter.total('refusals_total', { family: 'a', reason: 'other' })).toBe(500 - 64);
});

it.each(['constructor', 'toString', '__proto__'])('the rate class %s is one like others', (rate) => {
  const a = scriptFamily('a');
  const route = { ...a.manifest.packets.A_DO, rate };
  const packets = { ...a.manifest.packets, A_DO: route } as typeof a.manifest.packets;
  const rig = rigOf([{ ...a, manifest: { ...a.manifest, packets } }]);
  const client = rig.connect();
  for (let sent = 0; sent < 300; sent += 1) client.send('A_DO');
  expect(client.paused).toBe(true);
});
