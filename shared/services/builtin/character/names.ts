const CHARACTER_NAME = /^[A-Za-z0-9]{2,24}$/;

/** Names under which the service itself speaks to players. */
const BLOCKED: ReadonlySet<string> = new Set(['server', 'system']);

/** 2 to 24 letters and digits. */
export function isCharacterName(name: string): boolean {
  return CHARACTER_NAME.test(name);
}

/** Character names are unique without case; this is the spelling of their key. */
export function nameKeyOf(name: string): string {
  return name.toLowerCase();
}

export function isBlockedName(name: string): boolean {
  return BLOCKED.has(nameKeyOf(name));
}
