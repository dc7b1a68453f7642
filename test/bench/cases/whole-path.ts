import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Service } from '../../support/service.ts';
import { type BenchRow, row } from '../row.ts';
import { startPacketLoad } from '../support/packet-load.ts';
import { cpuOfProcess } from '../support/process-cpu.ts';

/**
 * The way of a packet through the whole service: read, decode, queue, dispatch, an echo family with a volatile section, commit,
 * encode, write. As CPU of the service process per packet, against a bare node:net echo of the same run that knows no frames.
 */
const ROUNDS = 3;
const WARM_UP_MS = 1_500;
const ROUND_MS = 2_000;
const CASES = [
  { name: 'whole-path-100x1', connections: 100, inFlight: 1 },
  { name: 'whole-path-100x32', connections: 100, inFlight: 32 },
  { name: 'whole-path-1000x1', connections: 1000, inFlight: 1 },
] as const;

/** A chat line of sixteen bytes; the answer has the same size but for the connection's id. */
function chatFrame(): Buffer {
  const text = Buffer.from('sixteen bytes ok\0', 'latin1');
  const frame = Buffer.alloc(6 + text.length);
  frame.writeUInt16LE(frame.length, 0);
  frame.writeUInt16LE(0x547, 2);
  text.copy(frame, 6);
  return frame;
}

async function cpuPerPacket(
  pid: number,
  port: number,
  connections: number,
  inFlight: number,
): Promise<number> {
  const load = await startPacketLoad(port, connections, inFlight, chatFrame());
  await sleep(WARM_UP_MS);
  const cpu = cpuOfProcess(pid);
  const frames = load.frames;
  await sleep(ROUND_MS);
  const spent = cpuOfProcess(pid) - cpu;
  const answered = load.frames - frames;
  await load.stop();
  return spent / answered;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export async function run(): Promise<BenchRow[]> {
  const bare = fork(join(import.meta.dirname, 'echo', 'server.ts'), ['bare']);
  const [{ port: barePort }] = (await once(bare, 'message')) as [{ port: number }];
  const service = await Service.start({
    environment: {
      MAX_CONNECTIONS_PER_ADDRESS: '0',
      FUNCTIONS_DIR: join(import.meta.dirname, '../support/families'),
      PACKETS_PER_SECOND: '100000',
      PACKET_BURST: '1000000',
      PACKET_CIPHER: 'none',
    },
  });
  const rows: BenchRow[] = [];
  for (const { name, connections, inFlight } of CASES) {
    const value: number[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      baseline.push(await cpuPerPacket(bare.pid ?? 0, barePort, connections, inFlight));
      value.push(await cpuPerPacket(service.process.pid ?? 0, service.port, connections, inFlight));
    }
    rows.push(row(name, 'us CPU per packet', median(value), median(baseline), null));
  }
  bare.disconnect();
  await service.stop();
  return rows;
}
