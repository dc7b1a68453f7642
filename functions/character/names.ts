/** Signals of this family. */
export const SIGNALS = {
  /** From the movement family: the object id is there, `{objectId}`. */
  enter: 'character.enter',
  /** To itself after the world was left. */
  left: 'character.left',
  /** To an object: somebody asks for its hp. */
  hpAsked: 'character.hp-asked',
} as const;

/** Signals of the movement family: be seen and see; be gone; show the new looks. */
export const MOVEMENT = {
  enter: 'movement.enter',
  leave: 'movement.leave',
  refresh: 'movement.refresh',
} as const;
