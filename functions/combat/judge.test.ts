import { describe, expect, it } from 'vitest';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
  sampleVitals,
} from '../../shared/world/testing/sample-character.ts';
import { world } from '../../shared/world/world.ts';
import type { Acting } from './acting.ts';
import type { Doer } from './facts.ts';
import { judge, SLACK } from './judge.ts';

const NOW = 1_800_000_000_000;
const AT = { x: 520_000, y: 520_000 };
const mapWhere = (pvp: boolean) => {
  const found = [...world.maps.values()].find((map) => (map.pvp === true) === pvp);
  if (found === undefined) throw new Error(`no map with pvp ${pvp}`);
  return found.id;
};
const acting = (map = mapWhere(true)): Acting => ({
  id: 'me',
  objectId: 2001,
  character: sampleCharacter('me', 'Me'),
  position: samplePosition(NOW, AT.x, AT.y),
  presence: { ...samplePresence(AT.x, AT.y, 2001), map },
  vitals: sampleVitals(NOW),
  effects: { active: [], ready: {} },
  fight: { nextHit: 0 },
  at: AT,
});
const doer = (byId: string, away = 0): Doer => ({
  by: 2002,
  byId,
  connection: 'c',
  x: AT.x + away,
  y: AT.y,
  reach: 200,
  skill: 0,
});
type Party = Parameters<typeof judge>[3];
const party = (...ids: string[]) => ({ party: { members: ids.map((id) => ({ id })) } }) as unknown as Party;

describe('whether something can be done to a character', () => {
  it('reaches as far as it reaches, and a little further', () => {
    expect(judge(acting(), doer('you', 200 + SLACK), true, undefined)).toBe('ok');
    expect(judge(acting(), doer('you', 201 + SLACK), true, undefined)).toBe('far');
  });

  it('nothing that hurts comes from oneself, nor from any member of the own party', () => {
    const friends = party('me', 'friend', 'other');
    for (const id of ['me', 'friend', 'other'])
      expect(judge(acting(), doer(id), true, friends)).toBe('forbidden');
    expect(judge(acting(), doer('you'), true, friends)).toBe('ok');
    expect(judge(acting(), doer('friend'), false, friends)).toBe('ok');
    expect(judge(acting(), doer('me'), true, undefined)).toBe('forbidden');
  });

  it('players hurt nobody where they may not fight; monsters do', () => {
    const peaceful = acting(mapWhere(false));
    expect(judge(peaceful, doer('you'), true, undefined)).toBe('forbidden');
    expect(judge(peaceful, doer('you'), false, undefined)).toBe('ok');
    expect(judge(peaceful, doer(''), true, undefined)).toBe('ok');
  });

  it('nothing is done to the dead', () => {
    const dead = { ...acting(), vitals: { ...sampleVitals(NOW), hp: 0 } };
    expect(judge(dead, doer(''), true, undefined)).toBe('dead');
  });
});
