import { describe, expect, it } from 'vitest';
import { FIELD, type Fighter, fighter, HERE, NOW } from './testing/fighter.ts';

const WIND = 2;

const strong = {
  character: { level: 20, stats: { str: 10, dex: 10, int: 60, con: 10, charm: 10, sense: 10 } },
};

function caster(): Fighter {
  const f = fighter(strong);
  f.connection.sections.vitals = { hp: 100, mp: 200, at: NOW, combatAt: 0 };
  return f;
}

/** The client loads a map: the character is seen nowhere. */
function load(f: Fighter, loading: boolean): void {
  f.connection.sections.presence = { ...f.connection.sections.presence, visible: !loading };
}

describe('a map change', () => {
  it('while one casts ends the cast: the next one can begin, and blows too', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    load(f, true);
    await f.advance(500);
    expect(f.sections.fight?.cast).toBeUndefined();
    expect(f.sections.vitals?.hp).toBe(100);
    load(f, false);
    f.now = NOW + 20_000;
    expect((await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND })).refused).toBeUndefined();
  });

  it('ends a fight: its target is forgotten, and need not be shown any more', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    await f.signal('combat.aimed', { target: 2500, verdict: 'ok', ...HERE, skill: 0 });
    load(f, true);
    const due = (await f.advance(2000)).at(-1);
    expect(due?.raw.pin).toEqual([]);
    expect(f.sections.fight?.target).toBeUndefined();
    load(f, false);
    // What the old target still says leads nowhere.
    const late = await f.signal('combat.struck', {
      target: 2500,
      verdict: 'far',
      x: HERE.x + 900,
      y: HERE.y,
      skill: 0,
    });
    expect(late.signals).toEqual([]);
    expect(late.deliveries).toEqual([]);
  });
});

describe('a skill that hurts', () => {
  it('is combat for whoever casts it, when it begins and when it takes effect', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_TARGET', { target: 2500, slot: 1 });
    expect(f.sections.vitals?.combatAt).toBe(0);
    await f.signal('combat.aimed', { target: 2500, verdict: 'ok', ...HERE, skill: 4 });
    expect(f.sections.vitals?.combatAt).toBe(NOW);
    await f.advance(800);
    expect(f.sections.vitals?.combatAt).toBe(NOW + 800);
  });

  it('is so on a place too; one that helps is not', async () => {
    const f = caster();
    await f.packet('CLI_SKILL_CAST_SELF', { slot: WIND });
    await f.advance(500);
    expect(f.sections.vitals?.combatAt).toBe(0);
    await f.packet('CLI_SKILL_CAST_POSITION', { slot: 6, x: HERE.x + 500, y: HERE.y });
    expect(f.sections.vitals?.combatAt).toBe(NOW + 500);
    const sent = (await f.advance(1500)).flatMap(({ signals }) => signals);
    expect(sent.map(({ to }) => to)).toContain(`actor/map/${FIELD}/26,24`);
    expect(f.sections.vitals?.combatAt).toBe(NOW + 2000);
  });
});

describe('sitting', () => {
  const missing = { hp: 10, mp: 55, at: NOW, combatAt: 0 };

  it('counts for whole steps of regeneration only: who sits down just before one stands through it', async () => {
    const f = fighter();
    f.connection.sections.vitals = missing;
    await f.timer('combat.regenerate');
    f.connection.sections.position = {
      ...f.connection.sections.position,
      gait: 'sit',
      start: NOW + 3900,
    };
    await f.advance(4000);
    expect(f.sections.vitals?.hp).toBe(12);
    await f.advance(4000);
    expect(f.sections.vitals?.hp).toBe(19);
  });
});
