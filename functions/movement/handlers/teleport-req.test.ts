import { describe, expect, it } from 'vitest';
import { createWorldService } from '../../../shared/services/builtin/index.ts';
import { startTestEngine } from '../../../test/support/engine.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { family } from '../family.ts';
import { movementServices } from '../services.ts';
import { NOW, newcomer, walkerAt } from '../testing/walker.ts';

const NORTH_ROAD = 1;
const FERRY_EAST = 2;
const SOUTH_ROAD = 4;

describe('a warp gate', () => {
  const engine = useTestEngine();

  it('on the same map: gone from view, told where, and back in view by a second signal', async () => {
    const walker = walkerAt(engine.store, 515_500, 518_000);
    const result = await walker.packet('CLI_TELEPORT_REQ', { id: FERRY_EAST, x: 0, y: 0 });
    expect(result.reply('SRV_TELEPORT_REPLY')).toEqual({
      id: 2000,
      map: 20,
      x: 544_000,
      y: 530_000,
      moveMode: 3,
      rideMode: 0,
    });
    expect(result.place).toBeNull();
    expect(result.watch).toEqual([]);
    expect(result.signals.filter(({ to }) => to === 'self')).toEqual([
      { to: 'self', name: 'movement.enter', payload: {} },
    ]);
    expect(result.signals).toContainEqual({
      to: 'actor/map/20/26,26',
      name: 'monsters.gone',
      payload: { objectId: 2000 },
    });
    const back = await walker.signal('movement.enter');
    expect(back.place).toMatchObject({ topic: 'map/20/217,212', at: { x: 544_000, y: 530_000 } });
    expect(back.watch).toContain('map/20/217,212');
  });

  it('to another map: a new object id there, the old one freed, seen when the client has loaded', async () => {
    const walker = newcomer(engine.store, 'c7', 'gate-1');
    await walker.signal('edge.owned', { characterId: 'c7', epoch: 1 });
    await walker.signal('movement.enter');
    const old = walker.sections.presence?.objectId ?? 0;
    walker.connection.sections.position = { ...walker.sections.position, x: 520_000, y: 526_000 };

    const result = await walker.packet('CLI_TELEPORT_REQ', { id: NORTH_ROAD, x: 0, y: 0 });
    const { id, map, x, y } = result.reply('SRV_TELEPORT_REPLY');
    expect({ map, x, y }).toEqual({ map: 22, x: 520_000, y: 486_000 });
    expect(result.place).toBeNull();
    expect(result.signals.every(({ name }) => name === 'monsters.gone')).toBe(true);
    expect(walker.sections.presence).toMatchObject({ objectId: id, map: 22, visible: false });

    const service = createWorldService(engine.store);
    expect((await service.findObject({ map: 20, objectId: old })).code).toBe('unknown_object');
    expect(await service.findObject({ map: 22, objectId: id })).toMatchObject({
      code: 'ok',
      characterId: 'c7',
      connectionId: 'gate-1',
    });
    expect((await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 })).refused).toBe('not_in_world');

    const entered = await walker.signal('movement.enter');
    expect(entered.place).toMatchObject({ object: `22/${id}`, topic: 'map/22/208,194' });
    expect(entered.watch).toContain('map/22');
    expect(entered.watch).not.toContain('map/20');
  });

  it('ends a walk: its timer is gone', async () => {
    const walker = walkerAt(engine.store, 515_500, 518_000);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 515_500, y: 516_000, z: 0 });
    walker.now = NOW + 500;
    await walker.packet('CLI_TELEPORT_REQ', { id: FERRY_EAST, x: 0, y: 0 });
    expect(walker.timers).toEqual([]);
    expect(walker.sections.position).not.toHaveProperty('to');
  });

  it.each([
    ['too far away', FERRY_EAST, 515_500, 519_001, 'too_far'],
    ['of another map', SOUTH_ROAD, 520_000, 483_500, 'unknown_gate'],
    ['that does not exist', -5, 515_500, 517_000, 'unknown_gate'],
  ])('%s is refused with the true position', async (_what, id, x, y, reason) => {
    const walker = walkerAt(engine.store, x, y);
    const result = await walker.packet('CLI_TELEPORT_REQ', { id, x: 515_500, y: 517_000 });
    expect(result.refused).toBe(reason);
    expect(result.reply('SRV_MOVE')).toMatchObject({ x, y });
    expect(result.place).toBeUndefined();
    expect(walker.sections.position).toMatchObject({ x, y });
  });

  it('is not for the stunned', async () => {
    const walker = walkerAt(engine.store, 515_500, 517_000);
    const stun = { status: 'stun', amount: 100, until: NOW + 5000, by: 1 };
    walker.connection.sections.effects = { active: [stun], ready: {} };
    expect((await walker.packet('CLI_TELEPORT_REQ', { id: FERRY_EAST, x: 0, y: 0 })).refused).toBe('stunned');
  });

  it('is used from where the walker is at that moment, not from where its walk began', async () => {
    const walker = walkerAt(engine.store, 515_500, 521_000);
    const early = await walker.packet('CLI_TELEPORT_REQ', { id: FERRY_EAST, x: 0, y: 0 });
    expect(early.refused).toBe('too_far');
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 515_500, y: 517_000, z: 0 });
    walker.now = NOW + 5000;
    const result = await walker.packet('CLI_TELEPORT_REQ', { id: FERRY_EAST, x: 0, y: 0 });
    expect(result.refused).toBeUndefined();
    expect(result.reply('SRV_TELEPORT_REPLY').map).toBe(20);
  });

  it('refuses when the service that gives object ids is down, and the walker stays', async () => {
    const other = await startTestEngine();
    const walker = walkerAt(movementServices(other.environment, family.manifest.tables), 520_000, 526_000);
    await other.stop();
    const result = await walker.packet('CLI_TELEPORT_REQ', { id: NORTH_ROAD, x: 0, y: 0 });
    expect(result.refused).toBe('service_down');
    expect(result.reply('SRV_MOVE')).toMatchObject({ x: 520_000, y: 526_000 });
    expect(walker.sections.presence).toMatchObject({ map: 20, visible: true });
  });
});
