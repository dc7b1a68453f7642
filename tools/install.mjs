// Installs what is missing, then lets the npm script go on. No dependencies; runs on Node 18 and later.
//   node tools/install.mjs [--production]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stampFile = join(root, 'node_modules', '.packet-edge.json');
const wanted = process.argv.includes('--production') ? 'production' : 'all';
const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

function installed() {
  if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) return false;
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return stamp.lock === lock && (stamp.mode === 'all' || stamp.mode === wanted);
  } catch {
    return false;
  }
}

if (!installed()) {
  // Not `npm ci`: it refuses a lock file made where a registry lacks packages for foreign platforms, and it would empty the
  // folder under a service that runs from it. The lock file's versions hold all the same, and it is not written to.
  const args = ['install', '--no-save', wanted === 'production' ? '--omit=dev' : '--include=dev'];
  args.push('--loglevel=error', '--no-fund', '--no-audit');
  console.error(
    `installing ${wanted === 'production' ? 'what the service needs' : 'everything, development tools included'} (about a minute on a fresh machine) ...`,
  );
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const started = Date.now();
  const run = spawnSync(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) {
    console.error(
      `npm ${args.join(' ')} failed. Check that the package registry can be reached, then try again.`,
    );
    process.exit(run.status ?? 1);
  }
  writeFileSync(stampFile, JSON.stringify({ lock, mode: wanted }));
  console.error(`installed in ${Math.round((Date.now() - started) / 1000)} s`);
}
