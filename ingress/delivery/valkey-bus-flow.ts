import type { Link, Post } from './valkey-bus-link.ts';

interface FlowEvents {
  /** The server took note: these channels are heard from now on, those no more. What is sent in the call leaves before all that waits. */
  onListening(add: readonly string[], drop: readonly string[]): void;
  /** The link refused something and must be given up. */
  onBroken(reason: string): void;
}

interface Waiting {
  readonly channel: string;
  /** Called when it leaves. */
  readonly text: () => string;
  readonly size: number;
}

/**
 * All that goes out to the server, once a tick. What was sent after a change of the channels leaves when the server has confirmed that
 * change: whoever answers it, or hears of the change, is heard.
 */
export class Flow {
  readonly #events: FlowEvents;
  readonly #always: readonly string[];
  readonly #wanted = new Set<string>();
  readonly #listening = new Set<string>();
  #changed = new Set<string>();
  #first: Waiting[] = [];
  #queue: Waiting[] = [];
  #link: Link | null = null;
  #running = false;
  #planned = false;
  #backlog = 0;

  /** @param always channels heard whatever is wanted */
  constructor(always: readonly string[], events: FlowEvents) {
    this.#always = always;
    this.#events = events;
  }

  /** Characters that wait here or that the server has not confirmed. */
  get backlog(): number {
    return this.#backlog;
  }

  wants(channel: string): boolean {
    return this.#wanted.has(channel);
  }

  /** Channels that the server is known to bring, those of `always` left out. */
  get listening(): readonly string[] {
    return [...this.#listening];
  }

  want(channel: string): void {
    this.#wanted.add(channel);
    this.#changed.add(channel);
    this.#plan();
  }

  unwant(channel: string): void {
    this.#wanted.delete(channel);
    this.#changed.add(channel);
    this.#plan();
  }

  send(channel: string, text: () => string, size = 0): void {
    this.#queue.push({ channel, text, size });
    this.#backlog += size;
    this.#plan();
  }

  /** Leaves before all that waits. Only in `onListening`. */
  sendFirst(channel: string, text: () => string): void {
    this.#first.push({ channel, text, size: 0 });
  }

  /** Uses this link from now on; resolves when all wanted channels are heard. What waits stays. */
  async start(link: Link): Promise<void> {
    this.#changed.clear();
    const add = [...this.#wanted];
    await link.listen([...this.#always, ...add]);
    this.#listening.clear();
    for (const channel of add) this.#listening.add(channel);
    this.#link = link;
    this.#events.onListening(add, []);
    // Those of before stand first, as they are about the link itself.
    this.#plan();
  }

  /** The link is gone, and with it what waited; returns how many posts that were. */
  stop(): number {
    const lost = this.#queue.length;
    this.#link = null;
    this.#first = [];
    this.#queue = [];
    this.#backlog = 0;
    this.#listening.clear();
    return lost;
  }

  /** All that was sent so far has left, or is lost. */
  async flushed(): Promise<void> {
    const link = this.#link;
    while (link !== null && this.#link === link && (this.#queue.length > 0 || this.#running))
      await new Promise<void>((resolve) => setImmediate(resolve));
  }

  #plan(): void {
    if (this.#planned || this.#running || this.#link === null) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      void this.#run();
    });
  }

  async #run(): Promise<void> {
    const link = this.#link;
    if (link === null || this.#running) return;
    this.#running = true;
    try {
      while (this.#link === link && (this.#changed.size > 0 || this.#first.length + this.#queue.length > 0))
        await this.#round(link);
    } catch (error) {
      if (this.#link === link) this.#events.onBroken(reasonOf(error));
    } finally {
      this.#running = false;
    }
    // A new link may have come while the old one failed.
    if (this.#link !== link) this.#plan();
  }

  async #round(link: Link): Promise<void> {
    const queue = this.#queue;
    this.#queue = [];
    const add = [...this.#changed].filter((one) => this.#wanted.has(one) && !this.#listening.has(one));
    const drop = [...this.#changed].filter((one) => !this.#wanted.has(one) && this.#listening.has(one));
    this.#changed = new Set();
    if (add.length > 0) await link.listen(add);
    if (this.#link !== link) return;
    for (const one of add) this.#listening.add(one);
    for (const one of drop) this.#listening.delete(one);
    if (drop.length > 0) this.#watch(link, link.unlisten(drop), 0);
    if (add.length + drop.length > 0) this.#events.onListening(add, drop);
    const leaving = [...this.#first, ...queue];
    this.#first = [];
    if (leaving.length === 0) return;
    const posts: Post[] = leaving.map(({ channel, text }) => ({ channel, text: text() }));
    this.#watch(
      link,
      link.speak(posts),
      queue.reduce((sum, { size }) => sum + size, 0),
    );
  }

  #watch(link: Link, done: Promise<void>, size: number): void {
    done.then(
      () => {
        if (this.#link === link) this.#backlog -= size;
      },
      (error: unknown) => {
        if (this.#link === link) this.#events.onBroken(reasonOf(error));
      },
    );
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
