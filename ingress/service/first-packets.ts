import type { Protocol } from '../../shared/protocol/index.ts';

/** What a client may say first on a connection: tells a plain connection from an encrypted one. */
const FIRST = [
  'CLI_ACCEPT_REQ',
  'CLI_ALIVE',
  'CLI_LOGIN_REQ',
  'CLI_LOGIN_TOKEN_REQ',
  'CLI_JOIN_SERVER_REQ',
  'CLI_JOIN_SERVER_TOKEN_REQ',
];

/** What clients send for no other reason than to be heard of. */
export const KEEP_ALIVE: ReadonlySet<string> = new Set(['CLI_ALIVE']);

/** Types and frame sizes of the packets that may come first, in the profile of the protocol. */
export function firstPackets(
  protocol: Protocol,
): ReadonlyMap<number, { readonly min: number; readonly max: number }> {
  const codecs = FIRST.map((name) => protocol.byName(name)).filter((codec) => codec !== undefined);
  return new Map(codecs.map((codec) => [codec.type, { min: codec.minFrame, max: codec.maxFrame }]));
}
