import { awsEnvironment, ENDPOINT } from './endpoint.ts';
import { names as deployed } from './stage.ts';

/** Settings with which the ingress works against what is deployed to LocalStack, or against what goes by other names there. */
export function ingressEnvironment(names = deployed): Record<string, string> {
  return {
    ...awsEnvironment,
    INVOKER: 'lambda',
    STATE: 'dynamodb',
    LAMBDA_ENDPOINT: ENDPOINT,
    SSM_ENDPOINT: ENDPOINT,
    DYNAMODB_ENDPOINT: ENDPOINT,
    FUNCTION_PREFIX: names.functionPrefix,
    TABLE_PREFIX: names.tablePrefix,
    ROUTE_REGISTRY: names.routesPath,
    // A deployment takes effect at once where people try things.
    ROUTE_POLL: '1',
  };
}
