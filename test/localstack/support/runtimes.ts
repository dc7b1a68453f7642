import { readdir, readFile } from 'node:fs/promises';

/**
 * Kills every process that runs a function, whatever it is doing, as a host that breaks down does; returns how many there were. The host mode
 * of `npm run localstack` has one process for each execution environment; in containers they are out of reach.
 */
export async function killRuntimes(functionName: string): Promise<number> {
  let killed = 0;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Processes end meanwhile, and others may not be looked into.
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`AWS_LAMBDA_FUNCTION_NAME=${functionName}`)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
      killed += 1;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return killed;
}
