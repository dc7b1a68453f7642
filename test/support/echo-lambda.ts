import { lambdaEntry } from '../../shared/kit/index.ts';
import { family } from './echo-family.ts';

/** The echo family as a Lambda function. */
export const handler = lambdaEntry(family);
