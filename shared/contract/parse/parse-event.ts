import { EdgeError } from '../../errors/edge-error.ts';
import type { TurnEvent } from '../index.ts';
import { turnEvent } from './event-schema.ts';
import { firstIssue } from './first-issue.ts';

/**
 * Checks an event that came from outside. Fields that this version does not know are dropped, but for payloads and sections.
 * @throws EdgeError `bad_event` naming the first field that is wrong
 */
export function parseEvent(raw: unknown): TurnEvent {
  const parsed = turnEvent.safeParse(raw);
  if (parsed.success) return parsed.data;
  const { field, problem } = firstIssue(parsed.error);
  throw new EdgeError('bad_event', `${field || 'event'}: ${problem}`, { field });
}
