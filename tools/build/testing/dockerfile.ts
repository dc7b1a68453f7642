/** One instruction of a Dockerfile, its continued lines joined. */
export interface Instruction {
  readonly keyword: string;
  /** `--name=value` before the arguments. */
  readonly flags: Readonly<Record<string, string>>;
  readonly text: string;
}

/** The instructions from one FROM to the next; `from` is the image, `name` what follows AS. */
export interface Stage {
  readonly from: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

const FLAG = /^--([a-z-]+)(?:=(\S+))?\s+/;
const FROM = /^(\S+)(?:\s+AS\s+(\S+))?$/i;

/** The stages of a Dockerfile. Throws for text that is no instruction. */
export function parseDockerfile(text: string): Stage[] {
  const stages: { from: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const line of logicalLines(text)) {
    const instruction = parseLine(line);
    if (instruction.keyword === 'FROM') {
      const [, from = '', name = null] = FROM.exec(instruction.text) ?? [];
      stages.push({ from, name, instructions: [] });
    } else {
      const stage = stages.at(-1);
      if (stage === undefined) throw new Error(`${instruction.keyword} before FROM`);
      stage.instructions.push(instruction);
    }
  }
  return stages;
}

/** All instructions of one kind. */
export const allOf = (stage: Stage, keyword: string): Instruction[] =>
  stage.instructions.filter((instruction) => instruction.keyword === keyword);

/** The text of the only instruction of a kind; throws when there is none or more than one. */
export function onlyOf(stage: Stage, keyword: string): string {
  const [first, ...more] = allOf(stage, keyword);
  if (first === undefined || more.length > 0) throw new Error(`expected one ${keyword}`);
  return first.text;
}

/** The program and arguments of an instruction in exec form; throws for the shell form, which would stand between a signal and us. */
export function execForm(text: string): string[] {
  const parsed: unknown = JSON.parse(text.replace(/^CMD\s+/, ''));
  if (Array.isArray(parsed) && parsed.every((part) => typeof part === 'string')) return parsed;
  throw new Error(`not in exec form: ${text}`);
}

/** The variables that the stage sets. */
export function environmentOf(stage: Stage): Record<string, string> {
  const pairs = allOf(stage, 'ENV').flatMap(({ text }) => text.split(/\s+/));
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new Error(`ENV ${pair}: expected NAME=value`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function logicalLines(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  return lines
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
}

function parseLine(line: string): Instruction {
  const match = /^([A-Z]+)\s+(.*)$/.exec(line);
  if (match === null) throw new Error(`no instruction: ${line}`);
  let text = match[2] ?? '';
  const flags: Record<string, string> = {};
  for (let flag = FLAG.exec(text); flag !== null; flag = FLAG.exec(text)) {
    flags[flag[1] ?? ''] = flag[2] ?? '';
    text = text.slice(flag[0].length);
  }
  return { keyword: match[1] ?? '', flags, text: text.trim() };
}
