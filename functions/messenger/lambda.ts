import { lambdaEntry } from '../../shared/kit/index.ts';
import { family } from './family.ts';

/** The messenger family as a Lambda function. */
export const handler = lambdaEntry(family);
