import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BenchRow, row } from '../row.ts';
import { frameOf } from './echo/frames.ts';
import { startLoad } from './echo/load.ts';

/**
 * CPU time of the server process per echoed frame: the listener against a bare node:net echo that knows no frames. The servers
 * are children of their own, the load is here. Rounds alternate and the best one of each
 * counts, since whatever else the machine does can only add.
 */
const ROUNDS = 3;
const WARM_UP_MS = 500;
const ROUND_MS = 1_000;

interface Server {
  readonly child: ChildProcess;
  readonly port: number;
}

async function start(mode: string): Promise<Server> {
  const child = fork(join(import.meta.dirname, 'echo', 'server.ts'), [mode]);
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return { child, port: message.port };
}

/** User and system time of the server so far, in microseconds. */
async function cpuOf({ child }: Server): Promise<number> {
  child.send('cpu');
  const [message] = (await once(child, 'message')) as [{ cpu: NodeJS.CpuUsage }];
  return message.cpu.user + message.cpu.system;
}

async function microsecondsPerFrame(
  server: Server,
  connections: number,
  inFlight: number,
  frame: Buffer,
): Promise<number> {
  const load = await startLoad(server.port, connections, inFlight, frame);
  await sleep(WARM_UP_MS);
  const cpu = await cpuOf(server);
  const frames = load.frames;
  await sleep(ROUND_MS);
  const spent = (await cpuOf(server)) - cpu;
  const echoed = load.frames - frames;
  await load.stop();
  return spent / echoed;
}

export async function run(): Promise<BenchRow[]> {
  const bare = await start('bare');
  const onread = await start('onread');
  const data = await start('data');
  const plain = frameOf('plain');
  const cases = [
    { name: 'echo-100x1', server: onread, frame: plain, connections: 100, inFlight: 1, most: 1 },
    { name: 'echo-100x32', server: onread, frame: plain, connections: 100, inFlight: 32, most: 1.5 },
    { name: 'echo-1000x1', server: onread, frame: plain, connections: 1000, inFlight: 1, most: null },
    {
      name: 'echo-100x1-enciphered',
      server: onread,
      frame: frameOf('rose'),
      connections: 100,
      inFlight: 1,
      most: null,
    },
    {
      name: 'echo-100x32-enciphered',
      server: onread,
      frame: frameOf('rose'),
      connections: 100,
      inFlight: 32,
      most: null,
    },
    { name: 'echo-100x1-data-events', server: data, frame: plain, connections: 100, inFlight: 1, most: null },
  ];
  const rows: BenchRow[] = [];
  for (const { name, server, frame, connections, inFlight, most } of cases) {
    const value: number[] = [];
    const baseline: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      baseline.push(await microsecondsPerFrame(bare, connections, inFlight, plain));
      value.push(await microsecondsPerFrame(server, connections, inFlight, frame));
    }
    rows.push(row(name, 'us CPU per frame', Math.min(...value), Math.min(...baseline), most));
  }
  for (const { child } of [bare, onread, data]) child.disconnect();
  return rows;
}
