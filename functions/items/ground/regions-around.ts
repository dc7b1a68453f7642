import type { Point } from '../../../shared/contract/index.ts';
import { CELL, VIEW } from '../../../shared/world/geometry/grid.ts';
import { regionAt } from '../../../shared/world/regions.ts';

/** The regions of which something can be seen from a point. */
export function regionsAround({ x, y }: Point): string[] {
  const reach = (VIEW + 1) * CELL;
  const found = new Set([regionAt({ x, y })]);
  for (const dx of [-reach, 0, reach])
    for (const dy of [-reach, 0, reach]) found.add(regionAt({ x: x + dx, y: y + dy }));
  return [...found];
}
