import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { clanCommand } from './handlers/clan-command.ts';
import { clanIconReq, clanIconSet, clanIconTimestamp } from './handlers/icon.ts';
import { SIGNALS, TIMERS } from './names.ts';
import type { ClanFamilySection } from './sections.ts';
import { type ClanServices, clanServices } from './services.ts';
import { answered, invited, undeliverable } from './signals/invited.ts';
import { closing, owned } from './signals/lifecycle.ts';
import { membership } from './signals/membership.ts';
import { CLAN_KEYS } from './store/rows.ts';
import { enter } from './timers/enter.ts';

const stages = ['world'];

/** Lasting groups of up to fifty, with ranks. */
export const family = defineFamily<ClanFamilySection, ClanServices>({
  name: 'clan',
  packets: {
    CLI_CLAN_COMMAND: { stages, handle: clanCommand },
    CLI_CLAN_ICON_SET: { stages, handle: clanIconSet },
    CLI_CLAN_ICON_REQ: { stages, handle: clanIconReq },
    CLI_CLAN_ICON_TIMESTAMP: { stages, handle: clanIconTimestamp },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.invite]: invited,
    [SIGNALS.answered]: answered,
    [SIGNALS.membership]: membership,
  },
  timers: { [TIMERS.enter]: enter },
  state: { owns: { clan: { class: 'volatile', version: 1 } }, reads: ['character', 'presence'] },
  tables: grantsOf(CALLS.receipts, CALLS.names, CLAN_KEYS),
  settings: serviceSettings('character'),
  uses: ['character'],
  services: clanServices,
});
