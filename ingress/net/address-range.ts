import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { EdgeError } from '../../shared/errors/edge-error.ts';

/**
 * Whether an address lies in one of some ranges such as `10.0.0.0/16`, with commas between.
 * @param setting named in the error
 * @throws EdgeError bad_config for what is no range
 */
export function addressRanges(setting: string, text: string): (address: string) => boolean {
  const ranges = new BlockList();
  for (const range of text.split(',').map((one) => one.trim())) {
    const [address = '', bits] = range.split('/');
    const type = isIPv4(address) ? 'ipv4' : 'ipv6';
    const most = type === 'ipv4' ? 32 : 128;
    const prefix = bits === undefined ? most : Number(bits);
    if ((!isIPv4(address) && !isIPv6(address)) || !Number.isInteger(prefix) || prefix < 0 || prefix > most) {
      throw new EdgeError('bad_config', `${setting}: ${range} is no address range such as 10.0.0.0/16`);
    }
    ranges.addSubnet(address, prefix, type);
  }
  return (peer) => {
    const address = peer.startsWith('::ffff:') && isIPv4(peer.slice(7)) ? peer.slice(7) : peer;
    return ranges.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  };
}
