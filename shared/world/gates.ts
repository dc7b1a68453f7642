import type { Point } from '../contract/index.ts';
import { distance } from './geometry/point.ts';
import type { GateData } from './schema/maps.ts';
import type { World } from './world.ts';

/** Units from a warp gate within which it may be used: 20 m. */
export const GATE_REACH = 2000;

/** What speaks against using a gate, or the gate itself. */
export type GateAnswer = { readonly gate: GateData } | { readonly refused: 'unknown_gate' | 'too_far' };

/** The gate `id`, if someone at `at` on `map` may use it. */
export function usableGate(world: Pick<World, 'gates'>, id: number, map: number, at: Point): GateAnswer {
  const gate = world.gates.get(id);
  if (gate === undefined || gate.map !== map) return { refused: 'unknown_gate' };
  return distance(gate, at) <= GATE_REACH ? { gate } : { refused: 'too_far' };
}
