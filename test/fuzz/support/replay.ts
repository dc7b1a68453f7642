import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLambdaInvoker,
  createLocalInvoker,
  type Invoker,
  loadFamilies,
} from '../../../ingress/routing/invoker/index.ts';
import { DATA_FILE, restoreData, startEngine } from '../../../ingress/state/engine/index.ts';
import type { Manifest, Turn, TurnEvent, TurnResult, TurnsResult } from '../../../shared/contract/index.ts';
import { coreKey, openStore, type Store, sectionAttribute } from '../../../shared/store/index.ts';
import { silentLog } from '../../support/engine.ts';
import { lambdaEntries, startInvokeApi } from '../../support/invoke-api.ts';
import { importFrom } from './families-folder.ts';
import { FUNCTIONS } from './packets.ts';
import { diced } from './turn-dice.ts';

const PREFIX = 'packet-edge-';
const DICE = join(import.meta.dirname, 'turn-dice.ts');

/** A database of its own that begins as the copy does. */
export interface Copy {
  readonly store: Store;
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it and removes its files. */
  stop(): Promise<void>;
}

/** Restores a backup into a new data directory and runs a database on it. */
export async function copyOf(backup: string): Promise<Copy> {
  const dataDir = await mkdtemp(join(tmpdir(), 'packet-edge-copy-'));
  await restoreData(dataDir, backup);
  if (!(await readdir(dataDir)).includes(DATA_FILE)) throw new Error('nothing was restored');
  const engine = await startEngine({ dataDir, log: silentLog });
  const environment = {
    DYNAMODB_ENDPOINT: engine.endpoint,
    AWS_REGION: 'us-east-1',
    AUTO_CREATE_ACCOUNTS: 'true',
  };
  const store = openStore(environment);
  return {
    store,
    environment,
    async stop() {
      store.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A way to run families, for a while. */
export interface Way {
  readonly invoker: Invoker;
  close(): Promise<void>;
}

/** In this process, as the embedded service does it. */
export async function localWay({ environment }: Copy): Promise<Way> {
  const families = await loadFamilies(FUNCTIONS);
  for (const [name, family] of families) families.set(name, diced(family));
  const all = { ...process.env, ...environment };
  return {
    invoker: createLocalInvoker({ families, environment: all, lines: () => {} }),
    close: async () => {},
  };
}

/** The very Lambda entries, behind the Invoke API. */
export async function lambdaWay({ environment }: Copy): Promise<Way> {
  const folder = await mkdtemp(join(tmpdir(), 'packet-edge-entries-'));
  const functions: Record<string, string> = {};
  for (const [name, entry] of Object.entries(await lambdaEntries(FUNCTIONS, PREFIX))) {
    functions[name] = join(folder, `${name}.mjs`);
    const text = [
      importFrom('withDiceOf', DICE),
      importFrom('handler as entry', entry),
      'export const handler = (event, context) => withDiceOf(event.turns[0].turnId, () => entry(event, context));',
    ];
    await writeFile(functions[name], text.join('\n'));
  }
  const api = await startInvokeApi({ functions, environment });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const invoker = createLambdaInvoker({ region: 'us-east-1', endpoint: api.url, credentials });
  return {
    invoker,
    async close() {
      invoker.close();
      await api.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** One turn of a session, as an event of its own. */
export interface RecordedTurn {
  readonly event: TurnEvent;
  /** What came of it then, as canonical JSON. */
  readonly result: string;
}

/** JSON with the keys of all objects in one order: the database gives the keys of what it keeps in any. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Runs the turns of a session again, one after the other. Gives the raw results as canonical JSON. */
export async function replay(
  session: readonly RecordedTurn[],
  { invoker }: Way,
  store: Store,
  manifests: ReadonlyMap<string, Manifest>,
): Promise<string[]> {
  const results: string[] = [];
  for (const { event } of session) {
    const [turn] = event.turns;
    if (turn === undefined) throw new Error('a turn of its own');
    await own(store, turn);
    const target = { family: event.family, functionName: `${PREFIX}${event.family}:live` };
    const signal = AbortSignal.timeout(20_000);
    const raw = (await invoker.invoke(target, event, signal)) as TurnsResult;
    results.push(canonical(raw));
    for (const result of raw.turns) await keep(store, turn, result, manifests.get(event.family));
  }
  return results;
}

/** What the ingress writes of its own: who owns a character, on which the families' writes depend. */
async function own(store: Store, { epoch, state }: Turn): Promise<void> {
  if (epoch === 0 || state.characterId === null || state.characterId.startsWith('actor/')) return;
  await store.update('characters', coreKey(state.characterId), { set: { epoch, owner: 'replay' } });
}

/** What the ingress writes of a result: kept sections. */
async function keep(
  store: Store,
  turn: Turn,
  { state }: TurnResult,
  manifest: Manifest | undefined,
): Promise<void> {
  const { characterId } = turn.state;
  if (characterId === null || characterId.startsWith('actor/')) return;
  for (const [name, value] of Object.entries(state?.sections ?? {})) {
    const rule = manifest?.sections.owns[name];
    if (value === null || (rule?.class !== 'durable' && rule?.class !== 'checkpoint')) continue;
    const stored = { version: rule.version, value };
    await store.update('characters', coreKey(characterId), { set: { [sectionAttribute(name)]: stored } });
  }
}
