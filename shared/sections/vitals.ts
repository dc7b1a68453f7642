/** `vitals`: hp and mp of the moment. Owner: the character family until combat takes it over, checkpoint. Version 1. */
export interface VitalsSection {
  readonly hp: number;
  readonly mp: number;
  /** Milliseconds since 1970 when these figures were true; regeneration is counted from here. */
  readonly at: number;
  /** Last time in combat, milliseconds since 1970; 0 never. */
  readonly combatAt: number;
}
