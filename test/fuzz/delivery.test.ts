import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createInProcessBus } from '../../ingress/delivery/index.ts';
import { lossyBus } from '../../ingress/delivery/testing/lossy-bus.ts';
import { manualClock } from '../../ingress/delivery/testing/manual-clock.ts';
import type { Received } from '../../ingress/delivery/testing/recording-client.ts';
import { chat, type Player, place, stage, walk } from '../../ingress/delivery/testing/stage.ts';
import type { Place } from '../../shared/contract/index.ts';

const SIDE = 6;
const PLAYERS = 30;

interface Walker extends Player {
  readonly object: number;
  readonly process: number;
  column: number;
  row: number;
  here: boolean;
}

const cell = (column: number, row: number): string => `map/1/${column},${row}`;

/** The 3 x 3 cells around a walker. */
function windowOf({ column, row }: Walker): string[] {
  return [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => cell(column + dx, row + dy)));
}

const step = fc.record({
  who: fc.nat(PLAYERS - 1),
  what: fc.constantFrom('walk', 'walk', 'walk', 'walk', 'turn', 'turn', 'say', 'leave', 'end', 'wait'),
  dx: fc.integer({ min: -1, max: 1 }),
  dy: fc.integer({ min: -1, max: 1 }),
});

const play = fc.record({
  steps: fc.array(step, { maxLength: 300, size: 'max' }),
  /** Percent of the messages between the processes that are lost. */
  loss: fc.constantFrom(0, 10, 50),
  seed: fc.integer(),
  viewLimit: fc.constantFrom(1_000, 8),
});

describe('thirty walkers on two processes', () => {
  it('see each other appear and vanish in turn, hear of each other in order, and see in the end exactly those around them', async () => {
    await fc.assert(
      fc.asyncProperty(play, async ({ steps, loss, seed, viewLimit }) => {
        const dice = lcg(seed);
        let lossy = true;
        const clock = manualClock();
        const bus = lossyBus(createInProcessBus(clock), () => lossy && dice() * 100 < loss);
        const { open } = stage({ clock, bus, limits: { viewLimit } });
        const processes = [open('a'), open('b')];
        const past: Walker[] = [];

        function join(index: number, object: number): Walker {
          const process = index % 2;
          const player = processes[process]?.connect(`${object}`);
          if (player === undefined) throw new Error('there are two processes');
          const walker = {
            ...player,
            object,
            process,
            column: index % SIDE,
            row: Math.floor(index / SIDE),
            here: false,
          };
          look(walker);
          return walker;
        }
        const hubOf = (walker: Walker) => processes[walker.process]?.hub;
        const tell = (walker: Walker, where: Place | null, watch: readonly string[]): void =>
          hubOf(walker)?.look(walker.connection, 'movement', { place: where, watch });
        function look(walker: Walker): void {
          walker.here = true;
          const at = { x: walker.column * 100 + (walker.object % 7), y: walker.row * 100 };
          const topic = cell(walker.column, walker.row);
          tell(walker, place(walker.object, topic, at), windowOf(walker));
        }

        let nextObject = 2_000;
        let told = 0;
        const walkers = Array.from({ length: PLAYERS }, (_, index) => join(index, nextObject++));
        for (const { who, what, dx, dy } of steps) {
          const walker = walkers[who];
          if (walker === undefined) continue;
          if (what === 'wait') await clock.advance(1 + Math.floor(dice() * 2_000));
          else if (what === 'leave') {
            walker.here = false;
            tell(walker, null, []);
          } else if (what === 'end') {
            hubOf(walker)?.detach(walker.connection);
            past.push({ ...walker, here: false });
            walkers[who] = join(who, nextObject++);
          } else if (what === 'turn' || what === 'say') {
            if (!walker.here) continue;
            told += 1;
            const to = cell(walker.column, walker.row);
            const said = { to, packets: [chat(walker.object, `${told}`)] };
            const turned = { to, packets: [walk(walker.object, told)], replace: 'move' };
            hubOf(walker)?.deliver(walker.connection, what === 'say' ? said : turned);
          } else {
            walker.column = Math.min(SIDE - 1, Math.max(0, walker.column + dx));
            walker.row = Math.min(SIDE - 1, Math.max(0, walker.row + dy));
            look(walker);
          }
        }
        lossy = false;
        await clock.advance(25_000);

        for (const { client, object } of [...walkers, ...past]) {
          expect(client.contradictions).toEqual([]);
          client.unseen.delete(object);
          expect([...client.unseen]).toEqual([]);
          expect(overtakings(client.received)).toEqual([]);
        }
        for (const walker of walkers) {
          const seen = [...walker.client.visible].sort();
          const around = new Set(walker.here ? windowOf(walker) : []);
          const truth = walkers
            .filter((other) => other !== walker && other.here && around.has(cell(other.column, other.row)))
            .map(({ object }) => object);
          if (truth.length <= viewLimit) expect(seen).toEqual(truth.sort());
          else {
            expect(seen).toHaveLength(viewLimit);
            for (const object of seen) expect(truth).toContain(object);
          }
        }
        for (const { hub } of processes) hub.stop();
      }),
      { numRuns: 40 },
    );
  });
});

/** What was told of one object reached the client in another order than it was told, or twice. */
function overtakings(received: readonly Received[]): string[] {
  const last = new Map<unknown, number>();
  const found: string[] = [];
  for (const { name, fields } of received) {
    if (name !== 'SRV_MOUSE_CMD' && name !== 'SRV_NORMAL_CHAT') continue;
    const object = fields.id ?? fields.charId;
    const told = Number(fields.message ?? fields.x);
    const before = last.get(object) ?? 0;
    if (told <= before) found.push(`${object}: ${told} after ${before}`);
    last.set(object, told);
  }
  return found;
}

function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 0x1_0000_0000;
  };
}
