import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTables, openStore } from '../../../shared/store/index.ts';
import { silentLog } from '../../../test/support/engine.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { type Engine, startEngine } from './index.ts';
import { answers } from './readiness.ts';

let dataDir: string;
const running: { stop(): Promise<void> }[] = [];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'packet-edge-engine-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Engine> {
  const engine = await startEngine({ dataDir, log: silentLog });
  running.push(engine);
  return engine;
}

const portOf = (engine: Engine) => Number(new URL(engine.endpoint).port);
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};
const groupOf = (pid: number) =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]);

/** Another Node process that runs a script of ours, and its first line of output. */
async function elsewhere(script: string): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', () => reject(new Error('ended without a word')));
  });
  return { child, line };
}

const SUPERVISOR = JSON.stringify(new URL('./supervisor.ts', import.meta.url).href);
const LOG = '{debug(){},info(){},warn(){},error(){},child(){return this}}';

describe('a started engine', () => {
  it('answers, runs in a process group of its own, and ends with stop, leaving no pid behind', async () => {
    const engine = await start();
    expect(await answers(portOf(engine))).toBe(true);
    expect(groupOf(engine.pid)).toBe(engine.pid);
    expect(groupOf(engine.pid)).not.toBe(groupOf(process.pid));
    const { pid } = engine;
    expect(Number(readFileSync(join(dataDir, 'engine.pid'), 'utf8'))).toBe(pid);
    await engine.stop();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(join(dataDir, 'engine.pid'))).toBe(false);
    expect(process.listenerCount('exit')).toBeLessThan(10);
  });

  it('keeps its data from one start to the next', async () => {
    const first = await start();
    const store = openStore({ DYNAMODB_ENDPOINT: first.endpoint });
    await createTables(store);
    await store.put('accounts', { pk: 'kept', sk: '-', n: 1 });
    store.close();
    await first.stop();
    const again = openStore({ DYNAMODB_ENDPOINT: (await start()).endpoint });
    await createTables(again);
    expect(await again.get('accounts', { pk: 'kept', sk: '-' })).toMatchObject({ n: 1 });
    again.close();
  });

  it('is started again on the same port when it dies', async () => {
    const engine = await start();
    const { pid, endpoint } = engine;
    process.kill(pid, 'SIGKILL');
    await vi.waitFor(async () => expect(await answers(portOf(engine))).toBe(true), { timeout: 5_000 });
    expect(engine.pid).not.toBe(pid);
    expect(engine.endpoint).toBe(endpoint);
    expect(Number(readFileSync(join(dataDir, 'engine.pid'), 'utf8'))).toBe(engine.pid);
  });

  it('is not started again once stopped, and stops also between two lives', async () => {
    const engine = await start();
    process.kill(engine.pid, 'SIGKILL');
    await engine.stop();
    expect(await answers(portOf(engine))).toBe(false);
  });
});

describe('the data directory', () => {
  it('is refused to a second service, and free again after the first', async () => {
    const first = await start();
    await expect(startEngine({ dataDir, log: silentLog })).rejects.toMatchObject({ code: 'data_dir_locked' });
    await first.stop();
    await start();
  });

  it('is refused when it cannot be written', async () => {
    const file = join(dataDir, 'file');
    writeFileSync(file, '');
    await expect(startEngine({ dataDir: file, log: silentLog })).rejects.toMatchObject({
      code: 'bad_config',
    });
  });

  it('is refused while another process holds it, whatever that one forgot, and free when it was killed', async () => {
    const lock = JSON.stringify(new URL('./data-dir-lock.ts', import.meta.url).href);
    const script = `
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      import { lockDataDir } from ${lock};
      lockDataDir(${JSON.stringify(dataDir)});
      setFlagsFromString('--expose-gc');
      setTimeout(() => { runInNewContext('gc')(); console.log('locked'); }, 1);
      setInterval(() => {}, 1e6);`;
    const { child } = await elsewhere(script);
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: 'data_dir_locked' }));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    lockDataDir(dataDir)();
  });
});

describe('a service that crashed', () => {
  it('leaves an engine behind, which the next one ends before it starts its own', async () => {
    const script = `import(${SUPERVISOR}).then(async ({ startEngine }) => { const e = await startEngine({ dataDir: ${JSON.stringify(dataDir)}, log: ${LOG} }); console.log(e.pid); setInterval(() => {}, 1e6); })`;
    const { child, line } = await elsewhere(script);
    const leftover = Number(line);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(isAlive(leftover)).toBe(true);
    const engine = await start();
    expect(isAlive(leftover)).toBe(false);
    expect(engine.pid).not.toBe(leftover);
  });

  it('may leave a pid that now belongs to somebody else, who is left alone', async () => {
    writeFileSync(join(dataDir, 'engine.pid'), `${process.pid}\n`);
    await start();
    expect(isAlive(process.pid)).toBe(true);
  });

  it('by process.exit takes its engine along', async () => {
    const script = `import(${SUPERVISOR}).then(async ({ startEngine }) => { const e = await startEngine({ dataDir: ${JSON.stringify(dataDir)}, log: ${LOG} }); process.stdout.write(e.pid + '\\n', () => process.exit(1)); })`;
    const { line } = await elsewhere(script);
    await vi.waitFor(() => expect(isAlive(Number(line))).toBe(false), { timeout: 3_000 });
  });
});
