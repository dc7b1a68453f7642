import { LIFECYCLE } from '../../shared/contract/index.ts';
import { defineFamily } from '../../shared/kit/index.ts';
import { CALLS } from '../../shared/services/grants.ts';
import { serviceSettings } from '../../shared/services/open-services.ts';
import { mouseCmd } from './handlers/mouse-cmd.ts';
import { setAnimation } from './handlers/set-animation.ts';
import { setPosition } from './handlers/set-position.ts';
import { stop } from './handlers/stop.ts';
import { stopMoving } from './handlers/stop-moving.ts';
import { teleportReq } from './handlers/teleport-req.ts';
import { toggleMove } from './handlers/toggle-move.ts';
import type { MovementSection } from './sections.ts';
import { type MovementServices, movementServices } from './services.ts';
import { SIGNALS } from './signal-names.ts';
import { approach } from './signals/approach.ts';
import { enter, look } from './signals/enter.ts';
import { leave } from './signals/leave.ts';
import { owned } from './signals/owned.ts';
import { refresh } from './signals/refresh.ts';
import { teleportTo } from './signals/teleport.ts';
import { NEAR, STEP } from './timer-names.ts';
import { nearAgain } from './timers/near-again.ts';
import { step } from './timers/step.ts';

const stages = ['world'];

/** Where characters are, how they move, and who sees them. */
export const family = defineFamily<MovementSection, MovementServices>({
  name: 'movement',
  packets: {
    CLI_MOUSE_CMD: { stages, handle: mouseCmd },
    CLI_STOP_MOVING: { stages, handle: stopMoving },
    CLI_STOP: { stages, handle: stop },
    CLI_SET_POSITION: { stages, handle: setPosition },
    CLI_TOGGLE_MOVE: { stages, handle: toggleMove },
    CLI_SET_ANIMATION: { stages, handle: setAnimation },
    CLI_TELEPORT_REQ: { stages, handle: teleportReq },
  },
  signals: {
    [LIFECYCLE.owned]: owned,
    [LIFECYCLE.closing]: leave,
    [SIGNALS.enter]: enter,
    [SIGNALS.look]: look,
    [SIGNALS.leave]: leave,
    [SIGNALS.teleport]: teleportTo,
    [SIGNALS.refresh]: refresh,
    [SIGNALS.approach]: approach,
  },
  // The client waits for the answer to its join.
  vital: [LIFECYCLE.owned],
  timers: { [STEP]: step, [NEAR]: nearAgain },
  state: {
    owns: { position: { class: 'checkpoint', version: 1 }, presence: { class: 'volatile', version: 1 } },
    reads: ['character', 'vitals', 'inventory', 'effects'],
  },
  tables: CALLS.objects,
  settings: serviceSettings('world'),
  uses: ['world'],
  services: movementServices,
});
