export type * from './bus.ts';
export { createDeliveryHub, type DeliveryEdge } from './hub.ts';
export { createInProcessBus } from './in-process-bus.ts';
export type { DeliveryLimits, DeliveryOptions, Outlet } from './options.ts';
export { createValkeyBus } from './valkey-bus.ts';
export { parseBusUrl } from './valkey-bus-url.ts';
