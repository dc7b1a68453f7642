import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { silentLog } from '../../../test/support/engine.ts';
import { startEngineProcess } from './engine-process.ts';

const MODULE = JSON.stringify(new URL('./engine-process.ts', import.meta.url).href);
const LOG = '{debug(){},info(){},warn(){},error(){},child(){return this}}';

it('an engine that cannot be started for want of file descriptors has ended, and may be tried again', async () => {
  const script = `
    import { closeSync, openSync } from 'node:fs';
    import { startEngineProcess } from ${MODULE};
    const open = [];
    try { for (;;) open.push(openSync('/dev/null', 'r')); } catch {}
    const first = startEngineProcess('/bin/true', 1, 'data', ${LOG});
    const how = await first.ended;
    for (const file of open) closeSync(file);
    const second = startEngineProcess('/bin/true', 1, 'data', ${LOG});
    console.log(JSON.stringify([first.pid, how, second.pid > 0, await second.ended]));`;
  const limited = `ulimit -n 64; exec "$0" --input-type=module -e "$1"`;
  const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, script]);
  expect(JSON.parse(stdout)).toEqual([0, expect.stringContaining('EMFILE'), true, 'code 0']);
});

it('an engine that the system does not even try to start has ended', async () => {
  const engine = startEngineProcess('no\0program', 1, 'data', silentLog);
  engine.kill('SIGTERM');
  expect([engine.pid, await engine.ended]).toEqual([0, expect.stringContaining('null bytes')]);
});
