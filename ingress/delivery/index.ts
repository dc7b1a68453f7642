export type * from './bus.ts';
export { createDeliveryHub, type DeliveryEdge } from './hub.ts';
export { createInProcessBus } from './in-process-bus.ts';
export { DEFAULT_LIMITS, type DeliveryLimits, type DeliveryOptions, type Outlet } from './options.ts';
