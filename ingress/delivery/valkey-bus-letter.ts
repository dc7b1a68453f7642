import type { Json } from '../../shared/contract/index.ts';
import type { BusMessage, BusRequest } from './bus.ts';

/** What processes write to each other through the server. */
export type Letter =
  | { readonly k: 'message'; readonly message: BusMessage }
  /** The topics that the sender hears changed; versions are consecutive. */
  | {
      readonly k: 'interest';
      readonly version: number;
      readonly add: readonly string[];
      readonly drop: readonly string[];
    }
  /** Sign of life with the version of its interest; `fresh` right after it connected, when it knows nobody yet. */
  | { readonly k: 'beat'; readonly version: number; readonly fresh: boolean }
  /** "Tell me all topics that you hear." */
  | { readonly k: 'tell' }
  | { readonly k: 'whole'; readonly version: number; readonly topics: readonly string[] }
  | { readonly k: 'question'; readonly id: number; readonly topic: string; readonly request: BusRequest }
  | { readonly k: 'answer'; readonly id: number; readonly answer: Json }
  | { readonly k: 'bye' };

/** Who wrote a letter. `boot` tells one run of a process from the next, `n` grows with each letter of a run. */
export interface Stamp {
  readonly boot: string;
  readonly n: number;
  readonly from: string;
}

export interface Envelope extends Stamp {
  readonly letter: Letter;
}

/** The names of the server's channels; `prefix` keeps installations that share a server apart. */
export interface Channels {
  /** All processes. */
  readonly hall: string;
  readonly topic: (topic: string) => string;
  /** One process. */
  readonly desk: (ingressId: string) => string;
  /** The topic of a channel; null when it is none. */
  readonly topicOf: (channel: string) => string | null;
}

/** Changes when processes of two versions would misunderstand each other: then they do not hear each other. */
const EDITION = 1;

export function channelsOf(prefix: string): Channels {
  const root = `${prefix}bus${EDITION}:`;
  const topics = `${root}topic:`;
  return {
    hall: `${root}hall`,
    topic: (topic) => topics + topic,
    desk: (ingressId) => `${root}desk:${ingressId}`,
    topicOf: (channel) => (channel.startsWith(topics) ? channel.slice(topics.length) : null),
  };
}

/** The boot comes first, so that one's own echo is known without parsing it. */
export function seal({ boot, n, from }: Stamp, letter: string): string {
  return `["${boot}",${n},${JSON.stringify(from)},${letter}]`;
}

export function isOwn(text: string, boot: string): boolean {
  return text.startsWith(boot, 2) && text.charAt(2 + boot.length) === '"';
}

/** Null when it is not from a process like this one. */
export function unseal(text: string): Envelope | null {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts)) return null;
  const [boot, n, from, letter]: unknown[] = parts;
  if (typeof boot !== 'string' || typeof n !== 'number' || typeof from !== 'string') return null;
  if (typeof letter !== 'object' || letter === null || !('k' in letter)) return null;
  return { boot, n, from, letter: letter as Letter };
}
