import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import {
  type Health as HealthRpc,
  HealthCheckResponse_ServingStatus as Status,
} from '../../proto/health.generated.ts';

/** The health check that gRPC probes ask: `ready` tells whether the services can do their work now. */
export function healthRoutes(
  names: ReadonlySet<string>,
  ready: () => Promise<boolean>,
): Pick<ServiceImpl<typeof HealthRpc>, 'check'> {
  return {
    check: async ({ service }) => {
      if (service !== '' && !names.has(service))
        throw new ConnectError(`there is no service ${service} here`, Code.NotFound);
      return { status: (await ready()) ? Status.SERVING : Status.NOT_SERVING };
    },
  };
}
