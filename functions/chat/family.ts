import { LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { alliedChat, alliedShoutChat, clanChat, partyChat } from './handlers/group-chat.ts';
import { normalChat } from './handlers/normal-chat.ts';
import { shoutChat } from './handlers/shout-chat.ts';
import { whisperChat } from './handlers/whisper-chat.ts';
import type { ChatSections } from './sections.ts';
import { type ChatServices, chatServices } from './services.ts';
import { undeliverable } from './signals/undeliverable.ts';
import { whisper } from './signals/whisper.ts';
import { WHISPER } from './whispers.ts';

const stages = ['world'];

/** What players say to each other. */
export const family = defineFamily<ChatSections, ChatServices>({
  name: 'chat',
  packets: {
    CLI_NORMAL_CHAT: { stages, handle: normalChat },
    CLI_WHISPER_CHAT: { stages, handle: whisperChat },
    CLI_SHOUT_CHAT: { stages, handle: shoutChat },
    CLI_PARTY_CHAT: { stages, handle: partyChat },
    CLI_CLAN_CHAT: { stages, handle: clanChat },
    CLI_ALLIED_CHAT: { stages, handle: alliedChat },
    CLI_ALLIED_SHOUT_CHAT: { stages, handle: alliedShoutChat },
  },
  signals: { [WHISPER]: whisper, [LIFECYCLE.undeliverable]: undeliverable },
  state: {
    owns: { chat: { class: 'volatile', version: 1 } },
    reads: ['presence', 'character', 'party', 'clan'],
  },
  tables: CALLS.names,
  settings: serviceSettings('character'),
  uses: ['character'],
  services: chatServices,
});
