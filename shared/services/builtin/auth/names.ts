const ACCOUNT_NAME = /^[A-Za-z0-9._@-]{2,24}$/;

/** Account names are unique without case; this is the spelling of their key. Null: no account can have this name. */
export function accountKeyOf(name: string): string | null {
  return ACCOUNT_NAME.test(name) ? name.toLowerCase() : null;
}
