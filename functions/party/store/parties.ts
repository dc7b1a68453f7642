import type { Json } from '../../../shared/contract/index.ts';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import type { Party, PartyMemberEntry } from '../../../shared/sections/index.ts';
import { orDown } from '../../../shared/services/builtin/or-down.ts';
import type { Call, Outcome } from '../../../shared/services/index.ts';
import { equals, readReceipt, type Store, transactOnce } from '../../../shared/store/index.ts';
import { type ChangeRefusal, changed, type PartyChange } from '../change.ts';
import { earning, memberKey, partyKey, partyOf, writesOf, xpKey } from './rows.ts';

const ATTEMPTS = 10;

/** `before` is what the party was; `party` what it is now, null when it is no more. */
export interface Changed {
  readonly before: Party;
  readonly party: Party | null;
}

/** The parties of the store. Of several who change one at the same moment each sees what the one before has done. */
export interface Parties {
  /** The party that a character is in. Those who were away for too long have lost their place. */
  of(request: { readonly characterId: string; readonly now: number }): Promise<Outcome<'none', Changed>>;
  /** Makes a party of two, the first being its owner. `taken`: one of them is in a party. */
  form(
    request: Call & {
      readonly id: string;
      readonly rule: number;
      readonly members: readonly PartyMemberEntry[];
    },
  ): Promise<Outcome<'taken', { readonly party: Party }>>;
  /** `gone`: there is no such party. `taken`: who is to join is in another party. */
  change(
    request: Call & { readonly partyId: string; readonly change: PartyChange },
  ): Promise<Outcome<ChangeRefusal | 'gone' | 'taken', Changed>>;
  /** Adds to the experience of a party; resolves with the whole. `gone`: there is no such party. */
  earn(
    request: Call & { readonly partyId: string; readonly xp: number },
  ): Promise<Outcome<'gone', { readonly xp: number }>>;
}

export function createParties(store: Store): Parties {
  return {
    of: ({ characterId, now }) => orDown(() => find(store, characterId, now)),
    form: (request) => orDown(() => form(store, request)),
    change: (request) => orDown(() => change(store, request)),
    earn: ({ partyId, xp, now, step }) =>
      orDown(async () => {
        const outcome = await transactOnce(store, receiptOf(step), earning(partyId, xp, now), null);
        if (outcome.kind === 'refused') return { code: 'gone' as const };
        const item = await store.get('world', xpKey(partyId));
        return { code: 'ok' as const, xp: typeof item?.xp === 'number' ? item.xp : xp };
      }),
  };
}

function receiptOf(step: string) {
  return { turnId: step, step: 'party' };
}

async function read(store: Store, id: string): Promise<Party | null> {
  const [core, xp] = await store.getMany('world', [partyKey(id), xpKey(id)]);
  return core === null || core === undefined ? null : partyOf(id, core, xp ?? null);
}

async function find(
  store: Store,
  characterId: string,
  now: number,
): Promise<Awaited<ReturnType<Parties['of']>>> {
  const membership = await store.get('world', memberKey(characterId));
  if (typeof membership?.partyId !== 'string') return { code: 'none' };
  const before = await read(store, membership.partyId);
  if (before === null) {
    await store.remove('world', memberKey(characterId), equals('partyId', membership.partyId));
    return { code: 'none' };
  }
  const answer = changed(before, { kind: 'sweep', at: now });
  const party = 'party' in answer ? answer.party : before;
  if (party === before) return { code: 'ok', before, party };
  const outcome = await store.transact(writesOf(before.id, before, party, now));
  // Somebody else changed it in the same moment, and will tell.
  return { code: 'ok', before, party: outcome.kind === 'done' ? party : await read(store, before.id) };
}

async function form(
  store: Store,
  request: Parameters<Parties['form']>[0],
): Promise<Awaited<ReturnType<Parties['form']>>> {
  const { id, rule, members, now, step } = request;
  const [owner] = members;
  if (owner === undefined) throw new TypeError('a party needs members');
  const party: Party = { id, version: 1, owner: owner.id, rule, turn: owner.id, xp: 0, members };
  const outcome = await transactOnce(
    store,
    receiptOf(step),
    writesOf(id, null, party, now),
    party as unknown as Json,
  );
  if (outcome.kind === 'refused') return { code: 'taken' };
  return { code: 'ok', party: outcome.outcome as unknown as Party };
}

async function change(
  store: Store,
  request: Parameters<Parties['change']>[0],
): Promise<Awaited<ReturnType<Parties['change']>>> {
  const { partyId, now, step } = request;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await read(store, partyId);
    const answer = before === null ? ({ refused: 'gone' } as const) : changed(before, request.change);
    if (before === null || 'refused' in answer) {
      // An earlier run of this step may be what makes it impossible now.
      const earlier = await readReceipt(store, receiptOf(step));
      if (earlier !== null) return earlier.outcome as unknown as { code: 'ok' } & Changed;
      return { code: 'refused' in answer ? answer.refused : 'gone' };
    }
    const { party } = answer;
    if (party === before) return { code: 'ok', before, party };
    const done = { code: 'ok' as const, before, party };
    const outcome = await transactOnce(
      store,
      receiptOf(step),
      writesOf(partyId, before, party, now),
      done as unknown as Json,
    );
    if (outcome.kind !== 'refused') return outcome.outcome as unknown as typeof done;
    if (request.change.kind === 'join' && (await isTaken(store, request.change.member.id)))
      return { code: 'taken' };
  }
  throw new EdgeError('conflict', `party ${partyId} changes all the time`, { partyId });
}

async function isTaken(store: Store, characterId: string): Promise<boolean> {
  return (await store.get('world', memberKey(characterId))) !== null;
}
