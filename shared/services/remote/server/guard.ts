import { createHash, timingSafeEqual } from 'node:crypto';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { Health } from '../../proto/health.generated.ts';
import { statusOf } from './unary.ts';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets in only who brings the token; the health check is for everyone. */
export function bearer(token: string): Interceptor {
  const wanted = digest(`Bearer ${token}`);
  return (next) => (request) => {
    const given = digest(request.header.get('authorization') ?? '');
    if (request.service.typeName !== Health.typeName && !timingSafeEqual(given, wanted))
      throw new ConnectError('the token is missing or not the one of SERVICE_TOKEN', Code.Unauthenticated);
    return next(request);
  };
}

/** Turns what a handler threw into a status. `failed` hears of what is our own fault, before callers are told less. */
export function statuses(failed: (call: string, error: unknown) => void): Interceptor {
  return (next) => async (request) => {
    try {
      return await next(request);
    } catch (error) {
      const status = statusOf(error);
      if (status.code === Code.Internal) failed(`${request.service.typeName}/${request.method.name}`, error);
      throw status;
    }
  };
}
