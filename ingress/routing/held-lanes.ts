import type { Lane } from './lane.ts';
import type { RoutingParts } from './parts.ts';

/** Milliseconds between looks at a state keeper that is not healthy. */
const LOOK_EVERY = 250;

/**
 * Turns of families that own durable sections wait while nothing can be persisted, and are given up after
 * `limits.unhealthyTotal`, so that players learn of it. Their connections' queues are bounded meanwhile like any other.
 */
export class HeldLanes {
  readonly #parts: RoutingParts;
  readonly #goOn: (lane: Lane) => void;
  readonly #giveUp: (lane: Lane) => void;

  constructor(parts: RoutingParts, goOn: (lane: Lane) => void, giveUp: (lane: Lane) => void) {
    this.#parts = parts;
    this.#goOn = goOn;
    this.#giveUp = giveUp;
  }

  hold(lane: Lane): void {
    if (lane.heldSince !== null) return;
    const { clock } = this.#parts;
    lane.heldSince = clock.monotonic();
    clock.schedule(LOOK_EVERY, () => this.#look(lane, clock.monotonic()));
  }

  #look(lane: Lane, now: number): void {
    const { clock, keeper, limits } = this.#parts;
    const since = lane.heldSince ?? now;
    if (!keeper.healthy && now - since < limits.unhealthyTotal) {
      clock.schedule(LOOK_EVERY, () => this.#look(lane, clock.monotonic()));
      return;
    }
    lane.heldSince = null;
    if (keeper.healthy) this.#goOn(lane);
    else this.#giveUp(lane);
  }
}
