/** Signals of this family. */
export const SIGNALS = {
  /** From the movement family: the object id is there, `{objectId}`. */
  enter: 'character.enter',
  /** To itself after the world was left. */
  left: 'character.left',
  /** To an object: somebody asks for its hp. */
  hpAsked: 'character.hp-asked',
  /** From combat, parties, operators: experience, `{xp, source?}`. */
  gain: 'character.gain',
  /** From combat to itself: a death costs experience. */
  died: 'character.died',
  /** From combat to itself: a skill is to be learned, `{slot, skill}`. */
  learn: 'character.learn',
} as const;

/** The timer by which others are told of new levels; as a timer it begins a chain of signals of its own. */
export const GROWN = 'character.grown';

/** Signals of the combat family: all hp and mp are back; back to life at `{map, x, y}`; hp and mp are to be looked at again. */
export const COMBAT = {
  restore: 'combat.restore',
  revive: 'combat.revive',
  heal: 'combat.heal',
} as const;

/** Signals by which those who deal with others end that: the character can no more. */
export const STOPS = ['trade.stop', 'shop.stop'] as const;

/** To the party family: what its members are shown has changed. */
export const PARTY_CHANGED = 'party.changed';

/** Signals of the movement family: be seen and see; be gone; show the new looks. */
export const MOVEMENT = {
  enter: 'movement.enter',
  leave: 'movement.leave',
  refresh: 'movement.refresh',
} as const;
