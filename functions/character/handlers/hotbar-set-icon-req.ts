import { customPacket } from '../../../shared/kit/index.ts';
import type { CharacterPacket } from '../sections.ts';

/** Slots of the hotbar. */
const SLOTS = 32;
/** Kinds of icons: none, thing, command, skill, emote, dialogue, clan skill. */
const LAST_TYPE = 6;

const EMPTY = { type: 0, slotId: 0 };

/**
 * Puts an icon into a slot of the hotbar; kind 0 empties it. The schema that other tools know has no body for this packet, so its fields are
 * read with care.
 */
export const hotbarSetIconReq: CharacterPacket<'CLI_HOTBAR_SET_ICON_REQ'> = (context, payload) => {
  const { character } = context.sections;
  if (character === undefined) return { refused: 'not_in_world' };
  const { slot, icon } = payload as { readonly slot?: unknown; readonly icon?: unknown };
  const data = iconOf(icon);
  if (typeof slot !== 'number' || data === undefined) return { refused: 'no_body' };
  if (slot >= SLOTS || data.type > LAST_TYPE) return { refused: 'bad_slot' };
  const length = Math.max(character.hotbar.length, slot + 1);
  const hotbar = Array.from({ length }, (_, n) => (n === slot ? data : (character.hotbar[n] ?? EMPTY)));
  return {
    state: { sections: { character: { ...character, hotbar } } },
    replies: [customPacket('SRV_HOTBAR_SET_ICON_REPLY', { slot, icon: data })],
  };
};

/** An icon comes as its one integer or by its parts. */
function iconOf(icon: unknown): { readonly type: number; readonly slotId: number } | undefined {
  if (typeof icon === 'number') return { type: icon & 31, slotId: icon >> 5 };
  if (typeof icon !== 'object' || icon === null) return undefined;
  const { type, slotId, data } = icon as Record<string, unknown>;
  if (typeof type === 'number' && typeof slotId === 'number') return { type, slotId };
  return typeof data === 'number' ? iconOf(data) : undefined;
}
