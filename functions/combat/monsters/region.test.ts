import { beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../shared/contract/index.ts';
import type { GroundItem } from '../../../shared/economy/index.ts';
import { type FamilyUnderTest, testFamily } from '../../../shared/kit/testing/index.ts';
import type { Mob } from '../../../shared/sections/index.ts';
import { createCharacterService, createWorldService } from '../../../shared/services/builtin/index.ts';
import { granted } from '../../../shared/store/index.ts';
import { inhabitantsOf, regionActor } from '../../../shared/world/regions.ts';
import { world } from '../../../shared/world/world.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { family } from '../family.ts';
import type { CombatSection } from '../sections.ts';
import type { CombatServices } from '../services.ts';
import { blow, NOW } from '../testing/fighter.ts';

type Region = FamilyUnderTest<CombatSection, CombatServices>;

const MAP = 22;
const REGION = '26,24';
const POPULATION = inhabitantsOf(MAP, REGION).spawns.reduce((sum, { spawn }) => sum + spawn.count, 0);

const engine = useTestEngine();
let services: CombatServices;
let count = 0;

beforeAll(async () => {
  const store = granted(engine.store, family.manifest.tables);
  services = { world: createWorldService(store), economy: createCharacterService(store) };
});

function region(over: Partial<CombatServices> = {}): Region {
  count += 1;
  const actor = regionActor(MAP, REGION);
  return testFamily(family, {
    services: { ...services, ...over },
    id: `region-${count}`,
    actor,
    stage: 'actor',
    characterId: actor,
    now: NOW + count * 3_600_000,
    seed: count * 1000,
  });
}

const near = (over = {}) => ({
  objectId: 2000,
  x: 520_000,
  y: 495_000,
  speed: 433,
  start: NOW,
  alive: true,
  ...over,
});

const mobsOf = (r: Region): Mob[] => Object.values(r.sections.monsters?.mobs ?? {});

/** A blow at a monster where it stands. */
const at = (mob: Mob, over = {}) => blow({ x: mob.x, y: mob.y, reach: 5000, attack: 10_000, ...over });
const hit = (r: Region, mob: Mob, over = {}) =>
  r.signal('combat.strike', at(mob, over), { connection: 'k' }, `object/${MAP}/${mob.objectId}`);

/** The same until it meets: one blow in fifty misses. */
async function surely(r: Region, mob: Mob, over = {}) {
  for (;;) {
    const result = await hit(r, mob, over);
    if (result.signal('combat.struck').payload.verdict !== 'missed') return result;
  }
}

async function alive(over: Partial<CombatServices> = {}): Promise<Region> {
  const r = region(over);
  await r.signal('monsters.near', near(), { characterId: 'c1' });
  return r;
}

/** What lies on the ground around the region that this character owns. */
async function lyingFor(ownerId: string): Promise<GroundItem[]> {
  return (await lying()).filter((row) => row.ownerId === ownerId);
}

async function lying(): Promise<GroundItem[]> {
  const economy = createCharacterService(engine.store);
  const found: GroundItem[] = [];
  for (const name of [REGION, '25,24', '26,25', '25,25', '26,23', '25,23', '27,24', '27,25']) {
    const answer = await economy.onGround({ map: MAP, region: name });
    if (answer.code === 'ok') found.push(...answer.rows);
  }
  return found;
}

describe('a region', () => {
  it('comes to life with the first player near, each monster with an object id of its own', async () => {
    const r = region();
    const born = await r.signal('monsters.near', near(), { characterId: 'c1' });
    const mobs = mobsOf(r);
    expect(mobs).toHaveLength(POPULATION);
    expect(born.raw.objects).toHaveLength(POPULATION + inhabitantsOf(MAP, REGION).npcs.length);
    for (const { objectId } of mobs) expect(objectId).toBeGreaterThanOrEqual(1024);
    const second = await r.signal('monsters.near', near({ objectId: 2001 }), { characterId: 'c2' });
    expect(second.raw.objects ?? []).toEqual([]);
    expect(Object.keys(r.sections.monsters?.players ?? {})).toEqual(['2000', '2001']);
  });

  it('lives: its monsters stroll and are seen to', async () => {
    const r = await alive();
    const results = await r.advance(15_000);
    const moves = results.flatMap(({ deliveries }) => deliveries.flatMap(({ packets }) => packets));
    expect(moves.some((p) => 'name' in p && p.name === 'SRV_MOVE')).toBe(true);
    const walking = results.flatMap(({ raw }) => raw.objects ?? []).filter(({ place }) => place?.motion);
    expect(walking.length).toBeGreaterThan(0);
  });

  it('forgets its monsters when the last player has gone, frees their ids, and ends', async () => {
    const r = await alive();
    const [mob] = mobsOf(r);
    await r.signal('monsters.gone', { objectId: 2000 });
    await r.advance(19_000);
    expect(mobsOf(r)).toHaveLength(POPULATION);
    const last = (await r.advance(2000)).at(-1);
    expect(last?.close).toEqual({ reason: 'nothing_left' });
    expect(r.sections.monsters).toBeUndefined();
    expect(last?.raw.objects?.every(({ place }) => place === null)).toBe(true);
    const found = await createWorldService(engine.store).findObject({
      map: MAP,
      objectId: mob?.objectId ?? 0,
    });
    expect(found.code).toBe('unknown_object');
  });

  it('goes on while something lies on its ground, and while a player has come back in time', async () => {
    const r = await alive();
    r.connection.sections.ground = { shown: { 3000: {} } };
    await r.signal('monsters.gone', { objectId: 2000 });
    expect((await r.advance(25_000)).every(({ close }) => close === undefined)).toBe(true);
    const other = await alive();
    await other.signal('monsters.gone', { objectId: 2000 });
    await other.advance(10_000);
    await other.signal('monsters.near', near(), { characterId: 'c1' });
    expect((await other.advance(25_000)).every(({ close }) => close === undefined)).toBe(true);
    expect(mobsOf(other)).toHaveLength(POPULATION);
  });

  it('forgets a player who cannot be reached, and lets others be', async () => {
    const r = await alive();
    await r.signal('monsters.near', near({ objectId: 2001 }), { characterId: 'c2' });
    const lost = { to: `object/${MAP}/2001`, name: 'combat.strike', payload: {} };
    await r.signal('edge.undeliverable', lost);
    await r.signal('edge.undeliverable', { ...lost, to: `character/c1`, name: 'character.gain' });
    expect(Object.keys(r.sections.monsters?.players ?? {})).toEqual(['2000']);
  });

  it('ends without a word from players whose connection died', async () => {
    const r = await alive();
    const results = await r.advance(200_000);
    expect(results.some(({ close }) => close !== undefined)).toBe(true);
  });

  it('that gets no object ids tries again later', async () => {
    let down = true;
    const flaky: CombatServices['world'] = {
      allocateObject: (request) =>
        down
          ? Promise.resolve({ code: 'down', problem: 'test' } as const)
          : services.world.allocateObject(request),
      freeObject: (request) => services.world.freeObject(request),
    };
    const r = await alive({ world: flaky });
    expect(mobsOf(r)).toEqual([]);
    down = false;
    await r.advance(10_100);
    expect(mobsOf(r)).toHaveLength(POPULATION);
  });
});

describe('a kill', () => {
  it('is seen, brings experience, leaves what is entered in the books, and the dead come back', async () => {
    const r = await alive();
    const [mob] = mobsOf(r);
    if (mob === undefined) throw new Error('nobody');
    const killed = await surely(r, mob, { byId: 'killer-1' });
    expect(killed.delivered('SRV_DAMAGE')).toMatchObject({
      attackerId: 3000,
      defenderId: mob.objectId,
      action: 16,
    });
    expect(killed.signal('combat.struck').payload).toMatchObject({ verdict: 'killed' });
    expect(killed.signal('character.gain')).toMatchObject({
      to: 'character/killer-1',
      payload: { xp: world.monsters.get(mob.kind)?.experience },
    });
    const slot = `${mob.spawn}/${mob.slot}`;
    const respawn = (world.spawns[mob.spawn]?.respawn ?? 0) * 1000;
    expect(r.sections.graves?.respawns[slot]).toBe(r.now + respawn);
    const dead = await r.advance(5100);
    expect(dead.flatMap(({ raw }) => raw.objects ?? [])).toContainEqual({
      object: `${MAP}/${mob.objectId}`,
      place: null,
    });
    expect(mobsOf(r)).toHaveLength(POPULATION - 1);
    await r.signal('monsters.near', near(), { characterId: 'c1' });
    await r.advance(respawn);
    const back = mobsOf(r).find((one) => one.spawn === mob.spawn && one.slot === mob.slot);
    expect(back?.objectId).not.toBe(mob.objectId);
    expect(back?.hp).toBe(world.monsters.get(mob.kind)?.hp);
  });

  it('is remembered when the region ends: the dead stay dead', async () => {
    const r = await alive();
    const [mob] = mobsOf(r);
    if (mob === undefined) throw new Error('nobody');
    await surely(r, mob);
    const graves = r.sections.graves;
    const next = region();
    next.now = r.now + 1000;
    next.connection.sections.graves = { ...graves };
    await next.signal('monsters.near', near(), { characterId: 'c1' });
    expect(mobsOf(next)).toHaveLength(POPULATION - 1);
  });

  it('shares experience by damage, with parties through one of their members', async () => {
    const r = await alive();
    const mob = mobsOf(r).find(({ hp }) => hp === 40);
    if (mob === undefined) throw new Error('nobody');
    const first = await surely(r, mob, { byId: 'a', by: 3001, attack: 25, critical: 0 });
    const dealt = first.delivered('SRV_DAMAGE').damage;
    expect(dealt).toBeLessThan(40);
    const last = await surely(r, mob, { byId: 'b', by: 3002, partyId: 'p' });
    const share = last.signals.filter(({ name }) => name === 'character.gain' || name === 'party.share');
    expect(share).toMatchObject([
      { to: 'character/a', name: 'character.gain', payload: { xp: Math.floor((12 * dealt) / 40) } },
      {
        to: 'character/b',
        name: 'party.share',
        payload: { xp: Math.floor((12 * (40 - dealt)) / 40), map: MAP },
      },
    ]);
  });

  it('two killers of one monster, 200 times: exactly one, and what it leaves is there once', async () => {
    const losers = new Set<string>();
    for (let n = 0; n < 200; ) {
      const r = await alive();
      for (const mob of mobsOf(r)) {
        if (n >= 200) break;
        n += 1;
        const to = `object/${MAP}/${mob.objectId}`;
        const [one, other] = [`one-${n}`, `other-${n}`];
        const signal = (byId: string, by: number) => ({
          kind: 'signal' as const,
          name: 'combat.strike',
          payload: at(mob, { byId, by, connection: byId }),
          from: { connection: byId },
          to,
        });
        const result = await r.turn(signal(one, 3001), signal(other, 3002));
        const verdicts = result.signals
          .filter(({ name }) => name === 'combat.struck')
          .map(({ to: whom, payload }) => [whom, payload.verdict]);
        // A blow in fifty misses: then the other one kills.
        const won = verdicts[0]?.[1] === 'killed' ? one : other;
        expect(verdicts.map(([, verdict]) => verdict)).toEqual(
          won === one ? ['killed', 'dead'] : ['missed', 'killed'],
        );
        const gains = result.signals.filter(({ name }) => name === 'character.gain');
        expect(gains.map(({ to: whom }) => whom)).toEqual([`character/${won}`]);
        losers.add(won === one ? other : one);
      }
      expect((await lying()).filter(({ ownerId }) => losers.has(ownerId ?? ''))).toEqual([]);
      const closing = await r.signal('edge.closing', { reason: 'test' });
      expect(closing.sections.monsters).toBeUndefined();
    }
    expect(losers.size).toBe(200);
  }, 120_000);

  it('that is handled again after a crash leaves its things once', async () => {
    // A region whose dice let the very first blow meet.
    let r: Region;
    let golem: Mob;
    let before: Region['connection']['sections'];
    for (;;) {
      r = await alive();
      golem = { ...(mobsOf(r)[0] as Mob), kind: 6, hp: 1 };
      const mobs = { [golem.objectId]: golem };
      r.connection.sections.monsters = { players: {}, mobs } as unknown as JsonObject;
      before = structuredClone(r.connection.sections);
      const first = await hit(r, golem, { byId: 'twice' });
      if (first.signal('combat.struck').payload.verdict === 'killed') break;
    }
    const once = await lyingFor('twice');
    expect(once.some(({ money }) => money !== undefined)).toBe(true);
    // Other dice: whatever they would let fall, the receipt of the first run counts.
    for (let seed = 1; ; seed += 1) {
      const again = testFamily(family, {
        services,
        id: r.connection.id,
        actor: regionActor(MAP, REGION),
        stage: 'actor',
        characterId: regionActor(MAP, REGION),
        now: r.now,
        seed,
      });
      again.connection.sections = structuredClone(before);
      await again.signal('combat.struck', { target: 1, verdict: 'met', x: 0, y: 0, skill: 0 });
      const repeated = await hit(again, golem, { byId: 'twice' });
      if (repeated.signal('combat.struck').payload.verdict !== 'killed') continue;
      expect(await lyingFor('twice')).toEqual(once);
      if (seed > 5) break;
    }
  });
});

describe('monsters and players', () => {
  it('one that sees a player goes for it and hits; it is told when there is nobody to hit', async () => {
    const r = region();
    const home = { x: 516_000, y: 498_000 };
    const mobs = { 1500: { ...(await boar()), ...home, home } };
    r.connection.sections.monsters = { mobs, players: {} } as unknown as JsonObject;
    await r.signal('monsters.near', near({ x: 516_500, y: 498_000, start: r.now }), { characterId: 'c1' });
    await r.timer('monsters.act');
    const results = await r.advance(4000);
    const strikes = results.flatMap(({ signals }) => signals.filter(({ name }) => name === 'combat.strike'));
    expect(strikes[0]).toMatchObject({
      to: `object/${MAP}/2000`,
      payload: { by: 1500, byId: '', attack: 24 },
    });
    expect(strikes.length).toBeGreaterThan(1);
    const lost = { target: 2000, verdict: 'killed', x: 0, y: 0, skill: 0 };
    await r.signal('combat.struck', lost);
    const after = await r.advance(4000);
    expect(after.flatMap(({ signals }) => signals)).toEqual([]);
  });

  it('a skill on a place hurts all who stand there, players by their own judgement', async () => {
    const r = await alive();
    const [mob] = mobsOf(r);
    if (mob === undefined) throw new Error('nobody');
    const place = { x: mob.x, y: mob.y, radius: 400 };
    await r.signal('monsters.near', near({ objectId: 2001, x: mob.x + 100, y: mob.y }), {
      characterId: 'c2',
    });
    const blast = { ...at(mob, { skill: 6, byId: 'mage' }), place };
    let result = await r.signal('combat.blast', blast);
    expect(result.deliveries.length).toBeGreaterThan(0);
    const dead = () => mobsOf(r).some(({ objectId, mode }) => objectId === mob.objectId && mode === 'dead');
    while (!dead()) result = await r.signal('combat.blast', blast);
    const passed = result.signals.filter(({ name }) => name === 'combat.strike').map(({ to }) => to);
    expect(passed.length).toBeLessThanOrEqual(1);
    expect((await r.signal('combat.blast', { ...blast, place: null })).refused).toBe('bad_signal');
  });

  it('poison kills a monster for whoever gave it', async () => {
    const r = await alive();
    const mob = mobsOf(r).find(({ hp }) => hp === 40);
    if (mob === undefined) throw new Error('nobody');
    const venom = { status: 'poison', amount: 30, duration: 12_000 };
    await r.signal('monsters.near', near({ objectId: 3000, x: mob.x, y: mob.y }), {
      characterId: 'poisoner',
    });
    await hit(r, mob, { byId: 'poisoner', power: 0, skill: 12, effect: venom });
    const results = await r.advance(3000);
    const gains = results.flatMap(({ signals }) => signals.filter(({ name }) => name === 'character.gain'));
    expect(gains).toMatchObject([{ to: 'character/poisoner', payload: { xp: 12 } }]);
  });

  it('whose drops may have been made or not has the ground looked at', async () => {
    let asked = false;
    const settle: CombatServices['economy']['settle'] = async () => {
      asked = true;
      return { code: 'down', problem: 'test' };
    };
    const r = await alive({ economy: { settle } });
    for (const mob of mobsOf(r)) {
      const killed = asked ? undefined : await surely(r, mob, { byId: 'killer-5' });
      if (killed === undefined || !asked) continue;
      expect(killed.signals.filter(({ name }) => name === 'ground.dropped')).not.toEqual([]);
    }
    expect(asked).toBe(true);
  });

  it('what nobody has killed is nobody’s: anyone may take what it leaves', async () => {
    const owners: (string | null)[] = [];
    const settle: CombatServices['economy']['settle'] = async ({ parts, note = null }) => {
      for (const part of parts) if (part.kind === 'ground-put') owners.push(part.row.ownerId);
      return { code: 'ok', repeated: false, note };
    };
    const r = await alive({ economy: { settle } });
    const mob = mobsOf(r).find(({ hp }) => hp === 40);
    const monsters = r.sections.monsters;
    if (mob === undefined || monsters === undefined) throw new Error('nobody');
    // It has given up and forgotten who poisoned it.
    const poison = { status: 'poison', amount: 40, until: r.now + 5000, by: 3000, next: r.now } as const;
    const leaving = { ...mob, mode: 'return', effects: [poison] } as const;
    for (let n = 0; n < 40 && owners.length === 0; n += 1) {
      r.connection.sections.monsters = {
        ...monsters,
        mobs: { [mob.objectId]: leaving },
      } as unknown as JsonObject;
      await r.timer('monsters.act');
    }
    expect([...new Set(owners)]).toEqual([null]);
  });

  it('figures and strangers are not to be fought, what helps is not for monsters', async () => {
    const r = await alive();
    const [mob] = mobsOf(r);
    const aim = (objectId: number, hostile: boolean) =>
      r.signal('combat.aim', { ...at(mob as Mob), hostile }, {}, `object/${MAP}/${objectId}`);
    const verdict = async (objectId: number, hostile = true) =>
      (await aim(objectId, hostile)).signal('combat.aimed').payload.verdict;
    expect(await verdict(1)).toBe('forbidden');
    expect(await verdict(60_000)).toBe('forbidden');
    expect(await verdict(mob?.objectId ?? 0)).toBe('ok');
    expect(await verdict(mob?.objectId ?? 0, false)).toBe('forbidden');
  });
});

async function boar(): Promise<Mob> {
  const r = await alive();
  const [mob] = mobsOf(r);
  if (mob === undefined) throw new Error('nobody');
  const kind = world.monsters.get(3);
  return { ...mob, objectId: 1500, kind: 3, hp: kind?.hp ?? 1, actAt: 0, wanderAt: Number.MAX_SAFE_INTEGER };
}
