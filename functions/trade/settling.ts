import type { Json } from '../../shared/contract/index.ts';
import { carryOut, inventoryPart, uidsOf } from '../../shared/economy/index.ts';
import type { InventorySection } from '../../shared/sections/index.ts';
import { exchange } from './exchange.ts';
import type { Side } from './machine.ts';
import type { TradeContext } from './sections.ts';

/**
 * What has become of a trade. A trade has one receipt: whoever writes it first, the exchange or the cancellation, has decided.
 * `failed`: the database does not answer; nothing is known.
 */
export type Fate =
  | { readonly code: 'done'; readonly inventory: InventorySection }
  | { readonly code: 'cancelled' | 'offer_gone' | 'no_space' | 'failed' };

/** What the receipt of an exchange says: the version that it gave to each inventory. */
interface Exchange {
  readonly trade: 'done';
  readonly versions: Readonly<Record<string, number>>;
}

const CANCELLED = { trade: 'cancelled' };

/** Carries the trade out: both offers change hands in one transaction, or nothing does. To be called by the asker, as often as it likes. */
export async function settle(context: TradeContext, side: Side): Promise<Fate> {
  const { me, partner, id } = side;
  const [mine, theirs] = [me.characterId, partner.characterId];
  if (theirs === null) return { code: 'cancelled' };
  const outcome = await carryOut<'offer_gone' | 'no_space'>(context.services.economy, {
    step: id,
    now: context.now,
    attempt: context.attempt,
    characterIds: [mine, theirs],
    plan: ({ inventories }) => {
      const { [mine]: own, [theirs]: other } = inventories;
      if (own === undefined || other === undefined) return { refused: 'offer_gone' };
      const one = { inventory: own, offer: side.mine };
      const after = exchange(one, { inventory: other, offer: side.theirs }, uidsOf(id));
      if (after.code !== 'ok') return { refused: after.code };
      const parts = [
        inventoryPart(mine, own, after.one, context.epoch),
        // The partner agreed as the owner of its character: it must be that still.
        inventoryPart(theirs, other, after.other, partner.epoch),
      ];
      const versions = Object.fromEntries(
        parts.map(({ characterId, version }) => [characterId, version + 1]),
      );
      return { parts, note: { trade: 'done', versions } satisfies Exchange };
    },
  });
  if (outcome.code === 'refused') return { code: outcome.reason };
  if (outcome.code === 'ok') return fateOf(context, side, outcome.note, outcome.inventories[mine]);
  context.log[outcome.reason === 'unbalanced' ? 'error' : 'warn']('trade not settled', {
    trade: id,
    reason: outcome.reason,
    problem: outcome.problem,
  });
  const lasting = outcome.reason === 'fenced' || outcome.reason === 'unbalanced';
  return { code: lasting ? 'cancelled' : 'failed' };
}

/** Cancels the trade for good, unless it was carried out before: which is what is mostly asked here, so that is looked at first. */
export async function cancel(context: TradeContext, side: Side): Promise<Fate> {
  const decided = await look(context, side);
  if (decided !== undefined) return decided;
  const { id: step } = side;
  const outcome = await context.services.economy.settle({
    step,
    now: context.now,
    parts: [],
    note: CANCELLED,
  });
  if (outcome.code === 'ok') return fateOf(context, side, outcome.note);
  const problem = 'problem' in outcome ? outcome.problem : outcome.code;
  context.log.warn('trade not cancelled', { trade: step, problem });
  return { code: 'failed' };
}

/** What has become of it so far: undefined when nothing was decided. */
export async function look(context: TradeContext, side: Side): Promise<Fate | undefined> {
  const { characterId } = side.me;
  const read = await context.services.economy.possessions({ characterIds: [characterId], step: side.id });
  if (read.code !== 'ok') return { code: 'failed' };
  return read.settled === null
    ? undefined
    : fateOf(context, side, read.settled.note, read.inventories[characterId]);
}

async function inventoryOf(context: TradeContext, side: Side): Promise<InventorySection | undefined> {
  const { characterId } = side.me;
  const read = await context.services.economy.possessions({ characterIds: [characterId] });
  return read.code === 'ok' ? read.inventories[characterId] : undefined;
}

/** What a receipt says. An inventory that was read beside it may be older than the exchange, and is then read again. */
async function fateOf(context: TradeContext, side: Side, note: Json, read?: InventorySection): Promise<Fate> {
  if (!isExchange(note)) return { code: 'cancelled' };
  const since = note.versions[side.me.characterId] ?? 0;
  const inventory = read !== undefined && read.version >= since ? read : await inventoryOf(context, side);
  if (inventory !== undefined) return { code: 'done', inventory };
  context.log.warn('the inventory after a trade could not be read');
  return { code: 'failed' };
}

function isExchange(note: Json): note is Json & Exchange {
  return typeof note === 'object' && note !== null && 'trade' in note && note.trade === 'done';
}
