import { createHash, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Bank } from '../../../shared/economy/index.ts';
import type { Text } from '../../../shared/protocol/index.ts';

type Digest = NonNullable<Bank['password']>;

const COST = { N: 1024, r: 8, p: 1 };
const BYTES = 24;

/** What is kept of a bank's password. `step` makes the salt, so that a repeated step keeps the same. */
export function digestOf(password: Text, step: string): Digest {
  const salt = createHash('sha256').update(`bank#${step}`).digest('hex').slice(0, 32);
  return { salt, digest: derived(password, salt).toString('hex') };
}

export function opens(password: Text, kept: Digest): boolean {
  return timingSafeEqual(derived(password, kept.salt), Buffer.from(kept.digest, 'hex'));
}

function derived(password: Text, salt: string): Buffer {
  return scryptSync(JSON.stringify(password), salt, BYTES, COST);
}
