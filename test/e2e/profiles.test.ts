import { describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { insist } from './support/insist.ts';
import { ask, lastOf, type Playing, play, wait } from './support/profile-client.ts';
import { walked } from './support/walking.ts';

const DEAD = 0x10;
const POTION = { type: 10, id: 1 };

/** From where the town begins through its gate to the field, where players may fight. */
async function toTheField({ world, came }: Playing): Promise<void> {
  const { x, y } = lastOf({ world, came, opened: [] }, 'SRV_SELECT_CHAR_REPLY');
  const [gateX, gateY] = [520_000, 525_300];
  world.send('CLI_MOUSE_CMD', { targetId: 0, x: gateX, y: gateY, z: 0 });
  await walked({ x: Number(x), y: Number(y) }, { x: gateX, y: gateY });
  await ask(world, 'CLI_TELEPORT_REQ', { id: 1 }, 'SRV_TELEPORT_REPLY');
  await ask(world, 'CLI_CHANGE_MAP_REQ', { weightRate: 0, z: 0 }, 'SRV_CHANGE_MAP_REPLY');
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
      expect(appeared?.fields.id).toBe(lastOf(two, 'SRV_CHANGE_MAP_REPLY').objectIndex);
      expect(appeared?.fields.moveMode).toBe(profile === 'retail' ? 1 : 3);
      const self = lastOf(two, 'SRV_SELECT_CHAR_REPLY');
      expect(self.name).toBe('volker');
      const walked = one.world.next('SRV_MOUSE_CMD');
      const x = Number(self.x) + 200;
      await ask(two.world, 'CLI_MOUSE_CMD', { targetId: 0, x, y: Number(self.y), z: 0 }, 'SRV_MOUSE_CMD');
      expect((await walked)?.fields.x).toBeCloseTo(x, 0);
      const heard = one.world.next('SRV_NORMAL_CHAT');
      await ask(two.world, 'CLI_NORMAL_CHAT', { message: 'hello' }, 'SRV_NORMAL_CHAT');
      expect((await heard)?.fields.message).toBe('hello');
      const left = one.world.next('SRV_REMOVE_OBJECT');
      expect((await ask(two.world, 'CLI_LOGOUT_REQ', {}, 'SRV_LOGOUT_REPLY')).waitTime).toBe(0);
      expect(await left).not.toBe(null);
      expect(await service.metric('bad_frames_total')).toBe(0);
      expect(await service.metric('drops_total', 'reason="bad_delivery')).toBe(0);
      for (const client of [...one.opened, ...two.opened]) client.end();
      expect(await service.stop()).toBe(0);
    },
    120_000,
  );

  test('one of retail sits and runs, uses things and the bank, dies and lives again, by its own codes', async () => {
    const service = await Service.start({ environment: { PROTOCOL_PROFILE: 'retail' } });
    const [one, two] = [
      await play(service.port, 'retail', 'ulla'),
      await play(service.port, 'retail', 'volker'),
    ];
    const { world } = one;
    const toggle = async (type: number) =>
      (await ask(world, 'CLI_TOGGLE_MOVE', { type }, 'SRV_TOGGLE_MOVE')).type;
    expect([await toggle(1), await toggle(1), await toggle(0), await toggle(0)]).toEqual([1, 3, 2, 3]);

    const things = lastOf(one, 'SRV_INVENTORY_DATA').items as { header: object; data: { count: number } }[];
    const slot = things.findIndex(({ header }) => expect.objectContaining(POTION).asymmetricMatch(header));
    const used = await ask(world, 'CLI_USE_ITEM', { index: slot, item_id: 4321 }, 'SRV_USE_ITEM');
    expect(used).toMatchObject({ item_id: POTION.id, index: slot });
    expect(await ask(world, 'CLI_BANK_LIST_REQ', { request: 0 }, 'SRV_BANK_LIST_REPLY')).toEqual({
      reply: 0,
      items: [],
    });
    const move = (mode: number, index: number) => {
      const item = { header: { type: 10, id: 1, isCreated: 0 }, data: { count: 3 } };
      return ask(
        world,
        'CLI_BANK_MOVE_ITEM',
        { mode, index, item, use_special_tab: 0 },
        'SRV_BANK_MOVE_ITEM',
      );
    };
    const kept = await move(0, slot);
    expect(kept).toMatchObject({ inventory_index: slot, bank_item: { data: { count: 3 } } });
    expect(await move(1, Number(kept.bank_index))).toMatchObject({ bank_item: { data: { count: 0 } } });

    await Promise.all([toTheField(one), toTheField(two)]);
    const [self, other] = [one, two].map((each) => lastOf(each, 'SRV_CHANGE_MAP_REPLY').objectIndex);
    const killing = wait(world, 'SRV_DAMAGE', ({ defenderId, damage }) => {
      const { action } = damage as { action: number };
      return defenderId === self && (action & DEAD) !== 0;
    });
    // What is not in place yet cannot be attacked.
    const death = await insist(killing, () => two.world.send('CLI_ATTACK', { targetId: self }));
    expect(death).toMatchObject({ attackerId: other, damage: { action: expect.any(Number) } });
    const moved = wait(world, 'SRV_TELEPORT_REPLY');
    await ask(world, 'CLI_REVIVE_REQ', { reviveType: 1 }, 'SRV_REVIVE_REPLY');
    expect(await moved).toMatchObject({ map: 22 });
    expect(await service.metric('drops_total', 'what="packet"')).toBe(0);
    expect(await service.metric('bad_frames_total')).toBe(0);

    const closed = world.next('SRV_REVIVE_REPLY');
    world.send('CLI_REVIVE_REQ', { reviveType: 3 });
    expect(await closed).toBe(null);
    expect(await service.metric('bad_frames_total', 'reason="unknown_code"')).toBe(1);
    for (const client of [...one.opened, ...two.opened]) client.end();
    expect(await service.stop()).toBe(0);
  }, 150_000);
});
