import { EdgeError } from '../../errors/edge-error.ts';
import { createProtocol, type Fields, headerSize } from '../index.ts';

/** What the ingress speaks with retail clients. */
export const retail = createProtocol('retail', { commonFields: true });

/** The payload of a packet, in hex. */
export function bodyOf(name: string, fields: Fields): string {
  return retail.encode(name, fields).toString('hex', headerSize);
}

/** The fields of a payload in hex. */
export function read(name: string, body: string): Fields {
  const bytes = Buffer.from(body, 'hex');
  const codec = retail.byName(name);
  if (codec === undefined) throw new Error(`no packet ${name}`);
  return codec.decodePayload(bytes, 0, bytes.length);
}

/** The code of the error that this raises. */
export function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return EdgeError.is(error) ? error.code : String(error);
  }
  return 'nothing raised';
}
