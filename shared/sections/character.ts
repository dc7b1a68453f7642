/**
 * `character`: what a character is. Owner: the character family, durable. Version 1.
 * Read by whoever shows or judges it (presence, chat names, levels).
 */
export interface CharacterSection {
  readonly id: string;
  readonly name: string;
  /** 0 or 1. */
  readonly race: number;
  readonly face: number;
  readonly hair: number;
  readonly job: number;
  readonly level: number;
  /** Decimal string: experience since the last level. */
  readonly xp: string;
  readonly stats: {
    readonly str: number;
    readonly dex: number;
    readonly int: number;
    readonly con: number;
    readonly charm: number;
    readonly sense: number;
  };
  readonly statPoints: number;
  readonly skillPoints: number;
  /** Skill ids, in the order of the client's 120 slots. */
  readonly skills: readonly number[];
  /** 32 hotbar slots as {type, slotId}; missing ones are empty. */
  readonly hotbar: readonly { readonly type: number; readonly slotId: number }[];
  /** Where the character comes back to life. */
  readonly revive: { readonly map: number; readonly x: number; readonly y: number };
  /** Account right, copied at entry: 1 player, 256 and more operators. */
  readonly right: number;
}
