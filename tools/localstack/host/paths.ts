import { join } from 'node:path';

/** Where the host mode keeps everything: `.localstack/` of the project, or the folder that LOCALSTACK_HOME names. */
export interface Paths {
  readonly home: string;
  /** Its Python environment. */
  readonly venv: string;
  readonly python: string;
  /** What LocalStack takes for the root of its container. */
  readonly root: string;
  /** DynamoDB Local, laid out as LocalStack's own installer does. */
  readonly dynamodb: string;
  readonly temporary: string;
  readonly log: string;
  readonly pidFile: string;
  /** Fingerprint of what was installed. */
  readonly key: string;
}

export const sources = import.meta.dirname;
export const projectRoot = join(import.meta.dirname, '../../..');

export function pathsIn(home: string): Paths {
  const root = join(home, 'root');
  return {
    home,
    venv: join(home, 'venv'),
    python: join(home, 'venv/bin/python'),
    root,
    dynamodb: join(root, 'var/lib/localstack/lib/dynamodb-local/2'),
    temporary: join(home, 'tmp'),
    log: join(home, 'localstack.log'),
    pidFile: join(home, 'localstack.pid'),
    key: join(home, 'key'),
  };
}

export const defaultPaths = (): Paths =>
  pathsIn(process.env.LOCALSTACK_HOME ?? join(projectRoot, '.localstack'));
