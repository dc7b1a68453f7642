import { describe, expect, it } from 'vitest';
import type { TestResult } from '../../../shared/kit/testing/index.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import type { MovementSection } from '../sections.ts';
import { NOW, type Walker, walkerAt } from '../testing/walker.ts';

describe('a long walk on one click', () => {
  const engine = useTestEngine();

  async function walk(walker: Walker, x: number, y: number): Promise<TestResult<MovementSection>[]> {
    const first = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 });
    return [first, ...(await walker.advance(600_000))];
  }

  it('crosses the map with nothing but timers: each cell once, in order, and rests at the end', async () => {
    const walker = walkerAt(engine.store, 520_000, 520_000);
    const results = await walk(walker, 546_000, 520_000);
    const cells = results.map(({ place }) => place?.topic);
    expect([...new Set(cells)]).toEqual(Array.from({ length: 11 }, (_, n) => `map/20/${208 + n},208`));
    expect(results).toHaveLength(12);
    expect(results.flatMap(({ replies, deliveries }) => [...replies, ...deliveries])).toHaveLength(1);
    expect(walker.sections.position).toMatchObject({ x: 546_000, y: 520_000 });
    expect(walker.sections.position?.start).toBe(NOW + Math.ceil((26_000 / 433) * 1000));
    expect(walker.timers).toEqual([]);
  });

  it('sees nine new cells and loses nine at each border', async () => {
    const walker = walkerAt(engine.store, 520_000, 520_000);
    let seen = new Set((await walker.signal('movement.look')).watch);
    for (const { watch } of await walk(walker, 536_000, 520_000)) {
      if (watch === undefined) continue;
      const now = new Set(watch);
      expect([...now].filter((topic) => !seen.has(topic))).toHaveLength(9);
      expect([...seen].filter((topic) => !now.has(topic))).toHaveLength(9);
      seen = now;
    }
    expect(seen.has('map/20/218,208')).toBe(true);
  });

  it('is seen by newcomers at the position of the moment', async () => {
    const walker = walkerAt(engine.store, 520_000, 520_000);
    const results = await walk(walker, 546_000, 520_000);
    for (const { place } of results.slice(1, -1)) {
      expect(place?.motion).toMatchObject({ from: { x: 520_000 }, to: { x: 546_000 }, start: NOW });
      expect(place?.appear).toMatchObject({ payload: { destX: 546_000, command: 1 } });
    }
    expect(results.at(-1)?.place?.motion).toBeUndefined();
    expect(results.at(-1)?.place?.appear).toMatchObject({ payload: { x: 546_000, command: 0 } });
  });

  it('to and fro across a border, or along it, never changes the cell', async () => {
    const walker = walkerAt(engine.store, 522_400, 520_000);
    for (let n = 0; n < 10; n += 1) {
      const results = await walk(walker, n % 2 === 0 ? 522_600 : 522_400, 520_000 + n * 200);
      expect(results.every(({ watch }) => watch === undefined)).toBe(true);
    }
    expect(walker.sections.presence?.cell).toBe('208,208');
  });

  it('catches up when its timer comes late', async () => {
    const walker = walkerAt(engine.store, 520_000, 520_000);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 546_000, y: 520_000, z: 0 });
    walker.now = NOW + 20_000;
    const result = await walker.timer('movement.step');
    expect(result.place?.topic).toBe('map/20/211,208');
    expect(walker.timers[0]?.at).toBeGreaterThan(walker.now);
  });

  it('near the corner of a map sees fewer cells', async () => {
    const walker = walkerAt(engine.store, 483_000, 483_000);
    const results = await walk(walker, 480_000, 480_000);
    const watch = results.findLast((result) => result.watch !== undefined)?.watch ?? [];
    expect(watch).toHaveLength(5 * 5 + 2);
    expect(watch).not.toContain('map/20/191,192');
  });

  it('a timer that a leaving has overtaken does nothing', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 521_000, y: 520_000, z: 0 });
    await walker.signal('movement.leave');
    const result = await walker.timer('movement.step');
    expect(result.raw).toEqual({ turnId: result.raw.turnId });
  });
});
