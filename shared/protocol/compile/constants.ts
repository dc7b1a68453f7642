/** Values that generated code refers to as `k[n]`: defaults and lists of names. */
export class Constants {
  readonly list: unknown[] = [];

  /** The expression of the value. */
  add(value: unknown): string {
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    this.list.push(value);
    return `k[${this.list.length - 1}]`;
  }
}
