import { defineFamily, type PacketHandler, packet } from '../../shared/kit/index.ts';

/** The echo family's only state: how many messages it has answered on this connection. */
interface EchoSections {
  readonly echo: { readonly count: number };
}

const chat: PacketHandler<'CLI_NORMAL_CHAT', EchoSections, null> = (
  { sections, connection },
  { message },
) => ({
  state: { sections: { echo: { count: (sections.echo?.count ?? 0) + 1 } } },
  replies: [packet('SRV_WHISPER_CHAT', { sender: connection.id, message })],
});

const alive: PacketHandler<'CLI_ALIVE', EchoSections, null> = ({ sections }) => ({
  state: { sections: { echo: { count: (sections.echo?.count ?? 0) + 1 } } },
});

/** Answers each chat line to its sender and counts in a volatile section: what benchmarks and tests of the ingress run instead of a game. */
export const family = defineFamily<EchoSections, null>({
  name: 'echo',
  packets: {
    CLI_NORMAL_CHAT: { stages: ['login', 'lobby', 'world'], handle: chat },
    CLI_ALIVE: { stages: ['login', 'lobby', 'world'], handle: alive },
  },
  state: { owns: { echo: { class: 'volatile', version: 1 } }, reads: [] },
  services: () => null,
});
