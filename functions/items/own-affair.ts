import type { Json, NamedPacket } from '../../shared/contract/index.ts';
import {
  type Bank,
  type BankContent,
  bankPart,
  type Container,
  carryOut,
  changedSlots,
  type Flow,
  inventoryPart,
  type Part,
  type Uids,
  uidsOf,
} from '../../shared/economy/index.ts';
import type { InventorySection } from '../../shared/sections/index.ts';
import type { Acting } from './acting.ts';
import { SIGNALS } from './names.ts';
import type { ItemsContext, ItemsResult, ItemsSection } from './sections.ts';
import { difference } from './told.ts';

/** A change of one's own possessions. */
export interface OwnPlan {
  /** @default unchanged */
  readonly inventory?: Container;
  /** @default unchanged */
  readonly bank?: BankContent;
  readonly parts?: readonly Part[];
  readonly minted?: readonly Flow[];
  readonly burned?: readonly Flow[];
  /** What the answer is made of besides the inventory; kept with the receipt. @default null */
  readonly note?: Json;
}

export interface OwnAffair {
  /** Names the step of the message. */
  readonly step: string;
  /** @default false */
  readonly bank?: boolean;
  /** Computes the change, or refuses with a short, stable reason. */
  readonly plan: (own: {
    readonly inventory: InventorySection;
    readonly bank: Bank;
    readonly uids: Uids;
  }) => OwnPlan | { readonly refused: string };
}

/** A change that was carried out. */
export interface Done {
  readonly code: 'ok';
  readonly inventory: InventorySection;
  /** Slots that look different now, ascending. */
  readonly changed: readonly number[];
  readonly note: Json;
  /** The packets that tell the own client of it. */
  readonly told: readonly NamedPacket[];
  /** To be part of the handler's result: what was shown, and the reread. `also` are further changes of the own section. */
  result(also?: Partial<ItemsSection>): Pick<ItemsResult, 'state' | 'reread'>;
}

export interface Declined {
  readonly code: 'refused';
  readonly reason: string;
  /** Nobody knows whether it was carried out all the same. */
  readonly doubtful?: boolean;
}

export type OwnOutcome = Done | Declined;

/** The refusal of a change. In doubt the client is shown whatever the database says when it answers again. */
export function declined({
  reason,
  doubtful = false,
}: Declined): Pick<ItemsResult, 'signals'> & { readonly refused: string } {
  const look = { to: 'self', name: SIGNALS.changed, payload: {} };
  return { refused: reason, ...(doubtful ? { signals: [look] } : {}) };
}

const NO_BANK: Bank = { version: 0, zuly: '0', slots: {} };

/** Settles a change of the acting character's own possessions. */
export async function settleOwn(
  context: ItemsContext,
  acting: Acting,
  affair: OwnAffair,
): Promise<OwnOutcome> {
  const { id, inventory: known } = acting;
  const step = context.step(affair.step);
  const outcome = await carryOut<string>(context.services.economy, {
    step,
    now: context.now,
    attempt: context.attempt,
    characterIds: [id],
    banks: affair.bank ?? false,
    known: { inventories: { [id]: known } },
    plan: ({ inventories, banks }) => {
      const inventory = inventories[id];
      if (inventory === undefined) return { refused: 'no_character' };
      const bank = banks[id] ?? NO_BANK;
      const plan = affair.plan({ inventory, bank, uids: uidsOf(step) });
      if ('refused' in plan) return plan;
      // The inventory is always a part: it carries the fence of the acting character.
      const own = inventoryPart(id, inventory, plan.inventory ?? inventory, context.epoch);
      const held = plan.bank === undefined ? [] : [bankPart(id, bank, plan.bank)];
      return { ...plan, parts: [own, ...held, ...(plan.parts ?? [])], note: plan.note ?? null };
    },
  });
  if (outcome.code === 'refused') return outcome;
  if (outcome.code === 'failed') {
    context.log.error('not settled', { step, reason: outcome.reason, problem: outcome.problem });
    return { code: 'refused', reason: outcome.reason, doubtful: outcome.reason === 'service_down' };
  }
  const inventory = outcome.inventories[id] ?? known;
  const { items } = acting;
  // A foreign change that the client has not been told of yet stays untold: `items.changed` is on its way.
  const shown = items.shown === known.version ? inventory.version : items.shown;
  return {
    code: 'ok',
    inventory,
    changed: changedSlots(known, inventory),
    note: outcome.note,
    told: difference(known, inventory),
    result: (also = {}) => ({
      state: { sections: { items: { ...items, ...also, shown } } },
      reread: ['inventory'],
    }),
  };
}
