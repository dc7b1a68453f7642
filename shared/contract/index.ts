export type * from './event.ts';
export { CONTRACT_VERSION } from './event.ts';
export type * from './json.ts';
export { LIFECYCLE } from './lifecycle.ts';
export type * from './manifest.ts';
export { DEFAULT_BATCHING } from './manifest.ts';
export type * from './packet.ts';
export type * from './result.ts';
export type * from './state.ts';
