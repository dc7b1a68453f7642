import { addressRanges } from './address-range.ts';
import type { Preamble, PreambleVerdict } from './preamble.ts';

/**
 * PROXY protocol, version 2: the header by which a load balancer names the true peer (HAProxy's specification of 2020, section 2.2).
 * Sixteen fixed bytes: signature 12, version and command 1, family and transport 1, length of what follows 2 (big-endian).
 */
const SIGNATURE = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
const FIXED = 16;
/** Addresses and extensions; a load balancer sends some hundred bytes at most. */
const MOST = 1024;
const LOCAL = 0x20;
const PROXY = 0x21;
const UNSPECIFIED = 0x00;
const TCP_OVER_IPV4 = 0x11;
const TCP_OVER_IPV6 = 0x21;
const IPV4_BYTES = 12;
const IPV6_BYTES = 36;

const BAD: PreambleVerdict = { kind: 'bad', code: 'bad_proxy_header' };

/** Reads the header of one connection. */
class ProxyHeader implements Preamble {
  read(buffer: Buffer, start: number, end: number): PreambleVerdict {
    const known = Math.min(end - start, SIGNATURE.length);
    if (buffer.compare(SIGNATURE, 0, known, start, start + known) !== 0) return BAD;
    if (end - start < FIXED) return { kind: 'partial', need: FIXED };
    const command = buffer[start + 12];
    const family = buffer[start + 13];
    const length = buffer.readUInt16BE(start + 14);
    if ((command !== LOCAL && command !== PROXY) || length > MOST) return BAD;
    const consumed = FIXED + length;
    if (end - start < consumed) return { kind: 'partial', need: consumed };
    // The load balancer's own health checks speak for nobody else.
    if (command === LOCAL || family === UNSPECIFIED)
      return { kind: 'done', consumed, remoteAddress: undefined };
    const at = start + FIXED;
    if (family === TCP_OVER_IPV4 && length >= IPV4_BYTES) {
      return { kind: 'done', consumed, remoteAddress: buffer.subarray(at, at + 4).join('.') };
    }
    if (family === TCP_OVER_IPV6 && length >= IPV6_BYTES) {
      return { kind: 'done', consumed, remoteAddress: ipv6(buffer, at) };
    }
    return BAD;
  }
}

/** A peer that may not name others. */
const UNTRUSTED: Preamble = { read: () => ({ kind: 'bad', code: 'proxy_untrusted' }) };

/**
 * Preambles for a listener behind a load balancer.
 * @param trusted ranges such as `10.0.0.0/16`, with commas between, from which the header is believed; others are closed
 * @throws EdgeError bad_config for what is no range
 */
export function proxyPreambles(trusted: string): (peer: string) => Preamble {
  const trusts = addressRanges('PROXY_TRUSTED', trusted);
  return (peer) => (trusts(peer) ? new ProxyHeader() : UNTRUSTED);
}

function ipv6(buffer: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => buffer.readUInt16BE(at + 2 * i).toString(16));
  return groups.join(':');
}
