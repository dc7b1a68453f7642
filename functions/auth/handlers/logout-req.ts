import { packet } from '../../../shared/kit/index.ts';
import { TIMERS } from '../names.ts';
import type { AuthContext, AuthPacket, AuthTimer } from '../sections.ts';

/** Milliseconds after combat in which nobody vanishes, and the wait of whoever asks meanwhile. */
const COMBAT = 10_000;

/** Leaves at once, or after 10 seconds for one who has fought in the last 10. Asking again tells what is left. */
export const logoutReq: AuthPacket<'CLI_LOGOUT_REQ'> = (context) => {
  const { now } = context;
  const { session } = context.sections;
  if (session?.leavingAt !== undefined) {
    const waitTime = Math.max(1, Math.ceil((session.leavingAt - now) / 1000));
    return { replies: [packet('SRV_LOGOUT_REPLY', { waitTime })] };
  }
  if (session === undefined || !foughtLately(context)) {
    return { replies: [packet('SRV_LOGOUT_REPLY', { waitTime: 0 })], close: { reason: 'logout' } };
  }
  const leavingAt = now + COMBAT;
  return {
    state: { sections: { session: { ...session, leavingAt } } },
    replies: [packet('SRV_LOGOUT_REPLY', { waitTime: COMBAT / 1000 })],
    timers: [{ name: TIMERS.leave, at: leavingAt }],
  };
};

function foughtLately(context: AuthContext): boolean {
  const combatAt = context.sections.vitals?.combatAt ?? 0;
  return context.characterId !== null && combatAt > 0 && context.now - combatAt < COMBAT;
}

/** The wait is over. Whoever has joined again since then has not asked for it. */
export const leaveDue: AuthTimer = ({ sections: { session } }) =>
  session?.leavingAt === undefined ? {} : { close: { reason: 'logout' } };
