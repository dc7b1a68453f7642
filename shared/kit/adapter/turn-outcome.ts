import type {
  JsonObject,
  Manifest,
  NamedPacket,
  Refusal,
  StateChange,
  Turn,
  TurnConnection,
  TurnResult,
  TurnState,
} from '../../contract/index.ts';
import { plainJson } from '../../contract/plain-json.ts';
import { EdgeError } from '../../errors/edge-error.ts';
import type { AnyResult } from './routes.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Change = Mutable<StateChange>;

const IDENTITY = ['stage', 'userId', 'sessionId', 'characterId', 'characters'] as const;

const appended = <T>(before: readonly T[] | undefined, more: readonly T[]): readonly T[] =>
  before === undefined ? more : [...before, ...more];

/** Gathers what the messages of a turn bring about, in order, and shows each message what the earlier ones left. */
export class TurnOutcome {
  readonly #turn: Turn;
  readonly #manifest: Manifest;
  readonly #result: Mutable<TurnResult>;
  #change: Change | undefined;
  #ended = false;
  /** Identity and sections as the messages so far left them. */
  state: TurnState;

  constructor(turn: Turn, manifest: Manifest) {
    this.#turn = turn;
    this.#manifest = manifest;
    this.#result = { turnId: turn.turnId };
    this.state = turn.state;
  }

  /** The connection; a change of stage ends the turn, so that its stage holds for all of its messages. */
  get connection(): TurnConnection {
    return this.#turn.connection;
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
    if (from.watch !== undefined) into.watch = from.watch;
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
    const sections = from.sections === undefined ? undefined : this.#owned(from.sections);
    const change: Change = { ...this.#change };
    const state: Mutable<TurnState> = { ...this.state };
    for (const key of IDENTITY) {
      if (from[key] === undefined) continue;
      Object.assign(change, { [key]: from[key] });
      if (key === 'stage') this.#ended ||= from.stage !== this.#turn.connection.stage;
      else {
        if (key !== 'characters') this.#ended ||= from[key] !== state[key];
        Object.assign(state, { [key]: from[key] });
      }
    }
    if (sections !== undefined) {
      change.sections = { ...change.sections, ...sections };
      const shown: Record<string, JsonObject> = { ...state.sections };
      for (const [name, value] of Object.entries(sections)) {
        if (value === null) delete shown[name];
        else shown[name] = value;
      }
      state.sections = shown;
    }
    this.#change = change;
    this.state = state;
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
