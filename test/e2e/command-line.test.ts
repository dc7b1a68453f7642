import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Service } from '../support/service.ts';

// Each command is a process of its own; on a busy machine a dozen of them take their time.
vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, '../..');

/** What is typed: each line when the output holds the words that stand before it. */
type Typed = readonly (readonly [after: string, line: string])[];

/** Runs the command line as a user would. */
async function edge(args: readonly string[], environment: Record<string, string> = {}, typed: Typed = []) {
  const child = spawn(process.execPath, ['tools/edge.ts', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  let running = true;
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).finally(() => {
    running = false;
  });
  for (const [after, line] of typed) {
    while (running && !output.includes(after)) await new Promise((resolve) => setTimeout(resolve, 20));
    if (running) child.stdin.write(`${line}\n`);
  }
  if (typed.length === 0) child.stdin.end();
  return { code: await ended, output };
}

describe('the command line beside a running service', () => {
  let service: Service;
  let data: Record<string, string>;
  beforeAll(async () => {
    service = await Service.start({ environment: { AUTO_CREATE_ACCOUNTS: 'false' } });
    data = { DATA_DIR: service.dataDir };
  });
  afterAll(async () => {
    expect(await service.stop()).toBe(0);
  });

  test('makes, lists, bans and lets in accounts', async () => {
    expect(await edge(['account', 'list'], data)).toMatchObject({
      code: 0,
      output: expect.stringContaining('no accounts yet'),
    });
    expect(await edge(['account', 'add', 'walter', '-p', 'secret'], data)).toMatchObject({ code: 0 });
    expect(await edge(['account', 'add', 'walter', '-p', 'secret'], data)).toMatchObject({
      code: 1,
      output: expect.stringContaining('exists'),
    });
    expect(await edge(['account', 'add', 'x', '-p', 'secret'], data)).toMatchObject({ code: 1 });
    expect(await edge(['account', 'ban', 'walter'], data)).toMatchObject({ code: 0 });
    expect((await edge(['account', 'list'], data)).output).toMatch(/walter.*banned/);
    const client = ['client', 'walter', '-p', 'secret', '--port', String(service.port)];
    expect(await edge(client)).toMatchObject({ code: 1, output: expect.stringContaining('REFUSED_ACCOUNT') });
    expect(await edge(['account', 'ban', 'walter', '--lift'], data)).toMatchObject({ code: 0 });
    expect(await edge(['account', 'password', 'walter'], data, [['', 'changed']])).toMatchObject({ code: 0 });
    expect(await edge(client)).toMatchObject({
      code: 1,
      output: expect.stringContaining('INVALID_PASSWORD'),
    });
  });

  test('plays: logs in, talks, walks, logs out, and ends', async () => {
    await edge(['account', 'add', 'xenia', '-p', 'secret'], data);
    const args = ['client', 'xenia', '-p', 'secret', '--port', String(service.port), '--encrypted'];
    const { code, output } = await edge(args, {}, [
      ['in the world', 'hello all'],
      ['"message":"hello all"', 'walk 520000 520000'],
      ['< SRV_MOUSE_CMD', 'walk nowhere'],
      ['usage: walk X Y', 'logout'],
    ]);
    expect(output).toContain('in the world');
    expect(output).toContain('"message":"hello all"');
    expect(output).toContain('< SRV_MOUSE_CMD');
    expect(output).toContain('usage: walk X Y');
    expect(output).toContain('< SRV_LOGOUT_REPLY');
    expect(output).not.toContain('secret');
    expect(code).toBe(0);
  });

  test('says what to do when nobody listens', async () => {
    expect(await edge(['client', 'nobody', '--port', '1'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('npm start'),
    });
  });

  test('saves the data while the service runs', async () => {
    const file = join(service.dataDir, 'saved.sqlite');
    expect(await edge(['data', 'backup', file], data)).toMatchObject({ code: 0 });
    expect(await edge(['data', 'restore', file], data)).toMatchObject({
      code: 1,
      output: expect.stringContaining('data_dir_locked'),
    });
  });

  test.each([
    ['--help'],
    ['account', '--help'],
    ['client', '--help'],
    ['packet', '--help'],
    ['data', '--help'],
  ])('edge %s %s tells what there is', async (...args) =>
    expect(await edge(args)).toMatchObject({ code: 0, output: expect.stringContaining('Usage:') }),
  );

  test('packets by hand', async () => {
    expect((await edge(['packet', 'encode', 'CLI_NORMAL_CHAT', '{"message":"hi"}'])).output.trim()).toBe(
      '090047050000686900',
    );
    expect((await edge(['packet', 'decode', '090047050000686900'])).output).toContain('"message": "hi"');
    const vectors = 'test/conformance/vectors/vectors.json';
    expect((await edge(['packet', 'verify', vectors])).output.trim()).toMatch(/668 passed, 0 failed$/);
    expect(await edge(['packet', 'encode', 'NOPE'])).toMatchObject({
      code: 1,
      output: expect.stringContaining('unknown_packet'),
    });
    for (const file of ['package.json', 'no-such-file']) {
      const wrong = await edge(['packet', 'verify', file]);
      expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('bad_value') });
      expect(wrong.output).not.toContain('    at ');
    }
  });
});
