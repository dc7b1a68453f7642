import { describe, expect, it } from 'vitest';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, walkerAt } from '../testing/walker.ts';

describe('a click', () => {
  const engine = useTestEngine();

  it('is told to everyone nearby, the sender included, with the distance filled in', async () => {
    const walker = walkerAt(engine.store);
    const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 7, x: 520_300, y: 520_400, z: 12 });
    expect(result.delivered('SRV_MOUSE_CMD')).toEqual({
      id: 2000,
      targetId: 7,
      distance: 500,
      x: 520_300,
      y: 520_400,
      z: 0,
    });
    expect(result.deliveries[0]).toMatchObject({ to: 'map/20/208,208', replace: 'motion/2000' });
    expect(result.deliveries[0]?.except).toBeUndefined();
    expect(result.refused).toBeUndefined();
  });

  it('lets newcomers see the walker under way', async () => {
    const walker = walkerAt(engine.store);
    const { place } = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 521_000, y: 520_000, z: 0 });
    expect(place).toMatchObject({
      topic: 'map/20/208,208',
      object: '20/2000',
      motion: {
        from: { x: 520_000, y: 520_000 },
        to: { x: 521_000, y: 520_000 },
        speed: 433,
        start: NOW,
        fields: { x: 'x', y: 'y' },
      },
      appear: { name: 'SRV_PLAYER_CHAR', payload: { id: 2000, destX: 521_000, command: 1, name: 'Anna' } },
      vanish: { name: 'SRV_REMOVE_OBJECT', payload: { id: 2000 } },
    });
  });

  it('comes to rest at its destination when the time has passed, and says nothing', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 521_000, y: 520_000, z: 0 });
    const results = await walker.advance(2400);
    expect(results).toHaveLength(1);
    expect(results[0]?.deliveries).toEqual([]);
    expect(results[0]?.replies).toEqual([]);
    expect(results[0]?.place?.motion).toBeUndefined();
    expect(walker.sections.position).toMatchObject({ x: 521_000, y: 520_000, start: NOW + 2310 });
    expect(walker.sections.position).not.toHaveProperty('to');
    expect(walker.timers).toEqual([]);
  });

  it('turns a walk from where the walker is at that moment', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 524_330, y: 520_000, z: 0 });
    walker.now = NOW + 5000;
    const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 522_165, y: 523_000, z: 0 });
    expect(result.delivered('SRV_MOUSE_CMD').distance).toBe(3000);
    expect(walker.sections.position?.x).toBeCloseTo(522_165, 6);
    expect(walker.sections.position).toMatchObject({ y: 520_000, start: NOW + 5000 });
  });

  it('off the map is refused with a correction, and nobody else hears of it', async () => {
    const walker = walkerAt(engine.store);
    for (const [x, y] of [
      [479_999, 520_000],
      [560_000, 520_000],
      [520_000, -3e38],
      [520_000, 560_000],
    ] as const) {
      const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x, y, z: 0 });
      expect(result.refused).toBe('off_map');
      expect(result.reply('SRV_MOVE')).toMatchObject({ id: 2000, x: 520_000, y: 520_000, move_mode: 1 });
      expect(result.deliveries).toEqual([]);
    }
  });

  it('off the map ends a walk for all at the true position', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 524_330, y: 520_000, z: 0 });
    walker.now = NOW + 1000;
    const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 0, y: 0, z: 0 });
    expect(result.reply('SRV_MOVE')).toMatchObject({ x: 520_433, y: 520_000 });
    expect(result.delivered('SRV_STOP')).toMatchObject({ char_id: 2000, x: 520_433, y: 520_000 });
    expect(result.deliveries[0]?.except).toBe('self');
    expect(result.place?.motion).toBeUndefined();
    expect(walker.timers).toEqual([]);
  });

  it('makes one who sits get up and run', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_TOGGLE_MOVE', { type: 8 });
    const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 520_433, y: 520_000, z: 0 });
    expect(result.delivered('SRV_TOGGLE_MOVE')).toMatchObject({ object_id: 2000, type: 3, run_speed: 433 });
    expect(result.delivered('SRV_MOUSE_CMD').distance).toBe(433);
    expect(walker.timers[0]?.at).toBe(NOW + 1000);
  });

  it('moves neither the dead nor those who are not in the world', async () => {
    const dead = walkerAt(engine.store);
    dead.connection.sections.vitals = { hp: 0, mp: 0, at: NOW, combatAt: NOW };
    const click = { targetId: 0, x: 520_433, y: 520_000, z: 0 };
    expect((await dead.packet('CLI_MOUSE_CMD', click)).refused).toBe('dead');
    const loading = walkerAt(engine.store);
    loading.connection.sections.presence = { objectId: 2000, map: 20, visible: false, cell: '208,208' };
    expect((await loading.packet('CLI_MOUSE_CMD', click)).refused).toBe('not_in_world');
  });

  it('is refused outside the stage world', async () => {
    const walker = walkerAt(engine.store);
    walker.connection.stage = 'lobby';
    const result = await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 520_433, y: 520_000, z: 0 });
    expect(result.refused).toBe('wrong_stage');
  });
});
