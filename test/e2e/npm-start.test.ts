import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';

const root = join(import.meta.dirname, '../..');

/** `npm start` as a user types it, in a process group of its own as a terminal gives it. */
async function npmStart(dataDir: string) {
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LISTEN_ADDR: '127.0.0.1',
      METRICS_ADDR: '127.0.0.1',
      SERVICE_PORT: '0',
      PACKET_METRICS_PORT: '0',
      DATA_DIR: dataDir,
      AUTO_CREATE_ACCOUNTS: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const port = await new Promise<number>((resolve, reject) => {
    const fail = () => reject(new Error(`npm start did not get ready:\n${lines.join('\n')}`));
    child.once('exit', fail);
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (line.includes('"msg":"ready for players"')) resolve((JSON.parse(line) as { port: number }).port);
      });
    }
  });
  return { child, port, lines, ended: exitOf(child) };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

function engineRuns(dataDir: string): boolean {
  try {
    const pid = readFileSync(join(dataDir, 'engine.pid'), 'utf8').trim();
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dataDir);
  } catch {
    return false;
  }
}

describe('the end of npm start', () => {
  const folders: string[] = [];
  const fresh = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'packet-edge-drain-'));
    folders.push(folder);
    return folder;
  };
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  /** Where a player stands must survive although positions are only checkpoints. */
  async function drainsWell(end: (child: ChildProcess) => void, account: string): Promise<void> {
    const dataDir = await fresh();
    const { child, port, lines, ended } = await npmStart(dataDir);
    expect(engineRuns(dataDir)).toBe(true);
    const player = await new Player({ port, account }).play(account);
    player.walkTo(player.x + 150, player.y);
    await player.world.take(S.MOUSE);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    end(child);
    await player.world.ended();
    await ended;
    expect(lines.join('\n')).toContain('"msg":"ended"');
    expect(engineRuns(dataDir)).toBe(false);
    expect(existsSync(join(dataDir, 'data.sqlite'))).toBe(true);
    const again = await Service.start({ dataDir });
    const back = await new Player({ port: again.port, account }).play(account);
    expect(back.x).toBeCloseTo(player.x + 150, -1);
    expect(await again.stop()).toBe(0);
  }

  test('SIGTERM to the process: drained and saved', () =>
    drainsWell((child) => child.kill('SIGTERM'), 'olga'));

  test('Ctrl-C to the whole group, pressed three times: drained and saved', () =>
    drainsWell((child) => {
      for (let press = 0; press < 3; press += 1) process.kill(-(child.pid ?? 0), 'SIGINT');
    }, 'paul'));
});
