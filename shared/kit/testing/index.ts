export * from './messages.ts';
export type { ConnectionStart } from './test-connection.ts';
export { type FamilyUnderTest, type TestOptions, testFamily } from './test-family.ts';
export type { TestResult } from './test-result.ts';
export type { ArmedTimer } from './test-timers.ts';
