export { createRouter } from './create-router.ts';
export { DEFAULT_LIMITS, type RoutingLimits } from './limits.ts';
export { RouteTable } from './route-table.ts';
export type { Router } from './router.ts';
