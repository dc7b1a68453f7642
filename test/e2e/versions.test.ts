import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { loadFamilies } from '../../ingress/routing/invoker/index.ts';
import { backupData } from '../../ingress/state/engine/index.ts';
import { type JsonObject, LIFECYCLE, type TurnsResult } from '../../shared/contract/index.ts';
import { sectionsOf } from '../../shared/store/index.ts';
import { type FamiliesFolder, importFrom, recordedFamilies } from '../fuzz/support/families-folder.ts';
import { FIELD, newer, writesOf } from '../fuzz/support/newer-family.ts';
import { clientPackets, FUNCTIONS } from '../fuzz/support/packets.ts';
import { recordSession } from '../fuzz/support/record-session.ts';
import { type Recorded, recorded } from '../fuzz/support/recorded-family.ts';
import { copyOf, localWay, type RecordedTurn, replay } from '../fuzz/support/replay.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { lambdaEntries, startInvokeApi } from '../support/invoke-api.ts';
import { Service } from '../support/service.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';

const PREFIX = 'packet-edge-';
const SUPPORT = join(import.meta.dirname, '../fuzz/support');
/** Families of which there are two versions, with the section that gained a field. */
const CHANGED = { movement: 'position', chat: 'chat' } as const;
type Changed = keyof typeof CHANGED;
const NAMES = Object.keys(CHANGED) as Changed[];

const imports = (family: string): string =>
  [
    importFrom('family as older', join(FUNCTIONS, family, 'family.ts')),
    importFrom(newer.name, join(SUPPORT, 'newer-family.ts')),
  ].join('\n');

/** A folder with version N of the changed families beside all others as they are. */
function newerFamilies(): Promise<FamiliesFolder> {
  const modules = NAMES.map((name) => [
    name,
    `${imports(name)}\nexport const family = recorded(newer(older, '${CHANGED[name]}'));`,
  ]);
  return recordedFamilies(Object.fromEntries(modules) as Record<string, string>);
}

/** The stored position of a character. */
async function storedPosition({ store }: TestEngine, name: string) {
  for await (const item of store.scan('characters')) {
    if (item.sk === 'core' && item.name === name) return sectionsOf(item).get('position');
  }
  return undefined;
}

/** Walks to and fro, and waits until each step is seen. */
async function walk(player: Player, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    player.walkTo(player.x + (step % 2) * 40, player.y + 30);
    await player.world.take(S.MOUSE, (reader) => reader.u16() === player.objectId);
  }
}

/** Follows the counted writes of a section in one connection: version N adds one, N-1 must leave them as they are. */
function follow(
  records: readonly Recorded[],
  section: string,
  begin: number,
): { newer: number; older: number } {
  const writes = { newer: 0, older: 0 };
  let last = begin;
  for (const { event, result } of records) {
    for (const turn of event.turns) {
      const written = result.turns.find(({ turnId }) => turnId === turn.turnId)?.state?.sections?.[section];
      if (written === undefined || written === null) continue;
      const now = writesOf(written);
      expect([last, last + 1], JSON.stringify(turn.messages)).toContain(now);
      if (now === last) writes.older += 1;
      else writes.newer += 1;
      last = now;
    }
  }
  return writes;
}

test('version N-1 on state written by N, and the other way round, from one deployment to the next', async () => {
  const engine = await startTestEngine();
  const [next, before] = await Promise.all([newerFamilies(), recordedFamilies()]);
  const environment = { ...engine.environment, AUTO_CREATE_ACCOUNTS: 'true' };

  async function playUnder(folder: FamiliesFolder): Promise<void> {
    const service = await Service.start({
      environment: { ...environment, FUNCTIONS_DIR: folder.directory, RECORD_FILE: folder.file },
    });
    const player = await new Player({ port: service.port, account: 'vera' }).play('Vera');
    await walk(player, 6);
    await player.logOut();
    await service.stop();
    expect(service.lines.filter((line) => line.includes('"level":"error"'))).toEqual([]);
  }

  // N begins on what N-1 wrote.
  await playUnder(before);
  expect(await storedPosition(engine, 'Vera')).toMatchObject({ version: 1 });
  expect(writesOf((await storedPosition(engine, 'Vera'))?.value)).toBe(0);
  await playUnder(next);
  const byNewer = await storedPosition(engine, 'Vera');
  const count = writesOf(byNewer?.value);
  expect(count).toBe(follow(await next.records(), 'position', 0).newer);
  expect([byNewer?.version, count >= 6]).toEqual([2, true]);
  // Rolled back: what N-1 does not know lies there as before, also its number.
  await playUnder(before);
  const byOlder = await storedPosition(engine, 'Vera');
  expect([byOlder?.version, writesOf(byOlder?.value)]).toEqual([2, count]);
  expect(byOlder?.value).not.toEqual(byNewer?.value);
  // And forward again.
  await playUnder(next);
  const atLast = await storedPosition(engine, 'Vera');
  expect(writesOf(atLast?.value)).toBeGreaterThanOrEqual(count + 6);

  await Promise.all([next.remove(), before.remove()]);
  await engine.stop();
}, 90_000);

test('entities too: an inventory and its things keep what version N-1 does not know, whatever happens to them', async () => {
  const engine = await startTestEngine();
  const service = await Service.start({ environment: engine.environment });
  const enter = () => new Player({ port: service.port, account: 'xenia' }).play('Xenia');
  await (await enter()).logOut();

  const inventory = async () => {
    for await (const item of engine.store.scan('characters'))
      if (item.sk === 'inventory') return item as typeof item & { slots: Record<string, JsonObject> };
    throw new Error('no inventory');
  };
  const { pk, sk, slots } = await inventory();
  const marked = Object.entries(slots).map(([slot, thing]) => [slot, { ...thing, [FIELD]: 99 }] as const);
  await engine.store.update(
    'characters',
    { pk, sk },
    { set: { [FIELD]: 99, slots: Object.fromEntries(marked) } },
  );

  const player = await enter();
  const bench = await clientPackets();
  const stack = player.bag.find(({ slot, data }) => slot >= 12 && data === 10)?.slot ?? 0;
  player.world.raw(bench.exact('CLI_DROP_ITEM', { index: stack, quantity: 3 }));
  player.world.raw(bench.exact('CLI_EQUIP_ITEM', { slotTo: 7, slotFrom: 0 }));
  // Two changes: of a stack, and of what is worn.
  await expect.poll(async () => (await inventory()).version, { timeout: 5000 }).toBe(3);
  await player.logOut();
  const after = await inventory();
  expect(after[FIELD]).toBe(99);
  expect(Object.values(after.slots).map((thing) => thing[FIELD])).toEqual(
    Object.values(after.slots).map(() => 99),
  );
  await service.stop();
  await engine.stop();
}, 60_000);

test('both versions behind one alias, in turn, in the middle of a session: nothing is lost', async () => {
  const engine = await startTestEngine();
  const folder = await mkdtemp(join(tmpdir(), 'packet-edge-versions-'));
  const functions = { ...(await lambdaEntries(FUNCTIONS, PREFIX)) };
  const file = join(folder, 'record.jsonl');
  for (const name of NAMES) {
    const entry = join(folder, `${name}.mjs`);
    const text = [
      imports(name),
      importFrom(recorded.name, join(SUPPORT, 'recorded-family.ts')),
      importFrom('lambdaEntry', join(import.meta.dirname, '../../shared/kit/index.ts')),
      `const versions = [older, newer(older, '${CHANGED[name]}')].map((family) => lambdaEntry(recorded(family)));`,
      'let requests = 0;',
      '// As weights of an alias do it: which version a request meets is nobody’s choice.',
      'export const handler = (event, context) => versions[requests++ % 2](event, context);',
    ];
    await writeFile(entry, text.join('\n'));
    functions[`${PREFIX}${name}`] = entry;
  }
  const api = await startInvokeApi({
    functions,
    environment: { ...engine.environment, AUTO_CREATE_ACCOUNTS: 'true', RECORD_FILE: file },
  });
  // Warm, one after the other: all at once they take longer than the service waits.
  for (const name of Object.keys(functions)) {
    const url = `${api.url}/2015-03-31/functions/${name}/invocations`;
    const described = await fetch(url, { method: 'POST', body: '{"describe":true}' });
    expect(described.status).toBe(200);
  }
  const service = await Service.start({
    environment: { ...engine.environment, INVOKER: 'lambda', LAMBDA_ENDPOINT: api.url },
  });
  const player = await new Player({ port: service.port, account: 'willa' }).play('Willa');
  for (let round = 0; round < 8; round += 1) {
    await walk(player, 3);
    player.say(`round ${round}`);
    expect((await player.world.take(S.CHAT)).skip(2).text()).toBe(`round ${round}`);
    await sleep(620);
  }
  await player.logOut();
  expect(await service.stop()).toBe(0);
  await api.close();

  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  const all = lines.map((line) => JSON.parse(line) as Recorded);
  for (const name of NAMES) {
    const writes = follow(
      all.filter(({ family }) => family === name),
      CHANGED[name],
      0,
    );
    expect(Math.min(writes.newer, writes.older), name).toBeGreaterThan(2);
  }
  const stored = await storedPosition(engine, 'Willa');
  const moved = all.filter(({ family }) => family === 'movement');
  expect(writesOf(stored?.value)).toBe(follow(moved, 'position', 0).newer);
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
}, 90_000);

test('whatever family: fields that it does not know survive each of its turns', async () => {
  const original = await startTestEngine();
  const backup = `${original.dataDir}.backup`;
  await backupData(original.dataDir, backup);
  await original.stop();
  const families = await loadFamilies(FUNCTIONS);
  const manifests = new Map([...families].map(([name, { manifest }]) => [name, manifest]));
  const session = await recordSession(backup, [...families.keys()]);

  const copy = await copyOf(backup);
  const way = await localWay(copy);
  const results = await replay(session.map(fromTheFuture), way, copy.store, manifests);
  await way.close();
  await copy.stop();
  await rm(backup, { force: true });

  const lost = new Set<string>();
  const written = new Set<string>();
  for (const [index, { event }] of session.entries()) {
    const before = event.turns[0]?.state.sections ?? {};
    const [result] = (JSON.parse(results[index] ?? '') as TurnsResult).turns;
    for (const [section, value] of Object.entries(result?.state?.sections ?? {})) {
      const known = manifests.get(event.family)?.sections.owns[section]?.class;
      if (before[section] === undefined || value === null || known === 'derived') continue;
      // At its end a connection's volatile sections are forgotten anyway.
      if (known === 'volatile' && event.turns[0]?.messages.some(({ name }) => name === LIFECYCLE.closing))
        continue;
      written.add(section);
      if (value[FIELD] !== 99) lost.add(`${section}: ${event.turns[0]?.messages.map(({ name }) => name)}`);
    }
  }
  expect([...lost]).toEqual([]);
  expect([...written]).toEqual(expect.arrayContaining(['position', 'chat', 'presence', 'party', 'trade']));
}, 120_000);

/** The same turn, where every section holds a field of the next version. */
function fromTheFuture({ event, result }: RecordedTurn): RecordedTurn {
  const turns = event.turns.map((turn) => {
    const sections = Object.entries(turn.state.sections).map(
      ([name, value]) => [name, { ...value, [FIELD]: 99 } as JsonObject] as const,
    );
    return { ...turn, state: { ...turn.state, sections: Object.fromEntries(sections) } };
  });
  return { event: { ...event, turns }, result };
}
