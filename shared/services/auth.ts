import type { JsonObject } from '../contract/index.ts';
import type { Call, Down, Outcome } from './outcome.ts';

/** Accounts, sessions and hand-over tickets. */
export interface AuthService {
  /** Checks name and password, then opens a session. */
  login(request: PasswordLogin): Promise<LoginOutcome>;
  /** Checks a signed token, then opens a session. */
  loginWithToken(request: TokenLogin): Promise<LoginOutcome>;
  /** Opens the session of a login that was told `held`, after the holder was found to be gone. */
  takeOver(
    request: Call & { readonly held: HeldLogin; readonly connectionId: string },
  ): Promise<TakeOverOutcome>;
  /** A hand-over number for the next connection: single use, 60 seconds, bound to session and stage. */
  issueTicket(request: TicketRequest): Promise<Outcome<'session_gone', { readonly ticket: number }>>;
  /** A connection joins with its ticket. Wrong secrets and unknown tickets count against the address. */
  join(request: JoinRequest): Promise<JoinOutcome>;
  /** Keeps the session from expiring. `session_gone`: it was replaced, banned or ended. */
  renew(request: SessionKey & Call): Promise<Outcome<'session_gone'>>;
  /** A connection of the session ended; the last one ends the session. */
  leave(request: SessionKey & Call & { readonly connectionId: string }): Promise<Outcome<never>>;
  /** The servers of the list that a login is answered with. */
  servers(): Promise<Outcome<never, { readonly servers: readonly ServerEntry[] }>>;
  /** Channels with their load; `unknown_server` when there is no such server. */
  channels(request: { readonly serverId: number; readonly now: number }): Promise<ChannelsOutcome>;
}

export interface SessionKey {
  readonly userId: string;
  readonly sessionId: string;
}

/** A password as the client sends it. */
export interface PasswordLogin extends Call {
  /** Account name as the client spelt it. */
  readonly account: string;
  /** The password bytes, hexadecimal: 64 bytes or 32. */
  readonly secret: string;
  readonly address: string;
  readonly connectionId: string;
}

export interface TokenLogin extends Call {
  /** JWT, HS256, `sub` is the account name; `exp` is required. */
  readonly token: string;
  readonly address: string;
  readonly connectionId: string;
}

/** A session that was opened. */
export interface SessionGrant extends SessionKey {
  /** Account name as it was spelt when it was made. */
  readonly account: string;
  /** 1 player, 256 and more operators. */
  readonly right: number;
}

/** A login whose account is in use elsewhere, kept until the holder is known to be alive or gone. */
export interface HeldLogin extends JsonObject {
  readonly userId: string;
  readonly account: string;
  readonly right: number;
  /** Keyed digest of what the client proved itself with. */
  readonly proof: Proof;
  /** The session that stands in the way. */
  readonly heldBy: string;
}

export interface Proof extends JsonObject {
  readonly salt: string;
  readonly digest: string;
}

/**
 * - `ok`: the session is open. `displaced` are connections of the session that it replaced; they are to be closed first.
 * - `held`: DUPLICATE_LOGIN=refuse and connections of another session exist; probe them, then `takeOver` or refuse.
 * - `in_use`: refused, the account is logged in (or another login won the race).
 * - `limited`: too many failures of this account or address within a minute.
 * - `no_tokens`: TOKEN_SECRET is not set.
 */
export type LoginOutcome =
  | { readonly code: 'ok'; readonly session: SessionGrant; readonly displaced: readonly string[] }
  | { readonly code: 'held'; readonly held: HeldLogin; readonly connections: readonly string[] }
  | { readonly code: LoginRefusal }
  | Down;

export type LoginRefusal =
  | 'unknown_account'
  | 'invalid_password'
  | 'banned'
  | 'no_right'
  | 'no_name'
  | 'limited'
  | 'in_use'
  | 'too_many_users'
  | 'no_tokens';

export type TakeOverOutcome = Outcome<
  'in_use',
  { readonly session: SessionGrant; readonly displaced: readonly string[] }
>;

/** Where a hand-over leads. */
export type TicketTarget =
  | { readonly stage: 'lobby'; readonly serverId: number; readonly channelId: number }
  | { readonly stage: 'world'; readonly characterId: string };

export interface TicketRequest extends SessionKey, Call {
  readonly target: TicketTarget;
  /** Arms this number again instead of drawing one: it must be the session's own and used up. */
  readonly again?: number;
}

export interface JoinRequest extends Call {
  readonly ticket: number;
  /** The password bytes, hexadecimal, or the token. */
  readonly secret: { readonly kind: 'password' | 'token'; readonly value: string };
  readonly address: string;
  readonly connectionId: string;
  /** Whom the connection belongs to already; a ticket of another account is refused with `in_use`. */
  readonly userId: string | null;
}

/**
 * - `expired`: unknown, used or expired ticket, or its session is gone.
 * - `invalid_password`: the secret is not the session's.
 */
export type JoinOutcome = Outcome<
  'expired' | 'invalid_password' | 'limited' | 'in_use',
  {
    readonly session: SessionGrant;
    readonly target: TicketTarget;
    readonly serverId: number;
    readonly channelId: number;
    /** An older connection of the same session in the same stage, to be closed. */
    readonly displaced: string | null;
  }
>;

export interface ServerEntry {
  readonly id: number;
  readonly name: string;
  readonly test: boolean;
}

export interface ChannelEntry {
  /** From 1. */
  readonly id: number;
  readonly name: string;
  /** Players in per cent of what the channel takes. */
  readonly capacity: number;
  readonly active: boolean;
}

export type ChannelsOutcome = Outcome<'unknown_server', { readonly channels: readonly ChannelEntry[] }>;
