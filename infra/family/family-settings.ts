/** How the traffic of a family moves to a new version. `by-hand`: the alias moves at once, without CodeDeploy and its alarms. */
export type Traffic =
  | 'by-hand'
  | 'at-once'
  | 'canary-10-percent-5-minutes'
  | 'canary-10-percent-15-minutes'
  | 'canary-10-percent-30-minutes'
  | 'linear-10-percent-every-1-minute';

/** What a stage gives a family beyond its manifest. */
export interface FamilySettings {
  readonly traffic: Traffic;
  /** Days; one of those that CloudWatch offers (1, 3, 5, 7, 14, 30, 60, 90, ...). */
  readonly logRetentionDays: number;
  /** Handlers that failed in one minute, from which on an alarm is raised and a deployment taken back. */
  readonly failuresAMinute: number;
  /**
   * Traces with X-Ray: the first invocation of each second and one in twenty of the others, which costs more than running all of them. Switch it on
   * for the family in which something is looked for. Log lines have the trace header without it.
   */
  readonly tracing: boolean;
  /** Most environments that run at a time, taken out of the account's total. @default no limit of its own */
  readonly reservedConcurrency?: number;
  /** Environments kept warm, paid for by the hour. @default none */
  readonly provisionedConcurrency?: number;
}
