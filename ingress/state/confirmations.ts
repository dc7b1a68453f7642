import { coreKey, type Store } from '../../shared/store/index.ts';
import type { Log } from '../operations/log.ts';
import type { Clock } from '../ports/clock.ts';
import type { HeldState } from './held-state.ts';

/** Milliseconds after a character was taken over, and after a look that was not answered. */
export const CONFIRM_AFTER = 1_000;

export interface ConfirmationMeans {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Looks once more whether a character that was taken over is still owned. Between its claim and being reached at the character's address, an
 * owner cannot be asked to release it, so whoever comes in that moment takes it without a word; what writes nothing for long (a region of monsters)
 * would go on beside its successor until its next write.
 */
export class Confirmations {
  private readonly means: ConfirmationMeans;
  private readonly lose: (state: HeldState) => void;

  constructor(means: ConfirmationMeans, lose: (state: HeldState) => void) {
    this.means = means;
    this.lose = lose;
  }

  plan(state: HeldState): void {
    this.cancel(state);
    state.confirmation = this.means.clock.schedule(CONFIRM_AFTER, () => {
      state.confirmation = null;
      void this.confirm(state);
    });
  }

  cancel(state: HeldState): void {
    state.confirmation?.();
    state.confirmation = null;
  }

  private async confirm(state: HeldState): Promise<void> {
    const { characterId, epoch } = state;
    if (characterId === null || state.lost) return;
    const isSame = () => state.characterId === characterId && state.epoch === epoch && !state.lost;
    try {
      const item = await this.means.store.get('characters', coreKey(characterId));
      if (isSame() && Number(item?.epoch) !== epoch) this.lose(state);
    } catch (error) {
      const fields = { code: 'database_down', entity: characterId, error: String(error) };
      this.means.log.warn(fields, 'whether a character is still owned could not be read; it is tried again');
      if (isSame()) this.plan(state);
    }
  }
}
