import {
  bagSlots,
  type Carried,
  type Container,
  carryOut,
  type Goods,
  inventoryPart,
  put,
  uidsOf,
  withMoney,
} from '../../../shared/economy/index.ts';
import { MAX_STACK } from '../../../shared/world/item-types.ts';
import { newItem } from '../../../shared/world/starter-inventory.ts';
import { world } from '../../../shared/world/world.ts';
import { type Answer, type Command, refusal, usage } from '../command.ts';
import { type Found, findCharacter } from '../find.ts';
import { OPERATOR, OTHERS } from '../names.ts';
import type { OperatorsContext } from '../sections.ts';
import { type Gift, giftOf } from './gift.ts';

/** Makes money or items and puts them into a bag. The settlement says that an operator did it. */
export const give: Command = {
  name: 'give',
  usage: '[NAME] zuly AMOUNT | [NAME] TYPE/ID [COUNT]',
  does: `makes money or items, such as "consumable/1 20" (at most ${MAX_STACK}), for you or a player`,
  right: OPERATOR,
  run: async (context, words) => {
    const own = context.sections.character;
    const forSelf = giftOf(words);
    const gift = forSelf ?? giftOf(words.slice(1));
    if (gift === undefined || own === undefined) return usage(give);
    const [name = ''] = words;
    const target =
      forSelf === undefined
        ? await findCharacter(context, name)
        : { id: own.id, name: own.name, userId: context.userId ?? '' };
    if (!('id' in target)) return target;
    return answerOf(context, target, gift, await settle(context, target, gift));
  },
};

/** The uids of what is made are those of the step: a repeated step makes the same things. */
async function settle(context: OperatorsContext, target: Found, gift: Gift): Promise<Carried<GiveRefusal>> {
  const step = context.step('give');
  const isSelf = target.id === context.characterId;
  return carryOut<GiveRefusal>(context.services.characters, {
    step,
    now: context.now,
    attempt: context.attempt,
    characterIds: [target.id],
    plan: ({ inventories }) => {
      const inventory = inventories[target.id];
      if (inventory === undefined) return { refused: 'no_character' };
      const made = make(gift, step);
      const next = added(inventory, made);
      if (next === undefined) return { refused: 'no_space' };
      return {
        parts: [inventoryPart(target.id, inventory, next, isSelf ? context.epoch : null)],
        minted: [{ reason: 'operator', ...made }],
      };
    },
  });
}

type GiveRefusal = 'no_character' | 'no_space';

function make(gift: Gift, step: string): Goods {
  if (gift.kind === 'money') return { money: gift.amount };
  const uids = uidsOf(step);
  const data = world.itemByRef(gift.ref);
  if (data === undefined) throw new RangeError(`no item ${gift.ref}`);
  const things = gift.stacks ? 1 : gift.count;
  return { items: Array.from({ length: things }, () => newItem(data, gift.count, uids())) };
}

function added(inventory: Container, { money, items = [] }: Goods): Container | undefined {
  let next: Container | undefined = withMoney(inventory, BigInt(money ?? '0'));
  for (const item of items) {
    const outcome = next === undefined ? undefined : put(next, item, bagSlots(item));
    next = outcome?.code === 'ok' ? outcome.into : undefined;
  }
  return next;
}

function answerOf(
  context: OperatorsContext,
  target: Found,
  gift: Gift,
  outcome: Carried<GiveRefusal>,
): Answer {
  if (outcome.code === 'refused') {
    const text = outcome.reason === 'no_space' ? `${target.name} has no room for it.` : 'No such character.';
    return refusal(outcome.reason, text);
  }
  if (outcome.code === 'failed') {
    context.log.error('not given', { reason: outcome.reason, problem: outcome.problem });
    return refusal(outcome.reason, 'Nothing was given. Try again in a moment.');
  }
  const to = target.id === context.characterId ? 'self' : `character/${target.id}`;
  return {
    says: [`${target.name} gets ${gift.text}.`],
    // Whoever is not in the world finds it in the bag at the next entry.
    result: { signals: [{ to, name: OTHERS.itemsChanged, payload: {} }] },
  };
}
