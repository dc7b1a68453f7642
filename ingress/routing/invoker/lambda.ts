import { InvokeCommand, LambdaClient, type LambdaClientConfig } from '@aws-sdk/client-lambda';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import { timedOut } from './aborted.ts';
import type { Invoker, InvokeTarget } from './invoker.ts';
import { functionError, lambdaError } from './lambda-error.ts';
import { nestedWithin } from './nesting.ts';

/** Levels of an answer: what one handler answers may have 32, and lies in a turn of the list of a result. */
const MOST_LEVELS = 40;

export interface LambdaInvokerOptions {
  readonly region: string;
  /** A Lambda API other than that of AWS. @default AWS */
  readonly endpoint?: string;
  /** @default the SDK's chain of providers */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Sockets kept open, one per invocation under way. @default 256 */
  readonly maxSockets?: number;
}

export interface LambdaInvoker extends Invoker {
  /** Closes its sockets. */
  close(): void;
}

function clientFor({ region, endpoint, credentials, maxSockets = 256 }: LambdaInvokerOptions): LambdaClient {
  const agent = { keepAlive: true, maxSockets };
  const config: LambdaClientConfig = {
    region,
    // A retry decided here would repeat a turn that may have run; routing knows when one is safe.
    maxAttempts: 1,
    requestHandler: { httpAgent: agent, httpsAgent: agent, connectionTimeout: 2000 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
  };
  return new LambdaClient(config);
}

function parsed(bytes: Uint8Array | undefined, family: string): unknown {
  const text =
    bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const facts = { family, bytes: text.length };
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new EdgeError('bad_result', `family ${family}: the answer is not JSON`, facts, cause);
  }
  if (nestedWithin(answer, MOST_LEVELS)) return answer;
  throw new EdgeError('bad_result', `family ${family}: the answer is nested too deeply`, facts);
}

/** `name:alias` in two parts; an ARN stays whole. */
function address(functionName: string): { FunctionName: string; Qualifier?: string } {
  const [name = '', alias, ...more] = functionName.split(':');
  return alias === undefined || more.length > 0
    ? { FunctionName: functionName }
    : { FunctionName: name, Qualifier: alias };
}

/** Runs families as Lambda functions, synchronously, over kept-alive connections. */
export function createLambdaInvoker(options: LambdaInvokerOptions): LambdaInvoker {
  const client = clientFor(options);

  const send = async (
    { family, functionName }: InvokeTarget,
    payload: unknown,
    signal: AbortSignal,
  ): Promise<unknown> => {
    const command = new InvokeCommand({
      ...address(functionName),
      Payload: Buffer.from(JSON.stringify(payload)),
    });
    const { FunctionError, Payload } = await client
      .send(command, { abortSignal: signal })
      .catch((cause: unknown) => {
        throw signal.aborted ? timedOut(family, cause) : lambdaError(family, cause);
      });
    const answer = parsed(Payload, family);
    if (FunctionError !== undefined) throw functionError(family, FunctionError, answer);
    return answer;
  };

  return {
    invoke: send,
    describe: (target, signal) => send(target, { describe: true }, signal),
    close: () => client.destroy(),
  };
}
