import type { Delivery, NamedPacket } from '../../shared/contract/index.ts';
import type {
  CharacterSection,
  InventorySection,
  PositionSection,
  PresenceSection,
} from '../../shared/sections/index.ts';
import { parseCell } from '../../shared/world/geometry/grid.ts';
import { cellTopic } from '../../shared/world/topics.ts';
import type { ItemsContext, ItemsSection } from './sections.ts';

/** A character that stands in the world and lives. */
export interface Acting {
  readonly id: string;
  readonly character: CharacterSection;
  readonly inventory: InventorySection;
  readonly position: PositionSection;
  readonly presence: PresenceSection;
  readonly items: ItemsSection;
}

/** Who acts, or why nobody can. */
export function actingOf(context: ItemsContext): Acting | { readonly refused: 'not_in_world' | 'dead' } {
  const { character, inventory, position, presence, vitals } = context.sections;
  const id = context.characterId;
  if (id === null || !character || !inventory || !position || presence?.visible !== true)
    return { refused: 'not_in_world' };
  if (vitals !== undefined && vitals.hp <= 0) return { refused: 'dead' };
  return { id, character, inventory, position, presence, items: itemsOf(context, inventory) };
}

/** The family's own section; at first the client has been shown the inventory as it was loaded. */
export function itemsOf(context: ItemsContext, inventory: InventorySection): ItemsSection {
  return context.sections.items ?? { shown: inventory.version };
}

/** To everyone who sees the character, itself included. */
export function nearby({ presence }: Pick<Acting, 'presence'>, ...packets: readonly NamedPacket[]): Delivery {
  const cell = parseCell(presence.cell) ?? { column: 0, row: 0 };
  return { to: cellTopic(presence.map, cell), packets };
}
