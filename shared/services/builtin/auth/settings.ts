import { readSettings, type Settings } from '../../../config/read-settings.ts';

/** Settings that the built-in auth service reads. */
export const AUTH_SETTINGS = [
  'AUTO_CREATE_ACCOUNTS',
  'CHANNEL_PLAYERS',
  'DUPLICATE_LOGIN',
  'LOGIN_ERRORS',
  'LOGIN_FAILURES_PER_ACCOUNT',
  'LOGIN_FAILURES_PER_ADDRESS',
  'MAX_PLAYERS',
  'SESSION_SECRET',
  'TOKEN_SECRET',
] as const;

export type AuthSettings = Settings<(typeof AUTH_SETTINGS)[number]>;

/** @throws EdgeError bad_config */
export function readAuthSettings(environment: Readonly<Record<string, string | undefined>>): AuthSettings {
  return readSettings(environment, AUTH_SETTINGS);
}
