import type {
  JsonObject,
  Manifest,
  NamedPacket,
  Refusal,
  StateChange,
  Turn,
  TurnResult,
  TurnState,
} from '../../contract/index.ts';
import { plainJson } from '../../contract/plain-json.ts';
import { EdgeError } from '../../errors/edge-error.ts';
import type { AnyResult } from './routes.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const appended = <T>(before: readonly T[] | undefined, more: readonly T[]): readonly T[] =>
  before === undefined ? more : [...before, ...more];

/** Gathers what the messages of a turn bring about, in order, and shows each message what the earlier ones left. */
export class TurnOutcome {
  readonly #turn: Turn;
  readonly #manifest: Manifest;
  readonly #result: Mutable<TurnResult>;
  #change: StateChange | undefined;
  #ended = false;
  /** Identity and sections as the messages so far left them. */
  state: TurnState;

  constructor(turn: Turn, manifest: Manifest) {
    this.#turn = turn;
    this.#manifest = manifest;
    this.#result = { turnId: turn.turnId };
    this.state = turn.state;
  }

  /** Whether the messages that follow have to wait for what this turn changes. */
  get ended(): boolean {
    return this.#ended;
  }

  /**
   * Adds the result of one message, as a whole or not at all.
   * @throws EdgeError `foreign_section` for a section that the family does not own, `bad_result` for what is not plain JSON
   */
  add(index: number, handled: AnyResult): void {
    const from = plainJson(handled as unknown as JsonObject, 'result') as unknown as AnyResult;
    if (from.state !== undefined) this.#addState(from.state);
    const into = this.#result;
    if (from.replies !== undefined) into.replies = appended(into.replies, from.replies);
    if (from.deliveries !== undefined) into.deliveries = appended(into.deliveries, from.deliveries);
    if (from.signals !== undefined) into.signals = appended(into.signals, from.signals);
    if (from.timers !== undefined) into.timers = appended(into.timers, from.timers);
    if (from.place !== undefined) into.place = from.place;
    if (from.objects !== undefined) into.objects = appended(into.objects, from.objects);
    if (from.watch !== undefined) into.watch = from.watch;
    if (from.pin !== undefined) into.pin = from.pin;
    if (from.refused !== undefined) this.refuse(index, from.refused);
    if (from.reread !== undefined && from.reread.length > 0) {
      into.reread = [...new Set(appended(into.reread, from.reread))];
      this.#ended = true;
    }
    if (from.close !== undefined) {
      into.close = from.close;
      this.#ended = true;
    }
  }

  refuse(index: number, reason: string): void {
    const refusal: Refusal = { message: index, reason };
    this.#result.refusals = appended(this.#result.refusals, [refusal]);
  }

  /** All messages ran. */
  result(): TurnResult {
    return this.#change === undefined ? this.#result : { ...this.#result, state: this.#change };
  }

  /** The turn ended early; the messages from `index` on never began. */
  stoppedBefore(index: number): TurnResult {
    return { ...this.result(), handled: index };
  }

  /** Message `index` failed: those before it count, its failure reply is the last of the replies. */
  failedAt(index: number, reason: string, refused: NamedPacket | undefined): TurnResult {
    this.refuse(index, reason);
    if (refused !== undefined) this.#result.replies = appended(this.#result.replies, [refused]);
    return { ...this.result(), failedAt: index };
  }

  #addState(from: NonNullable<AnyResult['state']>): void {
    const { sections, ...identity } = from;
    if (sections !== undefined) this.#addSections(this.#owned(sections));
    const { stage, characters, userId, sessionId, characterId } = identity;
    const before = this.state;
    // A new list of characters is shown to the next message; anything else of these has to be taken in by the ingress first.
    this.#ended ||=
      (stage !== undefined && stage !== this.#turn.connection.stage) ||
      (userId !== undefined && userId !== before.userId) ||
      (sessionId !== undefined && sessionId !== before.sessionId) ||
      (characterId !== undefined && characterId !== before.characterId);
    this.#change = { ...this.#change, ...identity };
    if (characters !== undefined) this.state = { ...before, characters };
  }

  #addSections(changed: Readonly<Record<string, JsonObject | null>>): void {
    const shown: Record<string, JsonObject> = { ...this.state.sections };
    for (const name in changed) {
      const value = changed[name];
      if (value === null) delete shown[name];
      else if (value !== undefined) shown[name] = value;
    }
    this.#change = { ...this.#change, sections: { ...this.#change?.sections, ...changed } };
    this.state = { ...this.state, sections: shown };
  }

  #owned(
    sections: Readonly<Record<string, JsonObject | null | undefined>>,
  ): Record<string, JsonObject | null> {
    const owned: Record<string, JsonObject | null> = {};
    for (const [name, value] of Object.entries(sections)) {
      if (value === undefined) continue;
      if (!Object.hasOwn(this.#manifest.sections.owns, name)) {
        throw new EdgeError('foreign_section', `family ${this.#manifest.name} does not own section ${name}`, {
          section: name,
        });
      }
      owned[name] = value;
    }
    return owned;
  }
}
