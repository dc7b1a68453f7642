import { OTHERS } from '../names.ts';
import type { OperatorsTimer } from '../sections.ts';

/** The operator goes to where somebody was found. */
export const go: OperatorsTimer = (_context, payload) => ({
  signals: [{ to: 'self', name: OTHERS.teleport, payload }],
});

/** The experience that is missing to a level. */
export const rise: OperatorsTimer = (_context, payload) => ({
  signals: [{ to: 'self', name: OTHERS.gain, payload }],
});
