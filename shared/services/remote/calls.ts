import type { AccountService, AuthService, CharacterService, WorldService } from '../index.ts';

/** The calls of a service, and how many times the deadline of its target each of them may take. */
export type Calls<S> = Readonly<Record<keyof S, number>>;

/** Checking a password costs tens of milliseconds of one core, and making one twice that: they queue. */
const PASSWORD = 2;

export const AUTH_CALLS: Calls<AuthService> = {
  login: PASSWORD,
  loginWithToken: PASSWORD,
  takeOver: 1,
  issueTicket: 1,
  join: 1,
  renew: 1,
  leave: 1,
  servers: 1,
  channels: 1,
};

export const ACCOUNT_CALLS: Calls<AccountService> = {
  add: PASSWORD,
  list: 5,
  find: 1,
  setPassword: PASSWORD,
  setBanned: 1,
  setRight: 1,
};

export const CHARACTER_CALLS: Calls<CharacterService> = {
  list: 1,
  create: 1,
  remove: 1,
  restore: 1,
  playable: 1,
  findByName: 1,
  settle: 1,
  possessions: 1,
  onGround: 1,
  mailbox: 1,
  acknowledge: 1,
};

export const WORLD_CALLS: Calls<WorldService> = { allocateObject: 1, freeObject: 1, findObject: 1 };
