import type { Outcome } from './outcome.ts';

/** Administration of accounts, for the command line and for operators. Passwords are what a human types. */
export interface AccountService {
  add(request: {
    readonly name: string;
    readonly password: string;
    readonly right: number;
    readonly now: number;
  }): Promise<Outcome<'exists' | 'bad_name' | 'bad_password', { readonly userId: string }>>;
  /** Every account: looks through them all, so it is for administration, not for the way of a packet. */
  list(): Promise<Outcome<never, { readonly accounts: readonly AccountEntry[] }>>;
  /** By its name, without case, or by the user whose it is. */
  find(
    request: { readonly name: string } | { readonly userId: string },
  ): Promise<Outcome<'unknown_account', { readonly account: AccountEntry }>>;
  setPassword(request: {
    readonly name: string;
    readonly password: string;
  }): Promise<Outcome<'unknown_account' | 'bad_password'>>;
  /** A ban also ends the account's session: nothing can be joined any more, and live connections close at their next renewal. */
  setBanned(request: {
    readonly name: string;
    readonly banned: boolean;
  }): Promise<Outcome<'unknown_account'>>;
  /** 0 may not connect, 1 player, 256 and more operators. */
  setRight(request: { readonly name: string; readonly right: number }): Promise<Outcome<'unknown_account'>>;
}

export interface AccountEntry {
  readonly userId: string;
  readonly name: string;
  readonly right: number;
  readonly banned: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}
