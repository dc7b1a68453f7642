import type { Overlay } from './overlay.ts';
import type { FieldDefinition, ProfileName, TypeDefinition } from './schema.ts';

const unpatched: readonly ProfileName[] = ['head', '2021'];

const hotbarTypes: Readonly<Record<string, TypeDefinition>> = {
  HotbarIcon: {
    kind: 'union',
    store: 'u16',
    member: 'data',
    views: [
      [
        { n: 'type', off: 0, bits: 5 },
        { n: 'slotId', off: 5, bits: 11 },
      ],
    ],
    default: 0,
  },
};

const hotbarFields: readonly FieldDefinition[] = [
  { n: 'slot', t: 'u8' },
  { n: 'icon', t: 'HotbarIcon' },
];

function hotbar(packet: string): Overlay {
  return {
    packet,
    profiles: unpatched,
    types: hotbarTypes,
    layouts: [{ below: 1, fields: [] }, { fields: hotbarFields }],
  };
}

/** The schema knows no body, but clients send one: it is kept as bytes instead of refused. */
function rawBody(packet: string): Overlay {
  return { packet, layouts: [{ fields: [{ n: 'body', t: 'u8', rep: { rest: true }, d: [] }] }] };
}

/**
 * What clients send other than the schema says: passwords of 32 bytes (user names have 2 to 24 characters, so the length
 * of the body tells which it is), the body of the hotbar packets, and bodies that the schema leaves out.
 */
export const ingressOverlays: readonly Overlay[] = [
  {
    packet: 'CLI_LOGIN_REQ',
    profiles: unpatched,
    layouts: [
      {
        below: 65,
        fields: [
          { n: 'password', t: 'fix:32' },
          { n: 'username', t: 'str' },
        ],
      },
      {
        fields: [
          { n: 'password', t: 'fix:64' },
          { n: 'username', t: 'str' },
        ],
      },
    ],
  },
  {
    packet: 'CLI_JOIN_SERVER_REQ',
    profiles: unpatched,
    layouts: [
      {
        below: 68,
        fields: [
          { n: 'sessionId', t: 'u32' },
          { n: 'password', t: 'fix:32' },
        ],
      },
      {
        fields: [
          { n: 'sessionId', t: 'u32' },
          { n: 'password', t: 'fix:64' },
        ],
      },
    ],
  },
  hotbar('CLI_HOTBAR_SET_ICON_REQ'),
  hotbar('SRV_HOTBAR_SET_ICON_REPLY'),
  rawBody('CLI_CLAN_COMMAND'),
  rawBody('SRV_CLAN_COMMAND'),
  rawBody('CLI_MESSENGER'),
  rawBody('SRV_MESSENGER'),
  rawBody('CLI_CHATROOM'),
  rawBody('SRV_CHATROOM'),
  rawBody('SRV_MEMO'),
];
