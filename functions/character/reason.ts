import type { Down } from '../../shared/services/index.ts';
import type { CharacterContext } from './sections.ts';

/** The refusal reason of a service's outcome; trouble of the service goes to the log. */
export function reasonOf(context: CharacterContext, outcome: Down | { readonly code: string }): string {
  if (!('problem' in outcome)) return outcome.code;
  context.log.error('service down', { problem: outcome.problem });
  return 'service_down';
}
