import { describe, expect, it } from 'vitest';
import { AddressCounts, networkOf } from './address-counts.ts';

describe('connections of an address', () => {
  it('are counted up to the limit, each address for itself, and forgotten when they are gone', () => {
    const counts = new AddressCounts(2);
    expect([counts.add('192.0.2.7'), counts.add('192.0.2.7'), counts.add('192.0.2.7')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(counts.add('192.0.2.8')).toBe(true);
    counts.remove('192.0.2.7');
    expect([counts.add('192.0.2.7'), counts.add('192.0.2.7')]).toEqual([true, false]);
    for (const address of ['192.0.2.7', '192.0.2.7', '192.0.2.8']) counts.remove(address);
    expect(counts.size).toBe(0);
  });

  it('are not counted without a limit', () => {
    const counts = new AddressCounts(0);
    expect([counts.add('192.0.2.7'), counts.add('192.0.2.7'), counts.size]).toEqual([true, true, 0]);
  });

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:0002::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['::3:4:5:6:7:8', '0:0:3:4'],
    ['1::4:5:6:7:8', '1:0:0:4'],
    ['2001:db8:1:2:3:4:5::', '2001:db8:1:2'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['', ''],
  ])('%s belongs to %s', (address, network) => expect(networkOf(address)).toBe(network));
});
