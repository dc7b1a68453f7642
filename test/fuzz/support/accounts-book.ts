import { LIFECYCLE, type Message, type TurnResult } from '../../../shared/contract/index.ts';
import type { Recorded } from './recorded-family.ts';

/** What all invocations together did. */
export interface Ledger {
  /** Packets that a handler saw to the end. */
  packets: number;
  /** Messages (packets, signals, timers) that handlers refused, by `family reason`. */
  readonly refused: Map<string, number>;
  /** Packets alone in their turn of which nothing came, not even a refusal, by name. */
  readonly silent: Map<string, number>;
  /** Messages whose handler failed. */
  readonly failed: string[];
  /** Packets that handlers saw, by name. */
  readonly seen: Map<string, number>;
  /** Of these, packets that they did not refuse. */
  readonly taken: Map<string, number>;
}

const raise = (map: Map<string, number>, key: string, by = 1) => map.set(key, (map.get(key) ?? 0) + by);

/** Everything a result can hold besides its id: without any, the packet was for nothing. */
const EFFECTS: readonly (keyof TurnResult)[] = [
  'state',
  'replies',
  'deliveries',
  'signals',
  'place',
  'objects',
  'watch',
  'pin',
  'timers',
  'reread',
  'close',
  'refusals',
];

const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

function isCounted(message: Message): boolean {
  return message.kind !== 'signal' || message.name !== LIFECYCLE.closing;
}

export function emptyLedger(): Ledger {
  return {
    packets: 0,
    refused: new Map(),
    silent: new Map(),
    failed: [],
    seen: new Map(),
    taken: new Map(),
  };
}

/** Adds what a family wrote down of one invocation. */
export function enter(ledger: Ledger, { family, event, result }: Recorded): void {
  const answers = new Map(result.turns.map((turn) => [turn.turnId, turn]));
  for (const { turnId, messages } of event.turns) {
    const answer = answers.get(turnId);
    if (answer === undefined) continue;
    const { refusals = [], failedAt, handled } = answer;
    const done = failedAt === undefined ? (handled ?? messages.length) : failedAt + 1;
    for (const [index, message] of messages.slice(0, done).entries()) {
      if (message.kind !== 'packet') continue;
      ledger.packets += 1;
      raise(ledger.seen, message.name);
      if (!refusals.some((refusal) => refusal.message === index)) raise(ledger.taken, message.name);
    }
    for (const { reason } of refusals) raise(ledger.refused, `${family} ${reason}`);
    const [first] = messages;
    if (failedAt !== undefined) {
      const reason = refusals.find(({ message }) => message === failedAt)?.reason;
      ledger.failed.push(`${family}: ${reason} at ${JSON.stringify(messages[failedAt])}`);
    }
    if (first?.kind === 'packet' && done === 1 && isCounted(first)) {
      if (EFFECTS.every((part) => isEmpty(answer[part]))) raise(ledger.silent, first.name);
    }
  }
}
