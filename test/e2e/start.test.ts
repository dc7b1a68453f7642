import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';

const root = join(import.meta.dirname, '../..');

describe('a start that cannot succeed says why, in words, and leaves nothing behind', () => {
  let running: Service;
  let folder: string;
  beforeAll(async () => {
    running = await Service.start();
    folder = await mkdtemp(join(tmpdir(), 'packet-edge-start-'));
  });
  afterAll(async () => {
    expect(await running.stop()).toBe(0);
    await rm(folder, { recursive: true, force: true });
  });

  /** Whether a process runs that was told of this folder. */
  async function isUsed(dataDir: string): Promise<boolean> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    return lines.some((line) => line.includes(dataDir));
  }

  test.each([
    ['the port is taken', () => ({ SERVICE_PORT: String(running.port) }), 'SERVICE_PORT'],
    [
      'the port of the metrics is taken',
      () => ({ PACKET_METRICS_PORT: String(running.adminPort) }),
      'METRICS',
    ],
    ['the address is not of this machine', () => ({ LISTEN_ADDR: '192.0.2.1' }), 'no such address'],
    ['the data is in use', () => ({ DATA_DIR: running.dataDir }), 'data_dir_locked'],
    ['settings are wrong', () => ({ SERVICE_PORT: 'x', LOG_LEVEL: 'y' }), '2 settings'],
  ])('%s', async (_case, environment, said) => {
    const child = spawn(process.execPath, ['ingress/main.ts'], {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        LISTEN_ADDR: '127.0.0.1',
        METRICS_ADDR: '127.0.0.1',
        SERVICE_PORT: '0',
        PACKET_METRICS_PORT: '0',
        DATA_DIR: folder,
        ...environment(),
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    expect(code).toBe(1);
    expect(output).toContain(said);
    expect(output).not.toContain('    at ');
    // The engine is told to end by the end of its service, and does so a moment later.
    await expect.poll(() => isUsed(folder), { timeout: 5000 }).toBe(false);
  });
});
