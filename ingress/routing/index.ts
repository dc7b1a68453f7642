export { createRouter, type RouterOptions } from './create-router.ts';
export { DEFAULT_LIMITS, type RateLimit, type RoutingLimits } from './limits.ts';
export type { CheckedTurn, CheckResult } from './parts.ts';
export {
  type FamilyRoute,
  type PacketTarget,
  type RefusedManifest,
  RouteTable,
  type SectionOwner,
  type TableChange,
} from './route-table.ts';
export type { Router } from './router.ts';
