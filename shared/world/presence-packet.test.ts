import { describe, expect, it } from 'vitest';
import { createProtocol } from '../protocol/index.ts';
import { placeOf, presencePacket, type Seen } from './presence-packet.ts';
import {
  sampleCharacter,
  sampleInventory,
  samplePosition,
  samplePresence,
  sampleVitals,
} from './testing/sample-character.ts';
import { listedItems, visibleItems } from './worn.ts';

const NOW = 1_800_000_000_000;

function seen(change: Partial<Seen> = {}): Seen {
  return {
    presence: samplePresence(),
    position: samplePosition(NOW),
    character: sampleCharacter(),
    vitals: sampleVitals(NOW),
    inventory: sampleInventory(),
    ...change,
  };
}

describe('the presence packet', () => {
  const protocol = createProtocol('head');
  const decoded = (who: Seen, now = NOW) => {
    const { name, payload } = presencePacket(who, now);
    return protocol.decode(protocol.encode(name, payload), 's2c').fields;
  };

  it('shows a character with the things that it wears, in the order of the slots', () => {
    const fields = decoded(seen());
    expect(fields).toMatchObject({
      id: 2000,
      x: 520_000,
      y: 520_000,
      destX: 520_000,
      command: 0,
      moveMode: 3,
      hp: 81,
      race: 0,
      runSpeed: 433,
      atkSpeed: 101,
      face: 3,
      hair: 4,
      level: 1,
      name: 'Anna',
    });
    const ids = (fields.inventory as readonly { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual([0, 0, 1, 0, 1, 1, 1, 0]);
  });

  it('shows refinement, gem and socket', () => {
    const helmet = { uid: 'h', type: 2, id: 3, isCreated: false, gem: 301, durability: 1, life: 1 };
    const rest = { hasSocket: true, isAppraised: true, refine: 9 };
    const inventory = {
      version: 1,
      zuly: '0',
      slots: { '2': { kind: 'single' as const, ...helmet, ...rest } },
    };
    const worn = { id: 3, gem_opt: 301, socket: 1, grade: 9 };
    expect(visibleItems(inventory)[1]).toEqual(worn);
    expect(listedItems(inventory)[0]).toEqual(worn);
    expect((decoded(seen({ inventory })).inventory as readonly object[])[1]).toMatchObject(worn);
  });

  it('shows the way of one who walks, from where it is at the moment', () => {
    const position = { ...samplePosition(NOW), to: { x: 520_866, y: 520_000 }, targetId: 7 };
    expect(decoded(seen({ position }), NOW + 1000)).toMatchObject({
      x: 520_433,
      destX: 520_866,
      command: 1,
      targetId: 7,
    });
    expect(decoded(seen({ position }), NOW + 9000)).toMatchObject({ x: 520_866, destX: 520_866, command: 0 });
  });

  it('shows who sits and who is dead', () => {
    const sitting = { ...samplePosition(NOW), gait: 'sit' as const, speed: 0 };
    expect(decoded(seen({ position: sitting }))).toMatchObject({ command: 10, moveMode: 1 });
    const vitals = { ...sampleVitals(NOW), hp: 0 };
    expect(decoded(seen({ vitals }))).toMatchObject({ command: 3, hp: 0 });
  });

  it('assumes full hp and nothing worn where nothing is known', () => {
    const fields = decoded(seen({ vitals: undefined, inventory: undefined }));
    expect(fields).toMatchObject({ hp: 81, runSpeed: 433, atkSpeed: 81 });
  });
});

describe('the place', () => {
  it('has motion only under way', () => {
    const position = { ...samplePosition(NOW), to: { x: 520_866, y: 520_000 } };
    const walking = placeOf(seen({ position }), NOW + 1000);
    expect(walking.motion).toEqual({
      from: { x: 520_000, y: 520_000 },
      to: { x: 520_866, y: 520_000 },
      speed: 433,
      start: NOW,
      fields: { x: 'x', y: 'y' },
    });
    expect(walking.at).toEqual({ x: 520_433, y: 520_000 });
    expect(placeOf(seen({ position }), NOW + 2000).motion).toBeUndefined();
  });

  it('goes by the cell that counts, not by the one that holds the point', () => {
    const presence = { ...samplePresence(), cell: '207,208' };
    expect(placeOf(seen({ presence }), NOW).topic).toBe('map/20/207,208');
    expect(() => placeOf(seen({ presence: { ...presence, cell: 'here' } }), NOW)).toThrow(RangeError);
  });
});
