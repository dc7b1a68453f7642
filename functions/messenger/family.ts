import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { messenger } from './handlers/messenger.ts';
import { messengerChat } from './handlers/messenger-chat.ts';
import { SIGNALS, TIMERS } from './names.ts';
import type { MessengerFamilySection } from './sections.ts';
import { type MessengerServices, messengerServices } from './services.ts';
import { answer, ask, made, parted } from './signals/asking.ts';
import { chat, status, undeliverable } from './signals/friends.ts';
import { closing, owned } from './signals/lifecycle.ts';
import { FRIENDS_KEYS } from './store/friends.ts';
import { enter } from './timers/enter.ts';

const stages = ['world'];

/** Friends: who is there, and talk between two. */
export const family = defineFamily<MessengerFamilySection, MessengerServices>({
  name: 'messenger',
  packets: {
    CLI_MESSENGER: { stages, handle: messenger },
    CLI_MESSENGER_CHAT: { stages, handle: messengerChat },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.ask]: ask,
    [SIGNALS.answer]: answer,
    [SIGNALS.made]: made,
    [SIGNALS.parted]: parted,
    [SIGNALS.status]: status,
    [SIGNALS.chat]: chat,
  },
  timers: { [TIMERS.enter]: enter },
  state: { owns: { messenger: { class: 'volatile', version: 1 } }, reads: ['character', 'presence'] },
  tables: grantsOf(CALLS.receipts, CALLS.names, FRIENDS_KEYS),
  settings: serviceSettings('character'),
  uses: ['character'],
  services: messengerServices,
});
