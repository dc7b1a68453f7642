import { describe, expect, it } from 'vitest';
import { BodyReader, BodyWriter } from './body.ts';

describe('bodies that the protocol leaves open', () => {
  it('are read as they were written', () => {
    const bytes = new BodyWriter()
      .u8(7)
      .u16(65_535)
      .u32(4_294_967_295)
      .u64(2n ** 63n)
      .text('grün')
      .done();
    expect(bytes.slice(0, 7)).toEqual([7, 255, 255, 255, 255, 255, 255]);
    const reader = new BodyReader(bytes);
    expect([reader.u8(), reader.u16(), reader.u32()]).toEqual([7, 65_535, 4_294_967_295]);
    expect([reader.u32(), reader.u32()]).toEqual([0, 2 ** 31]);
    expect(reader.text()).toBe('grün');
  });

  it('bytes that are no text stay bytes, a missing end is the end', () => {
    expect(new BodyReader([0xff, 0xfe, 0]).text()).toEqual({ $hex: 'fffe' });
    expect(new BodyReader([65, 66]).text()).toBe('AB');
    expect(new BodyWriter().text({ $hex: 'ff00fe' }).done()).toEqual([0xff, 0xfe, 0]);
    expect(new BodyReader([]).text()).toBe('');
  });

  it('after what is missing everything is missing', () => {
    const reader = new BodyReader([1]);
    expect([reader.u16(), reader.u8(), reader.u32(), reader.text()]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('numbers are brought into range', () => {
    expect(new BodyWriter().u8(300).u8(-1).u16(1.9).done()).toEqual([255, 0, 1, 0]);
  });
});
