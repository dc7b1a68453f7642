import { Code, ConnectError } from '@connectrpc/connect';
import { EdgeError } from '../../../errors/edge-error.ts';
import type { Down } from '../../outcome.ts';

/** An outcome other than `down`. */
type Told<O> = O extends { readonly code: infer C }
  ? [C] extends [never]
    ? never
    : C extends 'down'
      ? never
      : O
  : never;

/** What a service said, when it could do its work; that it could not is a status of gRPC, so that callers may try again. */
export async function told<O extends { readonly code: string }>(outcome: Promise<O>): Promise<Told<O>> {
  const known: { readonly code: string } = await outcome;
  if (known.code === 'down') throw new ConnectError((known as Down).problem, Code.Unavailable);
  return known as Told<O>;
}

/** What a handler threw, as a status of gRPC: a bad request is the caller's fault, anything else ours. */
export function statusOf(error: unknown): ConnectError {
  if (EdgeError.is(error, 'bad_service_message'))
    return new ConnectError(error.message, Code.InvalidArgument);
  if (error instanceof ConnectError) return error;
  return new ConnectError('the service failed; its log has the reason', Code.Internal);
}
