/** The timer of a walk: it comes due at the next border of cells, or at the end of the walk. */
export const STEP = 'movement.step';
