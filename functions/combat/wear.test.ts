import { expect, it } from 'vitest';
import { BOW, blow, equip, fighter } from './testing/fighter.ts';

/** The signals of so many blows that the fighter gives. */
async function givenBlows(f: ReturnType<typeof fighter>, blows: number) {
  await f.packet('CLI_ATTACK', { targetId: 2500 });
  await f.signal('combat.aimed', { target: 2500, verdict: 'ok', x: 520_000, y: 488_000, skill: 0 });
  const results = await f.advance(blows * 1000);
  return results.flatMap(({ signals }) => signals);
}

it('a weapon suffers now and then, and what it shoots is used up as often as it shoots', async () => {
  const f = fighter();
  equip(f, { 7: BOW, 132: { kind: 'stack', uid: 'a', type: 12, id: 1, count: 999 } });
  const signals = await givenBlows(f, 1000);
  const shots = signals.filter(({ name }) => name === 'combat.strike').length;
  const worn = signals.filter(({ name }) => name === 'items.wear');
  const spent = signals.filter(({ name }) => name === 'items.spend');
  expect(shots).toBeGreaterThan(800);
  expect(worn.length).toBeGreaterThan(shots / 60);
  expect(worn.length).toBeLessThan(shots / 12);
  expect(spent).toHaveLength(worn.length);
  expect(spent[0]?.payload).toEqual({ slot: 132, count: 25 });
});

it('the last shots take what is left', async () => {
  const f = fighter();
  const { slots, ...rest } = f.connection.sections.inventory as { slots: Record<string, object> };
  const bow = { ...slots[7], id: 7 };
  const arrows = { kind: 'stack', uid: 'a', type: 12, id: 1, count: 3 };
  f.connection.sections.inventory = { ...rest, slots: { ...slots, 7: bow, 132: arrows } } as never;
  const spent = (await givenBlows(f, 200)).filter(({ name }) => name === 'items.spend');
  expect(spent[0]?.payload).toEqual({ slot: 132, count: 3 });
});

it('armour suffers by blows that meet; who wears nothing loses nothing', async () => {
  const f = fighter();
  let worn = 0;
  for (let n = 0; n < 300; n += 1) {
    f.connection.sections.vitals = { hp: 81, mp: 0, at: f.now, combatAt: 0 };
    const { signals } = await f.signal('combat.strike', blow({ attack: 5 }));
    worn += signals.filter(({ name }) => name === 'items.wear').length;
  }
  expect(worn).toBeGreaterThan(3);
  expect(worn).toBeLessThan(30);
  f.connection.sections.inventory = { version: 1, zuly: '0', slots: {} };
  for (let n = 0; n < 100; n += 1) {
    f.connection.sections.vitals = { hp: 81, mp: 0, at: f.now, combatAt: 0 };
    const { signals } = await f.signal('combat.strike', blow({ attack: 5 }));
    expect(signals.map(({ name }) => name)).not.toContain('items.wear');
  }
});
