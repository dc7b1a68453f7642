/** What the server list shows. Every channel is an entrance with a limit of its own; all lead to the same world. */
export const SERVERS = [
  {
    id: 1,
    name: 'Packet Edge',
    test: false,
    channels: [{ id: 1, name: 'Channel 1', active: true }],
  },
] as const;
