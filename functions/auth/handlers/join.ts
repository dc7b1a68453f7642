import type { Signal } from '../../../shared/contract/index.ts';
import { packet } from '../../../shared/kit/index.ts';
import { JoinResult } from '../../../shared/protocol/packets.generated.ts';
import type { JoinOutcome, JoinRequest } from '../../../shared/services/index.ts';
import { RENEW_EVERY, SIGNALS, TIMERS } from '../names.ts';
import { joinRefused } from '../replies.ts';
import type { AuthContext, AuthPacket, AuthResult } from '../sections.ts';
import { hexOf, nameOf } from '../text.ts';

type Joined = Extract<JoinOutcome, { readonly code: 'ok' }>;

/** What a refused join is answered with. */
const CODES = {
  expired: JoinResult.TIME_OUT,
  invalid_password: JoinResult.INVALID_PASSWORD,
  limited: JoinResult.FAILED,
  in_use: JoinResult.ALREADY_LOGGEDIN,
} as const;

/** The session ticket and the password. */
export const joinReq: AuthPacket<'CLI_JOIN_SERVER_REQ'> = (context, { sessionId, password }) =>
  join(context, sessionId, { kind: 'password', value: hexOf(password) });

/** The session ticket and a signed token. */
export const joinTokenReq: AuthPacket<'CLI_JOIN_SERVER_TOKEN_REQ'> = (context, { sessionId, token }) =>
  join(context, sessionId, { kind: 'token', value: nameOf(token) });

async function join(
  context: AuthContext,
  ticket: number,
  secret: JoinRequest['secret'],
): Promise<AuthResult> {
  if (context.sections.session?.pending !== undefined)
    return refused('already_logged_in', JoinResult.ALREADY_LOGGEDIN);
  const outcome = await context.services.auth.join({
    ticket,
    secret,
    address: context.connection.address,
    connectionId: context.connection.id,
    userId: context.userId,
    now: context.now,
    step: context.step('join'),
  });
  if (outcome.code === 'down') return down(context, outcome.problem);
  if (outcome.code !== 'ok') return refused(outcome.code, CODES[outcome.code]);
  return outcome.target.stage === 'lobby'
    ? enterLobby(context, outcome, ticket)
    : enterWorld(context, outcome, ticket, outcome.target.characterId);
}

function enterLobby(context: AuthContext, joined: Joined, ticket: number): AuthResult {
  return {
    ...identified(context, joined, ticket, { stage: 'lobby' }),
    replies: [
      packet('SRV_JOIN_SERVER_REPLY', { result: JoinResult.OK, id: Math.floor(context.now / 1000) >>> 0 }),
    ],
  };
}

/** The ingress takes the character over; the reply comes from the character family when that is done. */
async function enterWorld(
  context: AuthContext,
  joined: Joined,
  ticket: number,
  characterId: string,
): Promise<AuthResult> {
  const { userId } = joined.session;
  const playable = await context.services.characters.playable({ userId, characterId, now: context.now });
  // The place in the world has changed hands already, whatever becomes of the character.
  const signals = kicks(joined);
  if (playable.code === 'down') return { ...down(context, playable.problem), signals };
  if (playable.code !== 'ok') return { ...refused(playable.code, JoinResult.FAILED), signals };
  return identified(context, joined, ticket, { stage: 'world', characterId });
}

function identified(
  context: AuthContext,
  joined: Joined,
  ticket: number,
  place: { readonly stage: string; readonly characterId?: string },
): AuthResult {
  const { session, serverId, channelId } = joined;
  const { userId, sessionId, account, right } = session;
  return {
    state: {
      ...place,
      userId,
      sessionId,
      sections: { session: { account, right, serverId, channelId, ticket } },
    },
    signals: kicks(joined),
    timers: [{ name: TIMERS.renew, at: context.now + RENEW_EVERY }],
  };
}

/** To the older connection of the same session in the same stage. */
function kicks({ displaced }: Joined): Signal[] {
  return displaced === null ? [] : [{ to: `connection/${displaced}`, name: SIGNALS.kick, payload: {} }];
}

function down(context: AuthContext, problem: string): AuthResult {
  context.log.error('join failed', { problem });
  return refused('service_down', JoinResult.FAILED);
}

function refused(reason: string, result: JoinResult): AuthResult {
  return { replies: [joinRefused(result)], refused: reason };
}
