import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FamilyUnderTest, testFamily } from '../../shared/kit/testing/index.ts';
import { SkillLevelResult } from '../../shared/protocol/packets.generated.ts';
import type { CharacterSection } from '../../shared/sections/index.ts';
import { experienceToReach, MAX_LEVEL } from '../../shared/world/formulas.ts';
import {
  sampleCharacter,
  sampleInventory,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../shared/world/testing/sample-character.ts';
import { family } from './family.ts';
import { grown } from './growth.ts';
import type { CharacterFamilySection } from './sections.ts';
import type { CharacterServices } from './services.ts';

const NOW = 1_800_000_000_000;

/** A character in the world; nothing here asks a service. */
function player(
  character: Partial<CharacterSection> = {},
): FamilyUnderTest<CharacterFamilySection, CharacterServices> {
  return testFamily(family, {
    services: {} as CharacterServices,
    now: NOW,
    userId: 'u1',
    characterId: 'c1',
    sections: {
      character: { ...sampleCharacter(), ...character },
      inventory: sampleInventory(),
      vitals: sampleVitals(NOW),
      position: samplePosition(NOW),
      presence: samplePresence(),
    },
  });
}

describe('experience', () => {
  it('is told', async () => {
    const p = player();
    const result = await p.signal('character.gain', { xp: 12, source: 1500 });
    expect(result.names).toEqual(['SRV_SET_EXP']);
    expect(result.reply('SRV_SET_EXP')).toMatchObject({ exp: '12', source_id: 1500 });
    expect(p.sections.character?.xp).toBe('12');
    expect(result.timers).toEqual([]);
  });

  it('brings levels, each with its points, and health; then the experience is told', async () => {
    const p = player();
    const result = await p.signal('character.gain', { xp: 84 + 163 + 5 });
    expect(result.names).toEqual(['SRV_LEVELUP', 'SRV_LEVELUP', 'SRV_SET_EXP']);
    expect(result.raw.replies?.[0]).toMatchObject({
      payload: { id: 2000, level: 2, exp: '168', stat_points: 11, skill_points: 2 },
    });
    expect(p.sections.character).toMatchObject({ level: 3, xp: '5', statPoints: 23, skillPoints: 4 });
    const told = (await p.advance(0)).flatMap(({ signals }) => signals.map(({ name }) => name));
    expect(told).toEqual(['combat.restore', 'movement.refresh', 'party.changed']);
  });

  it('that is none is refused', async () => {
    for (const xp of [0, -5, 1.5, '9', null, Number.MAX_VALUE])
      expect((await player().signal('character.gain', { xp })).refused).toBe('bad_signal');
  });

  it('counts the same in one piece and in many, and never beyond the highest level', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 5_000_000 }), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    });
    fc.assert(
      fc.property(amounts, (pieces) => {
        const start = sampleCharacter();
        const whole = grown(
          start,
          pieces.reduce((sum, xp) => sum + xp, 0),
        ).character;
        const parts = pieces.reduce((character, xp) => grown(character, xp).character, start);
        expect(parts).toEqual(whole);
        expect(Number(whole.xp)).toBeLessThan(experienceToReach(whole.level + 1));
      }),
    );
    const top = grown(sampleCharacter(), Number.MAX_SAFE_INTEGER).character;
    expect(top).toMatchObject({ level: MAX_LEVEL, xp: '0' });
  });

  it('is lost by dying: 2 % of the next level, but no level', async () => {
    const p = player({ level: 10, xp: '1000' });
    const result = await p.signal('character.died');
    const lost = Math.floor(experienceToReach(11) * 0.02);
    expect(result.reply('SRV_SET_EXP').exp).toBe(String(1000 - lost));
    const poor = player({ level: 10, xp: '3' });
    await poor.signal('character.died');
    expect(poor.sections.character).toMatchObject({ level: 10, xp: '0' });
    const none = await poor.signal('character.died');
    expect(none.names).toEqual([]);
  });
});

describe('a skill to be learned', () => {
  const learn = (p: ReturnType<typeof player>, slot: number, skill: number) =>
    p.signal('character.learn', { slot, skill });

  it('costs its points and lies in its slot', async () => {
    const p = player({ level: 8, skillPoints: 3, skills: [1] });
    const result = await learn(p, 4, 5);
    expect(result.reply('SRV_SKILL_LEVEL_REPLY')).toEqual({
      result: SkillLevelResult.SUCCEEDED,
      slot: 4,
      id: 5,
      points: 1,
    });
    expect(p.sections.character).toMatchObject({ skills: [1, 0, 0, 0, 5], skillPoints: 1 });
  });

  it.each([
    ['that does not exist', 4, 99, SkillLevelResult.FAILED, 'unknown_skill'],
    ['into a slot that is taken', 0, 5, SkillLevelResult.FAILED, 'bad_slot'],
    ['into a slot that does not exist', 120, 5, SkillLevelResult.FAILED, 'bad_slot'],
    ['a second time', 4, 1, SkillLevelResult.FAILED, 'known_skill'],
    ['above the level', 4, 6, SkillLevelResult.NEED_STAT, 'level'],
    ['without the points', 4, 5, SkillLevelResult.NO_POINTS, 'no_points'],
  ])('%s is refused', async (_what, slot, skill, code, reason) => {
    const p = player({ level: 8, skillPoints: 1, skills: [1] });
    const result = await learn(p, slot, skill);
    expect(result.reply('SRV_SKILL_LEVEL_REPLY')).toMatchObject({ result: code, points: 1 });
    expect(result.refused).toBe(reason);
    expect(p.sections.character?.skills).toEqual([1]);
  });
});

describe('coming back to life', () => {
  const dead = () => {
    const p = player({ revive: { map: 22, x: 600_000, y: 600_000 } });
    p.connection.sections.vitals = { hp: 0, mp: 0, at: NOW, combatAt: NOW };
    p.connection.sections.position = { ...samplePosition(NOW, 540_000, 530_000) };
    return p;
  };

  it.each([
    ['at the nearest point for it', 1, { map: 20, x: 541_000, y: 533_000 }],
    ['where one chose to', 2, { map: 22, x: 600_000, y: 600_000 }],
    ['at the start of the map', 3, { map: 20, x: 520_000, y: 520_000 }],
    ['where one lies', 4, { map: 20, x: 540_000, y: 530_000 }],
  ])('%s', async (_where, reviveType, place) => {
    const result = await dead().packet('CLI_REVIVE_REQ', { reviveType });
    expect(result.signal('combat.revive')).toEqual({ to: 'self', name: 'combat.revive', payload: place });
  });

  it('is for the dead only, and in ways that exist', async () => {
    expect((await player().packet('CLI_REVIVE_REQ', { reviveType: 1 })).refused).toBe('alive');
    expect((await dead().packet('CLI_REVIVE_REQ', { reviveType: 0 })).refused).toBe('bad_revive_type');
    expect((await dead().packet('CLI_REVIVE_REQ', { reviveType: 255 })).refused).toBe('bad_revive_type');
  });
});

describe('the hotbar', () => {
  const set = (p: ReturnType<typeof player>, slot: number, type: number, slotId: number) =>
    p.packet('CLI_HOTBAR_SET_ICON_REQ', { slot, icon: { type, slotId } });

  it('keeps an icon in its slot, and is told so', async () => {
    const p = player({ hotbar: [{ type: 1, slotId: 20 }] });
    const result = await set(p, 3, 3, 9);
    expect(result.reply('SRV_HOTBAR_SET_ICON_REPLY')).toMatchObject({
      slot: 3,
      icon: { type: 3, slotId: 9 },
    });
    expect(p.sections.character?.hotbar).toEqual([
      { type: 1, slotId: 20 },
      { type: 0, slotId: 0 },
      { type: 0, slotId: 0 },
      { type: 3, slotId: 9 },
    ]);
    await set(p, 3, 0, 0);
    expect(p.sections.character?.hotbar[3]).toEqual({ type: 0, slotId: 0 });
  });

  it.each([
    ['a slot that does not exist', 32, 3],
    ['an icon of no kind', 0, 7],
  ])('refuses %s', async (_what, slot, type) => {
    expect((await set(player(), slot, type, 1)).refused).toBe('bad_slot');
  });

  it('refuses a packet without a body', async () => {
    const p = player();
    const result = await p.packet('CLI_HOTBAR_SET_ICON_REQ', {} as never);
    expect(result.refused).toBe('no_body');
  });
});

describe('a stat that is raised', () => {
  it('makes room for more hp or mp, if it is one of those that do', async () => {
    const names = async (stat: number) =>
      (await player({ statPoints: 9 }).packet('CLI_STAT_ADD_REQ', { stat })).signals.map(({ name }) => name);
    expect(await names(0)).toEqual(['movement.refresh']);
    expect(await names(2)).toEqual(['movement.refresh', 'combat.heal']);
    expect(await names(3)).toEqual(['movement.refresh', 'combat.heal']);
  });
});

describe('the weight of a bag', () => {
  it('is told nearby, and is never more than full', async () => {
    const p = player();
    const result = await p.packet('CLI_SET_WEIGHT_REQ', { weight: 80 });
    expect(result.delivered('SRV_SET_WEIGHT')).toEqual({ char_id: 2000, weight: 80 });
    expect(result.deliveries[0]?.to).toBe('map/20/208,208');
    const more = await p.packet('CLI_SET_WEIGHT_REQ', { weight: 255 });
    expect(more.delivered('SRV_SET_WEIGHT').weight).toBe(110);
  });
});

describe('hp of others', () => {
  it('of a monster is told by its region', async () => {
    const actor = 'actor/map/22/26,24';
    const region = testFamily(family, {
      services: {} as CharacterServices,
      actor,
      characterId: actor,
      stage: 'actor',
      sections: { monsters: { mobs: { 1500: { objectId: 1500, hp: 33 } as never }, players: {} } },
    });
    const asked = await region.signal('character.hp-asked', {}, { connection: 'asker' }, 'object/22/1500');
    expect(asked.deliveries[0]?.to).toBe('connection/asker');
    expect(asked.delivered('SRV_HP_REPLY')).toEqual({ id: 1500, hp: 33 });
    const stranger = await region.signal('character.hp-asked', {}, { connection: 'asker' }, 'object/22/1501');
    expect(stranger.deliveries).toEqual([]);
  });
});
