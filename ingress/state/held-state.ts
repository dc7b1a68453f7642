import type { CharacterRef, JsonObject, TurnState } from '../../shared/contract/index.ts';
import type { Cancel } from '../ports/clock.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { ConnectionState } from '../ports/connection-state.ts';
import { type HeldSection, isKept } from './held-section.ts';

/** What the keeper holds of one connection. Only files of this folder change it. */
export class HeldState implements ConnectionState {
  userId: string | null = null;
  sessionId: string | null = null;
  characterId: string | null = null;
  characters: readonly CharacterRef[] = Object.freeze([]);
  epoch = 0;
  /** Counts the owner's writes within the epoch: a write that was delayed on its way can then not undo a later one. */
  revision = 0;
  readonly sections = new Map<string, HeldSection>();
  /** Sections whose stored form is behind, with the number of the change that made them so. */
  readonly dirty = new Map<string, number>();
  /** Derived sections that could not be reread yet. */
  readonly stale = new Set<string>();
  /** Another owner was found; nothing is written any more. */
  lost = false;
  connection: EdgeConnection | null = null;
  /** Takes the planned checkpoint back; null when none is planned. */
  checkpoint: Cancel | null = null;
  /** Takes the planned look at the owner back; null when none is planned. */
  confirmation: Cancel | null = null;
  private changes = 0;
  private last: Promise<unknown> = Promise.resolve();

  view(names: readonly string[]): TurnState {
    const sections: Record<string, JsonObject> = {};
    for (const name of names) {
      const value = this.sections.get(name)?.value;
      if (value !== undefined) sections[name] = value;
    }
    const { userId, sessionId, characterId, characters } = this;
    return { userId, sessionId, characterId, characters, sections };
  }

  /** Takes new sections over; those not named stay. */
  hold(sections: ReadonlyMap<string, HeldSection>): void {
    for (const [name, section] of sections) this.sections.set(name, section);
  }

  markDirty(section: string): void {
    this.changes += 1;
    this.dirty.set(section, this.changes);
  }

  /** Forgets everything that belongs to the character; volatile sections live as long as the connection. */
  forgetCharacter(): void {
    this.characterId = null;
    this.epoch = 0;
    this.revision = 0;
    this.lost = false;
    this.dirty.clear();
    this.stale.clear();
    for (const [name, section] of this.sections) if (!isVolatile(section)) this.sections.delete(name);
  }

  /** Runs calls that write for this connection one after the other. */
  exclusive<T>(call: () => Promise<T>): Promise<T> {
    const result = this.last.then(call);
    this.last = result.catch(() => {});
    return result;
  }
}

function isVolatile(section: HeldSection): boolean {
  return !isKept(section.class) && section.class !== 'derived';
}
