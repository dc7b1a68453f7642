import { spawn } from 'node:child_process';
import { Problem } from './problem.ts';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Shows what the command prints as it comes. @default only when it fails */
  readonly show?: boolean;
}

/**
 * Runs a command to its end and answers what it printed.
 * @throws Problem with the end of its output when it fails or does not exist
 */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: options.show === true ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.once('error', (error) => reject(new Problem(`${command} cannot be run: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) return resolve(output);
      const tail = output.trim().split('\n').slice(-25).join('\n');
      reject(
        new Problem(`${[command, ...args].join(' ')} failed (${code})${tail === '' ? '' : `:\n${tail}`}`),
      );
    });
  });
}
