import type { JsonObject } from '../../../contract/index.ts';
import { goodsOf } from '../../../economy/holdings.ts';
import type { Goods, Part } from '../../../economy/settlement.ts';
import {
  absent,
  allOf,
  coreKey,
  epochIs,
  equals,
  exists,
  expiresAfter,
  lacks,
  type Write,
} from '../../../store/index.ts';
import { bankKey, groundKey, inventoryKey, mailKey } from './keys.ts';
import { goodsOfGround } from './rows.ts';

/** Milliseconds for which something stays stored after its time on the ground, for the actor that removes it with a receipt. */
const GROUND_GRACE = 24 * 60 * 60 * 1000;

/** What a part holds afterwards. */
export function goodsAfter(part: Part): Goods {
  switch (part.kind) {
    case 'inventory':
    case 'bank':
      return goodsOf(part.next);
    case 'ground-put':
      return goodsOfGround(part.row);
    case 'mailbox':
      return part.goods ?? {};
    default:
      return {};
  }
}

/** The fences: one check for each acting character of whom an epoch is given. */
export function fences(parts: readonly Part[]): Write[] {
  const checks = new Map<string, Write>();
  for (const part of parts) {
    if (part.kind !== 'inventory' || part.epoch === null) continue;
    const key = coreKey(part.characterId);
    checks.set(key.pk, { kind: 'check', table: 'characters', key, when: epochIs(part.epoch) });
  }
  return [...checks.values()];
}

/** The write that carries out one part, conditional on what was read. `mailId` names the message if the part is one. */
export function writeOf(part: Part, now: number, mailId: string): Write {
  switch (part.kind) {
    case 'inventory': {
      const item = { ...json(part.next), ...inventoryKey(part.characterId), version: part.version + 1 };
      return { kind: 'put', table: 'characters', item, when: versionIs(part.version, now) };
    }
    case 'bank': {
      const item = { ...json(part.next), ...bankKey(part.characterId), version: part.version + 1 };
      return { kind: 'put', table: 'characters', item, when: versionIs(part.version, now) };
    }
    case 'ground-put': {
      const { row } = part;
      const expires = expiresAfter(row.goneAt, GROUND_GRACE);
      const item = { ...json(row), ...groundKey(row.map, row.region, row.id), expires };
      return { kind: 'put', table: 'world', item, when: absent(now) };
    }
    case 'ground-take': {
      // The content of a row never changes: that it still exists says that it holds what was read.
      const key = groundKey(part.map, part.region, part.id);
      return { kind: 'delete', table: 'world', key, when: exists };
    }
    case 'mailbox': {
      const { message, goods } = part;
      const held = goods === undefined ? {} : { goods: json(goods) };
      const item = { ...mailKey(part.characterId, mailId), message, sentAt: now, ...held };
      return { kind: 'put', table: 'characters', item, when: absent(now) };
    }
    case 'mailbox-take':
      return { kind: 'delete', table: 'characters', key: mailKey(part.characterId, part.id), when: exists };
  }
}

function versionIs(version: number, now: number) {
  return version === 0 ? allOf(absent(now), lacks('version')) : equals('version', version);
}

function json(value: object): JsonObject {
  return value as JsonObject;
}
