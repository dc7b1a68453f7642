import { describe, expect, it } from 'vitest';
import { look } from './testing/look.ts';
import { chat, enciphered, place, stage, walk } from './testing/stage.ts';

const TOWN = 'map/1/0,0';

describe('deliveries', () => {
  it('reach everyone who watches the topic, but not the one left out', () => {
    const { hub, connect } = stage().open('a');
    const [one, two, three] = [connect('1'), connect('2'), connect('3')];
    for (const { connection } of [one, two]) look(hub, connection, undefined, ['party/7']);
    hub.deliver(one.connection, { to: 'party/7', packets: [chat(1, 'all')] });
    hub.deliver(one.connection, { to: 'party/7', packets: [chat(1, 'others')], except: 'self' });
    hub.deliver(one.connection, { to: 'party/7', packets: [chat(1, 'not two')], except: two.connection.id });
    const heard = ({ client }: typeof one) => client.received.map(({ fields }) => fields.message);
    expect(heard(one)).toEqual(['all', 'not two']);
    expect(heard(two)).toEqual(['all', 'others']);
    expect(heard(three)).toEqual([]);
  });

  it('reach connections, users and characters by who they are, also after that changed', () => {
    const { hub, connect } = stage().open('a');
    const from = connect('0');
    const lobby = connect('1', { user: 'u1' });
    const world = connect('2', { user: 'u1', character: 'c1' });
    const to = (address: string): void =>
      hub.deliver(from.connection, { to: address, packets: [chat(1, address)] });
    for (const address of ['user/u1', 'character/c1', `connection/${lobby.connection.id}`, 'user/nobody'])
      to(address);
    const heard = ({ client }: typeof from) => client.fresh().map(({ fields }) => fields.message);
    expect(heard(lobby)).toEqual(['user/u1', `connection/${lobby.connection.id}`]);
    expect(heard(world)).toEqual(['user/u1', 'character/c1']);
    world.identity.characterId = 'c2';
    hub.identify(world.connection);
    for (const address of ['character/c1', 'character/c2']) to(address);
    expect(heard(world)).toEqual(['character/c2']);
    hub.detach(world.connection);
    to('character/c2');
    expect(heard(world)).toEqual([]);
  });

  it('are encoded once and sealed once for each cipher variant', () => {
    const { hub, connect } = stage().open('a');
    const players = ['1', '2', '3', '4'].map((name, index) =>
      connect(name, index > 1 ? { variant: enciphered } : {}),
    );
    for (const { connection } of players) look(hub, connection, undefined, ['all']);
    const from = connect('0');
    hub.deliver(from.connection, { to: 'all', packets: [chat(1, 'one'), chat(1, 'two')] });
    const buffers = players.map(({ client }) => client.buffers);
    expect(buffers.map((list) => list.length)).toEqual([1, 1, 1, 1]);
    expect(buffers[0]?.[0]).toBe(buffers[1]?.[0]);
    expect(buffers[2]?.[0]).toBe(buffers[3]?.[0]);
    expect(buffers[0]?.[0]).not.toEqual(buffers[2]?.[0]);
    for (const { client } of players)
      expect(client.received.map(({ fields }) => fields.message)).toEqual(['one', 'two']);
  });

  it('leave out what cannot be encoded, and send the rest', () => {
    const { hub, connect, log, count } = stage().open('a');
    const one = connect('1');
    const packets = [
      chat(1, 'before'),
      { name: 'SRV_NORMAL_CHAT', payload: { charId: 'no' } },
      { name: 'NO_SUCH', payload: {} },
      chat(1, 'after'),
    ];
    hub.deliver(one.connection, { to: `connection/${one.connection.id}`, packets });
    expect(one.client.fresh().map(({ fields }) => fields.message)).toEqual(['before', 'after']);
    expect(hub.reply(one.connection, packets)).toBe(false);
    expect(one.client.fresh().map(({ fields }) => fields.message)).toEqual(['before', 'after']);
    expect(log.map(({ fields }) => [fields.code, fields.cause, fields.packet])).toEqual([
      ['bad_delivery', 'bad_value', 'SRV_NORMAL_CHAT'],
      ['bad_delivery', 'unknown_packet', 'NO_SUCH'],
      ['bad_delivery', 'bad_value', 'SRV_NORMAL_CHAT'],
      ['bad_delivery', 'unknown_packet', 'NO_SUCH'],
    ]);
    expect(count('drops_total', { what: 'packet', reason: 'bad_delivery' })).toBe(4);
  });

  it('carry packets without schema as they are', () => {
    const { hub, connect, count } = stage().open('a');
    const one = connect('1');
    const raw = Buffer.from([1, 2, 3]).toString('base64');
    expect(hub.reply(one.connection, [{ type: 2000, raw }])).toBe(true);
    expect(one.client.fresh()).toEqual([{ name: 'type 2000', fields: { raw } }]);
    expect(count('packets_sent_total', { family: 'none', type: 'unknown' })).toBe(1);
    expect(count('bytes_sent_total', { type: 'unknown' })).toBe(9);
    for (const packet of [
      { type: 2000, raw: 'no base64!' },
      { type: -1, raw },
      { type: 2000, raw: 'A'.repeat(4_000) },
    ]) {
      expect(hub.reply(one.connection, [packet])).toBe(false);
    }
  });

  it('do not stop at a client that cannot be sent to', () => {
    const { hub, connect, count } = stage().open('a');
    const [one, two] = [connect('1'), connect('2')];
    for (const { connection } of [one, two]) look(hub, connection, undefined, ['all']);
    one.client.sendSealed = () => {
      throw new Error('gone');
    };
    hub.deliver(two.connection, { to: 'all', packets: [chat(1, 'hello')] });
    expect(two.client.fresh()).toHaveLength(1);
    expect(count('drops_total', { what: 'packet' })).toBe(1);
    expect(count('packets_sent_total', { family: 'chat', type: 'SRV_NORMAL_CHAT' })).toBe(1);
  });

  it('count packets, bytes and kinds', () => {
    const { hub, connect, count } = stage().open('a');
    const [one, two] = [connect('1'), connect('2')];
    for (const { connection } of [one, two]) look(hub, connection, undefined, [TOWN]);
    look(hub, two.connection, place(2002, TOWN), undefined);
    hub.deliver(one.connection, { to: TOWN, packets: [walk(2001, 5)] });
    hub.reply(one.connection, [walk(2001, 5)]);
    look(hub, two.connection, null, undefined);
    expect(count('deliveries_total', { kind: 'broadcast' })).toBe(2);
    expect(count('deliveries_total', { kind: 'appear' })).toBe(1);
    expect(count('deliveries_total', { kind: 'vanish' })).toBe(1);
    expect(count('packets_sent_total', { type: 'SRV_MOUSE_CMD' })).toBe(3);
    expect(count('bytes_sent_total', { type: 'SRV_MOUSE_CMD' })).toBe(3 * 22);
  });
});
