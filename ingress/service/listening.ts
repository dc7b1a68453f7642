import { EdgeError } from '../../shared/errors/edge-error.ts';

/** What the operating system says when it does not give an address away, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program listens there',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'this user may not listen there',
};

/**
 * Begins to listen.
 * @param settings names of the settings that say where
 * @throws EdgeError bad_config where the address cannot be had
 */
export async function listening<T>(
  settings: string,
  address: string,
  port: number,
  begin: () => Promise<T>,
): Promise<T> {
  try {
    return await begin();
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    const where = `${address}:${port}`;
    throw new EdgeError('bad_config', `cannot listen on ${where} (${settings}): ${reason}`, { where }, error);
  }
}
