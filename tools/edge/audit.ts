import { Command, InvalidArgumentError } from 'commander';
import { createAuditLog, dayOf } from '../../shared/services/builtin/audit/audit-log.ts';
import { withData } from './open-data.ts';

const DAY = 24 * 60 * 60_000;
const MOST_DAYS = 366;

/** `packet-edge audit`: what operators have done. Works beside a running service and without one. */
export function auditCommand(): Command {
  const audit = new Command('audit').description('The log of operators and their commands.');
  audit
    .command('list')
    .description('shows the commands of the last days, the oldest first')
    .option('-d, --days <number>', 'days, today among them', days, 1)
    .option('--json', 'as JSON, one entry a line', false)
    .action(({ days: count, json }: { days: number; json: boolean }) => list(Date.now(), count, json));
  return audit;
}

async function list(now: number, count: number, json: boolean): Promise<void> {
  await withData(async (store) => {
    const log = createAuditLog(store);
    let shown = 0;
    for (let back = count - 1; back >= 0; back -= 1) {
      const outcome = await log.read({ day: dayOf(now - back * DAY) });
      if (!('entries' in outcome)) {
        console.error('the database does not answer');
        process.exitCode = 1;
        return;
      }
      for (const {
        at,
        account,
        character,
        right,
        address,
        command,
        text,
        outcome: came,
      } of outcome.entries) {
        shown += 1;
        const time = new Date(at).toISOString();
        console.log(
          json
            ? JSON.stringify({ time, account, character, right, address, command, text, outcome: came })
            : [time, account, character, address, came, printable(text)].join('  '),
        );
      }
    }
    if (shown === 0 && !json) console.log('no commands');
  });
}

/** Players type what they like: nothing of it reaches the terminal but letters and signs. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?');
}

function days(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > MOST_DAYS)
    throw new InvalidArgumentError(`1 to ${MOST_DAYS} days`);
  return value;
}
