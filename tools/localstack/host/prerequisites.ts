import { spawnSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from '../problem.ts';

export interface Prerequisites {
  /** A Python of at least 3.13: the locked packages of LocalStack 4.14 rely on it, whatever their metadata says. */
  readonly python: string;
  /** Home of a JDK of at least 17, for DynamoDB Local. */
  readonly java: string;
  readonly maven: string;
}

const works = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function pyenvPythons(): string[] {
  const versions = join(homedir(), '.pyenv/versions');
  try {
    return readdirSync(versions).map((version) => join(versions, version, 'bin/python'));
  } catch {
    return [];
  }
}

function findPython(): string | undefined {
  const named = process.env.LOCALSTACK_PYTHON;
  const candidates = [...(named === undefined ? [] : [named]), 'python3.13', 'python3', ...pyenvPythons()];
  return candidates.find((python) =>
    works(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 13))']),
  );
}

function findJava(): string | undefined {
  const where = spawnSync('sh', ['-c', 'command -v javac'], { encoding: 'utf8' }).stdout.trim();
  if (where === '') return undefined;
  const version = spawnSync(where, ['-version'], { encoding: 'utf8' });
  const major = Number(/javac (\d+)/.exec(version.stdout + version.stderr)?.[1] ?? 0);
  return major >= 17 ? dirname(dirname(realpathSync(where))) : undefined;
}

/**
 * Looks for what the host mode needs of the machine.
 * @throws Problem that names everything that is missing
 */
export function findPrerequisites(): Prerequisites {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Problem(
      'No Docker engine answers, and without one LocalStack runs on Linux x86-64 only. Start Docker and try again.',
    );
  }
  const python = findPython();
  const java = findJava();
  const maven = works('mvn', ['-version']) ? 'mvn' : undefined;
  if (python !== undefined && java !== undefined && maven !== undefined) return { python, java, maven };
  const missing = [
    ...(python === undefined ? ['Python 3.13 or later (or name one with LOCALSTACK_PYTHON)'] : []),
    ...(java === undefined ? ['a Java JDK, 17 or later (javac on the PATH)'] : []),
    ...(maven === undefined ? ['Maven (mvn on the PATH)'] : []),
  ];
  throw new Problem(
    `No Docker engine answers. To run LocalStack without Docker, install:\n${missing.map((each) => `  - ${each}`).join('\n')}\n` +
      'or start a Docker engine and try again.',
  );
}
