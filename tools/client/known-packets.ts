import { join, resolve } from 'node:path';
import { loadFamilies } from '../../ingress/routing/invoker/index.ts';
import {
  createProtocol,
  ingressOverlays,
  type PacketDefinition,
  type ProfileName,
  type Protocol,
} from '../../shared/protocol/index.ts';

const FOLDER = join(import.meta.dirname, '../../functions');

/**
 * All packets of a profile, and those that the families of a folder bring themselves, as an ingress learns them.
 * @param problem told why those of the families are not known
 */
export async function knownPackets(
  profile: ProfileName,
  problem: (text: string) => void,
  folder = resolve(process.env.FUNCTIONS_DIR || FOLDER),
): Promise<Protocol> {
  const protocol = createProtocol(profile, { overlays: ingressOverlays, commonFields: true });
  try {
    const families = await loadFamilies(folder);
    const definitions = [...families.values()].flatMap(({ manifest }) => manifest.schemas);
    return definitions.length === 0
      ? protocol
      : protocol.extend(definitions as unknown as PacketDefinition[]);
  } catch (error) {
    problem(`packets that families bring are not known: ${error instanceof Error ? error.message : error}`);
    return protocol;
  }
}
