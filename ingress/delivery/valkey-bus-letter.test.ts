import { expect, it, test } from 'vitest';
import { SETTINGS } from '../../shared/config/catalogue.ts';
import { channelsOf, isOwn, seal, unseal } from './valkey-bus-letter.ts';
import { parseBusUrl } from './valkey-bus-url.ts';

const stamp = { boot: 'run-1', n: 7, from: 'copy "1"' };

it('a letter comes out of its envelope as it went in; other things do not', () => {
  const text = seal(stamp, '{"k":"bye"}');
  expect(unseal(text)).toEqual({ ...stamp, letter: { k: 'bye' } });
  expect([isOwn(text, 'run-1'), isOwn(text, 'run-'), isOwn(text, 'run-12')]).toEqual([true, false, false]);
  for (const other of [
    '',
    'hello',
    '{}',
    '[]',
    '["run-1","7","a",{"k":"bye"}]',
    '["run-1",7,"a",null]',
    '[1,7,"a",{}]',
  ])
    expect(unseal(other)).toBeNull();
});

it('channels lead back to their topic, and to none of another installation', () => {
  const [one, other] = [channelsOf('one-'), channelsOf('other-')];
  expect(one.topicOf(one.topic('map/1/0,0'))).toBe('map/1/0,0');
  for (const channel of [one.hall, one.desk('a'), other.topic('x')]) expect(one.topicOf(channel)).toBeNull();
});

test.each([
  ['redis://127.0.0.1', { host: '127.0.0.1', port: 6379, tls: false, username: null, password: null }],
  ['valkey://:p%2Fw@[::1]:7000', { host: '::1', port: 7000, tls: false, username: null, password: 'p/w' }],
  [
    'rediss://me:pw@bus.example:6380/0',
    { host: 'bus.example', port: 6380, tls: true, username: 'me', password: 'pw' },
  ],
  ['valkeys://bus.example', { host: 'bus.example', port: 6379, tls: true, username: null, password: null }],
])('%s', (url, target) => {
  expect(url).toMatch(SETTINGS.BUS_URL.pattern);
  expect(parseBusUrl(url)).toEqual(target);
});

test.each([
  '127.0.0.1:6379',
  'http://127.0.0.1',
  'redis://',
  'redis://a b',
  'redis://host:port',
  'redis://:pa#ss@host',
])('%s is refused', (url) => {
  expect(url).not.toMatch(SETTINGS.BUS_URL.pattern);
});

test.each(['redis://a:99999', 'redis://:secret%@a'])('%s is refused without being repeated', (url) => {
  expect(() => parseBusUrl(url)).toThrow(/^\[bad_config\] BUS_URL: its port/);
});
