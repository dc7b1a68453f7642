/** The timer of a walk: it comes due at the next border of cells, or at the end of the walk. */
export const STEP = 'movement.step';

/** The timer by which one who is near monsters says so again: who has lost the last word hears it then. */
export const NEAR = 'movement.near';
