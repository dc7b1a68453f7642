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
