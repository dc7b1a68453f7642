import { setTimeout as sleep } from 'node:timers/promises';
import { Writer } from '../../e2e/support/bytes.ts';
import { C } from '../../e2e/support/packets.ts';
import { Player } from '../../e2e/support/player.ts';
import { Service } from '../../support/service.ts';
import { type BenchRow, row } from '../row.ts';

/**
 * State writes per 1,000 packets of ordinary play, over two rounds of checkpoints: players walk, stop, talk, sit down and wave,
 * four packets a second each. The baseline is a server that writes on every packet.
 */
const PLAYERS = 24;
const SECONDS = 64;
const PACKETS_A_SECOND = 4;
const PER = 1000;
const MOST = 20;

function act(player: Player, round: number): void {
  const { world } = player;
  const away = 100 + 40 * (round % 7);
  switch (round % 10) {
    case 3:
      world.send(C.STOP_MOVING, new Writer().f32(player.x).f32(player.y).u16(0).done());
      return;
    case 5:
      player.say(`line ${round}`);
      return;
    case 7:
      world.send(C.ANIMATION, new Writer().u16(0).u16(1).done());
      return;
    case 9:
      world.send(C.ALIVE);
      return;
    default:
      player.walkTo(player.x + (round % 2 === 0 ? away : -away), player.y + (round % 3 === 0 ? away : 0));
  }
}

export async function run(): Promise<BenchRow[]> {
  const service = await Service.start();
  const players: Player[] = [];
  for (let i = 0; i < PLAYERS; i += 1) {
    players.push(await new Player({ port: service.port, account: `mix${i}` }).play(`Mix${i}`));
  }
  const measure = async () => ({
    packets: await service.metric('packets_received_total'),
    writes: await service.metric('state_writes_total'),
  });
  const before = await measure();
  for (let round = 0; round < SECONDS * PACKETS_A_SECOND; round += 1) {
    for (const [index, player] of players.entries()) act(player, round + index);
    for (const player of players) player.world.inbox.length = 0;
    await sleep(1000 / PACKETS_A_SECOND);
  }
  const after = await measure();
  for (const player of players) player.drop();
  await service.stop();
  const writes = ((after.writes - before.writes) * PER) / (after.packets - before.packets);
  return [row('play-mix-writes', 'writes per 1,000 packets', writes, PER, MOST / PER)];
}
