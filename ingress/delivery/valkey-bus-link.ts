import { isIP } from 'node:net';
import { Redis, type RedisOptions } from 'iovalkey';
import type { BusTarget } from './valkey-bus-url.ts';

/** Two connections to the server: one that listens and one that speaks. A link that broke stays broken. */
export interface Link {
  /** Resolves when the server has taken note of all. */
  listen(channels: readonly string[]): Promise<void>;
  unlisten(channels: readonly string[]): Promise<void>;
  /** Hands over all texts in one write, in their order; resolves when the server has passed them on. */
  speak(posts: readonly Post[]): Promise<void>;
  /** Calls `onLost` no more. */
  close(): void;
}

export interface Post {
  readonly channel: string;
  readonly text: string;
}

export interface LinkEvents {
  onText(channel: string, text: string): void;
  /** Once, when either connection ended; the reason is fit for a log. */
  onLost(reason: string): void;
}

/** For what was said last to leave; then the connection is cut. */
const DISCONNECT_WITHIN = 500;
/** Channels in one command. */
const AT_ONCE = 1_000;

/**
 * Opens a link. The client's own retries are off: it would send again what may have arrived, and doubles are forbidden here.
 * @param withinMs for the connections and the first answers
 * @throws Error whose message names no secret
 */
export async function openLink(target: BusTarget, withinMs: number, events: LinkEvents): Promise<Link> {
  const options = optionsFor(target, withinMs);
  const [ear, mouth] = [new Redis(options), new Redis(options)];
  let over = false;
  let reason = 'the connection ended';

  function close(): void {
    over = true;
    ear.disconnect();
    mouth.disconnect();
  }
  function lost(): void {
    if (over) return;
    close();
    events.onLost(reason);
  }
  for (const connection of [ear, mouth])
    connection.on('error', (error: Error) => {
      reason = error.message === '' ? error.name : error.message;
    });
  // A server that stands still lets connect, and never answers.
  const timer = setTimeout(() => {
    reason = 'no answer in time';
    close();
  }, withinMs);
  try {
    await Promise.all([ear.connect(), mouth.connect()]);
    // With a wrong password the connection stands until the first command.
    await Promise.all([ear.ping(), mouth.ping()]);
  } catch {
    close();
    // What the client throws may hold the command that failed, and with it the password.
    throw new Error(reason);
  } finally {
    clearTimeout(timer);
  }
  for (const connection of [ear, mouth]) connection.on('end', lost);
  ear.on('message', events.onText);

  async function inPortions(
    channels: readonly string[],
    call: (some: string[]) => Promise<unknown>,
  ): Promise<void> {
    const calls: Promise<unknown>[] = [];
    for (let at = 0; at < channels.length; at += AT_ONCE) calls.push(call(channels.slice(at, at + AT_ONCE)));
    await Promise.all(calls);
  }

  return {
    listen: (channels) => inPortions(channels, (some) => ear.subscribe(...some)),
    unlisten: (channels) => inPortions(channels, (some) => ear.unsubscribe(...some)),
    async speak(posts) {
      const pipeline = mouth.pipeline();
      for (const { channel, text } of posts) pipeline.publish(channel, text);
      const outcomes = await pipeline.exec();
      for (const [error] of outcomes ?? []) if (error !== null) throw error;
    },
    close,
  };
}

function optionsFor({ host, port, tls, username, password }: BusTarget, withinMs: number): RedisOptions {
  return {
    host,
    port,
    ...(tls ? { tls: isIP(host) === 0 ? { servername: host } : {} } : {}),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
    connectionName: 'packet-edge',
    lazyConnect: true,
    connectTimeout: withinMs,
    disconnectTimeout: DISCONNECT_WITHIN,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResubscribe: false,
    autoResendUnfulfilledCommands: false,
  };
}
