import { describe, expect, it } from 'vitest';
import { proofOf, proves } from './proof.ts';

const secret = { kind: 'password', value: 'ab'.repeat(32) } as const;
const pepper = 'p'.repeat(32);

describe('proof of a login', () => {
  it('proves the secret that it was made of, and no other', () => {
    const proof = proofOf(secret, null);
    expect(proves(secret, null, proof)).toBe(true);
    expect(proves({ ...secret, value: 'cd'.repeat(32) }, null, proof)).toBe(false);
    expect(proves({ ...secret, kind: 'token' }, null, proof)).toBe(false);
    expect(proofOf(secret, null)).not.toEqual(proof);
  });

  it('made with SESSION_SECRET, it proves nothing to one who has only the database', () => {
    const proof = proofOf(secret, pepper);
    expect(proves(secret, pepper, proof)).toBe(true);
    expect(proves(secret, null, proof)).toBe(false);
    expect(proves(secret, 'q'.repeat(32), proof)).toBe(false);
    expect(JSON.stringify(proof)).not.toContain(pepper);
  });
});
