import {
  CONTRACT_VERSION,
  type JsonObject,
  type Message,
  type SignalSource,
  type Turn,
} from '../../contract/index.ts';
import { parseEvent, parseManifest, parseResult } from '../../contract/parse/index.ts';
import type { PacketInputs } from '../../protocol/packets.generated.ts';
import type { DefinedFamily, RunningFamily } from '../family.ts';
import type { Line } from '../line.ts';
import type { SectionKey, SectionTypes } from '../section-types.ts';
import { aPacket, aSignal, aTimer, type TestMessage } from './messages.ts';
import { type ConnectionStart, TestConnection } from './test-connection.ts';
import { TestResult } from './test-result.ts';
import { type ArmedTimer, TestTimers } from './test-timers.ts';
import { Wire } from './wire.ts';

export interface TestOptions<S extends SectionKey, V> extends ConnectionStart {
  readonly services: V;
  /** Sections of the connection, owned or read. @default none */
  readonly sections?: Partial<SectionTypes<S>>;
  /** The clock, milliseconds since 1970; it stands still. @default 1_800_000_000_000 */
  readonly now?: number;
  /** Seed of the first turn; each further turn counts one up. @default 1 */
  readonly seed?: number;
  /** Milliseconds that a turn may take. @default 10_000 */
  readonly budget?: number;
  /** What a handler that fails does: the error is thrown in the test, or told in the result (`failed`). @default 'throw' */
  readonly failures?: 'throw' | 'report';
}

/** Runs a family for one connection of a test; state, timers and numbering carry over from turn to turn. */
export class FamilyUnderTest<S extends SectionKey, V> {
  /** The clock: set it to let time pass without firing timers. */
  now: number;
  /** What handlers and adapter logged. */
  readonly lines: Line[] = [];
  readonly connection: TestConnection;
  readonly #family: RunningFamily;
  readonly #options: TestOptions<S, V>;
  readonly #visible: ReadonlySet<string>;
  readonly #wire: Wire;
  readonly #timers = new TestTimers();
  #thrown: unknown;
  #turns = 0;
  #messages = 0;

  constructor(family: DefinedFamily<S, V>, options: TestOptions<S, V>) {
    const manifest = parseManifest(JSON.parse(JSON.stringify(family.manifest)));
    this.#options = options;
    this.now = options.now ?? 1_800_000_000_000;
    this.connection = new TestConnection(options, (options.sections ?? {}) as Record<string, JsonObject>);
    this.#visible = new Set([...Object.keys(manifest.sections.owns), ...manifest.sections.reads]);
    this.#wire = new Wire(manifest);
    this.#family = family.startWith(options.services, {
      freeze: true,
      lines: (line) => this.lines.push(line),
      failed: (_reason, error) => {
        this.#thrown = error;
      },
    });
  }

  /** The sections as the last turn left them. Assign to `connection.sections` to change what the family only reads. */
  get sections(): Partial<SectionTypes<S>> {
    return this.connection.sections as unknown as Partial<SectionTypes<S>>;
  }

  /** Armed timers, the earliest first. */
  get timers(): readonly ArmedTimer[] {
    return this.#timers.armed;
  }

  /** The client sends a packet. In a stage that does not allow it, it is refused as the ingress does it: `wrong_stage`. */
  packet<N extends keyof PacketInputs & string>(name: N, fields: PacketInputs[N]): Promise<TestResult<S>> {
    return this.turn(aPacket(name, fields));
  }

  /** `to` is the address it was sent to, such as `object/MAP/ID`; the connection's own unless said. */
  signal(
    name: string,
    payload: JsonObject = {},
    from: Partial<SignalSource> = {},
    to?: string,
  ): Promise<TestResult<S>> {
    return this.turn(aSignal(name, payload, from, to));
  }

  timer(name: string, payload: JsonObject = {}): Promise<TestResult<S>> {
    return this.turn(aTimer(name, payload));
  }

  /** Lets time pass and fires each timer when it is due, in order; those that they arm too. */
  async advance(milliseconds: number): Promise<TestResult<S>[]> {
    const end = this.now + milliseconds;
    const results: TestResult<S>[] = [];
    for (let timer = this.#timers.due(end); timer !== undefined; timer = this.#timers.due(end)) {
      this.now = Math.max(this.now, timer.at);
      results.push(await this.timer(timer.name, timer.payload));
    }
    this.now = end;
    return results;
  }

  /** Several messages in one turn; those that the turn did not come to are not sent again. */
  async turn(...messages: readonly TestMessage[]): Promise<TestResult<S>> {
    const refused = this.#wrongStage(messages);
    if (refused !== undefined) return refused;
    const event = parseEvent(JSON.parse(JSON.stringify(this.#event(messages))));
    this.#thrown = undefined;
    const answer = await this.#family.handle(event);
    if (this.#thrown !== undefined && this.#options.failures !== 'report') throw this.#thrown;
    const [parsed] = parseResult(JSON.parse(JSON.stringify(answer)), event);
    if (parsed === undefined) throw new Error('the family left its turn out');
    if ('error' in parsed) throw parsed.error;
    const outcome = parsed.result;
    this.#wire.check(outcome);
    this.connection.apply(outcome.state);
    this.#timers.apply(outcome.timers ?? []);
    return new TestResult(outcome, this.sections, this.#wire);
  }

  #event(messages: readonly TestMessage[]) {
    const { name } = this.#family.manifest;
    this.#turns += 1;
    const turn: Turn = {
      turnId: `test-${this.#turns}`,
      attempt: 1,
      now: this.now,
      seed: (this.#options.seed ?? 1) + this.#turns - 1,
      deadline: this.now + (this.#options.budget ?? 10_000),
      ...this.connection.view(this.#visible),
      messages: messages.map((message) => this.#numbered(message)),
    };
    return { v: CONTRACT_VERSION, family: name, ingress: 'test', turns: [turn] };
  }

  #numbered(message: TestMessage): Message {
    this.#messages += 1;
    const base = { seq: this.#messages, name: message.name };
    switch (message.kind) {
      case 'packet':
        return { ...base, kind: 'packet', ...this.#wire.received(message.name, message.fields) };
      case 'raw':
        return {
          ...base,
          kind: 'packet',
          type: message.type,
          raw: Buffer.from(message.bytes).toString('base64'),
        };
      case 'signal':
        return {
          ...base,
          kind: 'signal',
          payload: message.payload,
          to: message.to ?? `connection/${this.connection.id}`,
          from: { ...this.#own(message.name), ...message.from },
        };
      case 'timer':
        return { ...base, kind: 'timer', at: this.now, payload: message.payload };
    }
  }

  /** Where a signal comes from when the test does not say: the connection itself, as with those of the ingress. */
  #own(name: string): SignalSource {
    const { id, characterId } = this.connection;
    return { connection: id, characterId, hops: name.startsWith('edge.') ? 0 : 1 };
  }

  #wrongStage(messages: readonly TestMessage[]): TestResult<S> | undefined {
    for (const [message, { kind, name }] of messages.entries()) {
      const route = kind === 'packet' || kind === 'raw' ? this.#family.manifest.packets[name] : undefined;
      if (route === undefined || route.stages.includes(this.connection.stage)) continue;
      const replies = route.refused === undefined ? [] : [route.refused];
      const result = { turnId: 'refused', replies, refusals: [{ message, reason: 'wrong_stage' }] };
      return new TestResult(result, this.sections, this.#wire);
    }
    return undefined;
  }
}

/**
 * Runs a family as the ingress would, for one connection. Every packet goes through the real protocol, events and results through
 * JSON and the contract's validation, and inputs are deep-frozen: what passes here passes there.
 */
export function testFamily<S extends SectionKey, V>(
  family: DefinedFamily<S, V>,
  options: TestOptions<S, V>,
): FamilyUnderTest<S, V> {
  return new FamilyUnderTest(family, options);
}
