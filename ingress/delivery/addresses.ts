import type { EdgeConnection } from '../ports/connection.ts';
import type { Member } from './member.ts';
import type { Subscriptions } from './subscriptions.ts';

const NOBODY: ReadonlySet<Member> = new Set();
const KINDS: ReadonlySet<string> = new Set(['connection', 'user', 'character', 'object', 'actor']);

/** Whether members are at this address by who they are, rather than by what they watch. */
export function isIdentity(address: string): boolean {
  const slash = address.indexOf('/');
  return slash > 0 && KINDS.has(address.slice(0, slash));
}

/** Every address at which a connection is reached: who it is, and what it is seen as. */
export function addressesOf(connection: EdgeConnection, objects: Iterable<string>): string[] {
  const found = [`connection/${connection.id}`];
  const { userId, characterId } = connection.state;
  if (connection.actor !== null) found.push(connection.actor);
  else {
    if (userId !== null) found.push(`user/${userId}`);
    if (characterId !== null) found.push(`character/${characterId}`);
  }
  for (const object of objects) found.push(`object/${object}`);
  return found;
}

/** Who of this process is at which address. */
export class Addresses {
  readonly #members = new Map<string, Set<Member>>();
  readonly #subscriptions: Subscriptions;

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  at(address: string): ReadonlySet<Member> {
    return this.#members.get(address) ?? NOBODY;
  }

  /** From now on the member is at exactly these addresses. */
  move(member: Member, next: readonly string[]): void {
    const before = member.addresses;
    // An actor has one for each of its objects.
    const after = new Set(next);
    for (const address of before) if (!after.has(address)) this.#leave(address, member);
    for (const address of after) if (!before.has(address)) this.#enter(address, member);
    member.addresses = after;
  }

  #enter(address: string, member: Member): void {
    const members = this.#members.get(address);
    if (members === undefined) this.#members.set(address, new Set([member]));
    else members.add(member);
    this.#subscriptions.add(address);
  }

  #leave(address: string, member: Member): void {
    const members = this.#members.get(address);
    if (members?.delete(member) !== true) return;
    if (members.size === 0) this.#members.delete(address);
    this.#subscriptions.remove(address);
  }
}
