/** Most money that one place can hold: what a signed 64-bit integer of the wire can say. */
export const MAX_MONEY = 2n ** 63n - 1n;

const CANONICAL = /^(?:0|[1-9]\d{0,18})$/;

/** Whether a value is money as it is stored: a decimal string without sign or leading zeros, at most `MAX_MONEY`. */
export function isMoney(value: unknown): value is string {
  return typeof value === 'string' && CANONICAL.test(value) && BigInt(value) <= MAX_MONEY;
}

/** An amount that a client named; undefined unless it is a whole number above 0 that money can be. */
export function amountOf(value: string | number): bigint | undefined {
  const text = String(value);
  return isMoney(text) && text !== '0' ? BigInt(text) : undefined;
}
