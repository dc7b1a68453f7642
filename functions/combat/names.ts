/** Signals of this family. Whom they concern is an object of the map: a player's connection, or the region actor that shows the monster. */
export const SIGNALS = {
  /** To an object: may I attack you, or cast something at you, from here? */
  aim: 'combat.aim',
  /** The answer. */
  aimed: 'combat.aimed',
  /** To an object: a blow, or a skill that hurts. */
  strike: 'combat.strike',
  /** The answer: what became of it. */
  struck: 'combat.struck',
  /** To an object: a skill that helps. */
  mend: 'combat.mend',
  /** To a region's actor: a skill that hurts everyone around a place. */
  blast: 'combat.blast',
  /** From any family to itself: `{hp?, mp?}` come back (potions). */
  heal: 'combat.heal',
  /** From the character family to itself: all hp and mp are back (level up). */
  restore: 'combat.restore',
  /** From the character family to itself: back to life at `{map, x, y}`. */
  revive: 'combat.revive',
  /** From the movement family to a region's actor: a player is near and moves so. */
  near: 'monsters.near',
  /** From the movement family to a region's actor: the player `{objectId}` is out of reach. */
  gone: 'monsters.gone',
} as const;

/** Timers of characters. */
export const TIMERS = {
  /** The next blow of a fight. */
  hit: 'combat.hit',
  /** A skill has been cast. */
  cast: 'combat.cast',
  /** Hp and mp come back. */
  regenerate: 'combat.regenerate',
  /** An effect is over, or poison hurts again. */
  lapse: 'combat.lapse',
  /** Of a region's actor: somebody has something to do. */
  act: 'monsters.act',
} as const;

/** Signals to other families. */
export const OTHERS = {
  /** Go within reach of an object: `{objectId, x, y, near}`. */
  approach: 'movement.approach',
  /** Looks, speed or life have changed. */
  refresh: 'movement.refresh',
  teleport: 'movement.teleport',
  /** Experience: `{xp, source}`. */
  gain: 'character.gain',
  /** A death costs experience. */
  died: 'character.died',
  /** A skill is to be learned: `{slot, skill}`. */
  learn: 'character.learn',
  /** A kill of a member of a party: `{xp, map, x, y}`. */
  share: 'party.share',
  /** What members of a party are shown has changed. */
  partyChanged: 'party.changed',
  /** Who has died trades no more, and keeps no shop. */
  tradeStop: 'trade.stop',
  shopStop: 'shop.stop',
  /** A worn thing suffers: `{slot, amount}`. */
  wear: 'items.wear',
  /** A shot takes ammunition: `{slot, count}`. */
  spend: 'items.spend',
  /** To a region's actor: something was put on its ground. */
  dropped: 'ground.dropped',
} as const;
