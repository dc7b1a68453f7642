const decimal = /^-?(?:0|[1-9]\d{0,19})$/;

/** A 64-bit integer as a decimal string, from its halves; `high` carries the sign. */
export function readLong(low: number, high: number): string {
  const value = high * 4294967296 + low;
  if (Number.isSafeInteger(value)) return String(value);
  return String(BigInt(high) * 4294967296n + BigInt(low));
}

function store(buffer: Buffer, at: number, low: number, high: number): void {
  buffer[at] = low;
  buffer[at + 1] = low >>> 8;
  buffer[at + 2] = low >>> 16;
  buffer[at + 3] = low >>> 24;
  buffer[at + 4] = high;
  buffer[at + 5] = high >>> 8;
  buffer[at + 6] = high >>> 16;
  buffer[at + 7] = high >>> 24;
}

/** Writes a decimal string, safe integer or bigint at `at`; false (nothing written) if it is none or does not fit. */
export function writeLong(buffer: Buffer, at: number, value: unknown, signed: boolean): boolean {
  let number: number;
  if (typeof value === 'number') {
    number = value;
  } else if (typeof value === 'string') {
    if (!decimal.test(value)) return false;
    number = value.length < 16 ? Number(value) : Number.NaN;
  } else if (typeof value === 'bigint') {
    number = Number.NaN;
  } else {
    return false;
  }
  if (Number.isSafeInteger(number)) {
    if (number < 0 && !signed) return false;
    const high = Math.floor(number / 4294967296);
    store(buffer, at, (number - high * 4294967296) | 0, high | 0);
    return true;
  }
  if (typeof value === 'number') return false;
  const whole = BigInt(value);
  if ((signed ? BigInt.asIntN(64, whole) : BigInt.asUintN(64, whole)) !== whole) return false;
  store(buffer, at, Number(BigInt.asIntN(32, whole)), Number(BigInt.asIntN(32, whole >> 32n)));
  return true;
}
