import { createRoseFraming } from '../../../ingress/net/rose/framing.ts';
import { seededKey } from '../../../ingress/net/rose/key.ts';
import {
  createProtocol,
  type DecodedPacket,
  type Fields,
  ingressOverlays,
  type Overlay,
  type ProfileName,
} from '../../../shared/protocol/index.ts';
import { GameClient } from '../../../tools/client/game-client.ts';
import { logIn } from '../../../tools/client/log-in.ts';

/** Layouts of the retail client that the plain schema of its profile does not have, written down by hand. */
const byHand: readonly Overlay[] = [
  {
    packet: 'CLI_STORE_TRADE_REQ',
    profiles: ['retail'],
    layouts: [
      {
        fields: [
          { n: 'npc', t: 'u16' },
          { n: 'buys', t: 'u8' },
          { n: 'sells', t: 'u8' },
          { n: 'time', t: 'u32' },
          { n: 'entries', t: 'u8', rep: { rest: true } },
        ],
      },
    ],
  },
  {
    packet: 'SRV_PARTY_MEMBER',
    profiles: ['retail'],
    layouts: [
      {
        below: 11,
        fields: [
          { n: 'rule', t: 'u8' },
          { n: 'count', t: 'u8' },
          { n: 'leaver', t: 'u32' },
          { n: 'owner', t: 'u32' },
        ],
      },
      {
        fields: [
          { n: 'rule', t: 'u8' },
          { n: 'members', t: 'RetailPartyMember', rep: { prefix: 'u8' } },
        ],
      },
    ],
  },
];

export interface Playing {
  readonly world: GameClient;
  readonly opened: GameClient[];
  /** All that the service said, on every connection. */
  readonly came: DecodedPacket[];
}

/**
 * From the login into the world with the project's own client, which has the layouts and the codes that stand on the wire: nothing is
 * translated on this side.
 */
export async function play(
  port: number,
  profile: ProfileName,
  account: string,
  encrypted = false,
): Promise<Playing> {
  const protocol = createProtocol(profile, { overlays: [...ingressOverlays, ...byHand] });
  const cipher = encrypted ? 'rose' : 'none';
  const first = createRoseFraming({ cipher });
  // A retail client takes the seed of each hand-over, which is 0, for a key of the connections that follow.
  const later = profile === 'retail' ? createRoseFraming({ cipher, keys: [seededKey(0)] }) : first;
  const came: DecodedPacket[] = [];
  const opened: GameClient[] = [];
  const open = async () => {
    const framing = opened.length === 0 ? first : later;
    const client = await GameClient.connect({
      host: '127.0.0.1',
      port,
      protocol,
      framing,
      variant: framing.variants[0] ?? 'plain',
      onPacket: (direction, packet) => direction === 'in' && came.push(packet),
    });
    opened.push(client);
    return client;
  };
  const options = { account, password: 'secret', character: null, profile };
  return { world: await logIn(open, options), opened, came };
}

export async function ask(client: GameClient, name: string, fields: Fields, answer: string) {
  const reply = await client.ask(name, fields, answer);
  if (reply === null) throw new Error(`closed instead of ${answer}`);
  return reply.fields;
}

/** The next packet of that name that is meant. */
export async function wait(
  client: GameClient,
  name: string,
  isMeant: (fields: Fields) => boolean = () => true,
): Promise<Fields> {
  for (;;) {
    const packet = await client.next(name);
    if (packet === null) throw new Error(`closed instead of ${name}`);
    if (isMeant(packet.fields)) return packet.fields;
  }
}

/** What was said last under that name. */
export function lastOf({ came }: Playing, name: string): Fields {
  const found = came.findLast((packet) => packet.name === name);
  if (found === undefined) throw new Error(`no ${name} came`);
  return found.fields;
}
