import type { Manifest, TurnEvent, TurnsResult } from '../../../shared/contract/index.ts';
import { parseEvent, parseManifest, parseResult } from '../../../shared/contract/parse/index.ts';

const connection = {
  id: 'edge-a-17',
  kind: 'client',
  actor: null,
  stage: 'world',
  address: '203.0.113.9',
  public: { host: '203.0.113.1', port: 29_000 },
} as const;

/** A player walks, and a timer of an earlier walk comes due in the same turn. */
export const event: TurnEvent = {
  v: 1,
  family: 'movement',
  ingress: 'edge-a',
  turns: [
    {
      turnId: 'edge-a-17:42',
      attempt: 1,
      now: 1_800_000_000_000,
      seed: 2_914_771_003,
      epoch: 3,
      deadline: 1_800_000_003_300,
      connection,
      state: {
        userId: 'u-5f2c',
        sessionId: 's-91d0',
        characterId: 'c-77ab',
        characters: [{ id: 'c-77ab', name: 'Ann' }],
        sections: {
          position: {
            map: 20,
            x: 520_000,
            y: 519_400,
            speed: 450,
            start: 1_799_999_990_000,
            gait: 'run',
            targetId: 0,
          },
        },
      },
      messages: [
        {
          seq: 118,
          kind: 'timer',
          name: 'movement.border',
          at: 1_799_999_999_998,
          payload: { cell: '208,207' },
        },
        {
          seq: 119,
          kind: 'packet',
          name: 'CLI_MOUSE_CMD',
          type: 1378,
          payload: { targetId: 0, x: 521_250, y: 519_400, z: 0 },
        },
      ],
    },
  ],
};

const walks = { id: 4711, targetId: 0, distance: 1250, x: 521_250, y: 519_400, z: 0 };

/** What the movement family might answer to it. */
export const result: TurnsResult = {
  v: 1,
  turns: [
    {
      turnId: 'edge-a-17:42',
      state: {
        sections: {
          position: {
            map: 20,
            x: 520_000,
            y: 519_400,
            to: { x: 521_250, y: 519_400 },
            speed: 450,
            start: 1_800_000_000_000,
            gait: 'run',
            targetId: 0,
          },
        },
      },
      replies: [{ name: 'SRV_MOUSE_CMD', payload: walks }],
      deliveries: [
        {
          to: 'map/20/208,207',
          packets: [{ name: 'SRV_MOUSE_CMD', payload: walks }],
          except: 'self',
          replace: 'move/4711',
        },
      ],
      timers: [
        { name: 'movement.border', at: 1_800_000_001_333, payload: { cell: '208,207' }, section: 'position' },
      ],
    },
  ],
};

/** A small family as it describes itself. */
export const manifest: Manifest = {
  v: 1,
  name: 'chat',
  packets: {
    CLI_NORMAL_CHAT: { stages: ['world'], rate: 'default', lane: 'main' },
    CLI_SHOUT_CHAT: { stages: ['world'], rate: 'default', lane: 'main' },
  },
  signals: [],
  vital: [],
  timers: [],
  sections: { owns: { chat: { class: 'volatile', version: 1 } }, reads: ['character', 'position'] },
  batching: { maxBatch: 256, maxInFlight: 4, maxBytes: 1_000_000 },
  lanes: {},
  timeout: 3000,
  memory: 256,
  tables: {},
  settings: [],
  services: [],
  schemas: [],
};

/** Fails when an example breaks the contract that it explains. */
export function checkExamples(): void {
  parseEvent(event);
  parseManifest(manifest);
  for (const turn of parseResult(result, event)) if ('error' in turn) throw turn.error;
}
