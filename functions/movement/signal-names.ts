/** Signals of this family, and those by which it answers. All go to `self`. */
export const SIGNALS = {
  /** From the character family when the client has loaded the map: be seen and see. */
  enter: 'movement.enter',
  /** From any family before it gives the character up: be gone. What it signals to itself afterwards runs after it. */
  leave: 'movement.leave',
  /** From any family: go to `{map, x, y}` at once. */
  teleport: 'movement.teleport',
  /** From any family: what others see of the character, or its speed, has changed. */
  refresh: 'movement.refresh',
  /** From this family to itself: look around again. */
  look: 'movement.look',
  /** From combat: go to `{x, y}`, within reach of `{objectId}`. Those nearby know of it by the attack. */
  approach: 'movement.approach',
} as const;

/** Signals to the actors of regions: a player is near and moves so; it is out of reach. */
export const REGION = { near: 'monsters.near', gone: 'monsters.gone' } as const;

/** To the party family: what its members are shown has changed. */
export const PARTY_CHANGED = 'party.changed';
/** To the character family: the object id is there, `{objectId}`. */
export const CHARACTER_ENTER = 'character.enter';
