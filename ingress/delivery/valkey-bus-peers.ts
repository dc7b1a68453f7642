import type { Stamp } from './valkey-bus-letter.ts';

interface Peer {
  boot: string;
  /** Number of its latest letter. */
  n: number;
  /** Own beats since it was heard. */
  missed: number;
  /** Version of its interest as known here; null while it is not known: then it may hear anything. */
  version: number | null;
  topics: Set<string>;
}

/** A peer that was silent for more than so many beats of this process is taken for dead. */
const SILENT_BEATS = 5;

/** The other processes on the bus, and what each of them hears. */
export class Peers {
  readonly #peers = new Map<string, Peer>();

  get ids(): readonly string[] {
    return [...this.#peers.keys()];
  }

  /** Notes a letter; false when it must be ignored, being a double or late. */
  accept({ from, boot, n }: Stamp): boolean {
    const peer = this.#peers.get(from);
    if (peer === undefined || peer.boot !== boot) {
      this.#peers.set(from, { boot, n, missed: 0, version: null, topics: new Set() });
      return true;
    }
    if (n <= peer.n) return false;
    peer.n = n;
    peer.missed = 0;
    return true;
  }

  /** Whether its interest of this version is known here. */
  knows(id: string, version: number): boolean {
    return this.#peers.get(id)?.version === version;
  }

  /** All that it hears. */
  whole(id: string, version: number, topics: readonly string[]): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    peer.version = version;
    peer.topics = new Set(topics);
  }

  /** What it hears from now on and no more; false when a change before this one was missed, so that nothing is known of it. */
  change(id: string, version: number, add: readonly string[], drop: readonly string[]): boolean {
    const peer = this.#peers.get(id);
    if (peer === undefined || peer.version !== version - 1) {
      this.doubt(id);
      return false;
    }
    peer.version = version;
    for (const topic of add) peer.topics.add(topic);
    for (const topic of drop) peer.topics.delete(topic);
    return true;
  }

  /** What it hears is not known any more. */
  doubt(id: string): void {
    const peer = this.#peers.get(id);
    if (peer === undefined) return;
    peer.version = null;
    peer.topics = new Set();
  }

  hears(topic: string): boolean {
    for (const { version, topics } of this.#peers.values())
      if (version === null || topics.has(topic)) return true;
    return false;
  }

  listeners(topic: string): string[] {
    const listening = ({ version, topics }: Peer): boolean => version === null || topics.has(topic);
    return [...this.#peers].filter(([, peer]) => listening(peer)).map(([id]) => id);
  }

  forget(id: string): void {
    this.#peers.delete(id);
  }

  forgetAll(): void {
    this.#peers.clear();
  }

  /** To be called with each beat of this process; returns who was silent for too long, and is forgotten. */
  age(): string[] {
    const dead: string[] = [];
    for (const [id, peer] of this.#peers) {
      peer.missed += 1;
      if (peer.missed > SILENT_BEATS) dead.push(id);
    }
    for (const id of dead) this.#peers.delete(id);
    return dead;
  }
}
