import type { Settings } from '../../shared/config/read-settings.ts';
import type { Protocol } from '../../shared/protocol/index.ts';
import type { Framing } from '../net/framing.ts';
import { createRoseFraming } from '../net/rose/framing.ts';
import { fixedKey, seededKey } from '../net/rose/key.ts';
import { firstPackets } from './first-packets.ts';

/** A retail client makes a key of its own of the seed in a hand-over packet, which is 0 here. */
const retailKeys = () => [fixedKey(), seededKey(0)];

type Wanted = Settings<'PACKET_CIPHER' | 'PACKET_CRC' | 'PROTOCOL_PROFILE'>;

/** The framing that the settings ask for. */
export function openFraming(settings: Wanted, protocol: Protocol): Framing {
  return createRoseFraming({
    cipher: settings.PACKET_CIPHER,
    crc: settings.PACKET_CRC,
    firstPackets: firstPackets(protocol),
    ...(settings.PROTOCOL_PROFILE === 'retail' ? { keys: retailKeys() } : {}),
  });
}
