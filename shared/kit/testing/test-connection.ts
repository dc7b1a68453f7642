import type { CharacterRef, JsonObject, StateChange, Turn, TurnConnection } from '../../contract/index.ts';

/** Where and as what a test's connection begins; everything has a default. */
export interface ConnectionStart {
  /** @default 'test-1' */
  readonly id?: string;
  /** Address `actor/...` of an actor. @default a client */
  readonly actor?: string;
  /** @default 'world' */
  readonly stage?: string;
  /** @default '127.0.0.1' */
  readonly address?: string;
  /** @default 127.0.0.1:29000 */
  readonly public?: { readonly host: string; readonly port: number };
  /** @default null */
  readonly userId?: string | null;
  /** @default null */
  readonly sessionId?: string | null;
  /** @default null */
  readonly characterId?: string | null;
  /** @default none */
  readonly characters?: readonly CharacterRef[];
  /** @default 1 with a character, 0 without */
  readonly epoch?: number;
}

/** The state of one connection between the turns of a test, changed as the ingress changes it. */
export class TestConnection {
  stage: string;
  userId: string | null;
  sessionId: string | null;
  characterId: string | null;
  characters: readonly CharacterRef[];
  epoch: number;
  sections: Record<string, JsonObject>;
  readonly #fixed: Omit<TurnConnection, 'stage'>;

  constructor(start: ConnectionStart, sections: Readonly<Record<string, JsonObject>>) {
    this.stage = start.stage ?? 'world';
    this.userId = start.userId ?? null;
    this.sessionId = start.sessionId ?? null;
    this.characterId = start.characterId ?? null;
    this.characters = start.characters ?? [];
    this.epoch = start.epoch ?? (this.characterId === null ? 0 : 1);
    this.sections = { ...sections };
    this.#fixed = {
      id: start.id ?? 'test-1',
      kind: start.actor === undefined ? 'client' : 'actor',
      actor: start.actor ?? null,
      address: start.actor === undefined ? (start.address ?? '127.0.0.1') : '',
      public: start.public ?? { host: '127.0.0.1', port: 29_000 },
    };
  }

  get id(): string {
    return this.#fixed.id;
  }

  /** What a turn is handed of the connection; of the sections only those that the family may see. */
  view(names: ReadonlySet<string>): Pick<Turn, 'connection' | 'epoch' | 'state'> {
    const { userId, sessionId, characterId, characters } = this;
    const sections = Object.fromEntries(Object.entries(this.sections).filter(([name]) => names.has(name)));
    return {
      epoch: this.epoch,
      connection: { ...this.#fixed, stage: this.stage },
      state: { userId, sessionId, characterId, characters, sections },
    };
  }

  /** Takes over what a turn changed. A new character counts as taken over with the next epoch. */
  apply(change: StateChange | undefined): void {
    if (change === undefined) return;
    const { sections = {}, characterId, ...identity } = change;
    Object.assign(this, identity);
    if (characterId !== undefined && characterId !== this.characterId) {
      this.characterId = characterId;
      this.epoch = characterId === null ? 0 : this.epoch + 1;
    }
    for (const [name, value] of Object.entries(sections)) {
      if (value === null) delete this.sections[name];
      else this.sections[name] = value;
    }
  }
}
