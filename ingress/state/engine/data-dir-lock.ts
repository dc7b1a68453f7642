import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { EdgeError } from '../../../shared/errors/edge-error.ts';

/** Gives the directory back; calling it again does nothing. */
export type Unlock = () => void;

/** Locks that are held: one that nobody remembers must not end with its collection. */
const held = new Set<DatabaseSync>();

/** SQLite's result code for a file that another process has locked. */
const BUSY = 5;

/**
 * Takes a data directory (made when missing) for this process alone. The lock is the operating system's, held through an SQLite
 * file: it ends with the process however that ends, so there is no stale one to judge. Throws `data_dir_locked`, or `bad_config`
 * for a directory that cannot be written.
 */
export function lockDataDir(directory: string): Unlock {
  let lock: DatabaseSync | null = null;
  try {
    mkdirSync(directory, { recursive: true });
    lock = new DatabaseSync(join(directory, 'lock'), { timeout: 0 });
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    held.add(lock);
    return unlocker(lock);
  } catch (error) {
    lock?.close();
    if ((error as { errcode?: unknown }).errcode === BUSY)
      throw new EdgeError('data_dir_locked', `another service uses ${directory}`, { directory }, error);
    const message = `DATA_DIR ${directory} cannot be written: ${String(error)}`;
    throw new EdgeError('bad_config', message, { directory }, error);
  }
}

function unlocker(lock: DatabaseSync): Unlock {
  return () => {
    held.delete(lock);
    if (lock.isOpen) lock.close();
  };
}
