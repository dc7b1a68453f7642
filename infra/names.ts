/**
 * Names by convention instead of exports from stack to stack: an export in use cannot change, and would tie every family to the state stack's
 * next deployment. Each stack deploys alone.
 */
export interface Names {
  readonly stage: string;
  /** `PacketEdge-dev-Chat` for `chat`; words are parted at hyphens. */
  stack(part: string): string;
  /** `TABLE_PREFIX` of the stage. */
  readonly tablePrefix: string;
  /** `FUNCTION_PREFIX` of the stage. */
  readonly functionPrefix: string;
  functionName(family: string): string;
  /** SSM path that the ingress watches. */
  readonly routesPath: string;
  /** SSM parameter of one family's route entry. */
  routeEntry(family: string): string;
  secret(setting: string): string;
  /** CloudWatch namespace of what the logs count. */
  readonly metrics: string;
}

/** The alias that the ingress invokes; moving it is what deploys and rolls back. */
export const LIVE_ALIAS = 'live';

const pascal = (part: string): string =>
  part
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

export function namesOf(stage: string): Names {
  const prefix = `packet-edge-${stage}-`;
  const routesPath = `/packet-edge/${stage}/routes`;
  return {
    stage,
    stack: (part) => `PacketEdge-${stage}-${pascal(part)}`,
    tablePrefix: prefix,
    functionPrefix: prefix,
    functionName: (family) => prefix + family,
    routesPath,
    routeEntry: (family) => `${routesPath}/${family}`,
    secret: (setting) => `packet-edge-${stage}/${setting}`,
    metrics: `PacketEdge/${stage}`,
  };
}
