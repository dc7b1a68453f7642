import type { Manifest, TurnsResult } from '../../contract/index.ts';
import type { Environment } from '../definition.ts';
import type { Family, FamilyHost, RunningFamily } from '../family.ts';
import { checkedEvent } from './checked-event.ts';
import { invocationMetrics } from './invocation-metrics.ts';

/** The part of Lambda's context that the entry uses. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly functionVersion?: string;
  /** Trace header of this request; runtimes without concurrent requests have it in `_X_AMZN_TRACE_ID` only. */
  readonly xRayTraceId?: string;
}

/** Answers the result of an event, or the manifest for `{describe: true}`. */
export type LambdaHandler = (event: unknown, context: LambdaContext) => Promise<TurnsResult | Manifest>;

/** What surrounds an entry; the defaults are those of a Lambda environment. */
export interface LambdaHost {
  readonly environment: Environment;
  /** Takes one line of JSON, without its line end. */
  readonly print: (line: string) => void;
}

const LAMBDA: LambdaHost = {
  environment: process.env,
  print: (line) => process.stdout.write(`${line}\n`),
};

const isDescribe = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && (event as { describe?: unknown }).describe === true;

/**
 * The handler of a family's Lambda function. Services are built at the first event of an environment and shared by concurrent
 * requests; beside them only figures outlive a request. Logs go to stdout as JSON lines with request id and trace header, metrics (EMF) of
 * several requests together; the AWS SDK sends the trace header on by itself.
 * @throws EdgeError `bad_event` for an event of another contract version or family; Lambda answers it as a function error
 */
export function lambdaEntry(family: Family, { environment, print }: LambdaHost = LAMBDA): LambdaHandler {
  let running: RunningFamily | undefined;
  let record: ReturnType<typeof invocationMetrics> | undefined;

  return async (event, context) => {
    if (isDescribe(event)) return family.manifest;
    const began = performance.now();
    const request = {
      request: context.awsRequestId,
      version: context.functionVersion,
      trace: context.xRayTraceId ?? environment._X_AMZN_TRACE_ID,
    };
    let failures = 0;
    const host: Partial<FamilyHost> = {
      // Lambda believes the level only of a line that says its time in this form.
      lines: ({ level, message, fields }) =>
        print(JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...request, ...fields })),
      failed: () => {
        failures += 1;
      },
    };
    const checked = checkedEvent(event, family.name);
    running ??= family.start(environment);
    const result = await running.handle(checked, host);
    record ??= invocationMetrics(
      {
        function: environment.AWS_LAMBDA_FUNCTION_NAME ?? family.name,
        family: family.name,
        version: context.functionVersion,
      },
      print,
    );
    record({ turns: checked.turns.length, failures, duration: performance.now() - began });
    return result;
  };
}
