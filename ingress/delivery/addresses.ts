import type { Member } from './member.ts';
import type { Subscriptions } from './subscriptions.ts';

const NOBODY: ReadonlySet<Member> = new Set();
const NOWHERE: ReadonlySet<string> = new Set();
const KINDS: ReadonlySet<string> = new Set(['connection', 'user', 'character', 'object', 'actor']);

/** Whether members are at this address by who they are, rather than by what they watch. */
export function isIdentity(address: string): boolean {
  const slash = address.indexOf('/');
  return slash > 0 && KINDS.has(address.slice(0, slash));
}

/** Every address at which a member is reached: who it is, and what it is seen as. A set, as an actor has one for each of its objects. */
function addressesOf({ connection, seen, objects }: Member): ReadonlySet<string> {
  const found = new Set([`connection/${connection.id}`]);
  const { userId, characterId } = connection.state;
  if (connection.actor !== null) found.add(connection.actor);
  else {
    if (userId !== null) found.add(`user/${userId}`);
    if (characterId !== null) found.add(`character/${characterId}`);
  }
  if (seen !== null) found.add(`object/${seen.key}`);
  for (const object of objects.keys()) found.add(`object/${object}`);
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

  /** Who the member is, or what it is seen as, changed. */
  update(member: Member): void {
    this.#move(member, addressesOf(member));
  }

  /** The member is gone. */
  end(member: Member): void {
    this.#move(member, NOWHERE);
  }

  #move(member: Member, after: ReadonlySet<string>): void {
    const before = member.addresses;
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
