import type { TurnResult } from '../../shared/contract/index.ts';
import type { TurnRecord } from './turn.ts';

/** A signal without which the client cannot go on, and why it came to nothing. */
export interface VitalFailure {
  readonly signal: string;
  readonly reason: string;
}

/** The first vital signal of a turn that its result refuses; actors wait for nothing. */
export function refusedVital(record: TurnRecord, result: TurnResult): VitalFailure | null {
  const { refusals = [], failedAt } = result;
  for (const { message, reason } of refusals) {
    const signal = vitalAt(record, message);
    if (signal !== null) return { signal, reason };
  }
  const failed = failedAt === undefined ? null : vitalAt(record, failedAt);
  return failed === null ? null : { signal: failed, reason: 'handler_failed' };
}

/** The first vital signal of a turn, of which nothing comes. */
export function vitalIn(record: TurnRecord): string | null {
  for (const index of record.taken.keys()) {
    const signal = vitalAt(record, index);
    if (signal !== null) return signal;
  }
  return null;
}

function vitalAt({ channel, family, taken }: TurnRecord, index: number): string | null {
  const message = taken[index]?.message;
  if (message?.kind !== 'signal' || channel.connection.kind !== 'client') return null;
  return family.manifest.vital.includes(message.name) ? message.name : null;
}
