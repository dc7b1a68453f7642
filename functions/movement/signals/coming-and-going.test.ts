import { describe, expect, it } from 'vitest';
import { createWorldService } from '../../../shared/services/builtin/index.ts';
import { distance } from '../../../shared/world/geometry/point.ts';
import { samplePosition } from '../../../shared/world/testing/sample-character.ts';
import { startTestEngine } from '../../../test/support/engine.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { family } from '../family.ts';
import { movementServices } from '../services.ts';
import { NOW, newcomer, regionOf, walkerAt } from '../testing/walker.ts';

describe('coming into the world and leaving it', () => {
  const engine = useTestEngine();

  const owned = (characterId: string) => ['edge.owned', { characterId, epoch: 1 }] as const;

  it('a new character stands within 150 units of the start point, has an object id, and is not seen', async () => {
    for (let n = 0; n < 20; n += 1) {
      const id = `new-${n}`;
      const walker = newcomer(engine.store, id, `connection-${n}`);
      const result = await walker.signal(...owned(id));
      const { position, presence } = walker.sections;
      expect(position).toMatchObject({ map: 20, gait: 'run', speed: 433, start: NOW, targetId: 0 });
      expect(distance({ x: 520_000, y: 520_000 }, position ?? { x: 0, y: 0 })).toBeLessThanOrEqual(150.001);
      expect(presence).toMatchObject({ map: 20, visible: false });
      expect(presence?.objectId).toBeGreaterThanOrEqual(1024);
      expect(result.signals).toEqual([
        { to: 'self', name: 'character.enter', payload: { objectId: presence?.objectId } },
      ]);
      expect(result.place).toBeUndefined();
      expect(result.watch).toBeUndefined();
    }
  });

  it('a region of a map that was taken over is no character: nothing happens, nothing is refused', async () => {
    const region = regionOf(engine.store, 'actor/map/20/1,2');
    const result = await region.signal(...owned('actor/map/20/1,2'));
    expect(result.refused).toBeUndefined();
    expect(region.sections).toEqual({});
  });

  it('one who comes back stands where it was, upright; an old walk has reached its end', async () => {
    const walker = newcomer(engine.store, 'back', 'connection-b');
    walker.connection.sections.position = {
      ...samplePosition(NOW - 86_400_000, 530_000, 525_000),
      map: 22,
      to: { x: 531_000, y: 525_000 },
      gait: 'walk',
      speed: 200,
      seasoning: 'a field of a newer version',
    };
    await walker.signal(...owned('back'));
    expect(walker.sections.position).toEqual({
      map: 22,
      x: 531_000,
      y: 525_000,
      speed: 433,
      start: NOW,
      gait: 'run',
      targetId: 0,
      seasoning: 'a field of a newer version',
    });
    expect(walker.sections.presence).toMatchObject({ map: 22, visible: false });
  });

  it.each([
    ['a map that is gone', { map: 99 }],
    ['a point off its map', { x: 1, y: 1 }],
  ])('one whose stored position is %s begins in the town', async (_what, wrong) => {
    const walker = newcomer(engine.store, 'lost', 'connection-l');
    walker.connection.sections.position = { ...samplePosition(NOW), ...wrong };
    await walker.signal(...owned('lost'));
    expect(walker.sections.position?.map).toBe(20);
    expect(
      distance({ x: 520_000, y: 520_000 }, walker.sections.position ?? { x: 0, y: 0 }),
    ).toBeLessThanOrEqual(150.001);
  });

  it('without an object id the entry fails as the protocol says it', async () => {
    const other = await startTestEngine();
    const walker = newcomer(movementServices(other.environment, family.manifest.tables), 'c1');
    await other.stop();
    const result = await walker.signal(...owned('c1'));
    expect(result.reply('SRV_JOIN_SERVER_REPLY')).toMatchObject({ result: 1, id: 0 });
    expect(result.close).toEqual({ reason: 'service_down' });
    expect(walker.sections.presence).toBeUndefined();
  });

  it('entering makes it seen in its cell, and lets it see 81 cells, its map and everyone', async () => {
    const walker = newcomer(engine.store, 'enters', 'connection-e');
    walker.connection.sections.position = { ...samplePosition(NOW, 521_000, 521_000) };
    await walker.signal(...owned('enters'));
    const result = await walker.signal('movement.enter');
    expect(result.place).toMatchObject({ topic: 'map/20/208,208', at: { x: 521_000, y: 521_000 } });
    expect(result.place?.motion).toBeUndefined();
    expect(new Set(result.watch)).toHaveLength(83);
    // Its party shows on which map it is.
    expect(result.signals).toEqual([{ to: 'self', name: 'party.changed', payload: {} }]);
    expect(result.watch).toEqual(
      expect.arrayContaining(['map/20/204,204', 'map/20/212,212', 'map/20', 'all']),
    );
    expect(walker.sections.presence).toMatchObject({ visible: true, cell: '208,208' });
  });

  it('entering again empties the view and fills it anew; others notice nothing', async () => {
    const walker = walkerAt(engine.store);
    const again = await walker.signal('movement.enter');
    expect(again.watch).toEqual([]);
    expect(again.place).toBeUndefined();
    expect(again.signals).toEqual([{ to: 'self', name: 'movement.look', payload: {} }]);
    const look = await walker.signal('movement.look');
    expect(look.watch).toHaveLength(83);
    expect(look.place).toBeUndefined();
  });

  it('a closing connection frees the object id and leaves the character at rest where it is', async () => {
    const walker = newcomer(engine.store, 'closes', 'connection-c');
    walker.connection.sections.position = { ...samplePosition(NOW) };
    await walker.signal(...owned('closes'));
    await walker.signal('movement.enter');
    const objectId = walker.sections.presence?.objectId ?? 0;
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 524_330, y: 520_000, z: 0 });
    walker.now = NOW + 1000;
    const result = await walker.signal('edge.closing', { reason: 'client_closed' });
    expect(result.place).toBeNull();
    expect(result.watch).toEqual([]);
    expect(walker.timers).toEqual([]);
    expect(walker.sections.presence).toBeUndefined();
    expect(walker.sections.position).toMatchObject({ x: 520_433, y: 520_000, start: NOW + 1000 });
    expect(walker.sections.position).not.toHaveProperty('to');
    const found = await createWorldService(engine.store).findObject({ map: 20, objectId });
    expect(found.code).toBe('unknown_object');
  });

  it('a connection that never had a character closes without more ado', async () => {
    const walker = newcomer(engine.store);
    const result = await walker.signal('edge.closing', { reason: 'client_closed' });
    expect(result.raw).toEqual({ turnId: result.raw.turnId });
  });

  it('leaving for another character is the same, and coming back begins anew', async () => {
    const walker = newcomer(engine.store, 'leaves', 'connection-v');
    await walker.signal(...owned('leaves'));
    await walker.signal('movement.enter');
    const first = walker.sections.presence?.objectId;
    const result = await walker.signal('movement.leave');
    expect(result.place).toBeNull();
    expect(walker.sections.presence).toBeUndefined();
    expect((await walker.signal('movement.enter')).refused).toBe('not_in_world');
    await walker.signal(...owned('leaves'));
    expect(walker.sections.presence).toMatchObject({ visible: false });
    expect(walker.sections.presence?.objectId).not.toBe(first);
  });

  it('another family can send it elsewhere, but not to nowhere', async () => {
    const walker = walkerAt(engine.store);
    expect((await walker.signal('movement.teleport', { map: 'x' })).refused).toBe('bad_target');
    expect((await walker.signal('movement.teleport', { map: 5, x: 1, y: 1 })).refused).toBe('unknown_map');
    const result = await walker.signal('movement.teleport', { map: 20, x: 999_999, y: 530_000 });
    expect(result.reply('SRV_TELEPORT_REPLY')).toMatchObject({ map: 20, x: 559_999, y: 530_000 });
  });

  it('new boots change the looks and the speed of a walk under way', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 524_330, y: 520_000, z: 0 });
    walker.now = NOW + 1000;
    const boots = {
      kind: 'single',
      uid: 'b',
      type: 5,
      id: 3,
      isCreated: false,
      gem: 0,
      durability: 50,
      life: 1000,
    };
    const slots = { '6': { ...boots, hasSocket: false, isAppraised: true, refine: 2 } };
    walker.connection.sections.inventory = { version: 2, zuly: '0', slots };
    const result = await walker.signal('movement.refresh');
    expect(walker.sections.position).toMatchObject({ x: 520_433, speed: 494, start: NOW + 1000 });
    expect(result.place?.appear).toMatchObject({ payload: { runSpeed: 494 } });
    expect(result.place?.motion).toMatchObject({ speed: 494, from: { x: 520_433 } });
  });
});
