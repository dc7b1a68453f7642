import type { GeneratedFile } from '../generate.ts';
import { listText } from './packets/list.ts';
import { type HandledBy, pageText } from './packets/page.ts';
import { typesText } from './packets/types.ts';

/** Types, the list of packet types, and the page; `handledBy` fills the page's column of the families that claim a packet. */
export function generate(handledBy?: HandledBy): GeneratedFile[] {
  return [
    { path: 'shared/protocol/packets.generated.ts', text: typesText() },
    { path: 'shared/protocol/packet-types.generated.ts', text: listText() },
    { path: 'docs/packets.md', text: pageText(handledBy) },
  ];
}
