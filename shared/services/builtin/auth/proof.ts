import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Proof } from '../../auth.ts';

/** What a client proves itself with: password bytes (hexadecimal) or a token. */
export interface Secret {
  readonly kind: 'password' | 'token';
  readonly value: string;
}

/** A keyed digest of the secret of a login, kept with its session so that joining needs no argon2. */
export function proofOf(secret: Secret, salt = randomBytes(32).toString('hex')): Proof {
  const digest = createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(`${secret.kind}:${secret.value}`)
    .digest('hex');
  return { salt, digest };
}

export function proves(secret: Secret, proof: Proof): boolean {
  return timingSafeEqual(
    Buffer.from(proofOf(secret, proof.salt).digest, 'hex'),
    Buffer.from(proof.digest, 'hex'),
  );
}
