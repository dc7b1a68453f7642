import { expect, it } from 'vitest';
import { family } from '../../functions/chat/family.ts';
import { lambdaEntry } from '../../shared/kit/index.ts';

/** The metric filter of a family's stack reads these fields out of what its function prints. */
it('a function prints family, version and failures in one line', async () => {
  const lines: Record<string, unknown>[] = [];
  const handler = lambdaEntry(family, {
    environment: {},
    print: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>),
  });
  const event = { v: 1, family: 'chat', ingress: 'test', turns: [] };
  await handler(event, { awsRequestId: 'request-1', functionVersion: '7' });
  expect(lines.at(-1)).toMatchObject({ family: 'chat', version: '7', Failures: 0 });
});
