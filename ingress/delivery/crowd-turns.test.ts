import { describe, expect, it } from 'vitest';
import { Crowd } from './crowd.ts';
import { newMember } from './member.ts';
import { manualClock } from './testing/manual-clock.ts';
import { edgeConnection } from './testing/stage.ts';

function crowd(batch: number, stays: (id: string) => boolean = () => true) {
  const clock = manualClock();
  const turns: string[] = [];
  const tend = ({ id }: { id: string }): boolean => {
    turns.push(id);
    return stays(id);
  };
  const members = ['1', '2', '3', '4', '5'].map((id) =>
    newMember(edgeConnection(id, null, { userId: null, characterId: null }), null),
  );
  const all = new Crowd({ clock, stepMs: 50, everyMs: 200, batch, tend });
  for (const member of members) all.add(member);
  return { clock, turns, members, all };
}

describe('turns of crowded members', () => {
  it('come a batch at a time, in order, to each at most every 200 ms', async () => {
    const { clock, turns } = crowd(2);
    await clock.advance(50);
    expect(turns.splice(0)).toEqual(['1', '2']);
    await clock.advance(50);
    expect(turns.splice(0)).toEqual(['3', '4']);
    await clock.advance(50);
    expect(turns.splice(0)).toEqual(['5']);
    await clock.advance(50);
    expect(turns.splice(0)).toEqual([]);
    await clock.advance(50);
    expect(turns.splice(0)).toEqual(['1', '2']);
  });

  it('end for members that are gone or not crowded any more', async () => {
    const { clock, turns, members, all } = crowd(10, (id) => id !== '2');
    for (const member of members.slice(3)) all.remove(member);
    await clock.advance(1_000);
    expect(turns.filter((id) => id === '2')).toHaveLength(1);
    expect(turns.filter((id) => id === '1').length).toBeGreaterThan(3);
    expect(turns).not.toContain('4');
    all.stop();
    const before = turns.length;
    await clock.advance(1_000);
    expect(turns).toHaveLength(before);
  });
});
