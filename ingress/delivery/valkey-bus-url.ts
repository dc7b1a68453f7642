import { EdgeError } from '../../shared/errors/edge-error.ts';

/** Where the server of the bus is, and how to be let in. */
export interface BusTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly username: string | null;
  readonly password: string | null;
}

const PORT = 6379;
const ENCRYPTED: ReadonlySet<string> = new Set(['rediss:', 'valkeys:']);

/**
 * What a `BUS_URL` says; `rediss` and `valkeys` mean TLS.
 * @throws EdgeError bad_config, without the text, which may hold a password
 */
export function parseBusUrl(text: string): BusTarget {
  try {
    return read(new URL(text));
  } catch {
    throw new EdgeError(
      'bad_config',
      'BUS_URL: its port is out of range, or its user or password is escaped wrongly',
    );
  }
}

function read(url: URL): BusTarget {
  const given = (part: string): string | null => (part === '' ? null : decodeURIComponent(part));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORT : Number(url.port),
    tls: ENCRYPTED.has(url.protocol),
    username: given(url.username),
    password: given(url.password),
  };
}
