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

/** What a `BUS_URL` says; `rediss` and `valkeys` mean TLS. */
export function parseBusUrl(text: string): BusTarget {
  const url = new URL(text);
  const given = (part: string): string | null => (part === '' ? null : decodeURIComponent(part));
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? PORT : Number(url.port),
    tls: ENCRYPTED.has(url.protocol),
    username: given(url.username),
    password: given(url.password),
  };
}
