import { createHash } from 'node:crypto';
import type { Json } from '../../../shared/contract/index.ts';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import { orDown } from '../../../shared/services/builtin/or-down.ts';
import type { Call, Outcome } from '../../../shared/services/index.ts';
import { equals, readReceipt, type Store, transactOnce } from '../../../shared/store/index.ts';
import { type Clan, type ClanChange, type ClanRefusal, changedClan } from '../clan.ts';
import { clanKey, clanOf, iconKey, memberKey, nameKey, numberKey, writesOf } from './rows.ts';

const ATTEMPTS = 10;

/** `clan` is what it is now, null when it is no more. */
export interface ClanChanged {
  readonly before: Clan;
  readonly clan: Clan | null;
}

export interface ClanIcon {
  /** Base64. */
  readonly data: string;
  readonly crc: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The clans of the store. A name, a number and a place in a clan have one winner each. */
export interface Clans {
  of(request: { readonly characterId: string }): Promise<Outcome<'none', { readonly clan: Clan }>>;
  found(
    request: Call & { readonly clan: Omit<Clan, 'id' | 'number' | 'version'> },
  ): Promise<Outcome<'name_taken' | 'already_member', { readonly clan: Clan }>>;
  change(
    request: Call & { readonly clanId: string; readonly change: ClanChange },
  ): Promise<Outcome<ClanRefusal | 'gone', ClanChanged>>;
  /** The picture of a clan, by id or number. */
  icon(request: {
    readonly clanId?: string;
    readonly number?: number;
  }): Promise<Outcome<'none', { readonly icon: ClanIcon }>>;
  setIcon(request: { readonly clanId: string; readonly icon: ClanIcon }): Promise<Outcome<never>>;
}

export function createClans(store: Store): Clans {
  return {
    of: ({ characterId }) =>
      orDown(async () => {
        const membership = await store.get('world', memberKey(characterId));
        if (typeof membership?.clanId !== 'string') return { code: 'none' as const };
        const clan = await read(store, membership.clanId);
        if (clan !== null) return { code: 'ok' as const, clan };
        await store.remove('world', memberKey(characterId), equals('clanId', membership.clanId));
        return { code: 'none' as const };
      }),
    found: (request) => orDown(() => found(store, request)),
    change: (request) => orDown(() => change(store, request)),
    icon: ({ clanId, number }) =>
      orDown(async () => {
        const id = clanId ?? (await idOf(store, number ?? 0));
        const item = id === null ? null : await store.get('world', iconKey(id));
        if (item === null) return { code: 'none' as const };
        const { data, crc, at } = item as unknown as ClanIcon;
        return { code: 'ok' as const, icon: { data, crc, at } };
      }),
    setIcon: ({ clanId, icon }) =>
      orDown(async () => {
        await store.put('world', { ...iconKey(clanId), ...icon });
        return { code: 'ok' as const };
      }),
  };
}

function receiptOf(step: string) {
  return { turnId: step, step: 'clan' };
}

async function read(store: Store, id: string): Promise<Clan | null> {
  const item = await store.get('world', clanKey(id));
  return item === null ? null : clanOf(id, item);
}

async function idOf(store: Store, number: number): Promise<string | null> {
  const item = await store.get('world', numberKey(number));
  return typeof item?.clanId === 'string' ? item.clanId : null;
}

async function found(
  store: Store,
  request: Parameters<Clans['found']>[0],
): Promise<Awaited<ReturnType<Clans['found']>>> {
  const { now, step } = request;
  const earlier = await readReceipt(store, receiptOf(step));
  if (earlier !== null) return { code: 'ok', clan: earlier.outcome as unknown as Clan };
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const dice = createHash('sha256').update(`${step}#${attempt}`).digest();
    const id = dice.toString('hex').slice(0, 16);
    const number = 1 + (dice.readUInt32LE(16) % 0x7fff_fffe);
    const clan: Clan = { ...request.clan, id, number, version: 1 };
    const writes = writesOf(id, null, clan, now);
    const outcome = await transactOnce(store, receiptOf(step), writes, clan as unknown as Json);
    if (outcome.kind !== 'refused') return { code: 'ok', clan: outcome.outcome as unknown as Clan };
    const [name, member] = await store.getMany('world', [
      nameKey(clan.name),
      ...clan.members.map((one) => memberKey(one.id)),
    ]);
    if (member != null) return { code: 'already_member' };
    if (name != null) return { code: 'name_taken' };
  }
  throw new EdgeError('conflict', 'no free number for a clan', {});
}

async function change(
  store: Store,
  request: Parameters<Clans['change']>[0],
): Promise<Awaited<ReturnType<Clans['change']>>> {
  const { clanId, now, step } = request;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await read(store, clanId);
    const answer = before === null ? ({ refused: 'gone' } as const) : changedClan(before, request.change);
    if (before === null || 'refused' in answer) {
      const earlier = await readReceipt(store, receiptOf(step));
      if (earlier !== null) return earlier.outcome as unknown as { code: 'ok' } & ClanChanged;
      return { code: 'refused' in answer ? answer.refused : 'gone' };
    }
    const { clan } = answer;
    if (clan === before) return { code: 'ok', before, clan };
    const done = { code: 'ok' as const, before, clan };
    const writes = writesOf(clanId, before, clan, now);
    const outcome = await transactOnce(store, receiptOf(step), writes, done as unknown as Json);
    if (outcome.kind !== 'refused') return outcome.outcome as unknown as typeof done;
    if (request.change.kind !== 'join') continue;
    const other = await store.get('world', memberKey(request.change.member.id));
    if (other !== null) return { code: 'already_member' };
  }
  throw new EdgeError('conflict', `clan ${clanId} changes all the time`, { clanId });
}
