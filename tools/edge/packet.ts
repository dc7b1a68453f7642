import { Command, Option } from 'commander';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import { type Direction, type ProfileName, profileNames } from '../../shared/protocol/index.ts';
import { decodePacket } from '../packet/decode.ts';
import { encodePacket } from '../packet/encode.ts';
import { verifyFile } from '../packet/verify.ts';

const profile = () =>
  new Option('--profile <profile>', 'packet numbers').choices([...profileNames]).default('head');

/** `packet-edge packet`: packets by hand, and vector files. */
export function packetCommand(): Command {
  const packet = new Command('packet').description(
    'Packets by hand: decode, encode, verify a file of vectors.',
  );
  packet
    .command('decode')
    .description('prints the name and the fields of a whole plain frame')
    .argument('<hex>', 'the frame, header included')
    .addOption(new Option('--direction <direction>', 'who sends it').choices(['c2s', 's2c', 'isc']))
    .addOption(profile())
    .action((hex: string, options: { direction?: Direction; profile: ProfileName }) =>
      print(() => decodePacket(hex, options)),
    );
  packet
    .command('encode')
    .description('prints a whole plain frame in hex')
    .argument('<name>', 'a packet of docs/packets.md')
    .argument('[fields]', 'its fields as JSON', '{}')
    .addOption(profile())
    .action((name: string, fields: string, options: { profile: ProfileName }) =>
      print(() => encodePacket(name, fields, options)),
    );
  packet
    .command('verify')
    .description('checks a file of vectors both ways, byte for byte')
    .argument('<file>', 'JSON: [{name, fields, hex}]')
    .action(async (file: string) => {
      const { text, failed } = await verifyFile(file);
      console.log(text);
      if (failed > 0) process.exitCode = 1;
    });
  return packet;
}

async function print(work: () => string | Promise<string>): Promise<void> {
  try {
    console.log(await work());
  } catch (error) {
    if (!EdgeError.is(error)) throw error;
    console.error(`${error.message}\n${error.entry.remedy}`);
    process.exitCode = 1;
  }
}
