import type { FamilySettings } from './family/family-settings.ts';
import type { IngressSettings } from './ingress/ingress-settings.ts';

/** Everything that differs between stages, and everything that costs money. */
export interface StageConfig {
  /** @default the region of the CLI's profile */
  readonly region?: string;
  /** How the tables are kept. */
  readonly state: {
    /** Every table can be taken back to any second of the last 35 days; doubles the price of storage. */
    readonly pointInTimeRecovery: boolean;
    /** Neither the tables nor their stack can be deleted until this is taken away. */
    readonly deletionProtection: boolean;
    /** Key of AWS KMS managed by AWS, visible in the account and its audit trail; otherwise one that DynamoDB owns, free of charge. */
    readonly encryption: 'aws-managed' | 'dynamodb-owned';
  };
  /** Settings of the service, for every function and ingress that reads them (docs/config.md). */
  readonly settings: Readonly<Record<string, string>>;
  /** Secret settings, made with random content as `packet-edge-<stage>/<setting>` in Secrets Manager. @default none */
  readonly secrets?: readonly string[];
  /** Raise it when a secret got another content, and deploy what reads it: CloudFormation does not notice by itself. @default 1 */
  readonly secretsRevision?: number;
  /** What a family gets that is not named below. */
  readonly family: FamilySettings;
  /** Families that need something else. @default none */
  readonly families?: Readonly<Record<string, Partial<FamilySettings>>>;
  /** @default no ingress: it runs as a process somewhere else */
  readonly ingress?: IngressSettings;
  /** Told of every alarm. @default alarms are seen in the console only */
  readonly alarmEmail?: string;
}

const dev: StageConfig = {
  state: { pointInTimeRecovery: false, deletionProtection: false, encryption: 'dynamodb-owned' },
  settings: { AUTO_CREATE_ACCOUNTS: 'true' },
  family: { traffic: 'at-once', logRetentionDays: 7, failuresAMinute: 5, tracing: false },
  ingress: {
    zones: 1,
    copies: { min: 1, max: 1 },
    cpu: 512,
    memory: 1024,
    connectionsPerCopy: 2000,
    logRetentionDays: 7,
    bus: 'none',
  },
};

const prod: StageConfig = {
  state: { pointInTimeRecovery: true, deletionProtection: true, encryption: 'aws-managed' },
  settings: { LOGIN_ERRORS: 'uniform' },
  secrets: ['SESSION_SECRET', 'TOKEN_SECRET'],
  family: {
    traffic: 'canary-10-percent-5-minutes',
    logRetentionDays: 30,
    failuresAMinute: 5,
    tracing: false,
  },
  families: {
    // A login computes a password hash: more memory is more processor, and two warm copies spare the first players of a morning the wait.
    auth: { provisionedConcurrency: 2 },
  },
  ingress: {
    zones: 2,
    copies: { min: 2, max: 20 },
    cpu: 1024,
    memory: 2048,
    connectionsPerCopy: 5000,
    logRetentionDays: 30,
    bus: 'valkey',
  },
};

/** LocalStack: what it emulates of the above. The ingress runs as a process beside it. */
const local: StageConfig = {
  region: 'us-east-1',
  state: { pointInTimeRecovery: true, deletionProtection: false, encryption: 'dynamodb-owned' },
  settings: { AUTO_CREATE_ACCOUNTS: 'true' },
  family: { traffic: 'by-hand', logRetentionDays: 1, failuresAMinute: 5, tracing: false },
};

export const STAGES: Readonly<Record<string, StageConfig>> = { dev, prod, local };

/** @throws Error that names the stages there are */
export function stageConfig(stage: string): StageConfig {
  const config = Object.hasOwn(STAGES, stage) ? STAGES[stage] : undefined;
  if (config === undefined) {
    throw new Error(`no stage ${stage}: choose one with -c stage=${Object.keys(STAGES).join('|')}`);
  }
  return config;
}
