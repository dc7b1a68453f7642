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
  const fired = firedTimers(record, done);
  const timers = keptTimers(record, result.timers);
  if (
    state === undefined &&
    timers === null &&
    fired === null &&
    (reread === undefined || reread.length === 0)
  )
    return null;
  return {
    turnId: record.id,
    family: record.family.name,
    owns: record.family.manifest.sections.owns,
    ...(state === undefined ? {} : { change: state }),
    ...(timers === null ? {} : { timers }),
    ...(fired === null ? {} : { fired }),
    ...(reread === undefined ? {} : { reread }),
  };
}

function firedTimers({ taken }: TurnRecord, done: number): string[] | null {
  let fired: string[] | null = null;
  for (let index = 0; index < done; index += 1) {
    const waiting = taken[index];
    if (waiting === undefined || waiting.section === null) continue;
    fired ??= [];
    fired.push(waiting.message.name);
  }
  return fired;
}

/** The changes that concern a section which keeps a timer: armed with one, or cancelled or armed without one while one keeps it. */
function keptTimers(
  { channel }: TurnRecord,
  timers: readonly TimerChange[] | undefined,
): TimerChange[] | null {
  let changes: TimerChange[] | null = null;
  for (const change of timers ?? []) {
    const kept = 'section' in change && change.section !== undefined;
    if (!kept && (channel.timers.get(change.name)?.section ?? null) === null) continue;
    changes ??= [];
    changes.push(kept ? change : { name: change.name, cancel: true });
  }
  return changes;
}
