import { connect, type Socket } from 'node:net';
import { FRAME_BYTES } from './frames.ts';

/** Connections that each keep a number of frames in flight: for every frame that comes back, one goes out. */
export interface Load {
  /** Frames that came back so far. */
  readonly frames: number;
  stop(): Promise<void>;
}

export async function startLoad(
  port: number,
  connections: number,
  inFlight: number,
  frame: Buffer,
): Promise<Load> {
  const burst = Buffer.concat(Array.from({ length: inFlight }, () => frame));
  const state = { bytes: 0, running: true };
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  for (const socket of sockets) {
    let owed = 0;
    socket.on('data', (chunk: Buffer) => {
      state.bytes += chunk.length;
      owed += chunk.length;
      const whole = owed - (owed % FRAME_BYTES);
      owed -= whole;
      if (state.running && whole > 0) socket.write(burst.subarray(0, whole));
    });
    socket.write(burst);
  }
  return {
    get frames() {
      return state.bytes / FRAME_BYTES;
    },
    async stop() {
      state.running = false;
      const closed = sockets.map(
        (socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => resolve(socket));
    socket.once('error', reject);
  });
}
