import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EdgeError } from '../../../shared/errors/edge-error.ts';

/** Gives the directory back; calling it again does nothing. */
export type Unlock = () => void;

/**
 * Takes a data directory (made when missing) for this process alone. The lock is the operating system's, held through an SQLite
 * file: it ends with the process however that ends, so there is no stale one to judge. Throws `data_dir_locked`.
 */
export function lockDataDir(directory: string): Unlock {
  mkdirSync(directory, { recursive: true });
  const lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new EdgeError('data_dir_locked', `another service uses ${directory}`, { directory }, error);
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}
