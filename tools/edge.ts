import { Command } from 'commander';
import { EdgeError } from '../shared/errors/edge-error.ts';
import { accountCommand } from './edge/account.ts';
import { auditCommand } from './edge/audit.ts';
import { clientCommand } from './edge/client.ts';
import { dataCommand } from './edge/data.ts';
import { packetCommand } from './edge/packet.ts';
import { servicesCommand } from './edge/services.ts';

const program = new Command('packet-edge')
  .description('The command line of packet-edge: accounts, an interactive player, packets.')
  .addCommand(accountCommand())
  .addCommand(auditCommand())
  .addCommand(clientCommand())
  .addCommand(dataCommand())
  .addCommand(packetCommand())
  .addCommand(servicesCommand())
  .showHelpAfterError('(--help tells what there is)');

try {
  await program.parseAsync();
} catch (error) {
  if (!EdgeError.is(error)) throw error;
  console.error(`${error.message}\n${error.entry.remedy}`);
  process.exitCode = 1;
}
