import { describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { ask, lastOf, play, wait } from './support/profile-client.ts';
import { walked } from './support/walking.ts';

describe('players of the retail client', () => {
  test('form a party and part, and one buys from a store and sells to it', async () => {
    const service = await Service.start({ environment: { PROTOCOL_PROFILE: 'retail' } });
    const one = await play(service.port, 'retail', 'ulla');
    const seen = wait(one.world, 'SRV_PLAYER_CHAR');
    const two = await play(service.port, 'retail', 'volker');
    const guest = (await seen).id;
    const host = lastOf(one, 'SRV_CHANGE_MAP_REPLY').objectIndex;
    const asked = wait(two.world, 'SRV_PARTY_REQ');
    one.world.send('CLI_PARTY_REQ', { type: 0, target: guest });
    expect(await asked).toEqual({ type: 0, source: host });
    const joined = [one, two].map(({ world }) => wait(world, 'SRV_PARTY_MEMBER'));
    two.world.send('CLI_PARTY_REPLY', { type: 2, target: host });
    expect(await joined[0]).toMatchObject({ members: [{ name: 'volker', id: guest }] });
    expect(await joined[1]).toMatchObject({ members: [{ name: 'ulla', id: host }] });
    const met = wait(one.world, 'SRV_PLAYER_CHAR');
    const third = await play(service.port, 'retail', 'wanda');
    const wanda = lastOf(third, 'SRV_CHANGE_MAP_REPLY').objectIndex;
    expect((await met).id).toBe(wanda);
    const invited = wait(third.world, 'SRV_PARTY_REQ');
    one.world.send('CLI_PARTY_REQ', { type: 1, target: wanda });
    await invited;
    const grown = wait(two.world, 'SRV_PARTY_MEMBER');
    third.world.send('CLI_PARTY_REPLY', { type: 3, target: host });
    const [{ tag }] = (await grown).members as [{ tag: number }];
    const left = wait(two.world, 'SRV_PARTY_MEMBER', ({ count }) => count === 255);
    third.world.send('CLI_PARTY_REQ', { type: 2, target: 0 });
    expect(await left).toMatchObject({ leaver: tag });

    const { world } = one;
    const { x, y } = lastOf(one, 'SRV_SELECT_CHAR_REPLY');
    const store = { npc: 3, x: 519_400, y: 518_500 };
    world.send('CLI_MOUSE_CMD', { targetId: 0, x: store.x, y: store.y, z: 0 });
    await walked({ x: Number(x), y: Number(y) }, store);
    const deal = (buys: number, sells: number, entries: number[]) =>
      ask(
        world,
        'CLI_STORE_TRADE_REQ',
        { npc: store.npc, buys, sells, time: 0, entries },
        'SRV_SET_MONEY_AND_ITEM',
      );
    const [bought] = (await deal(1, 0, [0, 0, 2, 0])).items as [{ index: number; item: { data: object } }];
    const amount = (bought.item.data as { count: number }).count;
    const sold = (await deal(0, 1, [bought.index, 2, 0])).items;
    expect(sold).toMatchObject([{ index: bought.index, item: { data: { count: amount - 2 } } }]);
    expect(await service.metric('bad_frames_total')).toBe(0);
    expect(await service.metric('drops_total', 'what="packet"')).toBe(0);
    for (const client of [...one.opened, ...two.opened, ...third.opened]) client.end();
    expect(await service.stop()).toBe(0);
  }, 120_000);
});
