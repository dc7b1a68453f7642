import { request } from 'node:http';

/** Milliseconds for one question. */
const TIMEOUT = 500;

/** Whether an engine answers on this loopback port: asks it for its tables. The engine checks no signature. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      authorization:
        'AWS4-HMAC-SHA256 Credential=local/20000101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      'x-amz-date': '20000101T000000Z',
    };
    const asked = request(
      { host: '127.0.0.1', port, method: 'POST', headers, timeout: TIMEOUT, agent: false },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      },
    );
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => resolve(false));
    asked.once('close', () => resolve(false));
    asked.end('{}');
  });
}
