import type { MessageInitShape } from '@bufbuild/protobuf';
import type { HeldLogin, JoinRequest, LoginOutcome, SessionGrant, TicketTarget } from '../../auth.ts';
import * as pb from '../../proto/auth.generated.ts';
import { badMessage, present } from './message.ts';
import { outcomeIn, outcomeOut } from './outcome.ts';

export const AUTH_REFUSALS = {
  unknown_account: pb.AuthRefusal.UNKNOWN_ACCOUNT,
  invalid_password: pb.AuthRefusal.INVALID_PASSWORD,
  banned: pb.AuthRefusal.BANNED,
  no_right: pb.AuthRefusal.NO_RIGHT,
  no_name: pb.AuthRefusal.NO_NAME,
  limited: pb.AuthRefusal.LIMITED,
  in_use: pb.AuthRefusal.IN_USE,
  too_many_users: pb.AuthRefusal.TOO_MANY_USERS,
  no_tokens: pb.AuthRefusal.NO_TOKENS,
  session_gone: pb.AuthRefusal.SESSION_GONE,
  expired: pb.AuthRefusal.EXPIRED,
  unknown_server: pb.AuthRefusal.UNKNOWN_SERVER,
} as const;

const LOGIN_REFUSALS = [
  'unknown_account',
  'invalid_password',
  'banned',
  'no_right',
  'no_name',
  'limited',
  'in_use',
  'too_many_users',
  'no_tokens',
] as const;

type Told<O> = Exclude<O, { readonly code: 'down' }>;

export function sessionIn(session: pb.Session | undefined): SessionGrant {
  const { userId, sessionId, account, right } = present(session, 'session');
  return { userId, sessionId, account, right };
}

export const openedIn = ({ session, displaced }: pb.OpenedSession) => ({
  session: sessionIn(session),
  displaced,
});

export const openedOut = ({
  session,
  displaced,
}: {
  readonly session: SessionGrant;
  readonly displaced: readonly string[];
}) => ({ session, displaced: [...displaced] });

export function heldIn(held: pb.HeldLogin | undefined): HeldLogin {
  const { userId, account, right, heldBy, proofSalt: salt, proofDigest: digest } = present(held, 'held');
  return { userId, account, right, heldBy, proof: { salt, digest } };
}

export const heldOut = ({ userId, account, right, heldBy, proof }: HeldLogin) => ({
  userId,
  account,
  right,
  heldBy,
  proofSalt: proof.salt,
  proofDigest: proof.digest,
});

export function loginIn({ outcome }: pb.LoginResponse): Told<LoginOutcome> {
  if (outcome.case !== 'held') return outcomeIn(outcome, openedIn, AUTH_REFUSALS, LOGIN_REFUSALS);
  return { code: 'held', held: heldIn(outcome.value.held), connections: outcome.value.connections };
}

export function loginOut(outcome: Told<LoginOutcome>): MessageInitShape<typeof pb.LoginResponseSchema> {
  if (outcome.code !== 'held') return { outcome: outcomeOut(outcome, openedOut, AUTH_REFUSALS) };
  const { held, connections } = outcome;
  return {
    outcome: { case: 'held', value: { held: heldOut(held), connections: [...connections] } },
  };
}

export function targetIn(target: pb.TicketTarget | undefined): TicketTarget {
  const { stage } = present(target, 'target');
  switch (stage.case) {
    case 'lobby':
      return { stage: 'lobby', serverId: stage.value.serverId, channelId: stage.value.channelId };
    case 'world':
      return { stage: 'world', characterId: stage.value.characterId };
    default:
      throw badMessage('a ticket that leads nowhere');
  }
}

export function targetOut(target: TicketTarget) {
  if (target.stage === 'world')
    return { stage: { case: 'world' as const, value: { characterId: target.characterId } } };
  const { serverId, channelId } = target;
  return { stage: { case: 'lobby' as const, value: { serverId, channelId } } };
}

export function secretIn({ secret }: pb.JoinRequest): JoinRequest['secret'] {
  if (secret.case === undefined) throw badMessage('secret is missing');
  return { kind: secret.case, value: secret.value };
}

export const secretOut = ({ kind, value }: JoinRequest['secret']) => ({ case: kind, value });
