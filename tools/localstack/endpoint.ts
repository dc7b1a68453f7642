/** Where LocalStack listens, and what every AWS client must be told to use it. */
export const PORT = 4566;
export const ENDPOINT = `http://127.0.0.1:${PORT}`;
export const REGION = 'us-east-1';

/**
 * Services that the stacks use. They are loaded at the start: one that takes long at its first call is called twice, and a resource that is
 * made twice fails its stack.
 */
export const serviceLoading: Readonly<Record<string, string>> = {
  EAGER_SERVICE_LOADING: '1',
  SERVICES:
    'cloudformation,cloudwatch,dynamodb,dynamodbstreams,ecr,iam,kms,lambda,logs,s3,secretsmanager,sns,sqs,ssm,sts',
};

/** Environment of AWS clients, of `cdklocal` and of the ingress; LocalStack accepts any key. */
export const awsEnvironment: Readonly<Record<string, string>> = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_ENDPOINT_URL: ENDPOINT,
  AWS_ENDPOINT_URL_S3: ENDPOINT,
};

/** Whether LocalStack answers and has started all that it starts by itself. */
export async function isReady(): Promise<boolean> {
  try {
    const answer = await fetch(`${ENDPOINT}/_localstack/init/ready`, { signal: AbortSignal.timeout(2000) });
    const { completed } = (await answer.json()) as { readonly completed?: boolean };
    return completed === true;
  } catch {
    return false;
  }
}
