import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadFamilies } from '../../ingress/routing/invoker/index.ts';
import { backupData } from '../../ingress/state/engine/index.ts';
import type { Manifest } from '../../shared/contract/index.ts';
import type { Store } from '../../shared/store/index.ts';
import { FUNCTIONS } from '../fuzz/support/packets.ts';
import { recordSession } from '../fuzz/support/record-session.ts';
import {
  type Copy,
  canonical,
  copyOf,
  lambdaWay,
  localWay,
  type RecordedTurn,
  replay,
} from '../fuzz/support/replay.ts';
import { startTestEngine } from '../support/engine.ts';

const TABLES = ['accounts', 'characters', 'sessions', 'world'] as const;

/** All items of a database, without what no two runs have alike: when they may be cleared away, and which write was the last. */
async function contents(store: Store): Promise<string[]> {
  const items: string[] = [];
  for (const table of TABLES) {
    for await (const { nonce: _nonce, expires: _expires, ...item } of store.scan(table))
      items.push(`${table} ${canonical(item)}`);
  }
  return items.sort();
}

describe('one recorded session, run again by both invokers over equal databases', () => {
  let backup: string;
  let local: Copy;
  let lambda: Copy;
  const session: RecordedTurn[] = [];
  let manifests: Map<string, Manifest>;

  beforeAll(async () => {
    const original = await startTestEngine();
    backup = `${original.dataDir}.backup`;
    await backupData(original.dataDir, backup);
    await original.stop();
    [local, lambda] = await Promise.all([copyOf(backup), copyOf(backup)]);
    const families = await loadFamilies(FUNCTIONS);
    manifests = new Map([...families].map(([name, { manifest }]) => [name, manifest]));
    session.push(...(await recordSession(backup, [...families.keys()])));
  }, 120_000);
  afterAll(async () => {
    await Promise.all([local?.stop(), lambda?.stop()]);
    await rm(backup, { force: true });
  });

  test('the session is a real one: of all that two players do', () => {
    const names = session.flatMap(({ event }) =>
      event.turns.flatMap(({ messages }) => messages.map(({ kind, name }) => `${kind} ${name}`)),
    );
    expect(names.length).toBeGreaterThan(150);
    const wanted = ['CLI_LOGIN_REQ', 'CLI_CREATE_CHAR_REQ', 'CLI_MOUSE_CMD', 'CLI_NORMAL_CHAT', 'CLI_TRADE'];
    expect(names).toEqual(expect.arrayContaining(wanted.map((name) => `packet ${name}`)));
    expect(names.some((name) => name.startsWith('signal '))).toBe(true);
    expect(names.some((name) => name.startsWith('timer '))).toBe(true);
  });

  test('both give the same bytes, and leave the same databases', async () => {
    const [localRun, lambdaRun] = await Promise.all([localWay(local), lambdaWay(lambda)]);
    const [one, other] = await Promise.all([
      replay(session, localRun, local.store, manifests),
      replay(session, lambdaRun, lambda.store, manifests),
    ]);
    await Promise.all([localRun.close(), lambdaRun.close()]);
    for (const [index, result] of one.entries()) {
      const said = JSON.stringify(session[index]?.event.turns[0]?.messages);
      expect({ said, result: other[index] }).toEqual({ said, result });
    }
    expect(await contents(lambda.store)).toEqual(await contents(local.store));
    // Both are the session that was played: but for what two players did in the very same moment, which may come in another order.
    const again = one.filter((result, index) => result === session[index]?.result).length;
    expect(again / one.length).toBeGreaterThan(0.9);
  }, 120_000);
});
