import { LoginResult } from '../../../shared/protocol/packets.generated.ts';
import type { LoginOutcome, LoginRefusal } from '../../../shared/services/index.ts';
import { admit, wait } from '../pending.ts';
import { loginRefused } from '../replies.ts';
import type { AuthContext, AuthPacket, AuthResult } from '../sections.ts';
import { hexOf, nameOf } from '../text.ts';

/** What a refused login is answered with. */
const CODES: Readonly<Record<LoginRefusal, LoginResult>> = {
  unknown_account: LoginResult.UNKNOWN_ACCOUNT,
  invalid_password: LoginResult.INVALID_PASSWORD,
  banned: LoginResult.REFUSED_ACCOUNT,
  no_right: LoginResult.NO_RIGHT_TO_CONNECT,
  no_name: LoginResult.NO_NAME,
  limited: LoginResult.FAILED,
  in_use: LoginResult.ALREADY_LOGGEDIN,
  too_many_users: LoginResult.TOO_MANY_USERS,
  no_tokens: LoginResult.FAILED,
};

/** Name and password. */
export const loginReq: AuthPacket<'CLI_LOGIN_REQ'> = async (context, { username, password }) => {
  if (isTaken(context)) return refused('already_logged_in', LoginResult.ALREADY_LOGGEDIN);
  const outcome = await context.services.auth.login({
    account: nameOf(username),
    secret: hexOf(password),
    ...callOf(context),
  });
  return answer(context, outcome);
};

/** A signed token. */
export const loginTokenReq: AuthPacket<'CLI_LOGIN_TOKEN_REQ'> = async (context, { token }) => {
  if (isTaken(context)) return refused('already_logged_in', LoginResult.ALREADY_LOGGEDIN);
  const outcome = await context.services.auth.loginWithToken({ token: nameOf(token), ...callOf(context) });
  return answer(context, outcome);
};

/** The connection belongs to an account already, or a login of it is pending. */
function isTaken(context: AuthContext): boolean {
  return context.userId !== null || context.sections.session?.pending !== undefined;
}

function callOf(context: AuthContext) {
  const { address, id: connectionId } = context.connection;
  return { address, connectionId, now: context.now, step: context.step('login') };
}

async function answer(context: AuthContext, outcome: LoginOutcome): Promise<AuthResult> {
  switch (outcome.code) {
    case 'ok': {
      const { session, displaced } = outcome;
      if (displaced.length === 0) return admit(context, session);
      return wait(context, { kind: 'opened', waitingFor: displaced, session });
    }
    case 'held':
      return wait(context, { kind: 'held', waitingFor: outcome.connections, held: outcome.held });
    case 'down':
      context.log.error('login failed', { problem: outcome.problem });
      return refused('service_down', LoginResult.FAILED);
    case 'no_right':
      return { ...refused(outcome.code, CODES.no_right), close: { reason: 'no_right' } };
    default:
      return refused(outcome.code, CODES[outcome.code]);
  }
}

function refused(reason: string, result: LoginResult): AuthResult {
  return { replies: [loginRefused(result)], refused: reason };
}
