/**
 * Validation at the border to foreign code. Apart from `shared/contract/index.ts`, so that functions, whose events come from our own
 * ingress, need not bundle a validator.
 */
export { parseEvent } from './parse-event.ts';
export { parseManifest } from './parse-manifest.ts';
export { type ParsedTurn, parseResult } from './parse-result.ts';
