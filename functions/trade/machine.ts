import type { OfferedItem, TradeOffer, TradePlace, TradeSection } from '../../shared/sections/index.ts';

/** One side of a trade, as it knows both. */
export type Side = TradeSection;

/**
 * All that one side says to the other: always everything, so that statements may be lost, doubled or overtaken. What it says of
 * readiness holds for what it has `seen` of the other's offer.
 */
export interface Statement {
  readonly id: string;
  /** Counts up; an older one is out of date. */
  readonly n: number;
  /** The asked side has accepted. */
  readonly open: boolean;
  readonly offer: TradeOffer;
  readonly round: number;
  readonly ready: boolean;
  readonly done: boolean;
  readonly seen: { readonly revision: number; readonly round: number };
  /** Fencing epoch of the speaker. */
  readonly epoch: number;
  readonly place: TradePlace;
}

/** What the client is shown of a statement. */
export type Shown =
  | { readonly kind: 'accepted' | 'ready' | 'not_ready' }
  | { readonly kind: 'item'; readonly slot: number; readonly offered: OfferedItem | undefined }
  | { readonly kind: 'money'; readonly amount: number };

export type Acted = { readonly side: Side } | { readonly refused: string };

/** Nothing is offered yet. */
export const NOTHING: TradeOffer = { revision: 0, items: {}, money: 0 };

/** A trade at its beginning, as either side knows it. */
export function newSide(facts: Pick<Side, 'id' | 'role' | 'since' | 'me' | 'partner'>): Side {
  return {
    ...facts,
    open: false,
    said: 0,
    heard: 0,
    mine: NOTHING,
    round: 0,
    ready: false,
    done: false,
    theirs: NOTHING,
    theirRound: 0,
    theirReady: false,
    theirDone: false,
  };
}

/** The asked side accepts. */
export function accept(side: Side): Acted {
  return side.role === 'asked' && !side.open
    ? { side: { ...side, open: true } }
    : { refused: 'nothing_to_accept' };
}

/** A change of the own offer takes back what both said of it. */
export function changeOffer(side: Side, change: Partial<Pick<TradeOffer, 'items' | 'money'>>): Acted {
  const refused = closedTo(side);
  if (refused !== undefined) return { refused };
  const mine = { ...side.mine, ...change, revision: side.mine.revision + 1 };
  return { side: { ...side, mine, ready: false, theirReady: false, theirDone: false } };
}

/** To be ready holds for both offers as they are. Taking it back begins a new round: what the other side said of the last one is void. */
export function setReady(side: Side, ready: boolean): Acted {
  const refused = closedTo(side);
  if (refused !== undefined) return { refused };
  if (side.ready === ready) return { side };
  if (ready) return { side: { ...side, ready } };
  return { side: { ...side, ready, round: side.round + 1, theirDone: false } };
}

/** The last word of this side: from now on its offer stays, until the other side changes something or the trade ends. */
export function sayDone(side: Side): Acted {
  if (!side.open) return { refused: 'not_open' };
  if (!side.ready || !side.theirReady) return { refused: 'not_ready' };
  return { side: { ...side, done: true } };
}

/** Takes in what the other side says. */
export function hear(
  side: Side,
  statement: Statement,
): { readonly side: Side; readonly shown: readonly Shown[] } {
  const { offer, seen, round } = statement;
  if (statement.n <= side.heard) return { side, shown: [] };
  const changed = offer.revision !== side.theirs.revision;
  const theirReady = statement.ready && seen.revision === side.mine.revision;
  const next: Side = {
    ...side,
    heard: statement.n,
    open: side.open || statement.open,
    partner: { ...side.partner, epoch: statement.epoch, place: statement.place },
    theirs: offer,
    theirRound: round,
    theirReady,
    theirDone: statement.done && theirReady && seen.round === side.round,
    ready: side.ready && !changed,
    done: side.done && !changed && round === side.theirRound,
  };
  const opened: Shown[] = next.open && !side.open ? [{ kind: 'accepted' }] : [];
  return {
    side: next,
    shown: [...opened, ...differences(side.theirs, offer), ...readiness(side, next, changed)],
  };
}

/** The next thing to say, and the side that has said it. */
export function speak(
  side: Side,
  facts: Pick<Statement, 'epoch' | 'place'>,
): { readonly side: Side; readonly statement: Statement } {
  const { id, open, mine: offer, round, ready, done } = side;
  const n = side.said + 1;
  const seen = { revision: side.theirs.revision, round: side.theirRound };
  return {
    side: { ...side, said: n },
    statement: { id, n, open, offer, round, ready, done, seen, ...facts },
  };
}

/** Both have said DONE to the same offers, and this side is the one that carries it out. */
export function isAgreed(side: Side): boolean {
  const { role, ready, done, theirReady, theirDone, ending } = side;
  return role === 'asker' && ready && done && theirReady && theirDone && ending === undefined;
}

/** Whether the trade may have been carried out already: then its receipt must be asked before this side goes back on anything. */
export function isBinding(side: Side): boolean {
  return side.done || side.theirDone;
}

function closedTo(side: Side): string | undefined {
  if (!side.open) return 'not_open';
  return side.done || side.ending !== undefined ? 'trade_closing' : undefined;
}

function differences(before: TradeOffer, after: TradeOffer): Shown[] {
  const slots = new Set([...Object.keys(before.items), ...Object.keys(after.items)]);
  const shown: Shown[] = [];
  for (const slot of [...slots].sort()) {
    const [was, offered] = [before.items[slot], after.items[slot]];
    if (JSON.stringify(was) !== JSON.stringify(offered))
      shown.push({ kind: 'item', slot: Number(slot), offered });
  }
  if (before.money !== after.money) shown.push({ kind: 'money', amount: after.money });
  return shown;
}

/** That a changed offer takes readiness back, clients know by themselves. */
function readiness(before: Side, after: Side, changed: boolean): Shown[] {
  const was = before.theirReady && !changed;
  if (was === after.theirReady) return [];
  return [{ kind: after.theirReady ? 'ready' : 'not_ready' }];
}
