import type { Fields } from '../compile/codec.ts';
import type { Faults } from '../compile/fault.ts';
import { changedAt, valueAt, withValue } from './path.ts';
import type { CodePair, Step } from './translation.ts';

/** A step made ready for one packet. */
export interface TwoWay {
  readonly toTheirs: (fields: Fields) => Fields;
  readonly toOurs: (fields: Fields) => Fields;
}

/** @param faults of the packet: what has no counterpart is refused with `no_counterpart` when encoding, `unknown_code` when decoding */
export function compileStep(step: Step, faults: Faults): TwoWay {
  switch (step.kind) {
    case 'codes':
      return codes(step, faults);
    case 'move': {
      const back = step.places.map(([ours, theirs]) => [theirs, ours] as const);
      return {
        toTheirs: (fields) => moved(fields, step.places, (path) => faults.value(undefined, path)),
        toOurs: (fields) => moved(fields, back, () => undefined),
      };
    }
    case 'scale':
      return {
        toTheirs: (fields) => scaled(fields, step.field, (value) => value * step.factor),
        toOurs: (fields) => scaled(fields, step.field, (value) => Math.ceil(value / step.factor)),
      };
    case 'only-ours':
      return {
        toTheirs: (fields) => without(fields, step.field),
        toOurs: (fields) => ({ ...fields, [step.field]: step.value }),
      };
    case 'only-theirs':
      return both((fields) => without(fields, step.field));
    case 'swap':
      return both((fields) => onList(fields, step.list, (list) => swapped(list, step.places)));
    case 'leave-out':
      return {
        toTheirs: (fields) => onList(fields, step.list, (list) => list.toSpliced(step.place, 1)),
        toOurs: (fields) => onList(fields, step.list, (list) => list.toSpliced(step.place, 0, step.empty)),
      };
    case 'clear':
      return {
        toTheirs: (fields) =>
          changedAt(fields, step.field, (value) =>
            typeof value === 'number' ? (value & ~step.flags) >>> 0 : value,
          ),
        toOurs: (fields) => fields,
      };
  }
}

function codes({ field, pairs, others }: Extract<Step, { kind: 'codes' }>, faults: Faults): TwoWay {
  const theirs = firstOf(pairs.map(([from, to]) => [from, to]));
  const ours = firstOf(pairs.map(([to, from]) => [from, to]));
  return {
    toTheirs: (fields) => {
      if (others === 'refused' && valueAt(fields, field) === undefined) faults.value(undefined, field);
      return changedAt(fields, field, (value) => {
        const code = typeof value === 'number' ? theirs.get(value) : undefined;
        if (code !== undefined || others === 'same') return code ?? value;
        return typeof value === 'number'
          ? faults.encode('no_counterpart', value, field)
          : faults.value(value, field);
      });
    },
    toOurs: (fields) =>
      changedAt(fields, field, (value) => {
        const code = ours.get(value as number);
        if (code !== undefined || others === 'same') return code ?? value;
        return faults.decode('unknown_code', String(value), field);
      }),
  };
}

function firstOf(pairs: readonly CodePair[]): ReadonlyMap<number, number> {
  return new Map([...pairs].reverse());
}

function both(change: (fields: Fields) => Fields): TwoWay {
  return { toTheirs: change, toOurs: change };
}

function without(fields: Fields, field: string): Fields {
  const { [field]: _left, ...rest } = fields;
  return rest;
}

function moved(
  fields: Fields,
  places: readonly (readonly [from: string, to: string])[],
  onMissing: (path: string) => void,
): Fields {
  const heads = new Set(places.map(([from]) => from.split('.')[0]));
  let after: Fields = Object.fromEntries(Object.entries(fields).filter(([name]) => !heads.has(name)));
  for (const [from, to] of places) {
    const value = valueAt(fields, from);
    if (value === undefined) onMissing(from);
    else after = withValue(after, to, value);
  }
  return after;
}

function scaled(fields: Fields, path: string, change: (value: number) => number): Fields {
  return changedAt(fields, path, (value) => (typeof value === 'number' ? change(value) : value));
}

function onList(fields: Fields, path: string, change: (list: readonly unknown[]) => unknown): Fields {
  return changedAt(fields, path, (value) => (Array.isArray(value) ? change(value) : value));
}

function swapped(list: readonly unknown[], [one, other]: readonly [number, number]): unknown {
  if (Math.max(one, other) >= list.length) return list;
  return list.with(one, list[other]).with(other, list[one]);
}
