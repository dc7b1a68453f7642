import type { JsonObject, SignalSource } from '../../contract/index.ts';
import type { PacketInputs } from '../../protocol/packets.generated.ts';

/** A message as a test names it; the kit numbers it and sees that it could have come over the wire. */
export type TestMessage =
  | { readonly kind: 'packet'; readonly name: string; readonly fields: object }
  | { readonly kind: 'raw'; readonly name: string; readonly type: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'signal';
      readonly name: string;
      readonly payload: JsonObject;
      readonly from: Partial<SignalSource>;
      /** The address it was sent to; the connection's own unless said. */
      readonly to?: string;
    }
  | { readonly kind: 'timer'; readonly name: string; readonly payload: JsonObject };

/** A packet of the client. */
export const aPacket = <N extends keyof PacketInputs & string>(
  name: N,
  fields: PacketInputs[N],
): TestMessage => ({
  kind: 'packet',
  name,
  fields: fields as object,
});

/** A packet that the family's own schemas describe. */
export const aCustomPacket = (name: string, fields: JsonObject): TestMessage => ({
  kind: 'packet',
  name,
  fields,
});

/** A packet of a type without schema. */
export const aRawPacket = (name: string, type: number, bytes: Uint8Array): TestMessage => ({
  kind: 'raw',
  name,
  type,
  bytes,
});

/** A signal; what `from` leaves out is as if the connection had sent it to itself. */
export const aSignal = (
  name: string,
  payload: JsonObject = {},
  from: Partial<SignalSource> = {},
  to?: string,
): TestMessage => ({
  kind: 'signal',
  name,
  payload,
  from,
  ...(to === undefined ? {} : { to }),
});

/** A timer that is due now. */
export const aTimer = (name: string, payload: JsonObject = {}): TestMessage => ({
  kind: 'timer',
  name,
  payload,
});
