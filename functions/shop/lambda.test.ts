import { expect, it } from 'vitest';
import { family } from './family.ts';
import { handler } from './lambda.ts';

it('the Lambda function describes itself', async () => {
  expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
  expect(family.manifest.sections.owns).toEqual({
    shop: { class: 'volatile', version: 1 },
    deals: { class: 'volatile', version: 1 },
    wishes: { class: 'checkpoint', version: 1 },
  });
});
