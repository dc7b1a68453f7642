/** What a stage gives its ingress. */
export interface IngressSettings {
  /**
   * Availability zones: how many, which are then the first ones that the account lists, or their names. Each costs a load balancer address, and
   * its endpoints by the hour.
   */
  readonly zones: 1 | 2 | readonly [string] | readonly [string, string];
  /** Running copies. */
  readonly copies: { readonly min: number; readonly max: number };
  /** Fargate units of a copy; 1024 are one processor. */
  readonly cpu: 256 | 512 | 1024 | 2048 | 4096;
  /** Megabytes of a copy. */
  readonly memory: number;
  /** Connections of one copy that autoscaling aims at. */
  readonly connectionsPerCopy: number;
  /** Days; one of those that CloudWatch offers. */
  readonly logRetentionDays: number;
  /** What carries messages between copies. More than one copy needs `valkey` (ElastiCache Serverless). */
  readonly bus: 'none' | 'valkey';
  /** Accepts TLS as well, on a port of its own. @default plain TCP only */
  readonly tls?: { readonly certificateArn: string; readonly port: number };
  /** An image (arm64) in the account's own registry. @default built from infra/ingress/Dockerfile by the CLI */
  readonly image?: { readonly repository: string; readonly tag: string };
  /** Settings of the service beyond those of the stage. @default none */
  readonly settings?: Readonly<Record<string, string>>;
  /** Secret settings of the stage that the ingress itself reads. @default none */
  readonly secrets?: readonly string[];
}

/** Ports of the container, as infra/ingress/Dockerfile exposes them. */
export const GAME_PORT = 29000;
export const METRICS_PORT = 9102;

/** Seconds without traffic after which the ingress closes a connection, and later the load balancer would (350: under TLS it takes no other). */
export const IDLE_TIMEOUT = 300;
export const BALANCER_IDLE_TIMEOUT = 350;

/** Seconds: the load balancer sends no new players, the ingress ends by itself, Fargate ends it (its most). */
export const DEREGISTRATION = 60;
export const DRAIN_TIMEOUT = 110;
export const STOP_TIMEOUT = 120;
