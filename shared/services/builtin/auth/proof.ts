import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Proof } from '../../auth.ts';

/** What a client proves itself with: password bytes (hexadecimal) or a token. */
export interface Secret {
  readonly kind: 'password' | 'token';
  readonly value: string;
}

/**
 * A keyed digest of the secret of a login, kept with its session so that joining needs no argon2. `pepper` (SESSION_SECRET) is no part
 * of what is stored: with it, whoever reads the database cannot try passwords against the digest.
 */
export function proofOf(
  secret: Secret,
  pepper: string | null,
  salt = randomBytes(32).toString('hex'),
): Proof {
  const digest = createHmac('sha256', keyOf(salt, pepper))
    .update(`${secret.kind}:${secret.value}`)
    .digest('hex');
  return { salt, digest };
}

export function proves(secret: Secret, pepper: string | null, proof: Proof): boolean {
  return timingSafeEqual(
    Buffer.from(proofOf(secret, pepper, proof.salt).digest, 'hex'),
    Buffer.from(proof.digest, 'hex'),
  );
}

function keyOf(salt: string, pepper: string | null): Buffer {
  const bytes = Buffer.from(salt, 'hex');
  return pepper === null ? bytes : createHmac('sha256', pepper).update(bytes).digest();
}
