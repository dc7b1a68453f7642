import { Command } from 'commander';
import { backupData, restoreData } from '../../ingress/state/engine/backup.ts';
import { readSettings } from '../../shared/config/read-settings.ts';
import { EdgeError } from '../../shared/errors/edge-error.ts';

/** `packet-edge data`: backup and restore of the embedded database. */
export function dataCommand(): Command {
  const data = new Command('data').description('Backup and restore of the embedded database (DATA_DIR).');
  data
    .command('backup')
    .description('copies all data to a new file, also while the service runs')
    .argument('<file>', 'must not exist yet')
    .action((file: string) => tell(`saved to ${file}`, (dataDir) => backupData(dataDir, file)));
  data
    .command('restore')
    .description('puts a backup in the place of the data; the service must be stopped')
    .argument('<file>')
    .action((file: string) =>
      tell('restored; the data of before is kept beside it', (dataDir) => restoreData(dataDir, file)),
    );
  return data;
}

async function tell(done: string, work: (dataDir: string) => Promise<void>): Promise<void> {
  try {
    await work(readSettings(process.env, ['DATA_DIR']).DATA_DIR);
    console.log(done);
  } catch (error) {
    if (!EdgeError.is(error)) throw error;
    console.error(`${error.message}\n${error.entry.remedy}`);
    process.exitCode = 1;
  }
}
