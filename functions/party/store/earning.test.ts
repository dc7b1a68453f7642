import { expect, test } from 'vitest';
import type { PartyMemberEntry } from '../../../shared/sections/index.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { createParties } from './parties.ts';
import { xpKey } from './rows.ts';

const NOW = 1_800_000_000_000;
const engine = useTestEngine();

const member = (id: string): PartyMemberEntry => ({
  id,
  name: id,
  tag: 1,
  droppedAt: 0,
  facts: {
    at: NOW,
    map: 20,
    objectId: 2000,
    level: 1,
    hp: 1,
    maxHp: 1,
    con: 1,
    hpRecovery: 1,
    mpRecovery: 1,
  },
});

test('what a party earns is kept as long as the party, and not beyond it', async () => {
  const parties = createParties(engine.store);
  const call = (step: string) => ({ now: NOW, step: `earning/${step}` });
  await parties.form({ ...call('form'), id: 'earning', rule: 0, members: [member('a'), member('b')] });
  const earn = (step: string) => parties.earn({ ...call(step), partyId: 'earning', xp: 30 });
  expect(await earn('one')).toEqual({ code: 'ok', xp: 30 });
  expect(await earn('two')).toEqual({ code: 'ok', xp: 60 });
  // Once, however often it is said.
  expect(await earn('two')).toEqual({ code: 'ok', xp: 60 });
  const row = await engine.store.get('world', xpKey('earning'));
  expect(row?.expires).toBeGreaterThan(NOW / 1000);
  await parties.change({ ...call('leave'), partyId: 'earning', change: { kind: 'leave', id: 'a' } });
  expect(await earn('late')).toMatchObject({ code: 'gone' });
  expect(await engine.store.get('world', xpKey('earning'))).toBeNull();
});
