import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  allOf,
  type Changes,
  coreKey,
  epochIs,
  equals,
  type Item,
  type Store,
  sectionAttribute,
} from '../../shared/store/index.ts';
import { type HeldSection, toStored } from './held-section.ts';
import type { HeldState } from './held-state.ts';

/** How often a write begins again because an own earlier one arrived late. */
const ATTEMPTS = 3;

export interface CoreWrite {
  /** Sections by name, as they are to be stored. */
  readonly sections: ReadonlyMap<string, HeldSection>;
  /** Gives the character up in the same write. */
  readonly release: boolean;
}

/**
 * Writes sections to the character's own item in one conditional update. Throws `ownership_lost` when the item has another epoch
 * by now, `persist_failed` when the store cannot be written. The revision of `state` counts on, nothing else of it changes.
 */
export async function writeCore(
  store: Store,
  state: HeldState,
  entity: string,
  write: CoreWrite,
): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const fence = allOf(epochIs(state.epoch), equals('rev', state.revision));
    const outcome = await update(store, entity, changesOf(write, state.revision + 1), fence);
    if (outcome.kind === 'done') {
      state.revision += 1;
      return;
    }
    if (outcome.current?.epoch !== state.epoch) throw lostTo(entity, outcome.current);
    // Same epoch, other revision: a write of ours that was given up did arrive after all. Ours comes after it.
    state.revision = Number(outcome.current.rev);
  }
  throw new EdgeError('persist_failed', `writes for ${entity} keep overtaking each other`, { entity });
}

async function update(store: Store, entity: string, changes: Changes, fence: ReturnType<typeof allOf>) {
  try {
    return await store.update('characters', coreKey(entity), changes, fence);
  } catch (error) {
    throw new EdgeError('persist_failed', `state of ${entity} could not be persisted`, { entity }, error);
  }
}

function changesOf(write: CoreWrite, revision: number): Changes {
  const set: Record<string, NonNullable<ReturnType<typeof toStored>> | number> = { rev: revision };
  const remove: string[] = write.release ? ['owner'] : [];
  for (const [name, section] of write.sections) {
    const stored = toStored(section);
    if (stored === null) remove.push(sectionAttribute(name));
    else set[sectionAttribute(name)] = stored;
  }
  return { set, remove };
}

function lostTo(entity: string, current: Item | null): EdgeError {
  const epoch = typeof current?.epoch === 'number' ? current.epoch : null;
  return new EdgeError('ownership_lost', `${entity} has another owner now`, { entity, epoch });
}
