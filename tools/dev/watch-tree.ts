import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/**
 * Calls back with the path of whatever is written, made or taken away below a folder, folders of later too. Each folder is watched, and no
 * file: editors put a new file in the place of the old one, and a watched file would be the old one from then on (so it is with the recursive
 * `watch` of Node on Linux).
 * @returns how to stop
 */
export function watchTree(root: string, onChange: (path: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();

  function add(folder: string, isNew: boolean): void {
    if (watchers.has(folder)) return;
    const entries = entriesOf(folder);
    if (entries === null) return;
    const watcher = watch(folder, (_, name) => {
      if (name !== null) changed(join(folder, name));
    });
    watcher.on('error', () => drop(folder));
    watchers.set(folder, watcher);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path, isNew);
      // Whatever was written before the folder was watched.
      else if (isNew) onChange(path);
    }
  }

  function drop(folder: string): void {
    for (const [path, watcher] of watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue;
      watcher.close();
      watchers.delete(path);
    }
  }

  function changed(path: string): void {
    if (entriesOf(path) === null) drop(path);
    else add(path, true);
    onChange(path);
  }

  add(root, false);
  return () => drop(root);
}

/** Null for what is no folder, or no more. */
function entriesOf(path: string) {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return null;
  }
}
