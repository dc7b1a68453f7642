import type { CharacterSection } from './character.ts';
import type { ChatSection } from './chat.ts';
import type { ClanSection } from './clan.ts';
import type { EffectsSection } from './effects.ts';
import type { FightSection } from './fight.ts';
import type { GroundSection } from './ground.ts';
import type { InventorySection } from './inventory.ts';
import type { MessengerSection } from './messenger.ts';
import type { GravesSection, MonstersSection } from './monsters.ts';
import type { PartySection } from './party.ts';
import type { PositionSection } from './position.ts';
import type { PresenceSection } from './presence.ts';
import type { SessionSection } from './session.ts';
import type { ShopSection } from './shop.ts';
import type { TradeSection } from './trade.ts';
import type { VitalsSection } from './vitals.ts';
import type { WishesSection } from './wishes.ts';

export type * from './character.ts';
export type * from './chat.ts';
export type * from './clan.ts';
export type * from './effects.ts';
export type * from './fight.ts';
export type * from './ground.ts';
export type * from './inventory.ts';
export type * from './messenger.ts';
export type * from './monsters.ts';
export type * from './party.ts';
export type * from './position.ts';
export type * from './presence.ts';
export type * from './session.ts';
export type * from './shop.ts';
export type * from './trade.ts';
export type * from './vitals.ts';
export type * from './wishes.ts';

/** All sections by name, for the types of handlers. */
export interface Sections {
  readonly character: CharacterSection;
  readonly vitals: VitalsSection;
  readonly position: PositionSection;
  readonly presence: PresenceSection;
  readonly inventory: InventorySection;
  readonly ground: GroundSection;
  readonly fight: FightSection;
  readonly effects: EffectsSection;
  readonly monsters: MonstersSection;
  readonly graves: GravesSection;
  readonly session: SessionSection;
  readonly chat: ChatSection;
  readonly party: PartySection;
  readonly clan: ClanSection;
  readonly messenger: MessengerSection;
  readonly trade: TradeSection;
  readonly shop: ShopSection;
  readonly wishes: WishesSection;
}

export type SectionName = keyof Sections;
