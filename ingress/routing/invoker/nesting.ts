/** Whether a value of `JSON.parse` is nested no deeper than `most` levels. The parser itself takes any depth; whoever walks the value later would not. */
export function nestedWithin(value: unknown, most: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (most === 0) return false;
  if (Array.isArray(value)) {
    for (const element of value) if (!nestedWithin(element, most - 1)) return false;
    return true;
  }
  const object = value as Readonly<Record<string, unknown>>;
  for (const key in object) if (!nestedWithin(object[key], most - 1)) return false;
  return true;
}
