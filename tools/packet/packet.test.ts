import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePacket } from './decode.ts';
import { encodePacket } from './encode.ts';
import { verifyFile, verifyVectors } from './verify.ts';

const vectors = join(import.meta.dirname, '../../test/conformance/vectors');

describe('packet decode', () => {
  it('tells name and fields, and finds the direction by itself', async () => {
    const text = await decodePacket('09 00 47 05 00 00 68 69 00');
    expect(text).toBe('CLI_NORMAL_CHAT (c2s, type 0x547, 9 bytes)\n{\n  "message": "hi"\n}');
  });

  it('asks for the direction where the number has several meanings', async () => {
    const frame = '080083070000' + '6100';
    await expect(decodePacket(frame, { profile: 'retail' })).rejects.toThrow(/c2s and s2c/);
    expect(await decodePacket(frame, { profile: 'retail', direction: 'c2s' })).toContain('CLI_NORMAL_CHAT');
  });

  it('reads what clients send, short passwords included', async () => {
    const frame = await encodePacket(
      'CLI_LOGIN_REQ',
      JSON.stringify({ password: 'a'.repeat(32), username: 'mira' }),
    );
    expect(await decodePacket(frame)).toContain('"username": "mira"');
  });

  it('tells codes of the retail client in the words of the schema', async () => {
    expect(await decodePacket('07008207000001', { profile: 'retail', direction: 'c2s' })).toContain(
      '"type": 8',
    );
    expect(await encodePacket('CLI_TOGGLE_MOVE', '{"type":8}', { profile: 'retail' })).toBe('07008207000001');
  });

  it.each(['0900470500', 'xyz', '090047050000686900ff', '0600ffff0000', ''])('refuses %s', async (hex) => {
    await expect(decodePacket(hex)).rejects.toThrow(/\[(bad_value|bad_size|unknown_type)\]/);
  });
});

describe('packet encode', () => {
  it('gives the frame', async () => {
    expect(await encodePacket('CLI_NORMAL_CHAT', '{"message":"hi"}')).toBe('090047050000686900');
    expect(await encodePacket('CLI_ALIVE')).toBe('060000050000');
    expect(await encodePacket('CLI_ALIVE', '{}', { profile: 'retail' })).toBe('060000070000');
  });

  it.each([
    ['CLI_NOTHING', '{}', 'unknown_packet'],
    ['CLI_ALIVE', '{', 'bad_value'],
    ['CLI_ALIVE', 'null', 'bad_value'],
    ['CLI_NORMAL_CHAT', '{}', 'missing_field'],
  ])('refuses %s %s', async (name, json, code) => {
    await expect(encodePacket(name, json)).rejects.toThrow(`[${code}]`);
  });
});

describe('packet verify', () => {
  it('passes all vectors', async () => {
    expect((await verifyFile(join(vectors, 'vectors.json'))).text).toBe('668 passed, 0 failed');
    expect((await verifyFile(join(vectors, 'edge-vectors.json'))).text).toBe('3 passed, 0 failed');
  });

  it('fails a case with another byte, field, type or name', () => {
    const all = JSON.parse(readFileSync(join(vectors, 'vectors.json'), 'utf8')) as Record<string, unknown>[];
    const good = all.find((vector) => vector.name === 'SRV_LOGOUT_REPLY' && vector.case === 'typical');
    const hex = String(good?.hex);
    const wrong = [
      { ...good, hex: `${hex.slice(0, -1)}${hex.endsWith('0') ? '1' : '0'}` },
      { ...good, fields: { waitTime: 1 } },
      { ...good, type: 1 },
      { ...good, name: 'SRV_NOTHING' },
      { ...good, refReads: false },
      { ...good, fields: { waitTime: -1 } },
    ];
    const report = verifyVectors(JSON.stringify([good, ...wrong]));
    expect(report).toMatchObject({ passed: 1, failed: wrong.length });
    expect(report.text.split('\n').at(-1)).toBe(`1 passed, ${wrong.length} failed`);
  });

  it('wants a case refused that the reference cannot read', () => {
    const broken = {
      name: 'CLI_LOGIN_REQ',
      type: 1289,
      case: 'short',
      fields: { password: 'abcde', username: '' },
      hex: '00',
      refReads: false,
    };
    expect(verifyVectors(JSON.stringify([broken])).failed).toBe(0);
    expect(verifyVectors(JSON.stringify([{ ...broken, refReads: true }])).failed).toBe(1);
  });

  it.each(['[', '{}', '[1]', '[{"name":"A"}]'])('refuses %s as a file', (text) => {
    expect(() => verifyVectors(text)).toThrow(/bad_value/);
  });

  it('refuses a file that is not there', async () => {
    await expect(verifyFile(join(vectors, 'none.json'))).rejects.toThrow(/cannot read/);
  });
});
