import { describe, expect, test } from 'vitest';
import { createRoseFraming } from '../../ingress/net/rose/framing.ts';
import { seededKey } from '../../ingress/net/rose/key.ts';
import {
  createProtocol,
  type DecodedPacket,
  type Fields,
  ingressOverlays,
  type ProfileName,
} from '../../shared/protocol/index.ts';
import { GameClient } from '../../tools/client/game-client.ts';
import { logIn } from '../../tools/client/log-in.ts';
import { Service } from '../support/service.ts';

interface Playing {
  readonly world: GameClient;
  readonly opened: GameClient[];
  readonly came: DecodedPacket[];
}

/** From the login into the world with the project's own client; `came` is all that the world said. */
async function play(
  port: number,
  profile: ProfileName,
  account: string,
  encrypted = false,
): Promise<Playing> {
  const protocol = createProtocol(profile, { overlays: ingressOverlays });
  const cipher = encrypted ? 'rose' : 'none';
  const first = createRoseFraming({ cipher });
  // A retail client takes the seed of each hand-over, which is 0, for a key of the connections that follow.
  const later = profile === 'retail' ? createRoseFraming({ cipher, keys: [seededKey(0)] }) : first;
  const came: DecodedPacket[] = [];
  const opened: GameClient[] = [];
  const open = async () => {
    const framing = opened.length === 0 ? first : later;
    const client = await GameClient.connect({
      host: '127.0.0.1',
      port,
      protocol,
      framing,
      variant: framing.variants[0] ?? 'plain',
      onPacket: (direction, packet) => direction === 'in' && came.push(packet),
    });
    opened.push(client);
    return client;
  };
  const options = { account, password: 'secret', character: null, profile };
  return { world: await logIn(open, options), opened, came };
}

async function ask(client: GameClient, name: string, fields: Fields, answer: string) {
  const reply = await client.ask(name, fields, answer);
  if (reply === null) throw new Error(`closed instead of ${answer}`);
  return reply.fields;
}

describe.concurrent('profiles', () => {
  test.each([
    ['2021', false],
    ['2021', true],
    ['retail', false],
    ['retail', true],
  ] as const)(
    'two players of %s (encrypted: %s) meet, walk and talk',
    async (profile, encrypted) => {
      const service = await Service.start({ environment: { PROTOCOL_PROFILE: profile } });
      const one = await play(service.port, profile, 'ulla', encrypted);
      const seen = one.world.next('SRV_PLAYER_CHAR');
      const two = await play(service.port, profile, 'volker', encrypted);
      const appeared = await seen;
      const entered = two.came.findLast(({ name }) => name === 'SRV_CHANGE_MAP_REPLY');
      expect(appeared?.fields.id).toBe(entered?.fields.objectIndex);
      const self = two.came.findLast(({ name }) => name === 'SRV_SELECT_CHAR_REPLY')?.fields;
      expect(self?.name).toBe('volker');
      const walked = one.world.next('SRV_MOUSE_CMD');
      const x = Number(self?.x) + 200;
      await ask(two.world, 'CLI_MOUSE_CMD', { targetId: 0, x, y: Number(self?.y), z: 0 }, 'SRV_MOUSE_CMD');
      expect((await walked)?.fields.x).toBeCloseTo(x, 0);
      const heard = one.world.next('SRV_NORMAL_CHAT');
      await ask(two.world, 'CLI_NORMAL_CHAT', { message: 'hello' }, 'SRV_NORMAL_CHAT');
      expect((await heard)?.fields.message).toBe('hello');
      const left = one.world.next('SRV_REMOVE_OBJECT');
      expect((await ask(two.world, 'CLI_LOGOUT_REQ', {}, 'SRV_LOGOUT_REPLY')).waitTime).toBe(0);
      expect(await left).not.toBe(null);
      expect(await service.metric('bad_frames_total')).toBe(0);
      expect(await service.metric('drops_total', 'reason="encode')).toBe(0);
      for (const client of [...one.opened, ...two.opened]) client.end();
      expect(await service.stop()).toBe(0);
    },
    120_000,
  );
});
