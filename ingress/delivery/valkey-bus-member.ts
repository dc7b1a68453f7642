import type { Json } from '../../shared/contract/index.ts';
import type { BusMember, BusMessage, BusReceiver, BusRequest } from './bus.ts';
import { Flow } from './valkey-bus-flow.ts';
import { type Channels, channelsOf, type Letter, unseal } from './valkey-bus-letter.ts';
import { Mail } from './valkey-bus-mail.ts';
import type { ValkeyBusOptions } from './valkey-bus-options.ts';
import { Peers } from './valkey-bus-peers.ts';
import { Questions } from './valkey-bus-questions.ts';
import { Uplink } from './valkey-bus-uplink.ts';

const BEAT = 2_000;
const GRACE = 300;
const PATIENCE = 5_000;
/** Characters on their way to the server beyond which messages are dropped. */
const BACKLOG = 16 * 1024 * 1024;

/** One process on a Valkey server. */
export class ValkeyBusMember implements BusMember {
  /** Resolves after `leave`, when the others were told. */
  left: Promise<void> = Promise.resolve();
  readonly #id: string;
  readonly #receiver: BusReceiver;
  readonly #options: ValkeyBusOptions;
  readonly #channels: Channels;
  readonly #peers = new Peers();
  readonly #questions: Questions;
  readonly #flow: Flow;
  readonly #mail: Mail;
  readonly #uplink: Uplink;
  readonly #sent: (by: number) => void;
  readonly #received: (by: number) => void;
  readonly #dropped: (by: number) => void;
  /** Version of the topics heard here, as told to others. */
  #version = 0;
  #gone = false;
  #warned = false;

  constructor(id: string, receiver: BusReceiver, options: ValkeyBusOptions) {
    const { clock, meter, log } = options;
    this.#id = id;
    this.#receiver = receiver;
    this.#options = options;
    this.#channels = channelsOf(options.prefix);
    this.#questions = new Questions(clock);
    this.#sent = meter.counter('bus_messages_total', { direction: 'sent' });
    this.#received = meter.counter('bus_messages_total', { direction: 'received' });
    this.#dropped = meter.counter('drops_total', { what: 'bus message', reason: 'bus_down' });
    this.#flow = new Flow([this.#channels.hall, this.#channels.desk(id)], {
      onListening: (add, drop) => this.#announce(add, drop),
      onBroken: (reason) => this.#uplink.drop(reason),
    });
    this.#mail = new Mail({ boot: options.newBoot(), from: id }, this.#flow);
    this.#uplink = new Uplink({
      target: options.target,
      flow: this.#flow,
      log,
      meter,
      clock,
      beatMs: options.beatMs ?? BEAT,
      graceMs: options.graceMs ?? GRACE,
      patienceMs: options.patienceMs ?? PATIENCE,
      onText: (channel, text) => this.#hear(channel, text),
      onUp: () => this.#beat(true),
      onBeat: () => {
        for (const dead of this.#peers.age()) this.#questions.gone(dead);
        this.#beat(false);
      },
      onDown: (lost) => {
        this.#dropped(lost);
        this.#peers.forgetAll();
        this.#questions.end();
        // What is not wanted any more meanwhile is in no announcement: others must see that they missed one, and ask for all.
        this.#version += 1;
      },
    });
  }

  subscribe(topic: string): void {
    this.#flow.want(this.#channels.topic(topic));
  }

  unsubscribe(topic: string): void {
    this.#flow.unwant(this.#channels.topic(topic));
  }

  heard(topic: string): boolean {
    const { state } = this.#uplink;
    return state === 'up' ? this.#peers.hears(topic) : state === 'joining';
  }

  publish(topic: string, message: BusMessage): void {
    if (this.#gone || !this.heard(topic)) return;
    const letter = JSON.stringify({ k: 'message', message } satisfies Letter);
    if (this.#flow.backlog + letter.length > BACKLOG) {
      this.#dropped(1);
      return;
    }
    this.#mail.sendText(this.#channels.topic(topic), letter);
    this.#sent(1);
  }

  async request(topic: string, request: BusRequest, timeoutMs: number): Promise<Json> {
    const { clock } = this.#options;
    const began = clock.monotonic();
    await this.#uplink.joined(timeoutMs);
    const left = timeoutMs - (clock.monotonic() - began);
    if (this.#gone || this.#uplink.state !== 'up' || left <= 0) return null;
    return this.#questions.ask(this.#peers.listeners(topic), left, (id, question) =>
      this.#tell(id, { k: 'question', id: question, topic, request }),
    );
  }

  leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#questions.end();
    if (this.#uplink.state !== 'down') this.#mail.send(this.#channels.hall, { k: 'bye' });
    this.left = this.#flow.flushed().then(() => this.#uplink.close());
  }

  #hear(channel: string, text: string): void {
    if (this.#mail.wrote(text)) {
      if (channel === this.#channels.hall) this.#uplink.alive();
      return;
    }
    if (this.#gone) return;
    const envelope = unseal(text);
    if (envelope === null) {
      this.#warn(channel, 'is no letter of this service');
      return;
    }
    if (envelope.from === this.#id) {
      this.#warn(channel, 'comes from another process with the same id');
      return;
    }
    if (!this.#peers.accept(envelope)) {
      this.#options.log.debug({ channel, from: envelope.from }, 'a late letter was ignored');
      return;
    }
    try {
      this.#take(channel, envelope.from, envelope.letter);
    } catch {
      // Of another version, perhaps: what it hears is not known then, and it must not end this process.
      this.#peers.doubt(envelope.from);
      this.#warn(channel, 'cannot be understood');
    }
  }

  /** Once: a stranger may say a lot. */
  #warn(channel: string, why: string): void {
    if (this.#warned) return;
    this.#warned = true;
    this.#options.log.warn({ code: 'bad_bus_letter', channel }, `what came over the bus ${why}`);
  }

  #take(channel: string, from: string, letter: Letter): void {
    switch (letter.k) {
      case 'message':
        this.#deliver(channel, from, letter.message);
        break;
      case 'interest':
        if (!this.#peers.change(from, letter.version, letter.add, letter.drop))
          this.#tell(from, { k: 'tell' });
        break;
      case 'beat':
        if (letter.fresh) this.#tellWhole(from);
        if (!this.#peers.knows(from, letter.version)) this.#tell(from, { k: 'tell' });
        break;
      case 'tell':
        this.#tellWhole(from);
        break;
      case 'whole':
        this.#peers.whole(from, letter.version, letter.topics);
        break;
      case 'question':
        void this.#answer(from, letter.id, letter.topic, letter.request);
        break;
      case 'answer':
        this.#questions.answered(from, letter.id, letter.answer);
        break;
      case 'bye':
        this.#peers.forget(from);
        this.#questions.gone(from);
    }
  }

  #deliver(channel: string, from: string, message: BusMessage): void {
    const topic = this.#channels.topicOf(channel);
    // One that was on its way while the topic was given up.
    if (topic === null || !this.#flow.wants(channel)) return;
    this.#received(1);
    try {
      this.#receiver.onMessage(topic, message, from);
    } catch (error) {
      // It may be of another version: that must not end this process.
      this.#options.log.error(
        { code: 'internal_error', topic, from, err: error },
        'a message of another process failed',
      );
    }
  }

  async #answer(from: string, id: number, topic: string, request: BusRequest): Promise<void> {
    let answer: Json = null;
    if (this.#flow.wants(this.#channels.topic(topic))) {
      try {
        answer = await this.#receiver.onRequest(topic, request, from);
      } catch (error) {
        this.#options.log.error(
          { code: 'internal_error', topic, err: error },
          'a question of another process failed',
        );
      }
    }
    this.#tell(from, { k: 'answer', id, answer });
  }

  /** Before anything that was sent after the change. */
  #announce(add: readonly string[], drop: readonly string[]): void {
    this.#version += 1;
    const names = (channels: readonly string[]): string[] =>
      channels.map((channel) => this.#channels.topicOf(channel)).filter((topic) => topic !== null);
    const letter: Letter = { k: 'interest', version: this.#version, add: names(add), drop: names(drop) };
    this.#mail.sendFirst(this.#channels.hall, letter);
  }

  #beat(fresh: boolean): void {
    this.#mail.sendLate(this.#channels.hall, () => ({ k: 'beat', version: this.#version, fresh }));
  }

  #tellWhole(to: string): void {
    this.#mail.sendLate(this.#channels.desk(to), () => {
      const topics = this.#flow.listening.flatMap((channel) => this.#channels.topicOf(channel) ?? []);
      return { k: 'whole', version: this.#version, topics };
    });
  }

  #tell(to: string, letter: Letter): void {
    this.#mail.send(this.#channels.desk(to), letter);
  }
}
