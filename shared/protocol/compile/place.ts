/** Where a value stands, for errors: a path in which each `#` is the index held by the next of the generated code's variables. */
export interface Place {
  readonly path: string;
  readonly indices: readonly string[];
}

export const root: Place = { path: '', indices: [] };

export function fieldOf(place: Place, name: string): Place {
  return { path: place.path === '' ? name : `${place.path}.${name}`, indices: place.indices };
}

/** An element of a list; `index` is a variable of the generated code, or a number. */
export function elementOf(place: Place, index: string | number): Place {
  if (typeof index === 'number') return { path: `${place.path}[${index}]`, indices: place.indices };
  return { path: `${place.path}[#]`, indices: [...place.indices, index] };
}

/** The place as the last arguments of a call in generated code. */
export function placeArguments(place: Place): string {
  return [`'${place.path}'`, ...place.indices].join(', ');
}

/** The path with its indices. */
export function pathAt(path: string, indices: readonly number[]): string {
  let next = 0;
  return path.replaceAll('#', () => {
    next += 1;
    return String(indices[next - 1]);
  });
}
