import { describe, expect, it } from 'vitest';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, walkerAt } from '../testing/walker.ts';

const RUN = 2;
const SIT = 8;
const DRIVE = 9;

describe('the gait', () => {
  const engine = useTestEngine();

  it('changes between running and walking, and all nearby are told the speed', async () => {
    const walker = walkerAt(engine.store);
    const walk = await walker.packet('CLI_TOGGLE_MOVE', { type: RUN });
    expect(walk.delivered('SRV_TOGGLE_MOVE')).toEqual({ object_id: 2000, type: 2, run_speed: 200 });
    expect(walk.deliveries[0]?.to).toBe('map/20/208,208');
    expect(walker.sections.position).toMatchObject({ gait: 'walk', speed: 200 });
    const run = await walker.packet('CLI_TOGGLE_MOVE', { type: RUN });
    expect(run.delivered('SRV_TOGGLE_MOVE')).toEqual({ object_id: 2000, type: 3, run_speed: 433 });
    expect(walker.sections.position).toMatchObject({ gait: 'run', speed: 433 });
  });

  it('in the middle of a walk goes on from there at the new speed', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 520_866, y: 520_000, z: 0 });
    walker.now = NOW + 1000;
    const result = await walker.packet('CLI_TOGGLE_MOVE', { type: RUN });
    expect(walker.sections.position).toMatchObject({
      x: 520_433,
      to: { x: 520_866, y: 520_000 },
      speed: 200,
      start: NOW + 1000,
    });
    expect(result.place?.motion).toMatchObject({ from: { x: 520_433 }, speed: 200, start: NOW + 1000 });
    expect(walker.timers.map(({ at }) => at)).toEqual([NOW + 1000 + 2165]);
  });

  it('sitting down ends a walk; getting up does not start it again', async () => {
    const walker = walkerAt(engine.store);
    await walker.packet('CLI_MOUSE_CMD', { targetId: 0, x: 520_866, y: 520_000, z: 0 });
    walker.now = NOW + 1000;
    const sat = await walker.packet('CLI_TOGGLE_MOVE', { type: SIT });
    expect(sat.delivered('SRV_TOGGLE_MOVE')).toMatchObject({ type: 1 });
    expect(sat.place).toMatchObject({ appear: { payload: { command: 10, moveMode: 1, x: 520_433 } } });
    expect(sat.place?.motion).toBeUndefined();
    expect(walker.timers).toEqual([]);
    const stood = await walker.packet('CLI_TOGGLE_MOVE', { type: SIT });
    expect(stood.delivered('SRV_TOGGLE_MOVE')).toMatchObject({ type: 3, run_speed: 433 });
    expect(walker.sections.position).toMatchObject({ gait: 'run', speed: 433, x: 520_433 });
    expect(walker.sections.position).not.toHaveProperty('to');
  });

  it('is refused without a mount, and for a value that means nothing', async () => {
    const walker = walkerAt(engine.store);
    expect((await walker.packet('CLI_TOGGLE_MOVE', { type: DRIVE })).refused).toBe('no_mount');
    expect((await walker.packet('CLI_TOGGLE_MOVE', { type: 77 })).refused).toBe('bad_gait');
    expect(walker.sections.position?.gait).toBe('run');
  });
});
