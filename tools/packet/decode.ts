import { EdgeError } from '../../shared/errors/edge-error.ts';
import type { ProfileName } from '../../shared/protocol/index.ts';
import {
  createProtocol,
  type Direction,
  headerSize,
  ingressOverlays,
  type Protocol,
} from '../../shared/protocol/index.ts';

export interface DecodeOptions {
  /** Needed where the number of the packet means something in several directions. */
  readonly direction?: Direction;
  /** `head` if absent. */
  readonly profile?: ProfileName;
}

const directions: readonly Direction[] = ['c2s', 's2c', 'isc'];

function bytesOf(hex: string): Buffer {
  const digits = hex.replace(/^0x|[\s:,]/gi, '');
  if (digits.length % 2 !== 0 || !/^[0-9a-f]*$/i.test(digits)) {
    throw new EdgeError('bad_value', 'the frame is not written in hexadecimal digits', { field: 'HEX' });
  }
  return Buffer.from(digits, 'hex');
}

function directionOf(protocol: Protocol, frame: Buffer): Direction {
  const type = frame.length < headerSize ? -1 : frame.readUInt16LE(2);
  const possible = directions.filter((direction) => protocol.byType(direction, type) !== undefined);
  const [only, other] = possible;
  if (only !== undefined && other !== undefined) {
    throw new EdgeError('bad_value', `type ${type} exists as ${possible.join(' and ')}: say which`, {
      field: 'direction',
      type,
    });
  }
  return only ?? 'c2s';
}

/**
 * The name and the fields of a plain frame given as hexadecimal digits (spaces, colons and commas are skipped), as text.
 * @throws EdgeError what Protocol.decode throws; bad_value for other digits or an unclear direction
 */
export async function decodePacket(hex: string, options: DecodeOptions = {}): Promise<string> {
  const protocol = createProtocol(options.profile ?? 'head', {
    overlays: ingressOverlays,
    commonFields: true,
  });
  const frame = bytesOf(hex);
  const direction = options.direction ?? directionOf(protocol, frame);
  const { name, type, fields } = protocol.decode(frame, direction);
  return `${name} (${direction}, type 0x${type.toString(16)}, ${frame.length} bytes)\n${JSON.stringify(fields, null, 2)}`;
}
