import type { Economy } from '../../economy.ts';
import { CharacterService as Rpc } from '../../proto/character.generated.ts';
import type { RemoteCall } from '../guarded-call.ts';
import {
  bankIn,
  CHARACTER_REFUSALS,
  eachValue,
  groundItemIn,
  inventoryIn,
  mailIn,
} from '../wire/character.ts';
import { callOut, jsonIn, jsonOut } from '../wire/message.ts';
import { outcomeIn } from '../wire/outcome.ts';

/** Items and money at the other end of a connection. */
export function economyClient(call: RemoteCall): Economy {
  const { method } = Rpc;
  return {
    settle: ({ now, step, ...settlement }) =>
      call(method.settle, { call: callOut({ now, step }), settlement: jsonOut(settlement) }, ({ outcome }) =>
        outcome.case === 'unbalanced'
          ? { code: 'unbalanced' as const, problem: outcome.value.problem }
          : outcomeIn(
              outcome,
              ({ repeatedStep, note }) => ({ repeated: repeatedStep, note: jsonIn(note, 'note') }),
              CHARACTER_REFUSALS,
              ['stale', 'fenced'],
            ),
      ),
    possessions: ({ characterIds, banks = false, step }) =>
      call(
        method.possessions,
        { characterIds: [...characterIds], banks, ...(step === undefined ? {} : { step }) },
        ({ inventories, banks: held, settledNote }) => ({
          code: 'ok',
          inventories: eachValue(inventories, inventoryIn),
          banks: eachValue(held, bankIn),
          settled: settledNote === undefined ? null : { note: jsonIn(settledNote, 'settledNote') },
        }),
      ),
    onGround: ({ map, region }) =>
      call(method.onGround, { map, region }, ({ rows }) => ({ code: 'ok', rows: rows.map(groundItemIn) })),
    mailbox: ({ characterId }) =>
      call(method.mailbox, { characterId }, ({ mails }) => ({ code: 'ok', mails: mails.map(mailIn) })),
    acknowledge: ({ characterId, ids }) =>
      call(method.acknowledge, { characterId, ids: [...ids] }, () => ({ code: 'ok' })),
  };
}
