import { type Argon2Parameters, argon2, createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../../../contract/index.ts';

/** A password hash: argon2id with its parameters, so that they can be raised without breaking older hashes. */
export interface PasswordHash extends JsonObject {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly salt: string;
  readonly hash: string;
}

/** Which of the client's two password forms: 64 bytes or 32. They are two different secrets. */
export type SecretForm = 'long' | 'short';

/** 19 MiB and two passes: the least that is recommended for argon2id, some 30 ms of one core. */
const MEMORY = 19_456;
const PASSES = 2;
const HASH_BYTES = 32;

/** Stands in for the hash of an account that does not exist, so that looking takes the same time. */
const NOBODY: PasswordHash = { memory: MEMORY, passes: PASSES, salt: '00'.repeat(16), hash: '' };

/** The form of the client's password bytes (hexadecimal here), null for a length that no client sends. */
export function formOf(secret: string): SecretForm | null {
  if (secret.length === 128) return 'long';
  return secret.length === 64 ? 'short' : null;
}

export async function hashSecret(secret: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  const hash = await derive(secret, salt, MEMORY, PASSES);
  return { memory: MEMORY, passes: PASSES, salt: salt.toString('hex'), hash: hash.toString('hex') };
}

/** Takes the same time whether there is a hash or not. */
export async function secretMatches(secret: string, stored: PasswordHash | undefined): Promise<boolean> {
  const against = stored ?? NOBODY;
  const derived = await derive(secret, Buffer.from(against.salt, 'hex'), against.memory, against.passes);
  const expected = Buffer.from(against.hash, 'hex');
  return expected.length === derived.length && timingSafeEqual(expected, derived);
}

/**
 * The bytes that clients send for a password typed by a human, hexadecimal: stock clients send its MD5 as 32 hexadecimal digits,
 * this project's clients its SHA-256 as 64. An account made on the command line gets both.
 */
export function secretsOf(password: string): Readonly<Record<SecretForm, string>> {
  const digest = (algorithm: string) => createHash(algorithm).update(password, 'utf8').digest('hex');
  return {
    long: Buffer.from(digest('sha256'), 'latin1').toString('hex'),
    short: Buffer.from(digest('md5'), 'latin1').toString('hex'),
  };
}

function derive(secret: string, nonce: Buffer, memory: number, passes: number): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: Buffer.from(secret, 'hex'),
    nonce,
    parallelism: 1,
    tagLength: HASH_BYTES,
    memory,
    passes,
  };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
