import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TestResult } from '../../shared/kit/testing/index.ts';
import { whereIs } from '../../shared/world/whereabouts.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import type { MovementSection } from './sections.ts';
import { NOW, type Walker, walkerAt } from './testing/walker.ts';

/** What one walker looks like to the ingress: where it is seen, and what it sees. */
class Onlooker {
  readonly walker: Walker;
  topic = '';
  seen = new Set<string>();

  constructor(walker: Walker) {
    this.walker = walker;
  }

  async begin(): Promise<void> {
    const { presence } = this.walker.sections;
    this.walker.connection.sections.presence = { ...presence, visible: false };
    this.take([await this.walker.signal('movement.enter')]);
  }

  take(results: readonly TestResult<MovementSection>[]): void {
    for (const { place, watch } of results) {
      if (place !== undefined) this.topic = place?.topic ?? '';
      if (watch !== undefined) this.seen = new Set(watch);
    }
  }

  sees(other: Onlooker): boolean {
    return this.seen.has(other.topic);
  }

  get at(): { x: number; y: number } {
    const { position } = this.walker.sections;
    if (position === undefined) throw new Error('no position');
    return whereIs(position, this.walker.now);
  }
}

describe('two who walk about', () => {
  const engine = useTestEngine();

  const place = fc.integer({ min: 490_000, max: 520_000 });
  const moves = fc.array(
    fc.record({ who: fc.boolean(), x: place, y: place, pause: fc.integer({ min: 0, max: 20_000 }) }),
    { minLength: 1, maxLength: 12 },
  );

  it('see each other both or neither, always within 90 m and never beyond 135 m on an axis', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (clicks) => {
        const anna = new Onlooker(walkerAt(engine.store, 500_000, 500_000));
        const bert = new Onlooker(walkerAt(engine.store, 505_000, 505_000));
        await anna.begin();
        await bert.begin();
        for (const { who, x, y, pause } of clicks) {
          const mover = who ? anna : bert;
          mover.take([await mover.walker.packet('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 })]);
          anna.take(await anna.walker.advance(pause));
          bert.take(await bert.walker.advance(pause));
          expect(anna.walker.now).toBe(bert.walker.now);

          const [a, b] = [anna.at, bert.at];
          const apart = Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y));
          expect(anna.sees(bert)).toBe(bert.sees(anna));
          if (apart < 8_999) expect(anna.sees(bert)).toBe(true);
          if (apart > 13_501) expect(anna.sees(bert)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('one who passes by appears once and vanishes once', async () => {
    const anna = new Onlooker(walkerAt(engine.store, 520_000, 501_234));
    const bert = new Onlooker(walkerAt(engine.store, 490_000, 500_000));
    await anna.begin();
    await bert.begin();
    const changes: boolean[] = [];
    bert.take([await bert.walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 555_000, y: 502_500, z: 0 })]);
    for (let now = NOW; now < NOW + 160_000; now += 250) {
      bert.take(await bert.walker.advance(250));
      if (changes.at(-1) !== anna.sees(bert)) changes.push(anna.sees(bert));
    }
    expect(changes).toEqual([false, true, false]);
    expect(bert.at).toEqual({ x: 555_000, y: 502_500 });
  });
});
