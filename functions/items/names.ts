/** Signals of this family. */
export const SIGNALS = {
  /** To a character whose inventory somebody else has changed: tell the client the difference. No payload. */
  changed: 'items.changed',
  /** From combat to `self`: a worn thing suffers, `{slot, amount}` (points of life). */
  wear: 'items.wear',
  /** From combat to `self`: a shot takes `{count}` of the ammunition in `slot` (132 to 134). */
  spend: 'items.spend',
  /** To itself after the position is known: have the ground around shown. */
  arrived: 'items.arrived',
  /** From a region's actor to who wanted to pick something up: `{objectId, result, receiver, slot, money, item, shared}`. */
  picked: 'items.picked',
  /** To a region's actor: something was put on its ground, or may lie there. No payload: it reads its rows. */
  dropped: 'ground.dropped',
  /** To `object/MAP/ID`: somebody wants it, `{characterId, x, y, partyId?, turn?}`. */
  pick: 'ground.pick',
} as const;

/** The timer of a region's actor: the next thing is past its time, or the rows are to be looked at again. */
export const TEND = 'ground.tend';

/** Signals of other families. */
export const MOVEMENT_REFRESH = 'movement.refresh';
/** To combat: `{hp}` or `{mp}` come back. */
export const COMBAT_HEAL = 'combat.heal';
/** To the party family: a member, `{characterId, item}`, got something that fell for the party. */
export const PARTY_ITEM = 'party.item';
