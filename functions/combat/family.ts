import { grantsOf, LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { VITALS_RULE } from '../../shared/sections/rules.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { attack } from './handlers/attack.ts';
import { damage } from './handlers/damage.ts';
import { skillCastPosition } from './handlers/skill-cast-position.ts';
import { skillCastSelf } from './handlers/skill-cast-self.ts';
import { skillCastTarget } from './handlers/skill-cast-target.ts';
import { NOT_LEARNED, skillLevelReq } from './handlers/skill-level-req.ts';
import { live } from './monsters/live.ts';
import { gone, near } from './monsters/near.ts';
import { SIGNALS, TIMERS } from './names.ts';
import type { CombatSection } from './sections.ts';
import { type CombatServices, combatServices } from './services.ts';
import { aim } from './signals/aim.ts';
import { aimed } from './signals/aimed.ts';
import { blast } from './signals/blast.ts';
import { closing } from './signals/closing.ts';
import { heal, restore } from './signals/heal.ts';
import { mend } from './signals/mend.ts';
import { owned } from './signals/owned.ts';
import { revive } from './signals/revive.ts';
import { strike } from './signals/strike.ts';
import { struck } from './signals/struck.ts';
import { undeliverable } from './signals/undeliverable.ts';
import { cast } from './timers/cast.ts';
import { hit } from './timers/hit.ts';
import { lapse } from './timers/lapse.ts';
import { regenerate } from './timers/regenerate.ts';

const stages = ['world'];

/** Fights, skills and what lasts of them, hp and mp; and the monsters of all regions. */
export const family = defineFamily<CombatSection, CombatServices>({
  name: 'combat',
  packets: {
    CLI_ATTACK: { stages, handle: attack },
    CLI_DAMAGE: { stages, handle: damage },
    CLI_SKILL_CAST_SELF: { stages, handle: skillCastSelf },
    CLI_SKILL_CAST_TARGET: { stages, handle: skillCastTarget },
    CLI_SKILL_CAST_POSITION: { stages, handle: skillCastPosition },
    CLI_SKILL_LEVEL_REQ: { stages, refused: NOT_LEARNED, handle: skillLevelReq },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: closing,
    [LIFECYCLE.undeliverable]: undeliverable,
    [SIGNALS.aim]: aim,
    [SIGNALS.aimed]: aimed,
    [SIGNALS.strike]: strike,
    [SIGNALS.struck]: struck,
    [SIGNALS.mend]: mend,
    [SIGNALS.blast]: blast,
    [SIGNALS.heal]: heal,
    [SIGNALS.restore]: restore,
    [SIGNALS.revive]: revive,
    [SIGNALS.near]: near,
    [SIGNALS.gone]: gone,
  },
  timers: {
    [TIMERS.hit]: hit,
    [TIMERS.cast]: cast,
    [TIMERS.regenerate]: regenerate,
    [TIMERS.lapse]: lapse,
    [TIMERS.act]: live,
  },
  state: {
    owns: {
      vitals: VITALS_RULE,
      effects: { class: 'checkpoint', version: 1 },
      fight: { class: 'volatile', version: 1 },
      monsters: { class: 'volatile', version: 1 },
      graves: { class: 'checkpoint', version: 1 },
    },
    reads: ['character', 'inventory', 'position', 'presence', 'party', 'ground'],
  },
  tables: grantsOf(CALLS.objects, CALLS.ground),
  settings: serviceSettings('character', 'world'),
  uses: ['character', 'world'],
  services: combatServices,
});
