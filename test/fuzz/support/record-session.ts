import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { twoPlayersMeet } from '../../e2e/scenario.ts';
import { Player } from '../../e2e/support/player.ts';
import { Service } from '../../support/service.ts';
import { Dice } from './dice.ts';
import { importFrom, recordedFamilies } from './families-folder.ts';
import { gambit } from './gambits.ts';
import { clientPackets, FUNCTIONS } from './packets.ts';
import { canonical, copyOf, type RecordedTurn } from './replay.ts';

const DICE = join(import.meta.dirname, 'turn-dice.ts');

/** Two players through all that players do, with every turn written down. */
export async function recordSession(backup: string, families: readonly string[]): Promise<RecordedTurn[]> {
  const copy = await copyOf(backup);
  const modules = families.map((name) => {
    const source = importFrom('family as original', join(FUNCTIONS, name, 'family.ts'));
    return [
      name,
      `${source}\n${importFrom('diced', DICE)}\nexport const family = recorded(diced(original));`,
    ] as const;
  });
  const folder = await recordedFamilies(Object.fromEntries(modules));
  const service = await Service.start({
    environment: { ...copy.environment, FUNCTIONS_DIR: folder.directory, RECORD_FILE: folder.file },
  });
  await twoPlayersMeet(service);
  await playOn(service);
  await service.stop();
  const records = await folder.records();
  await folder.remove();
  await copy.stop();
  return records.flatMap(({ event, result }) =>
    event.turns.map((turn) => ({
      event: { ...event, turns: [turn] },
      result: canonical({
        v: result.v,
        turns: result.turns.filter(({ turnId }) => turnId === turn.turnId),
      }),
    })),
  );
}

/** Trades, parties, shops, banks, fights: a little of everything. */
async function playOn({ port }: Service): Promise<void> {
  const bench = await clientPackets();
  const anna = await new Player({ port, account: 'anna' }).play('Anna');
  const bert = await new Player({ port, account: 'bert' }).play('Bert');
  const dice = new Dice(7);
  for (let round = 0; round < 12; round += 1) {
    for (const { by, packet, fields } of gambit(anna, bert, dice, [anna.objectId, bert.objectId, 1])) {
      (by === 'one' ? anna : bert).world.raw(bench.exact(packet, fields));
      await sleep(25);
    }
  }
  await Promise.all([anna.logOut(), bert.logOut()]);
}
