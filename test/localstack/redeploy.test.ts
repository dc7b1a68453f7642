import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { liveVersion, moveLive } from '../../tools/localstack/clients.ts';
import { ingressEnvironment } from '../../tools/localstack/environment.ts';
import { Writer } from '../e2e/support/bytes.ts';
import { S } from '../e2e/support/packets.ts';
import { Player } from '../e2e/support/player.ts';
import { Service } from '../support/service.ts';
import { Source } from './support/source.ts';

const CHAT = 'functions/chat/handlers/normal-chat.ts';
const SAID = '{ charId: presence.objectId, message }';

/** Says it and answers what everyone near hears. */
async function heard(player: Player, text: string): Promise<string> {
  player.say(text);
  const chat = await player.world.take(S.CHAT);
  chat.u16();
  return chat.text();
}

/** Tries until the answer fits: a new version is there at once, but not in the same instant. */
async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const answer = await ask();
    if (fits(answer) || tries === 20) return answer;
    // Chat allows five lines in three seconds.
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

describe('a family is deployed alone while a player stays connected', () => {
  let service: Service;
  let source: Source;
  let player: Player;
  let first: string | undefined;
  beforeAll(async () => {
    source = await Source.copy();
    first = await liveVersion('chat');
    service = await Service.start({ environment: ingressEnvironment() });
    player = await new Player({ port: service.port, account: 'nora' })
      .play('Nora')
      .catch((error: unknown) => {
        throw new Error(`Nora cannot play:\n${service.lines.join('\n')}`, { cause: error });
      });
  });
  afterAll(async () => {
    player?.drop();
    // Other files of tests meet chat as it was deployed.
    if (first !== undefined) await moveLive('chat', first);
    expect(await service.stop()).toBe(0);
    await source.remove();
  });

  test('the player sees what chat says differently now', async () => {
    expect(await heard(player, 'before')).toBe('before');
    const others = await Promise.all(['auth', 'movement', 'character'].map((family) => liveVersion(family)));
    const before = await liveVersion('chat');
    const restore = await source.edit(
      CHAT,
      SAID,
      "{ charId: presence.objectId, message: 'new: ' + message }",
    );
    await source.deploy('chat');
    await restore();
    expect(
      await until(
        () => heard(player, 'after'),
        (text) => text !== 'after',
      ),
    ).toBe('new: after');
    expect(Number(await liveVersion('chat'))).toBeGreaterThan(Number(before));
    expect(await Promise.all(['auth', 'movement', 'character'].map((family) => liveVersion(family)))).toEqual(
      others,
    );
    expect(player.world.closed).toBe(false);
  });

  test('a bad version is taken back by moving the alias', async () => {
    const good = await liveVersion('chat');
    const restore = await source.edit(CHAT, SAID, "(() => { throw new Error('a bad version'); })()");
    await source.deploy('chat');
    await restore();
    expect(await liveVersion('chat')).not.toBe(good);
    player.say('lost');
    await until(
      () => service.metric('refusals_total', 'reason="handler_failed"'),
      (refusals) => refusals > 0,
    );
    await moveLive('chat', good ?? '');
    expect(await heard(player, 'again')).toBe('new: again');
    expect(player.world.closed).toBe(false);
  });

  test('a new family brings a packet that the ingress did not know, and the player uses it', async () => {
    const HELLO = 0x6f0;
    await source.addFamily('guild');
    await source.deploy('guild');
    const hello = async (): Promise<string | undefined> => {
      player.world.send(HELLO, new Writer().text('hello guild').done());
      const reply = await player.world.take(HELLO, () => true, 1000).catch(() => undefined);
      reply?.u16();
      return reply?.text();
    };
    expect(await until(hello, (text) => text !== undefined)).toBe('Hello, Nora!');
    expect(player.world.closed).toBe(false);
  });
});
