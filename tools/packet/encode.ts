import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  createProtocol,
  type Fields,
  ingressOverlays,
  type ProfileName,
} from '../../shared/protocol/index.ts';

export interface EncodeOptions {
  /** `head` if absent. */
  readonly profile?: ProfileName;
}

function fieldsOf(json: string): Fields {
  try {
    return JSON.parse(json) as Fields;
  } catch (error) {
    throw new EdgeError(
      'bad_value',
      `the fields are not JSON: ${(error as Error).message}`,
      { field: 'JSON' },
      error,
    );
  }
}

/**
 * The whole plain frame of a packet with these fields (a JSON object; none if absent), as hexadecimal digits.
 * @throws EdgeError what Protocol.encode throws; bad_value for fields that are not JSON
 */
export async function encodePacket(name: string, json = '{}', options: EncodeOptions = {}): Promise<string> {
  const protocol = createProtocol(options.profile ?? 'head', {
    overlays: ingressOverlays,
    commonFields: true,
  });
  return protocol.encode(name, fieldsOf(json)).toString('hex');
}
