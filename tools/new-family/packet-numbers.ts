import type { Manifest } from '../../shared/contract/index.ts';
import { packetTypes } from '../../shared/protocol/packet-types.generated.ts';

/** Packet numbers have eleven bits; the project's own protocol ends far below this one. */
const FIRST = 0x6f0;
const LAST = 0x7ff;

/** The first number that no profile of the protocol and no family uses. */
export function freePacketNumber(manifests: readonly Manifest[]): number {
  const used = new Set<unknown>();
  for (const { ids } of Object.values(packetTypes)) for (const id of Object.values(ids)) used.add(id);
  for (const { schemas, packets } of manifests) {
    for (const { id, id2021, idRetail } of schemas) for (const each of [id, id2021, idRetail]) used.add(each);
    for (const { type } of Object.values(packets)) used.add(type);
  }
  for (let number = FIRST; number <= LAST; number += 1) if (!used.has(number)) return number;
  throw new Error('no packet number is free: give one by hand');
}
