import { namesOf } from '../../infra/names.ts';

/** The stage that is deployed to LocalStack, and its names. */
export const STAGE = 'local';
export const names = namesOf(STAGE);
