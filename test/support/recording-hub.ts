import type { EdgeConnection } from '../../ingress/ports/connection.ts';
import type { DeliveryHub, Look, SignalEnvelope, SignalSink } from '../../ingress/ports/delivery.ts';
import type { Delivery, Packet } from '../../shared/contract/index.ts';

/** Something that left routing, in the order in which it did. */
export type Departure =
  | { readonly what: 'reply'; readonly connection: string; readonly packets: readonly Packet[] }
  | { readonly what: 'look'; readonly connection: string; readonly family: string; readonly look: Look }
  | { readonly what: 'deliver'; readonly connection: string; readonly delivery: Delivery }
  | { readonly what: 'signal'; readonly envelope: SignalEnvelope }
  | { readonly what: 'attach' | 'detach' | 'identify'; readonly connection: string };

/**
 * A delivery hub that writes down what it is given and brings signals to connections of this process: by connection, character, user
 * and actor.
 */
export class RecordingHub implements DeliveryHub {
  readonly departures: Departure[] = [];
  readonly connections = new Map<string, EdgeConnection>();
  sink: SignalSink | null = null;

  attach(connection: EdgeConnection): void {
    this.connections.set(connection.id, connection);
    this.departures.push({ what: 'attach', connection: connection.id });
  }

  detach(connection: EdgeConnection): void {
    this.connections.delete(connection.id);
    this.departures.push({ what: 'detach', connection: connection.id });
  }

  identify(connection: EdgeConnection): void {
    this.departures.push({ what: 'identify', connection: connection.id });
  }

  reply(connection: EdgeConnection, packets: readonly Packet[]): boolean {
    this.departures.push({ what: 'reply', connection: connection.id, packets });
    return true;
  }

  look(connection: EdgeConnection, family: string, look: Look): void {
    this.departures.push({ what: 'look', connection: connection.id, family, look });
  }

  deliver(from: EdgeConnection, delivery: Delivery): void {
    this.departures.push({ what: 'deliver', connection: from.id, delivery });
  }

  async signal(envelope: SignalEnvelope): Promise<boolean> {
    this.departures.push({ what: 'signal', envelope });
    const { sink } = this;
    if (sink === null) return false;
    const target = this.#at(envelope.to);
    if (target !== undefined && sink.take(target, envelope)) return true;
    if (!envelope.to.startsWith('actor/')) return false;
    const actor = await sink.startActor(envelope.to);
    return actor !== null && sink.take(actor, envelope);
  }

  /** All packets that were sent to a connection as replies, in order. */
  replies(connection: EdgeConnection): Packet[] {
    return this.departures.flatMap((each) =>
      each.what === 'reply' && each.connection === connection.id ? each.packets : [],
    );
  }

  #at(address: string): EdgeConnection | undefined {
    const all = [...this.connections.values()];
    return all.find(
      ({ id, actor, state }) =>
        address === `connection/${id}` ||
        address === actor ||
        (state.characterId !== null && address === `character/${state.characterId}`) ||
        (state.userId !== null && address === `user/${state.userId}`),
    );
  }
}
