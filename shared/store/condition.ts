import type { Json } from '../contract/index.ts';

/**
 * A condition in the database's expression language. Expressions are fixed ASCII text; attribute names only as `#alias`,
 * values only as `:alias` (names of other people inside an expression have brought engines down).
 */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, Json>>;
}

/** There is an item with this key. */
export const exists: Condition = { expression: 'attribute_exists(#pk)', names: { '#pk': 'pk' } };

/** There is no item with this key, or only one whose time is over. `now` in milliseconds since 1970. */
export function absent(now: number): Condition {
  return {
    expression: 'attribute_not_exists(#pk) OR #expires <= :absentNow',
    names: { '#pk': 'pk', '#expires': 'expires' },
    values: { ':absentNow': Math.floor(now / 1000) },
  };
}

/** There is an item with this key and its time is not over. `now` in milliseconds since 1970. */
export function present(now: number): Condition {
  return {
    expression: 'attribute_exists(#pk) AND (attribute_not_exists(#expires) OR #expires > :presentNow)',
    names: { '#pk': 'pk', '#expires': 'expires' },
    values: { ':presentNow': Math.floor(now / 1000) },
  };
}

/** The attribute has this value. `attribute` must be ASCII letters and digits. */
export function equals(attribute: string, value: Json): Condition {
  return {
    expression: `#${attribute} = :is_${attribute}`,
    names: { [`#${attribute}`]: attribute },
    values: { [`:is_${attribute}`]: value },
  };
}

/** The attribute does not exist. */
export function lacks(attribute: string): Condition {
  return { expression: `attribute_not_exists(#${attribute})`, names: { [`#${attribute}`]: attribute } };
}

/** The attribute is a number of at least this. */
export function atLeast(attribute: string, value: number): Condition {
  return {
    expression: `#${attribute} >= :least_${attribute}`,
    names: { [`#${attribute}`]: attribute },
    values: { [`:least_${attribute}`]: value },
  };
}

/** The owner's fence: the item is still of this epoch. */
export function epochIs(epoch: number): Condition {
  return equals('epoch', epoch);
}

export function allOf(...conditions: readonly Condition[]): Condition {
  return joined(conditions, ' AND ');
}

export function anyOf(...conditions: readonly Condition[]): Condition {
  return joined(conditions, ' OR ');
}

function joined(conditions: readonly Condition[], word: string): Condition {
  const [only] = conditions;
  if (conditions.length === 1 && only !== undefined) return only;
  const values: Record<string, Json> = {};
  const expressions = conditions.map((one) => grouped(withOwnAliases(one, values)));
  return {
    expression: expressions.join(word),
    names: Object.assign({}, ...conditions.map((one) => one.names ?? {})),
    values,
  };
}

/** Adds the values of a condition to those of others; an alias that means something else there gets another name in the expression. */
function withOwnAliases({ expression, values = {} }: Condition, all: Record<string, Json>): string {
  return Object.entries(values).reduce((text, [alias, value]) => {
    const free = aliasFor(alias, value, all);
    all[free] = value;
    return free === alias ? text : text.replaceAll(new RegExp(`${alias}\\b`, 'g'), free);
  }, expression);
}

function aliasFor(alias: string, value: Json, all: Readonly<Record<string, Json>>): string {
  const isFree = (name: string) =>
    !Object.hasOwn(all, name) || JSON.stringify(all[name]) === JSON.stringify(value);
  let free = alias;
  for (let number = 2; !isFree(free); number += 1) free = `${alias}_${number}`;
  return free;
}

/** Parentheses exactly where they are needed: the database refuses redundant ones. */
function grouped(expression: string): string {
  return / (?:AND|OR) /.test(expression) && !isEnclosed(expression) ? `(${expression})` : expression;
}

function isEnclosed(expression: string): boolean {
  if (!expression.startsWith('(')) return false;
  let depth = 0;
  for (const [index, character] of [...expression].entries()) {
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (depth === 0) return index === expression.length - 1;
  }
  return false;
}
