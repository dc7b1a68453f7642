import type { ServiceImpl } from '@connectrpc/connect';
import type { Economy } from '../../economy.ts';
import type { CharacterService as Rpc } from '../../proto/character.generated.ts';
import { CHARACTER_REFUSALS, eachValue, mailOut } from '../wire/character.ts';
import { callIn, jsonIn, jsonOut } from '../wire/message.ts';
import { outcomeOut } from '../wire/outcome.ts';
import { settlementIn } from './settlement.ts';
import { told } from './unary.ts';

type Routes = Pick<ServiceImpl<typeof Rpc>, keyof Economy>;

/** Items and money behind gRPC. */
export function economyRoutes(economy: Economy): Routes {
  return {
    settle: async ({ call, settlement }) => {
      const request = { ...settlementIn(jsonIn(settlement, 'settlement')), ...callIn(call) };
      const outcome = await told(economy.settle(request));
      if (outcome.code === 'unbalanced')
        return { outcome: { case: 'unbalanced', value: { problem: outcome.problem } } };
      return {
        outcome: outcomeOut(
          outcome,
          ({ repeated, note }) => ({ repeatedStep: repeated, note: jsonOut(note) }),
          CHARACTER_REFUSALS,
        ),
      };
    },
    possessions: async ({ characterIds, banks, step }) => {
      const request = { characterIds, banks };
      const found = await told(economy.possessions(step === undefined ? request : { ...request, step }));
      return {
        inventories: eachValue(found.inventories, jsonOut),
        banks: eachValue(found.banks, jsonOut),
        ...(found.settled === null ? {} : { settledNote: jsonOut(found.settled.note) }),
      };
    },
    onGround: async ({ map, region }) => ({
      rows: (await told(economy.onGround({ map, region }))).rows.map(jsonOut),
    }),
    mailbox: async ({ characterId }) => ({
      mails: (await told(economy.mailbox({ characterId }))).mails.map(mailOut),
    }),
    acknowledge: async ({ characterId, ids }) => {
      await told(economy.acknowledge({ characterId, ids }));
      return {};
    },
  };
}
