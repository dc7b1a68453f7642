import type { JsonObject, Manifest, Message } from '../../shared/contract/index.ts';
import { LIFECYCLE } from '../../shared/contract/index.ts';
import {
  type DefinedFamily,
  defineFamily,
  type FamilyDefinition,
  type HandlerResult,
} from '../../shared/kit/index.ts';

/** One message as a handler of a script family saw it. */
export interface Heard {
  readonly family: string;
  readonly connection: string;
  readonly turnId: string;
  readonly attempt: number;
  readonly message: Message;
  readonly stage: string;
  readonly epoch: number;
  readonly counter: unknown;
}

export interface ScriptOptions {
  readonly batching?: FamilyDefinition<object, null>['batching'];
  readonly lanes?: FamilyDefinition<object, null>['lanes'];
  readonly durable?: boolean;
  readonly lifecycle?: readonly string[];
  readonly vital?: readonly string[];
  readonly stages?: readonly string[];
  readonly timeout?: number;
  /** What handlers of these signals answer, by name. */
  readonly answers?: Readonly<Record<string, HandlerResult<object>>>;
}

export interface ScriptFamily {
  readonly family: DefinedFamily<object, null>;
  readonly manifest: Manifest;
  /** Everything that its handlers were called with, in order. */
  readonly heard: Heard[];
  /** The `tag` of each payload heard, or the name of the message. */
  readonly tags: () => unknown[];
}

const ALL = Object.values(LIFECYCLE);

/**
 * A family whose handlers do what the message says: its payload's `result` is the handler's result, `throw` makes it throw, `wait` lets a
 * microtask pass first. A packet without either is answered with `{echo: tag}`. Packets are `X_DO`, `X_SLOW` (lane `slow`) and `X_LOBBY`
 * (allowed in `lobby` only), signals `x.do`, timers `x-1` and `x-2` for a family named `x`.
 */
export function scriptFamily(name: string, options: ScriptOptions = {}): ScriptFamily {
  const heard: Heard[] = [];
  const upper = name.toUpperCase();
  const stages = options.stages ?? ['login', 'lobby', 'world'];
  const run = (context: { readonly [key: string]: unknown }, payload: JsonObject): HandlerResult<object> => {
    const { message, turnId, attempt, connection, epoch, sections } = context as unknown as {
      message: Message;
      turnId: string;
      attempt: number;
      connection: { id: string; stage: string };
      epoch: number;
      sections: Readonly<Record<string, JsonObject | undefined>>;
    };
    const counter = sections[`${name}-counter`]?.value;
    heard.push({
      family: name,
      connection: connection.id,
      turnId,
      attempt,
      message,
      stage: connection.stage,
      epoch,
      counter,
    });
    if (payload.throw !== undefined) throw new Error('as the script says');
    if (payload.result !== undefined) return payload.result as HandlerResult<object>;
    if (message.kind !== 'packet') return options.answers?.[message.name] ?? {};
    return { replies: [{ name: 'SRV_ECHO', payload: { echo: payload.tag ?? null } }] };
  };
  const handle = run as never;
  const refused = (code: string) => ({ name: 'SRV_REFUSED', payload: { echo: code } });
  const definition = {
    name,
    packets: {},
    custom: {
      [`${upper}_DO`]: { stages, handle, refused: refused(`${name} refused`) },
      [`${upper}_SLOW`]: { stages, lane: 'slow', handle },
      [`${upper}_LOBBY`]: { stages: ['lobby'], handle, refused: refused('not in the lobby') },
      [`${upper}_QUIET`]: { stages: ['nowhere'], handle },
    },
    signals: Object.fromEntries(
      [`${name}.do`, ...(options.lifecycle ?? ALL)].map((signal) => [signal, handle]),
    ),
    vital: options.vital ?? [],
    timers: { [`${name}-1`]: handle, [`${name}-2`]: handle },
    state: {
      owns: { [`${name}-counter`]: { class: options.durable === true ? 'durable' : 'volatile', version: 1 } },
      reads: [],
    },
    lanes: { slow: { maxBatch: 1 }, ...options.lanes },
    ...(options.batching === undefined ? {} : { batching: options.batching }),
    timeout: options.timeout ?? 1000,
    services: () => null,
  };
  const family = defineFamily<object, null>(definition as unknown as FamilyDefinition<object, null>);
  const tags = (): unknown[] =>
    heard.map(({ message }) =>
      'payload' in message ? (message.payload?.tag ?? message.name) : message.name,
    );
  return { family, manifest: family.manifest, heard, tags };
}
