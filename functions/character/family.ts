import { grantsOf } from '../../shared/contract/index.ts';
import { defineFamily, packet } from '../../shared/kit/index.ts';
import { CreateCharResult } from '../../shared/protocol/packets.generated.ts';
import { CHARACTER_RULE } from '../../shared/sections/rules.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { changeCharReq } from './handlers/change-char-req.ts';
import { changeMapReq } from './handlers/change-map-req.ts';
import { charListReq } from './handlers/char-list-req.ts';
import { createCharReq, createReply } from './handlers/create-char-req.ts';
import { deleteCharReq } from './handlers/delete-char-req.ts';
import { hotbarSetIconReq } from './handlers/hotbar-set-icon-req.ts';
import { hpAsked, hpReq } from './handlers/hp-req.ts';
import { reviveReq } from './handlers/revive-req.ts';
import { reviveSetPos } from './handlers/revive-set-pos.ts';
import { selectCharReq } from './handlers/select-char-req.ts';
import { setWeightReq } from './handlers/set-weight-req.ts';
import { statAddReq } from './handlers/stat-add-req.ts';
import { GROWN, SIGNALS } from './names.ts';
import type { CharacterFamilySection } from './sections.ts';
import { type CharacterServices, characterServices } from './services.ts';
import { enter } from './signals/enter.ts';
import { died, gain, grew } from './signals/gain.ts';
import { learn } from './signals/learn.ts';
import { left } from './signals/left.ts';

const LOBBY = ['lobby'];
const WORLD = ['world'];
const CREATE_FAILED = createReply(CreateCharResult.FAILED);
const DELETE_FAILED = packet('SRV_DELETE_CHAR_REPLY', { remainingTime: 0xffff_ffff, name: '' });

/** The characters of an account, the way of one into the world and back, and what it is made of. */
export const family = defineFamily<CharacterFamilySection, CharacterServices>({
  name: 'character',
  packets: {
    CLI_CHAR_LIST_REQ: { stages: LOBBY, handle: charListReq },
    CLI_CREATE_CHAR_REQ: { stages: LOBBY, refused: CREATE_FAILED, handle: createCharReq },
    CLI_DELETE_CHAR_REQ: { stages: LOBBY, refused: DELETE_FAILED, handle: deleteCharReq },
    CLI_SELECT_CHAR_REQ: { stages: LOBBY, handle: selectCharReq },
    CLI_CHANGE_MAP_REQ: { stages: WORLD, handle: changeMapReq },
    CLI_CHANGE_CHAR_REQ: { stages: WORLD, handle: changeCharReq },
    CLI_HP_REQ: { stages: WORLD, handle: hpReq },
    CLI_SET_WEIGHT_REQ: { stages: WORLD, handle: setWeightReq },
    CLI_STAT_ADD_REQ: { stages: WORLD, handle: statAddReq },
    CLI_HOTBAR_SET_ICON_REQ: { stages: WORLD, handle: hotbarSetIconReq },
    CLI_REVIVE_REQ: { stages: WORLD, handle: reviveReq },
    CLI_REVIVE_SET_POS: { stages: WORLD, handle: reviveSetPos },
  },
  signals: {
    [SIGNALS.enter]: enter,
    [SIGNALS.left]: left,
    [SIGNALS.hpAsked]: hpAsked,
    [SIGNALS.gain]: gain,
    [SIGNALS.died]: died,
    [SIGNALS.learn]: learn,
  },
  // The client waits for the answer to its join.
  vital: [SIGNALS.enter],
  timers: { [GROWN]: grew },
  state: {
    owns: { character: CHARACTER_RULE },
    reads: ['vitals', 'inventory', 'session', 'position', 'presence', 'monsters', 'wishes'],
  },
  tables: grantsOf(CALLS.roster, CALLS.mailbox, CALLS.possessions, CALLS.tickets),
  settings: serviceSettings('auth', 'character'),
  uses: ['auth', 'character'],
  services: characterServices,
});
