import type { Cancel, Clock } from '../ports/clock.ts';
import type { Member } from './member.ts';

interface CrowdOptions {
  readonly clock: Clock;
  /** Milliseconds between two steps. */
  readonly stepMs: number;
  /** Milliseconds between two turns of one member, at least. */
  readonly everyMs: number;
  /** Members looked after in one step. */
  readonly batch: number;
  /** Looks after a member; false when it is not crowded any more. */
  readonly tend: (member: Member) => boolean;
}

/** The members for which more objects are near than they may be shown, looked after in turns: bounded work at a time, however many they are. */
export class Crowd {
  readonly #options: CrowdOptions;
  /** In the order of their turns. */
  readonly #members = new Set<Member>();
  #cancel: Cancel | null = null;

  constructor(options: CrowdOptions) {
    this.#options = options;
  }

  add(member: Member): void {
    this.#members.add(member);
    this.#schedule();
  }

  remove(member: Member): void {
    this.#members.delete(member);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#members.clear();
  }

  #schedule(): void {
    if (this.#cancel !== null || this.#members.size === 0) return;
    this.#cancel = this.#options.clock.schedule(this.#options.stepMs, () => {
      this.#cancel = null;
      this.#step();
      this.#schedule();
    });
  }

  #step(): void {
    const { clock, everyMs, batch, tend } = this.#options;
    const now = clock.monotonic();
    const turn: Member[] = [];
    for (const member of this.#members) {
      if (turn.length === batch || now - member.tended < everyMs) break;
      turn.push(member);
    }
    for (const member of turn) {
      this.#members.delete(member);
      member.tended = now;
      if (tend(member)) this.#members.add(member);
    }
  }
}
