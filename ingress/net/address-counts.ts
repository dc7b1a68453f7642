import { isIPv4, isIPv6 } from 'node:net';

/** How many connections each address has, up to a limit. */
export class AddressCounts {
  readonly #limit: number;
  readonly #counts = new Map<string, number>();

  /** @param limit connections of one address; 0 is no limit, and nothing is counted */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Counts one more of an address; false, and not counted, where it has as many as it may. */
  add(address: string): boolean {
    if (this.#limit === 0) return true;
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count >= this.#limit) return false;
    this.#counts.set(network, count + 1);
    return true;
  }

  /** One that was counted is gone. */
  remove(address: string): void {
    if (this.#limit === 0) return;
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count > 1) this.#counts.set(network, count - 1);
    else this.#counts.delete(network);
  }

  /** Addresses with connections. */
  get size(): number {
    return this.#counts.size;
  }
}

/** The address itself; of IPv6 the /64 network, which is the least that one subscriber has. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = address.slice(address.lastIndexOf(':') + 1);
  if (isIPv4(mapped)) return mapped;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail)];
  const zeros = Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return [...first, ...zeros, ...last].slice(0, 4).join(':');
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':').map((group) => group.replace(/^0+(?=.)/, ''));
}
