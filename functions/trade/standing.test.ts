import { describe, expect, it } from 'vitest';
import { TradeState } from '../../shared/protocol/packets.generated.ts';
import { samplePosition, samplePresence } from '../../shared/world/testing/sample-character.ts';
import { newSide, type Side } from './machine.ts';
import { REQUEST_PATIENCE, TRADE_RANGE } from './names.ts';
import { obstacle, type Standing } from './standing.ts';

const NOW = 1_800_000_000_000;
const HERE = { x: 520_000, y: 520_000 };
const presence = samplePresence(HERE.x, HERE.y, 2001);
const placeAt = (x: number, map = presence.map) => ({ map, x, y: HERE.y, speed: 0, start: NOW });
const standing: Standing = {
  characterId: 'c1',
  presence,
  position: samplePosition(NOW, HERE.x, HERE.y),
  inventory: { version: 1, zuly: '0', slots: {} },
  dead: false,
  at: HERE,
  place: placeAt(HERE.x),
};
const side: Side = {
  ...newSide({
    id: 't1',
    role: 'asker',
    since: NOW,
    me: { characterId: 'c1', objectId: 2001, map: presence.map },
    partner: { connection: 'p', characterId: 'c2', objectId: 2002, epoch: 1, place: placeAt(HERE.x) },
  }),
  open: true,
};
const partnerAt = (x: number, map?: number): Side => ({
  ...side,
  partner: { ...side.partner, place: placeAt(x, map) },
});

describe('a trade', () => {
  it('goes on while both stand where they were', () => {
    expect(obstacle(side, standing, NOW)).toBeUndefined();
    expect(obstacle({ ...side, partner: { ...side.partner, place: null } }, standing, NOW)).toBeUndefined();
  });

  it('ends for who is not in the world, dead, or somebody else by now', () => {
    expect(obstacle(side, undefined, NOW)).toBe(TradeState.CANCEL);
    expect(obstacle(side, { ...standing, dead: true }, NOW)).toBe(TradeState.CANCEL);
    expect(obstacle(side, { ...standing, characterId: 'c9' }, NOW)).toBe(TradeState.CANCEL);
    const renamed = { ...standing, presence: { ...presence, objectId: 2009 } };
    expect(obstacle(side, renamed, NOW)).toBe(TradeState.CANCEL);
  });

  it('ends for who has left the map where it began, though the partner came along', () => {
    const map = presence.map + 1;
    const elsewhere = { ...standing, presence: { ...presence, map } };
    expect(obstacle(partnerAt(HERE.x, map), elsewhere, NOW)).toBe(TradeState.TOO_FAR);
  });

  it('ends beyond its range, and when nobody can say how far it is', () => {
    expect(obstacle(partnerAt(HERE.x + TRADE_RANGE), standing, NOW)).toBeUndefined();
    expect(obstacle(partnerAt(HERE.x + TRADE_RANGE + 1), standing, NOW)).toBe(TradeState.TOO_FAR);
    expect(obstacle(partnerAt(Number.NaN), standing, NOW)).toBe(TradeState.TOO_FAR);
    expect(obstacle(partnerAt(HERE.x, presence.map + 1), standing, NOW)).toBe(TradeState.TOO_FAR);
  });

  it('that nobody has accepted ends when patience does', () => {
    const asked = { ...side, open: false };
    expect(obstacle(asked, standing, NOW + REQUEST_PATIENCE)).toBeUndefined();
    expect(obstacle(asked, standing, NOW + REQUEST_PATIENCE + 1)).toBe(TradeState.CANCEL);
    expect(obstacle(side, standing, NOW + 10 * REQUEST_PATIENCE)).toBeUndefined();
  });
});
