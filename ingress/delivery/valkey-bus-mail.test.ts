import { expect, it } from 'vitest';
import { Flow } from './valkey-bus-flow.ts';
import { type Envelope, unseal } from './valkey-bus-letter.ts';
import type { Link } from './valkey-bus-link.ts';
import { Mail } from './valkey-bus-mail.ts';

it('letters are numbered as they leave, and say then what was asked late', async () => {
  const left: (Envelope | null)[] = [];
  const link: Link = {
    listen: () => Promise.resolve(),
    unlisten: () => Promise.resolve(),
    speak: async (posts) => void left.push(...posts.map(({ text }) => unseal(text))),
    close: () => undefined,
  };
  let version = 1;
  const flow = new Flow([], {
    onListening: (add) => mail.sendFirst('hall', { k: 'interest', version, add, drop: [] }),
    onBroken: (reason) => expect.unreachable(reason),
  });
  const mail = new Mail({ boot: 'run', from: 'a' }, flow);
  mail.sendLate('hall', () => ({ k: 'beat', version, fresh: true }));
  mail.send('desk', { k: 'tell' });
  mail.sendText('desk', '{"k":"bye"}');
  expect(flow.backlog).toBe('{"k":"tell"}{"k":"bye"}'.length);
  flow.want('town');
  version = 2;
  await flow.start(link);
  version = 3;
  await flow.flushed();
  const stamp = { boot: 'run', from: 'a' };
  expect(left).toEqual([
    { ...stamp, n: 1, letter: { k: 'interest', version: 2, add: ['town'], drop: [] } },
    { ...stamp, n: 2, letter: { k: 'beat', version: 3, fresh: true } },
    { ...stamp, n: 3, letter: { k: 'tell' } },
    { ...stamp, n: 4, letter: { k: 'bye' } },
  ]);
});

it('a run knows its own letters, not those of the run before', () => {
  const mail = new Mail(
    { boot: 'run-2', from: 'a' },
    new Flow([], { onListening: () => undefined, onBroken: () => undefined }),
  );
  const [own, before] = ['run-2', 'run-1'].map((boot) => `["${boot}",1,"a",{"k":"bye"}]`);
  expect([mail.wrote(own ?? ''), mail.wrote(before ?? '')]).toEqual([true, false]);
});
