import { jwtVerify } from 'jose';

/**
 * The account name of a login token (JWT, HS256, with `sub` and `exp`), null for one that is not valid at `now` (milliseconds
 * since 1970).
 */
export async function accountOfToken(token: string, secret: string, now: number): Promise<string | null> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'exp'],
      currentDate: new Date(now),
    });
    return payload.sub ?? null;
  } catch {
    // Whatever is wrong with it, the client is told the same.
    return null;
  }
}
