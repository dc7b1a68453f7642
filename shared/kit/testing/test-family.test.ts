import { describe, expect, it } from 'vitest';
import { defineFamily, packet } from '../index.ts';
import { aPacket, testFamily } from './index.ts';

interface Own {
  readonly steps: { readonly taken: number; readonly cells: readonly number[] };
}
interface Services {
  readonly allowed: (x: number) => Promise<boolean>;
}

const family = defineFamily<Own | 'character', Services>({
  name: 'steps',
  packets: {
    CLI_MOUSE_CMD: {
      stages: ['world'],
      handle: async (context, { x, y, targetId }) => {
        if (!(await context.services.allowed(x))) return { refused: 'too_far' };
        const taken = (context.sections.steps?.taken ?? 0) + 1;
        const mouse = packet('SRV_MOUSE_CMD', {
          id: taken,
          targetId,
          distance: context.dice.int(100),
          x,
          y,
          z: 0,
        });
        return {
          state: { sections: { steps: { taken, cells: context.sections.steps?.cells ?? [] } } },
          replies: [mouse],
          deliveries: [{ to: 'map/1', packets: [mouse] }],
          signals: [{ to: 'self', name: 'steps.taken', payload: { taken } }],
          timers: [{ name: 'cell', at: context.now + 1000, payload: { x } }],
        };
      },
    },
    CLI_ALIVE: {
      stages: ['login'],
      refused: packet('SRV_NORMAL_CHAT', { charId: 1, message: 'no' }),
      handle: () => ({ replies: [packet('SRV_NORMAL_CHAT', { charId: 70_000, message: 'x' })] }),
    },
    CLI_NORMAL_CHAT: {
      stages: ['world'],
      handle: () => {
        throw new Error('broken handler');
      },
    },
  },
  timers: {
    cell: (context, { x }) => {
      const cells = [...(context.sections.steps?.cells ?? []), Number(x)];
      const again =
        cells.length < 3 ? [{ name: 'cell', at: context.now + 1000, payload: { x: Number(x) + 1 } }] : [];
      return {
        state: { sections: { steps: { taken: context.sections.steps?.taken ?? 0, cells } } },
        timers: again,
      };
    },
  },
  state: { owns: { steps: { class: 'checkpoint', version: 1 } }, reads: ['character'] },
  services: () => ({ allowed: async () => true }),
});
const services: Services = { allowed: async (x) => x < 100 };
const click = { targetId: 0, x: 5, y: 6, z: 0 };

describe('testFamily', () => {
  it('carries state from turn to turn, and decodes what clients would see', async () => {
    const t = testFamily(family, { services });
    await t.packet('CLI_MOUSE_CMD', click);
    const r = await t.packet('CLI_MOUSE_CMD', { ...click, x: 7.5 });
    expect(r.sections.steps?.taken).toBe(2);
    expect(t.sections.steps).toEqual(r.sections.steps);
    expect(r.reply('SRV_MOUSE_CMD')).toMatchObject({ id: 2, x: 7.5, y: 6 });
    expect(r.delivered('SRV_MOUSE_CMD')).toEqual(r.reply('SRV_MOUSE_CMD'));
    expect(r.signal('steps.taken').payload).toEqual({ taken: 2 });
    expect(r.names).toEqual(['SRV_MOUSE_CMD']);
  });

  it('rolls the same dice for the same seed', async () => {
    const roll = async (seed: number) =>
      (await testFamily(family, { services, seed }).packet('CLI_MOUSE_CMD', click)).reply('SRV_MOUSE_CMD')
        .distance;
    expect(await roll(5)).toBe(await roll(5));
    expect(new Set(await Promise.all([1, 2, 3, 4, 5].map(roll))).size).toBeGreaterThan(1);
  });

  it('tells refusals', async () => {
    const r = await testFamily(family, { services }).packet('CLI_MOUSE_CMD', { ...click, x: 500 });
    expect(r.refused).toBe('too_far');
    expect(() => r.reply('SRV_MOUSE_CMD')).toThrow(
      '0 of reply SRV_MOUSE_CMD; there are []; refused: too_far',
    );
  });

  it('lets time pass, and fires timers in order, those that they arm too', async () => {
    const t = testFamily(family, { services, now: 10_000 });
    await t.packet('CLI_MOUSE_CMD', click);
    expect(t.timers).toEqual([{ name: 'cell', at: 11_000, payload: { x: 5 } }]);
    expect(await t.advance(999)).toEqual([]);
    expect(await t.advance(5000)).toHaveLength(3);
    expect(t.sections.steps?.cells).toEqual([5, 6, 7]);
    expect(t.now).toBe(15_999);
    expect(t.timers).toEqual([]);
  });

  it('refuses a packet in the wrong stage as the ingress does', async () => {
    const t = testFamily(family, { services });
    const r = await t.packet('CLI_ALIVE', {});
    expect([r.refused, r.names]).toEqual(['wrong_stage', ['SRV_NORMAL_CHAT']]);
  });

  it('fails for a reply that cannot be encoded', async () => {
    const t = testFamily(family, { services, stage: 'login' });
    await expect(t.packet('CLI_ALIVE', {})).rejects.toMatchObject({ code: 'bad_value' });
  });

  it('fails for a handler that throws, unless the test asks to be told', async () => {
    const t = testFamily(family, { services });
    await expect(t.packet('CLI_NORMAL_CHAT', { message: 'hi' })).rejects.toThrow('broken handler');
    const told = testFamily(family, { services, failures: 'report' });
    const r = await told.turn(aPacket('CLI_MOUSE_CMD', click), aPacket('CLI_NORMAL_CHAT', { message: 'hi' }));
    expect(r.failed).toBe('handler_failed');
    expect(r.sections.steps?.taken).toBe(1);
    expect(told.lines).toHaveLength(1);
  });

  it('fails for a packet that no client could send', async () => {
    const t = testFamily(family, { services });
    await expect(t.packet('CLI_MOUSE_CMD', { ...click, targetId: 70_000 })).rejects.toMatchObject({
      code: 'bad_value',
    });
  });

  it('shows a family only the sections that it owns or reads', async () => {
    const t = testFamily(family, { services });
    t.connection.sections.secret = { value: 1 };
    const r = await t.packet('CLI_MOUSE_CMD', click);
    expect(r.raw.state?.sections).not.toHaveProperty('secret');
    expect(t.connection.sections).toHaveProperty('secret');
  });
});
