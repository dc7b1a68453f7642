/** One type of item: its number on the wire, where it is worn, and whether several lie in one slot. */
interface ItemTypeRule {
  /** The 5-bit type of the wire. */
  readonly wire: number;
  /** Inventory slots that take it when worn; of jewels and mounts the part decides which one. */
  readonly slots: readonly number[];
  readonly stacks: boolean;
}

/** All types of items. */
export const ITEM_TYPES = {
  goggles: { wire: 1, slots: [1], stacks: false },
  helmet: { wire: 2, slots: [2], stacks: false },
  armor: { wire: 3, slots: [3], stacks: false },
  gauntlet: { wire: 4, slots: [5], stacks: false },
  boots: { wire: 5, slots: [6], stacks: false },
  backpack: { wire: 6, slots: [4], stacks: false },
  jewel: { wire: 7, slots: [9, 10, 11], stacks: false },
  weapon: { wire: 8, slots: [7], stacks: false },
  shield: { wire: 9, slots: [8], stacks: false },
  consumable: { wire: 10, slots: [], stacks: true },
  gem: { wire: 11, slots: [], stacks: true },
  material: { wire: 12, slots: [132, 133, 134], stacks: true },
  quest: { wire: 13, slots: [], stacks: true },
  mount: { wire: 14, slots: [135, 136, 137, 138, 139], stacks: false },
} as const satisfies Record<string, ItemTypeRule>;

export type ItemTypeName = keyof typeof ITEM_TYPES;

/** Most of one item in one slot. */
export const MAX_STACK = 999;

/** Parts of the inventory, by slot number. Slot 0 is never used by items. */
export const SLOTS = {
  wornFirst: 1,
  wornLast: 11,
  bagFirst: 12,
  bagLast: 131,
  ammunitionFirst: 132,
  ammunitionLast: 134,
  rideFirst: 135,
  rideLast: 139,
} as const;

const JEWEL_SLOTS = { necklace: 9, ring: 10, earring: 11 } as const;
const MOUNT_SLOTS = { body: 135, engine: 136, leg: 137, ability: 138, arm: 139 } as const;
const AMMUNITION_SLOTS = { arrow: 132, bullet: 133, shell: 134 } as const;

/** What decides the slot of an item: its type and, for some types, its part. */
interface Wearable {
  readonly type: ItemTypeName;
  readonly part?: keyof typeof JEWEL_SLOTS | keyof typeof MOUNT_SLOTS;
  readonly ammunition?: keyof typeof AMMUNITION_SLOTS | undefined;
}

/** The slot that an item is worn in, or null for one that is only carried. */
export function wornSlot(item: Wearable): number | null {
  if (item.type === 'jewel') return JEWEL_SLOTS[item.part as keyof typeof JEWEL_SLOTS];
  if (item.type === 'mount') return MOUNT_SLOTS[item.part as keyof typeof MOUNT_SLOTS];
  if (item.type === 'material')
    return item.ammunition === undefined ? null : AMMUNITION_SLOTS[item.ammunition];
  return ITEM_TYPES[item.type].slots[0] ?? null;
}
