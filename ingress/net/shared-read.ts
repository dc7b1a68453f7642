import { Socket } from 'node:net';

/** How the bytes of a socket reach us: into one buffer shared by all sockets, or as a new chunk each. */
export type ReadMechanism = 'onread' | 'data';

/** Takes bytes; with `owned` the buffer stays valid after the call. */
export type TakeBytes = (buffer: Buffer, start: number, end: number, owned: boolean) => void;

interface Internals {
  readonly buffer: symbol;
  readonly callback: symbol;
}

let known: Internals | null | undefined;

/**
 * Where a socket keeps its `onread` buffer and callback. Node offers this way of reading to sockets that connect, not to those
 * that a server accepts; they have the same properties, though, found here by what a socket of our own puts there. Null when this
 * version of Node keeps them elsewhere.
 */
function internals(): Internals | null {
  if (known !== undefined) return known;
  const buffer = Buffer.alloc(1);
  const callback = (): boolean => true;
  const probe = new Socket({ onread: { buffer, callback } });
  const holder = (value: unknown): symbol | undefined =>
    Object.getOwnPropertySymbols(probe).find((symbol) => Reflect.get(probe, symbol) === value);
  const bufferSymbol = holder(buffer);
  const callbackSymbol = holder(callback);
  probe.destroy();
  known =
    bufferSymbol === undefined || callbackSymbol === undefined
      ? null
      : { buffer: bufferSymbol, callback: callbackSymbol };
  return known;
}

/**
 * Starts reading an accepted socket. All sockets may share one `buffer`, since its bytes are taken synchronously. Falls back to
 * `'data'` events where the internals are not as expected, or when asked to.
 */
export function startReading(
  socket: Socket,
  buffer: Buffer,
  take: TakeBytes,
  wanted: ReadMechanism = 'onread',
): ReadMechanism {
  const symbols = wanted === 'onread' ? internals() : null;
  const handle: unknown = Reflect.get(socket, '_handle');
  if (symbols !== null && canUseBuffer(handle) && Reflect.get(socket, symbols.buffer) === null) {
    Reflect.set(socket, symbols.buffer, buffer);
    Reflect.set(socket, symbols.callback, (bytes: number): boolean => {
      take(buffer, 0, bytes, false);
      return true;
    });
    handle.useUserBuffer(buffer);
    // Nobody listens for 'data', but only a flowing stream tells of its end.
    socket.resume();
    return 'onread';
  }
  socket.on('data', (chunk: Buffer) => take(chunk, 0, chunk.length, true));
  return 'data';
}

function canUseBuffer(handle: unknown): handle is { useUserBuffer(buffer: Buffer): void } {
  return (
    typeof handle === 'object' &&
    handle !== null &&
    typeof Reflect.get(handle, 'useUserBuffer') === 'function'
  );
}
