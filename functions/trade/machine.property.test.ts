import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Acted,
  accept,
  changeOffer,
  hear,
  isAgreed,
  isBinding,
  newSide,
  type Side,
  type Statement,
  sayDone,
  setReady,
  speak,
} from './machine.ts';

type Name = 'asker' | 'asked';
type Step =
  | {
      readonly kind: 'act';
      readonly who: Name;
      readonly what: 'offer' | 'ready' | 'unready' | 'done' | 'cancel' | 'speak';
    }
  | { readonly kind: 'deliver'; readonly to: Name; readonly which: number; readonly again: boolean }
  | { readonly kind: 'lose'; readonly to: Name; readonly which: number }
  | { readonly kind: 'deliverAll'; readonly to: Name }
  /** The next turn of the asker that carries the trade out is lost: it knows nothing of it. */
  | { readonly kind: 'turnLost' };

const PLACE = { map: 1, x: 0, y: 0, speed: 0, start: 0 };
const OTHER: Record<Name, Name> = { asker: 'asked', asked: 'asker' };
const who = fc.constantFrom<Name>('asker', 'asked');
const which = fc.nat(9);
const acts = fc.constantFrom('offer', 'ready', 'ready', 'ready', 'unready', 'done', 'done', 'done', 'speak');
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 24, arbitrary: fc.record({ kind: fc.constant('act' as const), who, what: acts }) },
  {
    weight: 20,
    arbitrary: fc.record({ kind: fc.constant('deliver' as const), to: who, which, again: fc.boolean() }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('deliverAll' as const), to: who }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('lose' as const), to: who, which }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('act' as const), who, what: fc.constant('cancel' as const) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('turnLost' as const) }) },
);

/** What a side offered and saw when it said DONE: what it agreed to. */
interface Agreement {
  readonly mine: number;
  readonly theirs: number;
}

/** Two sides, statements that are delayed, doubled, overtaken and lost, and the one receipt that decides. */
class Model {
  readonly sides: Record<Name, Side | null> = { asker: side('asker'), asked: side('asked') };
  readonly way: Record<Name, Statement[]> = { asker: [], asked: [] };
  readonly agreed: Record<Name, Agreement[]> = { asker: [], asked: [] };
  readonly told: Record<Name, 'done' | 'cancelled' | null> = { asker: null, asked: null };
  receipt: 'done' | 'cancelled' | null = null;
  settlements = 0;
  turnLost = false;
  offers: { readonly asker: number; readonly asked: number } | null = null;

  run(step: Step): void {
    if (step.kind === 'act') this.#act(step.who, step.what);
    else if (step.kind === 'turnLost') this.turnLost = true;
    else if (step.kind === 'deliverAll')
      for (const one of this.way[step.to].splice(0)) this.#hear(step.to, one);
    else {
      const list = this.way[step.to];
      const index = step.which % Math.max(1, list.length);
      const statement = list[index];
      if (statement === undefined) return;
      if (step.kind === 'lose' || !step.again) list.splice(index, 1);
      if (step.kind === 'deliver') this.#hear(step.to, statement);
    }
  }

  /** Nothing is lost any more: both say again what they say until nothing changes, then whoever is left cancels. */
  end(): void {
    for (let n = 0; n < 4; n += 1) {
      for (const name of ['asker', 'asked'] as const) {
        this.#act(name, 'speak');
        for (const statement of this.way[OTHER[name]].splice(0)) this.#hear(OTHER[name], statement);
      }
    }
    for (const name of ['asker', 'asked'] as const) this.#act(name, 'cancel');
  }

  #act(name: Name, what: string): void {
    const before = this.sides[name];
    if (before === null) return;
    // Before the asker goes back on what the other has said DONE to, it asks the receipt.
    const back = what === 'offer' || what === 'unready';
    const decided = back && name === 'asker' && before.theirDone && this.receipt !== null;
    if (what === 'cancel' || decided) {
      this.#end(name, before);
      return;
    }
    const acted: Acted =
      what === 'offer'
        ? changeOffer(before, { money: before.mine.revision + 1 })
        : what === 'done'
          ? sayDone(before)
          : what === 'speak'
            ? { side: before }
            : setReady(before, what === 'ready');
    if ('refused' in acted) return;
    if (what === 'done')
      this.agreed[name].push({ mine: acted.side.mine.revision, theirs: acted.side.theirs.revision });
    this.#goOn(name, acted.side, true);
  }

  #hear(name: Name, statement: Statement): void {
    const before = this.sides[name];
    if (before === null) {
      // Nobody listens any more: the speaker is told that it is over.
      const speaker = this.sides[OTHER[name]];
      if (speaker !== null) this.#end(OTHER[name], speaker);
      return;
    }
    this.#goOn(name, hear(before, statement).side, false);
  }

  #goOn(name: Name, next: Side, say: boolean): void {
    const before = this.sides[name];
    this.sides[name] = next;
    if (isAgreed(next)) {
      this.#settle();
      // The turn counts for nothing: not even what it was told is remembered.
      if (this.turnLost) this.sides[name] = before;
      else this.#tell(name);
      this.turnLost = false;
      return;
    }
    if (!say) return;
    const { side, statement } = speak(next, { epoch: 1, place: PLACE });
    this.sides[name] = side;
    this.way[OTHER[name]].push(statement);
  }

  #settle(): void {
    const { asker } = this.sides;
    if (asker === null || !isAgreed(asker) || this.receipt !== null) return;
    this.receipt = 'done';
    this.settlements += 1;
    this.offers = { asker: asker.mine.revision, asked: asker.theirs.revision };
  }

  #end(name: Name, before: Side): void {
    if (!isBinding(before)) {
      this.sides[name] = null;
      this.told[name] = 'cancelled';
      return;
    }
    this.receipt ??= 'cancelled';
    this.#tell(name);
  }

  #tell(name: Name): void {
    this.sides[name] = null;
    this.told[name] = this.receipt;
  }
}

function side(role: Name): Side {
  const me = { characterId: role, objectId: 1, map: 1 };
  const partner = { objectId: 2, connection: 'c', characterId: OTHER[role], epoch: 1, place: null };
  const fresh = newSide({ id: 't', role, since: 0, me, partner });
  const opened = accept({ ...fresh, role: 'asked' });
  return 'side' in opened ? { ...opened.side, role } : fresh;
}

describe('two sides of a trade', () => {
  it('agree on what happened, whatever becomes of what they say to each other', () => {
    let done = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const model = new Model();
        for (const one of steps) model.run(one);
        model.end();
        expect(model.settlements).toBeLessThanOrEqual(1);
        // Both were told the same, and what the receipt says.
        const happened = model.receipt === 'done' ? 'done' : 'cancelled';
        expect(model.told).toEqual({ asker: happened, asked: happened });
        if (model.offers === null) return;
        done += 1;
        const { asker, asked } = model.offers;
        // What changed hands is what both said DONE to.
        expect(model.agreed.asker).toContainEqual({ mine: asker, theirs: asked });
        expect(model.agreed.asked).toContainEqual({ mine: asked, theirs: asker });
      }),
      { numRuns: 3_000 },
    );
    expect(done).toBeGreaterThan(200);
  });

  it('come to an end by themselves when both want it, even if every other statement is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (lost) => {
        const model = new Model();
        for (const [n, lose] of lost.entries()) {
          for (const name of ['asker', 'asked'] as const) {
            model.run({ kind: 'act', who: name, what: 'ready' });
            model.run({ kind: 'act', who: name, what: 'done' });
            model.run({ kind: 'act', who: name, what: 'speak' });
          }
          const kind = lose && n % 2 === 0 ? 'lose' : 'deliver';
          for (const to of ['asker', 'asked'] as const) {
            while (model.way[to].length > 0) model.run({ kind, to, which: 0, again: false });
          }
        }
        expect(model.receipt).toBe('done');
      }),
      { numRuns: 200 },
    );
  });
});
