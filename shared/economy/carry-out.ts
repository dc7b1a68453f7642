import type { Json } from '../contract/index.ts';
import type { InventorySection } from '../sections/index.ts';
import type { Economy, Possessions } from '../services/economy.ts';
import type { Container } from './container.ts';
import type { BankPart, InventoryPart, Part, Settlement } from './settlement.ts';

/** Times that a change is computed anew because somebody else was faster. */
const ATTEMPTS = 6;

export interface Errand<R extends string> {
  /** Key of idempotency: `context.step(...)`. */
  readonly step: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The turn's attempt: from the second on, the receipt of an earlier one is looked for first. */
  readonly attempt: number;
  /** Whose inventories (and, with `banks`, banks) the plan needs. */
  readonly characterIds: readonly string[];
  /** @default false */
  readonly banks?: boolean;
  /** What is known already, for the first try; it may be out of date. @default nothing: read first */
  readonly known?: Pick<Possessions, 'inventories'> | undefined;
  /** Computes the change from what is there, or refuses. Called again with newer possessions when somebody else was faster. */
  readonly plan: (
    possessions: Omit<Possessions, 'settled'>,
  ) => Settlement | { readonly refused: R } | Promise<Settlement | { readonly refused: R }>;
}

/**
 * - `ok`: done, now or (`repeated`) by an earlier run; `note` is that of the run that did it, `inventories` are as that left them,
 *   or newer.
 * - `refused`: the plan refused; nothing was written.
 * - `failed`: the database is down, the character was lost, everything kept changing, or the plan is a bug. `problem` is for the log.
 */
export type Carried<R extends string> =
  | {
      readonly code: 'ok';
      readonly repeated: boolean;
      readonly note: Json;
      readonly inventories: Possessions['inventories'];
    }
  | { readonly code: 'refused'; readonly reason: R }
  | {
      readonly code: 'failed';
      readonly reason: 'service_down' | 'fenced' | 'contended' | 'unbalanced';
      readonly problem: string;
    };

/** Plans and settles, again as long as others change the same things in between. */
export async function carryOut<R extends string>(
  economy: Pick<Economy, 'settle' | 'possessions'>,
  errand: Errand<R>,
): Promise<Carried<R>> {
  const { step, now, characterIds, banks = false } = errand;
  let known = errand.attempt === 1 && !banks ? errand.known : undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    let possessions: Omit<Possessions, 'settled'>;
    if (known === undefined) {
      const read = await economy.possessions({ characterIds, banks, step });
      if (read.code !== 'ok') return failed('service_down', read.problem);
      if (read.settled !== null)
        return { code: 'ok', repeated: true, note: read.settled.note, inventories: read.inventories };
      possessions = read;
    } else {
      possessions = { ...known, banks: {} };
      known = undefined;
    }
    const plan = await errand.plan(possessions);
    if ('refused' in plan) return { code: 'refused', reason: plan.refused };
    const outcome = await economy.settle({ ...plan, step, now });
    if (outcome.code === 'ok') {
      const inventories = { ...possessions.inventories, ...inventoriesAfter(plan.parts) };
      return { code: 'ok', repeated: outcome.repeated, note: outcome.note, inventories };
    }
    if (outcome.code === 'fenced') return failed('fenced', 'the character has another owner now');
    if (outcome.code === 'down') return failed('service_down', outcome.problem);
    if (outcome.code === 'unbalanced') return failed('unbalanced', outcome.problem);
  }
  return failed('contended', `others changed the same things ${ATTEMPTS} times`);
}

/** The part that gives an inventory a new content. `epoch` as in `InventoryPart`. */
export function inventoryPart(
  characterId: string,
  before: InventorySection,
  next: Container,
  epoch: number | null,
): InventoryPart {
  return { kind: 'inventory', characterId, version: before.version, epoch, next: withoutVersion(next) };
}

/** The part that gives a bank a new content. */
export function bankPart(
  characterId: string,
  before: { readonly version: number },
  next: Container,
): BankPart {
  return { kind: 'bank', characterId, version: before.version, next: withoutVersion(next) };
}

function withoutVersion<T extends Container>(container: T): T {
  const { version: _version, ...content } = container as T & { version?: number };
  return content as unknown as T;
}

function inventoriesAfter(parts: readonly Part[]): Record<string, InventorySection> {
  const after: Record<string, InventorySection> = {};
  for (const part of parts) {
    if (part.kind === 'inventory') after[part.characterId] = { ...part.next, version: part.version + 1 };
  }
  return after;
}

function failed(reason: 'service_down' | 'fenced' | 'contended' | 'unbalanced', problem: string) {
  return { code: 'failed' as const, reason, problem };
}
