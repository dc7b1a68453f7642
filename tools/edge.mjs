#!/usr/bin/env node
// The package's bin: installs what is missing, then runs the command line on the project's own Node.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tools = dirname(fileURLToPath(import.meta.url));
const install = spawnSync(process.execPath, [join(tools, 'install.mjs'), '--production'], {
  stdio: 'inherit',
});
if (install.status !== 0) process.exit(install.status ?? 1);
const node = join(tools, '..', 'node_modules', '.bin', 'node');
const run = spawnSync(node, [join(tools, 'edge.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
process.exit(run.status ?? 1);
