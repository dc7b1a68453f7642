/** `vitals`: hp and mp of the moment. Owner: the combat family, checkpoint. Version 1. First values come with a character's creation. */
export interface VitalsSection {
  /** 0: dead. */
  readonly hp: number;
  readonly mp: number;
  /** Milliseconds since 1970 when these figures were true; regeneration is counted from here. */
  readonly at: number;
  /** Last time in combat, milliseconds since 1970; 0 never. */
  readonly combatAt: number;
}
