import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { CENSUS_KEYS } from './census.ts';
import { SIGNALS, TIMERS } from './names.ts';
import type { OperatorsSection } from './sections.ts';
import { type OperatorsServices, operatorsServices } from './services.ts';
import { command } from './signals/command.ts';
import { locate, located, told } from './signals/located.ts';
import { raise } from './signals/raise.ts';
import { undeliverable } from './signals/undeliverable.ts';
import { go, rise } from './timers/begin.ts';

/** What operators do by typing: texts that begin with a slash, which the chat family hands on. */
export const family = defineFamily<OperatorsSection, OperatorsServices>({
  name: 'operators',
  packets: {},
  signals: {
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.command]: command,
    [SIGNALS.locate]: locate,
    [SIGNALS.located]: located,
    [SIGNALS.raise]: raise,
    [SIGNALS.told]: told,
  },
  timers: { [TIMERS.go]: go, [TIMERS.rise]: rise },
  state: { owns: {}, reads: ['session', 'character', 'position', 'presence'] },
  tables: grantsOf(CALLS.names, CALLS.bans, CALLS.possessions, CALLS.audit, CENSUS_KEYS),
  // Of auth only where it is: what logins are checked with is not for operators.
  settings: [...serviceSettings('character'), 'AUTH_SERVICE_URL'],
  uses: ['auth', 'character'],
  services: operatorsServices,
});
