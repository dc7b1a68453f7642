import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readBudget } from './build/budget.ts';
import { type Architecture, buildContainer } from './build/container.ts';
import { familiesWith } from './build/families.ts';
import { buildFunctions } from './build/functions.ts';
import { containerLines, functionLines } from './build/report.ts';

const USAGE = `usage: npm run build -- [container] [functions] [options]

Bundles what is deployed (both kinds unless one is named) and reports the sizes:
  container   dist/container: all that the image of ingress/Dockerfile holds besides Node
  functions   dist/functions/<family>/index.mjs: one Lambda function per family, handler index.handler
Source maps lie apart, in dist/maps.

  --family NAME     only this function; may be given more than once
  --arch x64|arm64  processor of the machine that runs the container (default: this one's)
  --out DIR         folder instead of dist
  -h, --help        this text`;

const root = join(import.meta.dirname, '..');
const KINDS = ['container', 'functions'];
/** By the names that Node and Docker give them. */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = { x64: 'x64', amd64: 'x64', arm64: 'arm64' };

function refuse(problem: string): never {
  console.error(`${problem}\n\n${USAGE}`);
  process.exit(2);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      family: { type: 'string', multiple: true },
      arch: { type: 'string', default: process.arch },
      out: { type: 'string', default: join(root, 'dist') },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const unknown = positionals.find((kind) => !KINDS.includes(kind));
  if (unknown !== undefined) refuse(`nothing called ${unknown} can be built`);
  const architecture = ARCHITECTURES[values.arch];
  if (architecture === undefined)
    return refuse(`--arch ${values.arch}: expected ${Object.keys(ARCHITECTURES).join(', ')}`);
  const known = await familiesWith(root, 'lambda.ts');
  const stranger = values.family?.find((family) => !known.includes(family));
  if (stranger !== undefined) refuse(`no family ${stranger}; there are ${known.join(', ')}`);

  const out = resolve(values.out);
  const wanted = (kind: string) => positionals.length === 0 || positionals.includes(kind);
  if (wanted('functions')) {
    const built = await buildFunctions(root, out, values.family);
    console.log((await functionLines(built, await readBudget(root))).join('\n'));
  }
  if (wanted('container'))
    console.log(containerLines(await buildContainer(root, out, architecture)).join('\n'));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
