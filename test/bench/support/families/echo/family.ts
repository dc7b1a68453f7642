export { family } from '../../../../support/echo-family.ts';
