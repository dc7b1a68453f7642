import { describe, expect, it } from 'vitest';
import { anEvent, aTurn, chatMessage } from '../../../test/support/turns.ts';
import type { TurnResult } from '../index.ts';
import { parseEvent, parseManifest, parseResult } from './index.ts';

const packet = { name: 'SRV_STOP', payload: { id: 1 } };
const full: TurnResult = {
  turnId: 'i1-1:1',
  state: {
    stage: 'world',
    userId: 'u1',
    sessionId: null,
    characterId: 'c1',
    characters: [{ id: 'c1', name: 'Ann' }],
    sections: { position: { x: 1, deep: { list: [1, 'two', null] } }, gone: null },
  },
  replies: [packet, { type: 0x7ff, raw: 'AAEC' }],
  deliveries: [{ to: 'map/1/12,13', packets: [packet], except: 'self', replace: 'move/5' }],
  signals: [{ to: 'actor/map/1/3', name: 'combat.hit', payload: { damage: 3 } }],
  place: {
    topic: 'map/1/12,13',
    object: '1/1024',
    appear: packet,
    vanish: packet,
    motion: { from: { x: 1, y: 2 }, to: { x: 3, y: 4 }, speed: 100, start: 5, fields: { x: 'x', y: 'y' } },
    at: { x: 1, y: 2 },
  },
  watch: ['map/1/12,13', 'all'],
  timers: [
    { name: 'border', at: 5, payload: { cell: '1,2' }, section: 'position' },
    { name: 'hit', cancel: true },
  ],
  reread: ['inventory'],
  close: { reason: 'logout' },
  handled: 1,
  refusals: [{ message: 0, reason: 'too_far' }],
};
const event = { family: 'test' };
const one = (turn: unknown) => parseResult({ v: 1, turns: [turn] }, event)[0];

describe('parseResult', () => {
  it('keeps everything that a turn may say', () => {
    expect(one(full)).toEqual({ turnId: full.turnId, result: full });
    expect(one({ turnId: 'x', place: null })).toEqual({ turnId: 'x', result: { turnId: 'x', place: null } });
  });

  it('drops unknown fields but for those of sections and payloads', () => {
    const turn = {
      turnId: 'x',
      later: 1,
      replies: [{ ...packet, urgent: true }],
      state: { sections: { a: { unknown: [1] } }, mood: 'good' },
    };
    expect(one(turn)).toEqual({
      turnId: 'x',
      result: { turnId: 'x', replies: [packet], state: { sections: { a: { unknown: [1] } } } },
    });
  });

  it.each([
    ['turns[0].turnId', { turnId: 5 }],
    ['turns[0].turnId', {}],
    ['turns[0].state.sections', { turnId: 'x', state: { sections: { a: 5 } } }],
    ['turns[0].state.sections', { turnId: 'x', state: { sections: { a: [] } } }],
    ['turns[0].state.characters[0].id', { turnId: 'x', state: { characters: [{ name: 'a' }] } }],
    ['turns[0].replies[1].payload', { turnId: 'x', replies: [packet, { name: 'SRV_STOP' }] }],
    ['turns[0].replies', { turnId: 'x', replies: null }],
    ['turns[0].deliveries[0].to', { turnId: 'x', deliveries: [{ to: 'Map 1', packets: [] }] }],
    [
      'turns[0].place.motion.speed',
      { turnId: 'x', place: { ...full.place, motion: { ...full.place?.motion, speed: 0 } } },
    ],
    ['turns[0].place.at.x', { turnId: 'x', place: { ...full.place, at: { x: Number.NaN, y: 0 } } }],
    ['turns[0].objects[0]', { turnId: 'x', objects: [{ object: 'another', place: full.place }] }],
    ['turns[0].timers[0].at', { turnId: 'x', timers: [{ name: 'a', at: 'now' }] }],
    ['turns[0].failedAt', { turnId: 'x', failedAt: -1 }],
  ])('names %s', (field, turn) => {
    expect(one(turn)).toMatchObject({ error: { code: 'bad_result', details: { family: 'test', field } } });
  });

  it('lets a bad turn spoil only itself', () => {
    const turns = [full, { turnId: 'bad', watch: 'all' }, 7, { turnId: 'last' }];
    const parsed = parseResult({ v: 1, turns }, event);
    expect(parsed.map(({ turnId }) => turnId)).toEqual(['i1-1:1', 'bad', null, 'last']);
    expect(parsed.map((turn) => 'error' in turn)).toEqual([false, true, true, false]);
  });

  it.each([[null], ['text'], [{ turns: [] }], [{ v: 2, turns: [] }], [{ v: 1 }], [{ v: 1, turns: {} }]])(
    'refuses %j as a whole',
    (raw) => {
      expect(() => parseResult(raw, event)).toThrow(expect.objectContaining({ code: 'bad_result' }));
    },
  );
});

describe('parseEvent', () => {
  const good = anEvent('chat', aTurn([chatMessage(1, 'hello')]));

  it('takes an event of ours, and unknown fields', () => {
    expect(parseEvent(good)).toEqual(good);
    expect(parseEvent({ ...good, region: 'north' })).toEqual(good);
  });

  it.each([
    ['v', { ...good, v: 2 }],
    ['family', { ...good, family: 'Chat' }],
    ['turns[0].seed', anEvent('chat', aTurn([chatMessage(1, 'a')], { seed: -1 }))],
    ['turns[0].messages', anEvent('chat', aTurn([]))],
    [
      'turns[0].messages[0].payload',
      anEvent('chat', aTurn([{ ...chatMessage(1, 'a'), payload: [] } as never])),
    ],
    [
      'turns[0].messages[0].kind',
      anEvent('chat', aTurn([{ ...chatMessage(1, 'a'), kind: 'letter' } as never])),
    ],
  ])('names %s', (field, raw) => {
    expect(() => parseEvent(raw)).toThrow(expect.objectContaining({ code: 'bad_event', details: { field } }));
  });
});

describe('parseManifest', () => {
  const packets = { CLI_ALIVE: { stages: ['login'] } };
  const small = { v: 1, name: 'chat', packets };

  it('fills the defaults in', () => {
    expect(parseManifest(small)).toEqual({
      v: 1,
      name: 'chat',
      packets: { CLI_ALIVE: { stages: ['login'], rate: 'default', lane: 'main' } },
      signals: [],
      vital: [],
      timers: [],
      sections: { owns: {}, reads: [] },
      batching: { maxBatch: 256, maxInFlight: 4, maxBytes: 1_000_000 },
      lanes: {},
      timeout: 3000,
      memory: 256,
      tables: {},
      settings: [],
      services: [],
      schemas: [],
    });
  });

  it.each([
    ['name', { ...small, name: 'Chat Family' }],
    ['packets.CLI_ALIVE.stages', { ...small, packets: { CLI_ALIVE: { stages: [] } } }],
    ['packets.CLI_ALIVE.lane', { ...small, packets: { CLI_ALIVE: { stages: ['login'], lane: 'slow' } } }],
    [
      'sections.owns.bag',
      { ...small, sections: { owns: { bag: { class: 'derived', version: 1 } }, reads: [] } },
    ],
    [
      'sections.reads',
      { ...small, sections: { owns: { bag: { class: 'volatile', version: 1 } }, reads: ['bag'] } },
    ],
    ['lanes.slow.maxBatch', { ...small, lanes: { slow: { maxBatch: 0 } } }],
    ['timers', { ...small, timers: ['edge.tick'] }],
    ['timeout', { ...small, timeout: 5 }],
    ['settings[0]', { ...small, settings: ['not a variable'] }],
  ])('names %s', (field, raw) => {
    expect(() => parseManifest(raw)).toThrow(
      expect.objectContaining({ code: 'bad_manifest', details: expect.objectContaining({ field }) }),
    );
  });
});
