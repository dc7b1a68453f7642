import type { JsonObject } from '../../shared/contract/index.ts';
import {
  allOf,
  type Condition,
  coreKey,
  epochIs,
  exists,
  type Item,
  isActor,
  lacks,
  type Store,
} from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { OwnerCalls } from '../ports/state.ts';

/** Milliseconds that the present owner gets to save and release. */
export const RELEASE_WITHIN = 2_000;

/** Who owns a character, as its item says. */
export interface Owner {
  readonly ingress: string;
  readonly connection: string;
}

export interface ClaimMeans {
  readonly store: Store;
  readonly calls: OwnerCalls;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether an ingress is dead for certain; then nobody is asked. */
  isDead(ingressId: string): Promise<boolean>;
}

export type Claim =
  | { readonly kind: 'owned'; readonly item: Item }
  /** `missing`: no such character. `contended`: another claim came first. */
  | { readonly kind: 'denied'; readonly reason: 'missing' | 'contended' };

/**
 * Takes a character or actor over: one write when nobody owns it, and that write's answer is the freshest state there is.
 * Otherwise its owner is told and gets 2 s; then it is taken, whether the owner answered or not, unless somebody else was faster.
 */
export async function claim(means: ClaimMeans, entity: string, owner: Owner): Promise<Claim> {
  const free = isActor(entity) ? lacks('owner') : allOf(exists, lacks('owner'));
  const first = await take(means.store, entity, owner, free);
  if (first.kind === 'done') return { kind: 'owned', item: first.item };
  const seen = first.current;
  if (seen === null) return { kind: 'denied', reason: 'missing' };
  await askToRelease(means, entity, seen.owner, owner);
  const second = await take(means.store, entity, owner, epochIs(Number(seen.epoch)));
  return second.kind === 'done'
    ? { kind: 'owned', item: second.item }
    : { kind: 'denied', reason: 'contended' };
}

function take(store: Store, entity: string, owner: Owner, when: Condition) {
  const set: JsonObject = { owner: { ...owner }, rev: 0 };
  return store.update('characters', coreKey(entity), { set, add: { epoch: 1 } }, when);
}

async function askToRelease(means: ClaimMeans, entity: string, seen: unknown, self: Owner): Promise<void> {
  const { ingress, connection } = (seen ?? {}) as Partial<Owner>;
  if (ingress === self.ingress && connection === self.connection) return;
  if (ingress !== undefined && ingress !== self.ingress && (await isDead(means, ingress))) return;
  const asked = means.calls.askRelease(entity).catch((error: unknown) => {
    means.log.warn(
      { entity, code: 'ownership_denied', error: String(error) },
      'the present owner could not be asked to release',
    );
  });
  await within(means.clock, RELEASE_WITHIN, asked);
}

async function isDead(means: ClaimMeans, ingress: string): Promise<boolean> {
  try {
    return await means.isDead(ingress);
  } catch {
    // The store is in trouble: the claim itself will say so.
    return false;
  }
}

/** Resolves when the promise has, or after the time. */
function within(clock: Clock, milliseconds: number, promise: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(milliseconds, resolve);
    void promise.finally(() => {
      cancel();
      resolve();
    });
  });
}
