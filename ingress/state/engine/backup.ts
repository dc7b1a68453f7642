import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { EdgeError } from '../../../shared/errors/edge-error.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { endLeftover } from './pid-file.ts';
import { DATA_FILE, PID_FILE } from './supervisor.ts';

/** Files that SQLite keeps beside its own. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/**
 * Copies the embedded data of a directory to a new file: one moment of it, complete, also while the service runs and writes.
 * Throws `bad_config` when there is no data or the file exists.
 */
export async function backupData(dataDir: string, file: string): Promise<void> {
  const source = join(resolve(dataDir), DATA_FILE);
  if (!existsSync(source))
    throw new EdgeError('bad_config', `there is no data in ${dataDir}`, { directory: dataDir });
  if (existsSync(file)) throw new EdgeError('bad_config', `${file} exists already`, { file });
  const database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
  try {
    await backup(database, file);
  } finally {
    database.close();
  }
}

/**
 * Puts a backup in the place of a directory's data, which is kept beside it as `data.sqlite.before-restore`. The service must be
 * stopped: throws `data_dir_locked` otherwise, `bad_config` when the file is no whole backup.
 */
export async function restoreData(dataDir: string, file: string): Promise<void> {
  checkBackup(file);
  const directory = resolve(dataDir);
  const unlock = lockDataDir(directory);
  try {
    const target = join(directory, DATA_FILE);
    await endLeftover(join(directory, PID_FILE), target);
    const incoming = `${target}.incoming`;
    copyFileSync(file, incoming);
    if (existsSync(target)) settle(target);
    for (const suffix of COMPANIONS) rmSync(target + suffix, { force: true });
    if (existsSync(target)) renameSync(target, `${target}.before-restore`);
    renameSync(incoming, target);
  } finally {
    unlock();
  }
}

/** Brings what lies beside the file into it, so that it is whole alone. */
function settle(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}

function checkBackup(file: string): void {
  if (!existsSync(file)) throw new EdgeError('bad_config', `${file} does not exist`, { file });
  let verdict: unknown;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    verdict = Object.values(database.prepare('PRAGMA quick_check').get() ?? {})[0];
    database.close();
  } catch (error) {
    throw new EdgeError('bad_config', `${file} is no backup`, { file }, error);
  }
  if (verdict !== 'ok') throw new EdgeError('bad_config', `${file} is damaged: ${String(verdict)}`, { file });
}
