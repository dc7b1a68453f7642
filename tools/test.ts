import { parseArgs } from 'node:util';
import { type Run, runVitest, type Tally } from './test/run-vitest.ts';

/**
 * Runs vitest with the arguments given, and closes with the line `N passed, N failed`.
 *
 * Machines of continuous integration are shared and now and then stand still. With `CI=true`, a file in which something failed runs once
 * more, from its beginning (tests of one file may build on each other), and counts as it then ends. At home nothing gets a second chance.
 */

/** Files that get a second chance: where more fail, it is not bad luck. */
const MOST_FILES_AGAIN = 8;

const args = process.argv.slice(2);
const first = await runVitest(args);
const failing = [...(first.files ?? [])].filter(([, { failed }]) => failed > 0).map(([file]) => file);
const again =
  process.env.CI === 'true' && failing.length > 0 && failing.length <= MOST_FILES_AGAIN
    ? await secondChance(failing)
    : undefined;
const { code, files } = again ?? first;
const failed = sum(files, ({ failed }) => failed);
console.log(
  `${sum(files, ({ passed }) => passed)} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed`,
);
process.exit(code);

async function secondChance(names: readonly string[]): Promise<Run> {
  console.log(`\nonce more, from the beginning: ${names.join(', ')}\n`);
  const second = await runVitest([...optionsOf(args), ...names]);
  // A file that the second run does not report on keeps its failures.
  return { code: second.code, files: new Map([...(first.files ?? []), ...(second.files ?? [])]) };
}

/** The arguments without the names of files, which choose what runs. An option other than these says its value with `=`. */
function optionsOf(given: readonly string[]): readonly string[] {
  const { tokens } = parseArgs({
    args: [...given],
    options: {
      config: { type: 'string' },
      root: { type: 'string' },
      project: { type: 'string', multiple: true },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  return tokens.flatMap((token) =>
    token.kind === 'option'
      ? [token.value === undefined ? token.rawName : `${token.rawName}=${token.value}`]
      : [],
  );
}

function sum(files: ReadonlyMap<string, Tally> | null, of: (tally: Tally) => number): number {
  return [...(files ?? new Map<string, Tally>())].reduce((total, [, tally]) => total + of(tally), 0);
}
