import { describe, expect, it } from 'vitest';
import { SkillCancelResult } from '../../shared/protocol/packets.generated.ts';
import { blow, FIELD, fighter, HERE, NOW } from './testing/fighter.ts';

// Slots of the tests' fighters: 0 Heavy Blow (1), 1 Spark (4), 2 Second Wind (9), 3 Mend (8), 4 Stone Skin (10), 5 Swift Feet (11),
// 6 Rain of Embers (6), 7 Frost Bolt (5), 8 Venom (12).
const SPARK = 1;
const WIND = 2;
const MEND = 3;
const SKIN = 4;
const FEET = 5;
const RAIN = 6;

const high = {
  character: { level: 20, stats: { str: 10, dex: 10, int: 60, con: 10, charm: 10, sense: 10 } },
};

function caster() {
  const f = fighter(high);
  f.connection.sections.vitals = { hp: 100, mp: 200, at: NOW, combatAt: 0 };
  return f;
}

describe('a skill for oneself', () => {
  it('costs mp at once, takes its time, and then helps', async () => {
    const f = caster();
    const begun = await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    expect(begun.delivered('SRV_SKILL_CAST_SELF')).toMatchObject({ target: 2000, id: 9 });
    expect(begun.delivered('SRV_SKILL_START')).toEqual({ target: 2000 });
    expect(f.sections.vitals).toMatchObject({ hp: 100, mp: 188 });
    const results = await f.advance(500);
    const done = results.at(-1);
    expect(done?.delivered('SRV_SKILL_EFFECT')).toMatchObject({
      target: 2000,
      source: 2000,
      id: 9,
      amount: 70,
    });
    expect(done?.delivered('SRV_SKILL_FINISH')).toEqual({ target: 2000, id: 9 });
    expect(f.sections.vitals?.hp).toBe(170);
  });

  it('rests afterwards', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    await f.advance(14_999);
    const early = await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    expect(early.refused).toBe('cooldown');
    expect(early.reply('SRV_SKILL_CANCEL')).toEqual({
      target: 2000,
      result: SkillCancelResult.INVALID_SKILL,
    });
    await f.advance(1);
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND })).refused).toBeUndefined();
  });

  it('that lasts makes one faster, and slower again when it is over', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: FEET });
    const cast = (await f.advance(400)).at(-1);
    expect(cast?.delivered('SRV_SPEED_CHANGED')).toMatchObject({ target: 2000, move_speed: 541 });
    expect(cast?.signal('movement.refresh').to).toBe('self');
    const over = (await f.advance(45_000)).filter((r) => r.raw.deliveries?.length).at(-1);
    expect(over?.delivered('SRV_CLEAR_STATUS')).toMatchObject({ target: 2000, status: 0 });
    expect(over?.delivered('SRV_SPEED_CHANGED').move_speed).toBe(433);
    expect(f.sections.effects?.active).toEqual([]);
  });

  it('that guards makes blows hurt less', async () => {
    const bare = caster();
    const guarded = caster();
    await guarded.packet('CLI_SKILL_CAST_SELF', { slot: SKIN });
    await guarded.advance(500);
    const average = async (f: typeof bare) => {
      let sum = 0;
      for (let n = 0; n < 40; n += 1) {
        f.connection.sections.vitals = { hp: 10_000, mp: 0, at: f.now, combatAt: 0 };
        sum += (await f.signal('combat.strike', blow({ attack: 100 }))).delivered('SRV_DAMAGE').damage;
      }
      return sum / 40;
    };
    expect(await average(guarded)).toBeLessThan(await average(bare));
  });
});

describe('what cannot be cast', () => {
  it.each([
    ['an empty slot', 99, {}, 'unknown_skill'],
    ['a skill for a target', SPARK, {}, 'unknown_skill'],
    ['without mp', WIND, { mp: 11 }, 'no_mp'],
    ['dead', WIND, { hp: 0 }, 'dead'],
  ])('%s', async (_what, slot, vitals, reason) => {
    const f = caster();
    f.connection.sections.vitals = { ...f.connection.sections.vitals, ...vitals };
    const result = await f.packet('CLI_SKILL_CAST_SELF', { slot });
    expect(result.refused).toBe(reason);
    expect(result.names).toEqual(['SRV_SKILL_CANCEL']);
    expect(f.timers.map(({ name }) => name)).not.toContain('combat.cast');
  });

  it('above one’s level', async () => {
    const result = await fighter().packet('CLI_SKILL_CAST_SELF', { slot: SKIN });
    expect(result.refused).toBe('level');
  });

  it('two at a time', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: SKIN })).refused).toBe('casting');
    expect(f.sections.vitals?.mp).toBe(188);
  });

  it('stunned', async () => {
    const f = caster();
    await f.signal(
      'combat.strike',
      blow({ effect: { status: 'stun', amount: 100, duration: 1500 }, attack: 1 }),
    );
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND })).refused).toBe('stunned');
    expect((await f.packet('CLI_ATTACK', { targetId: 2500 })).refused).toBe('stunned');
    await f.advance(1500);
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND })).refused).toBeUndefined();
  });

  it('to its end, when one moves', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    f.connection.sections.position = { ...f.connection.sections.position, x: HERE.x + 100 };
    const result = (await f.advance(500)).at(-1);
    expect(result?.refused).toBe('moved');
    expect(result?.delivered('SRV_SKILL_CANCEL').target).toBe(2000);
    expect(f.sections.vitals?.hp).toBe(100);
    expect(f.sections.fight?.cast).toBeUndefined();
  });
});

describe('a skill on somebody', () => {
  it('asks the target, is cast when it can be met, and strikes with its power', async () => {
    const f = caster();
    const asked = await f.packet('CLI_SKILL_CAST_TARGET', { target: 2500, slot: SPARK });
    expect(asked.signal('combat.aim')).toMatchObject({
      to: `object/${FIELD}/2500`,
      payload: { skill: 4, reach: 1200, hostile: true },
    });
    expect(f.sections.vitals?.mp).toBe(200);
    const begun = await f.signal('combat.aimed', { target: 2500, verdict: 'ok', ...HERE, skill: 4 });
    expect(begun.delivered('SRV_SKILL_CAST_TARGET')).toMatchObject({ source: 2000, target: 2500, id: 4 });
    expect(f.sections.vitals?.mp).toBe(191);
    const done = (await f.advance(800)).at(-1);
    // Intelligence 60 at level 20 counts for more than the sword.
    expect(done?.signal('combat.strike').payload).toMatchObject({ skill: 4, power: 130, attack: 110 });
    expect(done?.delivered('SRV_SKILL_FINISH')).toEqual({ target: 2000, id: 4 });
  });

  it.each([
    ['far', SkillCancelResult.INVALID_TARGET],
    ['dead', SkillCancelResult.INVALID_TARGET],
    ['forbidden', SkillCancelResult.INVALID_TARGET],
  ])('that is %s costs nothing', async (verdict, result) => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_TARGET', { target: 2500, slot: SPARK });
    const answer = await f.signal('combat.aimed', { target: 2500, verdict, ...HERE, skill: 4 });
    expect(answer.reply('SRV_SKILL_CANCEL')).toEqual({ target: 2000, result });
    expect(f.sections.vitals?.mp).toBe(200);
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND })).refused).toBeUndefined();
  });

  it('who is not there: target not found', async () => {
    const f = caster();
    const asked = await f.packet('CLI_SKILL_CAST_TARGET', { target: 2500, slot: SPARK });
    const { to, name, payload } = asked.signal('combat.aim');
    const back = await f.signal('edge.undeliverable', { to, name, payload });
    expect(back.reply('SRV_SKILL_CANCEL').result).toBe(SkillCancelResult.TARGET_NOT_FOUND);
  });

  it('that helps can be oneself, that hurts cannot', async () => {
    const f = caster();
    expect((await f.packet('CLI_SKILL_CAST_TARGET', { target: 2000, slot: SPARK })).refused).toBe(
      'forbidden',
    );
    await f.packet('CLI_SKILL_CAST_TARGET', { target: 2000, slot: MEND });
    await f.advance(900);
    expect(f.sections.vitals?.hp).toBe(190);
  });

  it('helps another, if it lives and is near', async () => {
    const f = caster();
    const mend = {
      by: 3000,
      byId: 'c2',
      connection: 'other',
      ...HERE,
      reach: 1000,
      skill: 8,
      hp: 60,
      effect: null,
    };
    const helped = await f.signal('combat.mend', mend);
    expect(helped.delivered('SRV_SKILL_EFFECT')).toMatchObject({
      target: 2000,
      source: 3000,
      id: 8,
      amount: 60,
    });
    expect(f.sections.vitals?.hp).toBe(160);
    expect((await f.signal('combat.mend', { ...mend, x: HERE.x + 1200 })).refused).toBe('far');
    expect((await f.signal('combat.mend', { ...mend, hp: null })).refused).toBe('bad_signal');
  });
});

describe('effects of skills', () => {
  it('poison hurts each second, for as long as it lasts', async () => {
    const f = caster();
    const venom = { status: 'poison', amount: 8, duration: 4000 };
    await f.signal('combat.strike', blow({ power: 0, skill: 12, effect: venom }));
    expect(f.sections.vitals?.hp).toBe(100);
    const bites = (await f.advance(10_000)).flatMap(({ deliveries }) =>
      deliveries.flatMap(({ packets }) => packets.filter((p) => 'name' in p && p.name === 'SRV_DAMAGE')),
    );
    expect(bites).toHaveLength(4);
    expect(f.sections.effects?.active).toEqual([]);
  });

  it('poison kills', async () => {
    const f = caster();
    f.connection.sections.vitals = { hp: 10, mp: 0, at: NOW, combatAt: 0 };
    const venom = { status: 'poison', amount: 8, duration: 12_000 };
    await f.signal('combat.strike', blow({ power: 0, skill: 12, effect: venom }));
    await f.advance(2000);
    expect(f.sections.vitals?.hp).toBe(0);
    expect(f.timers).toEqual([]);
  });

  it('the stronger of a kind stays', async () => {
    const f = caster();
    const slow = (amount: number, duration: number) =>
      f.signal('combat.strike', blow({ power: 0, skill: 5, effect: { status: 'slow', amount, duration } }));
    await slow(40, 6000);
    await slow(20, 60_000);
    expect(f.sections.effects?.active).toMatchObject([{ status: 'slow', amount: 40, until: NOW + 6000 }]);
  });

  it('go on after coming back, if their time is not over', async () => {
    const f = caster();
    f.connection.sections.effects = {
      active: [
        { status: 'slow', amount: 40, until: NOW - 1, by: 1 },
        { status: 'defence', amount: 30, until: NOW + 5000, by: 1 },
      ],
      ready: { 9: NOW + 100 },
    };
    await f.signal('edge.owned', { characterId: 'c1', epoch: 1 });
    expect(f.sections.effects).toMatchObject({ active: [{ status: 'defence' }], ready: { 9: NOW + 100 } });
    await f.advance(5000);
    expect(f.sections.effects?.active).toEqual([]);
  });
});

describe('a skill on a place', () => {
  it('is told to the regions around, with the place', async () => {
    const f = caster();
    const place = { x: HERE.x + 1000, y: HERE.y };
    await f.packet('CLI_SKILL_CAST_POSITION', { slot: RAIN, ...place });
    const done = (await f.advance(1500)).at(-1);
    const blasts = done?.signals.filter(({ name }) => name === 'combat.blast') ?? [];
    expect(blasts.map(({ to }) => to)).toContain(`actor/map/${FIELD}/26,24`);
    expect(blasts[0]?.payload).toMatchObject({ place: { ...place, radius: 500 }, power: 120, skill: 6 });
  });

  it.each([
    ['out of range', { x: HERE.x + 1651, y: HERE.y }],
    ['off the map', { x: 1, y: 1 }],
  ])('%s is refused', async (_what, place) => {
    const f = caster();
    const result = await f.packet('CLI_SKILL_CAST_POSITION', { slot: RAIN, ...place });
    expect(result.refused).toBe('far');
    expect(result.reply('SRV_SKILL_CANCEL').result).toBe(SkillCancelResult.INVALID_TARGET);
  });
});

it('a skill is learned by the family that owns what a character knows', async () => {
  const result = await fighter().packet('CLI_SKILL_LEVEL_REQ', { slot: 5, next_index: 8 });
  expect(result.signal('character.learn').payload).toEqual({ slot: 5, skill: 8 });
});
