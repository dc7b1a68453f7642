import { describe, expect, it } from 'vitest';
import { DEFAULT_BATCHING, type PacketRoute } from '../../shared/contract/index.ts';
import { manifestOf } from '../../test/support/manifest.ts';
import { RouteTable } from './route-table.ts';

const route: PacketRoute = { stages: ['world'], rate: 'default', lane: 'main' };

const durable = { class: 'durable', version: 1 } as const;

describe('route table', () => {
  it('finds who handles what', () => {
    const chat = manifestOf('chat', {
      packets: {
        CLI_CHAT: { ...route, refused: { name: 'SRV_NO', payload: {} } },
        NEW: { ...route, type: 0x9999, lane: 'slow' },
      },
      signals: ['chat.whisper', 'edge.closing'],
      timers: ['chat-mute'],
      sections: { owns: { chat: durable }, reads: ['position'] },
      lanes: { slow: { maxBatch: 1 } },
    });
    const { table, refused } = RouteTable.of([chat, manifestOf('auth', { signals: ['edge.closing'] })]);
    expect(refused).toEqual([]);
    expect(table.packets.get('CLI_CHAT')).toMatchObject({
      family: { name: 'chat' },
      refused: [{ name: 'SRV_NO' }],
    });
    expect(table.types.get(0x9999)?.name).toBe('NEW');
    expect(table.signals.get('chat.whisper')?.name).toBe('chat');
    expect(table.lifecycle.get('edge.closing')?.map(({ name }) => name)).toEqual(['chat', 'auth']);
    expect(table.timers.get('chat-mute')?.name).toBe('chat');
    expect(table.sections.get('chat')).toEqual({ family: 'chat', rule: durable });
    expect(table.families.get('chat')).toMatchObject({ view: ['chat', 'position'], durable: true });
    expect(table.families.get('chat')?.lanes.get('slow')).toEqual({ ...DEFAULT_BATCHING, maxBatch: 1 });
  });

  it.each([
    ['packet', { packets: { CLI_X: route } }],
    ['type', { packets: { OWN: { ...route, type: 7 } } }],
    ['signal', { signals: ['x.do'] }],
    ['timer', { timers: ['x-timer'] }],
    ['section', { sections: { owns: { x: durable }, reads: [] } }],
  ] as const)('refuses the later of two families with one %s, and keeps the rest', (what, over) => {
    const first = manifestOf('first', {
      packets: { CLI_X: route, FIRST: { ...route, type: 7 } },
      signals: ['x.do'],
      timers: ['x-timer'],
      sections: { owns: { x: durable }, reads: [] },
    });
    const { table, refused } = RouteTable.of([
      first,
      manifestOf('second', over),
      manifestOf('third', { timers: ['t'] }),
    ]);
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatchObject({
      family: 'second',
      error: { code: 'packet_claimed', details: { what, holder: 'first' } },
    });
    expect([...table.families.keys()]).toEqual(['first', 'third']);
    expect(table.packets.get('CLI_X')?.family.name).toBe('first');
  });

  it('takes another version of a family in its place', () => {
    const before = RouteTable.of([manifestOf('a', { packets: { CLI_X: route } }), manifestOf('b')]).table;
    const { table, refused } = before.withManifest(
      manifestOf('a', { packets: { CLI_Y: route } }),
      'prefix-a:live',
    );
    expect(refused).toEqual([]);
    expect([...table.families.keys()]).toEqual(['a', 'b']);
    expect(table.packets.has('CLI_X')).toBe(false);
    expect(table.packets.get('CLI_Y')?.family.target).toEqual({ family: 'a', functionName: 'prefix-a:live' });
    expect(before.packets.has('CLI_X')).toBe(true);
  });

  it('keeps the last good version when the next one claims too much', () => {
    const before = RouteTable.of([
      manifestOf('a', { timers: ['t'] }),
      manifestOf('b', { timers: ['u'] }),
    ]).table;
    const { table, refused } = before.withManifest(manifestOf('b', { timers: ['u', 't'] }));
    expect(table).toBe(before);
    expect(refused[0]?.error.message).toContain('timer t (a)');
  });

  it('refuses a packet in a lane that is not there', () => {
    const { table, refused } = RouteTable.of([
      manifestOf('a', { packets: { CLI_X: { ...route, lane: 'fast' } } }),
    ]);
    expect(refused[0]?.error.code).toBe('bad_manifest');
    expect(table.families.size).toBe(0);
  });

  it('forgets a family', () => {
    const { table } = RouteTable.of([manifestOf('a', { packets: { CLI_X: route } }), manifestOf('b')]);
    expect([...table.without('a').families.keys()]).toEqual(['b']);
    expect(table.without('a').packets.size).toBe(0);
  });
});
