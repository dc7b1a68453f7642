import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that an engine gets to end by itself, and between looks whether it has. */
const GRACE = 2_000;
const LOOK_EVERY = 20;

export function writePid(file: string, pid: number): void {
  writeFileSync(file, `${pid}\n`);
}

export function removePid(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Ends the engine that a crashed service left behind, if it still runs on this data file: two engines on one file would each
 * miss the other's writes. A process that merely got its number since is left alone. Returns its pid, or null.
 */
export async function endLeftover(pidFile: string, dataFile: string): Promise<number | null> {
  const pid = readPid(pidFile);
  if (pid === null || !holds(pid, dataFile)) return null;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; waited < GRACE; waited += LOOK_EVERY) {
    if (!holds(pid, dataFile)) return pid;
    await sleep(LOOK_EVERY);
  }
  process.kill(pid, 'SIGKILL');
  while (holds(pid, dataFile)) await sleep(LOOK_EVERY);
  return pid;
}

function readPid(file: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

/** Whether the process runs, and runs on this file by its command line (which is empty once it has ended). */
function holds(pid: number, dataFile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataFile);
  } catch {
    return false;
  }
}
