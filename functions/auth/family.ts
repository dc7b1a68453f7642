import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { SESSION_RULE } from '../../shared/sections/rules.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { acceptReq } from './handlers/accept-req.ts';
import { channelListReq } from './handlers/channel-list-req.ts';
import { joinReq, joinTokenReq } from './handlers/join.ts';
import { loginReq, loginTokenReq } from './handlers/login.ts';
import { leaveDue, logoutReq } from './handlers/logout-req.ts';
import { screenShotTimeReq } from './handlers/screen-shot-time-req.ts';
import { srvSelectReq } from './handlers/srv-select-req.ts';
import { SIGNALS, TIMERS } from './names.ts';
import { FAILED } from './replies.ts';
import type { AuthSection } from './sections.ts';
import { type AuthServices, authServices } from './services.ts';
import { alive, gone, pendingOver, undeliverable } from './signals/answers.ts';
import { kick, left, probe } from './signals/displaced.ts';
import { closing, denied } from './signals/lifecycle.ts';
import { renew } from './timers/renew.ts';

const LOGIN = ['login'];
const BEFORE_WORLD = ['login', 'lobby'];
const ALL = ['login', 'lobby', 'world'];

/** Accounts, sessions, and the way from one stage to the next. */
export const family = defineFamily<AuthSection, AuthServices>({
  name: 'auth',
  packets: {
    CLI_ACCEPT_REQ: { stages: ALL, handle: acceptReq },
    CLI_LOGIN_REQ: { stages: LOGIN, lane: 'login', refused: FAILED.login, handle: loginReq },
    CLI_LOGIN_TOKEN_REQ: { stages: LOGIN, lane: 'login', refused: FAILED.login, handle: loginTokenReq },
    CLI_CHANNEL_LIST_REQ: { stages: LOGIN, refused: FAILED.channels, handle: channelListReq },
    CLI_SRV_SELECT_REQ: { stages: LOGIN, refused: FAILED.select, handle: srvSelectReq },
    CLI_JOIN_SERVER_REQ: { stages: BEFORE_WORLD, refused: FAILED.join, handle: joinReq },
    CLI_JOIN_SERVER_TOKEN_REQ: { stages: BEFORE_WORLD, refused: FAILED.join, handle: joinTokenReq },
    CLI_LOGOUT_REQ: { stages: ALL, handle: logoutReq },
    CLI_SCREEN_SHOT_TIME_REQ: { stages: ALL, handle: screenShotTimeReq },
  },
  signals: {
    [LIFECYCLE.denied]: denied,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.kick]: kick,
    [SIGNALS.left]: left,
    [SIGNALS.gone]: gone,
    [SIGNALS.probe]: probe,
    [SIGNALS.alive]: alive,
  },
  timers: { [TIMERS.pending]: pendingOver, [TIMERS.renew]: renew, [TIMERS.leave]: leaveDue },
  state: { owns: { session: SESSION_RULE }, reads: ['vitals'] },
  // Checking a password takes some 30 ms of one core: one at a time, so that nobody waits for somebody else's.
  lanes: { login: { maxBatch: 1 } },
  timeout: 5000,
  tables: grantsOf(CALLS.auth, CALLS.playable),
  settings: serviceSettings('auth', 'character'),
  uses: ['auth', 'character'],
  services: authServices,
});
