import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { proxyPreambles } from './proxy-protocol.ts';

const SIGNATURE = '0d0a0d0a000d0a515549540a';
const header = (rest: string) => Buffer.from(SIGNATURE + rest, 'hex');
const IPV4 = header('2111000ccb0071070a0000010bb87148');
const IPV6 = header(`21210024${'20010db8000000000000000000000001'}${'0'.repeat(32)}0bb87148`);
const LOCAL = header('20000000');

const open = proxyPreambles('127.0.0.0/8, 10.0.0.0/16');
const read = (bytes: Buffer, peer = '127.0.0.1') => open(peer).read(bytes, 0, bytes.length);

describe('PROXY protocol, version 2', () => {
  test('names the true peer', () => {
    expect(read(IPV4)).toEqual({ kind: 'done', consumed: 28, remoteAddress: '203.0.113.7' });
    expect(read(IPV6)).toEqual({ kind: 'done', consumed: 52, remoteAddress: '2001:db8:0:0:0:0:0:1' });
  });

  test('extensions after the addresses are passed over', () => {
    const extended = Buffer.concat([IPV4, Buffer.from('04000400000000', 'hex')]);
    extended.writeUInt16BE(12 + 7, 14);
    expect(read(extended)).toMatchObject({ kind: 'done', consumed: 35, remoteAddress: '203.0.113.7' });
  });

  test('a health check of the load balancer speaks for itself', () => {
    expect(read(LOCAL)).toEqual({ kind: 'done', consumed: 16, remoteAddress: undefined });
    expect(read(header('21000000'))).toEqual({ kind: 'done', consumed: 16, remoteAddress: undefined });
  });

  test('cut anywhere it waits for what is missing, and never for too much', () => {
    for (let length = 0; length < IPV4.length; length += 1) {
      const verdict = read(IPV4.subarray(0, length));
      expect(verdict.kind).toBe('partial');
      expect(verdict).toMatchObject({ need: length < 16 ? 16 : 28 });
    }
  });

  test.each([
    ['a game frame', Buffer.from('060004050000', 'hex')],
    ['version 1', Buffer.from('PROXY TCP4 203.0.113.7 10.0.0.1 3000 29000\r\n')],
    ['another version', header('3111000ccb0071070a0000010bb87148')],
    ['another transport', header('2112000ccb0071070a0000010bb87148')],
    ['too short for its addresses', header('21110004cb007107')],
    ['an enormous length', header('2111ffff')],
  ])('%s is refused', (_, bytes) => expect(read(bytes)).toEqual({ kind: 'bad', code: 'bad_proxy_header' }));

  test('peers outside the trusted ranges may not name others', () => {
    expect(read(IPV4, '10.1.0.1')).toEqual({ kind: 'bad', code: 'proxy_untrusted' });
    expect(read(IPV4, '10.0.255.1')).toMatchObject({ kind: 'done' });
    expect(read(IPV4, '::ffff:10.0.0.9')).toMatchObject({ kind: 'done' });
    expect(read(IPV4, '2001:db8::1')).toEqual({ kind: 'bad', code: 'proxy_untrusted' });
  });

  test('what is no range is refused at start', () => {
    for (const range of ['', '10.0.0.0/33', 'loopback', '10.0.0.0/-1'])
      expect(() => proxyPreambles(range)).toThrow('PROXY_TRUSTED');
  });

  test('arbitrary bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80, size: 'max' }), (bytes) => {
        expect(['partial', 'done', 'bad']).toContain(read(Buffer.from(bytes)).kind);
        expect(['partial', 'done', 'bad']).toContain(read(Buffer.concat([header(''), bytes])).kind);
      }),
    );
  });
});
