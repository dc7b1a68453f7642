import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GeneratedFile } from '../generate.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = 'shared/services/proto';
/** How the plugin names its files; ours are named like everything that is generated. */
const ENDING = /_pb\.ts\b/g;

/** Message types and service descriptions of the remote services, from the protobuf definitions; runs on this machine alone. */
export async function generate(): Promise<GeneratedFile[]> {
  const out = await mkdtemp(join(tmpdir(), 'packet-edge-proto-'));
  try {
    const template = {
      version: 'v2',
      plugins: [
        {
          local: [process.execPath, join(ROOT, 'node_modules/@bufbuild/protoc-gen-es/bin/protoc-gen-es')],
          out: join(out, 'code'),
          opt: ['target=ts', 'import_extension=ts', 'erasable_syntax=true'],
        },
      ],
    };
    await promisify(execFile)(
      join(ROOT, 'node_modules/.bin/buf'),
      ['generate', FOLDER, '--template', JSON.stringify(template)],
      { cwd: ROOT, env: { ...process.env, BUF_CACHE_DIR: join(out, 'cache') } },
    );
    const names = await readdir(join(out, 'code'));
    return await Promise.all(
      names.sort().map(async (name) => ({
        path: `${FOLDER}/${name.replace(ENDING, '.generated.ts')}`,
        text: (await readFile(join(out, 'code', name), 'utf8')).replace(ENDING, '.generated.ts'),
      })),
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
