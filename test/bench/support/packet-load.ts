import { closeSockets, openSockets } from './sockets.ts';

/** Connections that each keep a number of frames in flight; answers may have any size, their header says which. */
export interface PacketLoad {
  /** Frames that came back so far. */
  readonly frames: number;
  stop(): Promise<void>;
}

const HEADER = 6;

export async function startPacketLoad(
  port: number,
  connections: number,
  inFlight: number,
  frame: Buffer,
): Promise<PacketLoad> {
  const burst = Buffer.concat(Array.from({ length: inFlight }, () => frame));
  const state = { frames: 0, running: true };
  const sockets = await openSockets(port, connections);
  for (const socket of sockets) {
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let at = 0;
      let whole = 0;
      while (bytes.length - at >= HEADER) {
        const size = bytes.readUInt16LE(at);
        if (bytes.length - at < size) break;
        at += size;
        whole += 1;
      }
      rest = bytes.subarray(at);
      state.frames += whole;
      for (let left = whole; state.running && left > 0; left -= inFlight) {
        socket.write(burst.subarray(0, Math.min(left, inFlight) * frame.length));
      }
    });
    socket.on('error', () => socket.destroy());
    socket.write(burst);
  }
  return {
    get frames() {
      return state.frames;
    },
    async stop() {
      state.running = false;
      await closeSockets(sockets);
    },
  };
}
