export * from './carry-out.ts';
export * from './container.ts';
export * from './equip.ts';
export * from './holdings.ts';
export * from './money.ts';
export * from './places.ts';
export type * from './settlement.ts';
export { uidsOf } from './uids.ts';
export * from './wire.ts';
