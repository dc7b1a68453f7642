import { closeSockets, openSockets } from '../../support/sockets.ts';
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
  const sockets = await openSockets(port, connections);
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
      await closeSockets(sockets);
    },
  };
}
