import { lambdaEntry } from '../../../shared/kit/index.ts';
import { family } from './family.ts';

export const handler = lambdaEntry(family);
