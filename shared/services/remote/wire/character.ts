import type { Bank, Goods, GroundItem } from '../../../economy/settlement.ts';
import type { CharacterSection, InventorySection } from '../../../sections/index.ts';
import type { CharacterSummary } from '../../character.ts';
import type { Mail } from '../../economy.ts';
import * as pb from '../../proto/character.generated.ts';
import { badMessage, jsonOut, objectIn, timeOut } from './message.ts';

export const CHARACTER_REFUSALS = {
  name_taken: pb.CharacterRefusal.NAME_TAKEN,
  invalid_value: pb.CharacterRefusal.INVALID_VALUE,
  too_many_characters: pb.CharacterRefusal.TOO_MANY_CHARACTERS,
  blocked: pb.CharacterRefusal.BLOCKED,
  unknown_character: pb.CharacterRefusal.UNKNOWN_CHARACTER,
  being_deleted: pb.CharacterRefusal.BEING_DELETED,
  stale: pb.CharacterRefusal.STALE,
  fenced: pb.CharacterRefusal.FENCED,
} as const;

/**
 * The frame of what travels as JSON is looked at, so that an answer of the wrong kind is told from a missing one; what is inside is the
 * service's word, as the database's is.
 */
function framed<T>(text: string, name: string, fields: Readonly<Record<string, string>>): T {
  const value = objectIn(text, name);
  for (const [field, type] of Object.entries(fields))
    if (typeof value[field] !== type || value[field] === null)
      throw badMessage(`${name}.${field} is not of type ${type}`);
  return value as unknown as T;
}

export const inventoryIn = (text: string): InventorySection =>
  framed(text, 'inventory', { version: 'number', zuly: 'string', slots: 'object' });

const characterIn = (text: string): CharacterSection => framed(text, 'character', { name: 'string' });

export const bankIn = (text: string): Bank =>
  framed(text, 'bank', { version: 'number', zuly: 'string', slots: 'object' });

export const groundItemIn = (text: string): GroundItem =>
  framed(text, 'row', { map: 'number', region: 'string', id: 'string', x: 'number', y: 'number' });

const goodsIn = (text: string): Goods => framed(text, 'goods', {});

export function summaryIn(summary: pb.CharacterSummary): CharacterSummary {
  const { id, name, character, inventory, remainingSeconds } = summary;
  return {
    id,
    name,
    character: characterIn(character),
    inventory: inventoryIn(inventory),
    remainingSeconds,
  };
}

export const summaryOut = ({ character, inventory, ...rest }: CharacterSummary) => ({
  ...rest,
  character: jsonOut(character),
  inventory: jsonOut(inventory),
});

export const mailIn = ({ id, message, goods, sentAt }: pb.Mail): Mail => ({
  id,
  message: objectIn(message, 'message'),
  goods: goods === undefined ? null : goodsIn(goods),
  sentAt: Number(sentAt),
});

export const mailOut = ({ id, message, goods, sentAt }: Mail) => ({
  id,
  message: jsonOut(message),
  ...(goods === null ? {} : { goods: jsonOut(goods) }),
  sentAt: timeOut(sentAt),
});

/** Each value of a map on its way in or out. */
export function eachValue<A, B>(map: Readonly<Record<string, A>>, turn: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, turn(value)]));
}
