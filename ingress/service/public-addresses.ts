import { isIPv4 } from 'node:net';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { addressRanges } from '../net/address-range.ts';

const SETTING = 'PUBLIC_ADDRESS_BY_RANGE';

/**
 * The address that clients are told whose connection comes from a range: a load balancer in several zones has an address in each, and only
 * that by which a client came is known to work.
 * @param text such as `10.0.0.0/24=203.0.113.7,10.0.1.0/24=203.0.113.8`; null has none
 * @returns undefined for a connection from elsewhere
 * @throws EdgeError bad_config
 */
export function publicAddresses(text: string | null): (peer: string) => string | undefined {
  if (text === null) return () => undefined;
  const told = text.split(',').map((entry) => {
    const [range = '', host = ''] = entry.split('=').map((part) => part.trim());
    if (!isIPv4(host)) {
      throw new EdgeError(
        'bad_config',
        `${SETTING}: ${entry} is no range with an IPv4 address behind an equals sign`,
      );
    }
    return { contains: addressRanges(SETTING, range), host };
  });
  return (peer) => told.find(({ contains }) => contains(peer))?.host;
}
