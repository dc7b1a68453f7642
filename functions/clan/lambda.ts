import { lambdaEntry } from '../../shared/kit/index.ts';
import { family } from './family.ts';

/** The clan family as a Lambda function. */
export const handler = lambdaEntry(family);
