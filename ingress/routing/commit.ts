import type { TimerChange, TurnResult } from '../../shared/contract/index.ts';
import type { Commit } from '../ports/state.ts';
import type { TurnRecord } from './turn.ts';

/** How many of the turn's messages are done with; later ones are dispatched again. */
export function countDone({ failedAt, handled }: TurnResult, messages: number): number {
  return failedAt === undefined ? (handled ?? messages) : failedAt + 1;
}

/** What the state keeper has to know of a result, or null when nothing of it concerns state. */
export function commitOf(record: TurnRecord, result: TurnResult, done: number): Commit | null {
  const { state, reread } = result;
  const timers = storedTimers(record, result, done);
  if (state === undefined && timers === null && (reread === undefined || reread.length === 0)) return null;
  return {
    turnId: record.id,
    family: record.family.name,
    owns: record.family.manifest.sections.owns,
    ...(state === undefined ? {} : { change: state }),
    ...(timers === null ? {} : { timers }),
    ...(reread === undefined ? {} : { reread }),
  };
}

/** Changes to timers that a section keeps: those that came due in this turn are taken out, those of the result follow. */
function storedTimers({ taken, channel }: TurnRecord, { timers }: TurnResult, done: number): TimerChange[] | null {
  let changes: TimerChange[] | null = null;
  for (let index = 0; index < done; index += 1) {
    const waiting = taken[index];
    if (waiting === undefined || waiting.section === null) continue;
    changes ??= [];
    changes.push({ name: waiting.message.name, cancel: true });
  }
  for (const change of timers ?? []) {
    const kept = 'section' in change && change.section !== undefined;
    if (!kept && (channel.timers.get(change.name)?.section ?? null) === null) continue;
    changes ??= [];
    changes.push(kept ? change : { name: change.name, cancel: true });
  }
  return changes;
}
