import { expect, test } from 'vitest';
import { publicAddresses } from './public-addresses.ts';

test('a client is told the address by which it came', () => {
  const addressFor = publicAddresses('10.0.0.0/24=203.0.113.7, 10.0.1.0/24=203.0.113.8');
  expect(addressFor('10.0.0.12')).toBe('203.0.113.7');
  expect(addressFor('::ffff:10.0.1.12')).toBe('203.0.113.8');
  expect(addressFor('10.0.2.1')).toBeUndefined();
  expect(publicAddresses(null)('10.0.0.12')).toBeUndefined();
});

test.each(['10.0.0.0/24', '10.0.0.0/24=example.org', '10.0.0.0/40=203.0.113.7', '', 'a=b=c'])(
  '%o is refused at start',
  (text) => {
    expect(() => publicAddresses(text)).toThrow('PUBLIC_ADDRESS_BY_RANGE');
  },
);
