import { schema } from './data/index.ts';
import type { Overlay } from './overlay.ts';
import { profileOf } from './profile.ts';
import { assemble, compilePacket, type Protocol } from './protocol.ts';
import type { ProfileName } from './schema.ts';

export { type Fields, headerSize, type PacketCodec } from './compile/codec.ts';
export type { Text } from './compile/text.ts';
export { families } from './data/index.ts';
export { checkDefinition } from './definition.ts';
export { ingressOverlays } from './ingress-overlays.ts';
export type { Overlay } from './overlay.ts';
export { profileNames } from './profile.ts';
export type { DecodedPacket, Protocol } from './protocol.ts';
export type { Direction, PacketDefinition, ProfileName } from './schema.ts';

/**
 * Compiles all packets of a profile into encoders and decoders. `overlays` replace layouts: the ingress passes `ingressOverlays`.
 * With `commonFields` every packet has the fields of profile `head`, as handlers know them, whatever the layout on the wire.
 * @throws EdgeError unknown_profile
 */
export function createProtocol(
  profile: ProfileName = 'head',
  options: { overlays?: readonly Overlay[]; commonFields?: boolean } = {},
): Protocol {
  const chosen = profileOf(profile);
  const overlays = new Map<string, Overlay>();
  for (const overlay of options.overlays ?? []) {
    if (overlay.profiles === undefined || overlay.profiles.includes(profile))
      overlays.set(overlay.packet, overlay);
  }
  const compiled = schema.packets.map((definition) =>
    compilePacket(chosen, definition, {
      overlay: overlays.get(definition.name),
      commonFields: options.commonFields,
    }),
  );
  return assemble(
    chosen,
    compiled.filter((entry) => entry !== null),
  );
}
