export type * from './accounts.ts';
export type * from './auth.ts';
export type * from './character.ts';
export type * from './economy.ts';
export type * from './outcome.ts';
export type * from './world.ts';
