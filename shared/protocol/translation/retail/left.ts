/** A difference of profile `retail` that is not translated. */
export interface LeftOut {
  readonly packets: string;
  readonly why: string;
}

/** What stays as it is, so that nobody looks for it in vain. */
export const leftOut: readonly LeftOut[] = [
  {
    packets: 'SRV_LEVELUP',
    why: 'Other players are to get the id only, but a packet is encoded once for all who see it: they get the whole.',
  },
  {
    packets: 'SRV_NPC_CHAR, SRV_MOB_CHAR, SRV_PLAYER_CHAR',
    why: 'The values of statuses, the title of a shop and the clan behind the name: our packets do not carry them, and only rules know them.',
  },
  {
    packets: 'SRV_CLEAR_STATUS',
    why: 'The values that may follow are those of the statuses that end, ours are life and mana: none is sent.',
  },
  {
    packets: 'SRV_QUEST_DATA',
    why: 'Only 16 of the 32 words of switches exist here: the others are 0.',
  },
  {
    packets: 'CLI_CLAN_COMMAND, SRV_CLAN_COMMAND',
    why: 'Handlers get and give the body as bytes; which commands retail clients know is in clan-and-messenger.md.',
  },
  {
    packets: 'SRV_REMOVE_OBJECT, SRV_BANK_MOVE_ITEM, SRV_EQUIP_ITEM, SRV_USE_ITEM, SRV_ANNOUNCE_CHAT',
    why: 'More may follow there, or the last field be absent; what we send is one of the allowed forms.',
  },
  {
    packets: 'CLI_BANK_MOVE_MONEY and all others that the table does not name',
    why: 'No difference is known, or nothing at all is known of them in this profile.',
  },
  {
    packets:
      'Numbers of inventory slots in CLI_EQUIP_ITEM, CLI_DROP_ITEM, CLI_APPRAISAL_REQ and in trade and shops',
    why: 'Slots of the body and the bag are the same; the parts of a mount are put on and taken off by CLI_EQUIP_ITEM_RIDE.',
  },
  {
    packets: 'Rewards (0x71e, 0x71f), shops (0x7c7), the reply to CLI_REPAIR_NPC (0x7cd)',
    why: 'Known there only; the same is told by SRV_SET_MONEY and SRV_SET_MONEY_AND_ITEM.',
  },
];
