import type { Fields } from '../compile/codec.ts';

type Holder = Readonly<Record<string, unknown>>;

function isHolder(value: unknown): value is Holder {
  return typeof value === 'object' && value !== null;
}

/** The value at a place without `[]`; undefined where there is none. */
export function valueAt(fields: Fields, path: string): unknown {
  let value: unknown = fields;
  for (const name of path.split('.')) value = isHolder(value) ? value[name] : undefined;
  return value;
}

/** The fields with a value at a place without `[]`; what is missing on the way is made, a list where a number follows. */
export function withValue(fields: Fields, path: string, value: unknown): Fields {
  return placed(fields, path.split('.'), value) as Fields;
}

function placed(holder: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const inner = placed(isHolder(holder) ? holder[name] : undefined, rest, value);
  if (!/^\d+$/.test(name)) return { ...(isHolder(holder) ? holder : {}), [name]: inner };
  const list: unknown[] = Array.isArray(holder) ? [...holder] : [];
  list[Number(name)] = inner;
  return list;
}

/** The fields with every value at a place changed; nothing changes where the place does not exist. */
export function changedAt(fields: Fields, path: string, change: (value: unknown) => unknown): Fields {
  return changed(fields, path.split('.'), change) as Fields;
}

function changed(
  holder: unknown,
  [first, ...rest]: readonly string[],
  change: (value: unknown) => unknown,
): unknown {
  if (first === undefined) return change(holder);
  if (!isHolder(holder)) return holder;
  const name = first.replace('[]', '');
  const value = holder[name];
  if (value === undefined) return holder;
  const next =
    name === first
      ? changed(value, rest, change)
      : Array.isArray(value)
        ? value.map((one: unknown) => changed(one, rest, change))
        : value;
  return { ...holder, [name]: next };
}
