import { expect, it } from 'vitest';
import { testFamily } from '../../../../shared/kit/testing/index.ts';
import { family } from '../family.ts';

it('greets twice a minute', async () => {
  const t = testFamily(family, { services: family.services({ GREETING: 'Good day' }, {}), seed: 1 });
  const whisper = { target: 'greeter', message: 'hi' };
  const first = await t.packet('CLI_WHISPER_CHAT', whisper);
  expect(first.reply('SRV_WHISPER_CHAT').message).toMatch(/^Good day, stranger/);
  await t.packet('CLI_WHISPER_CHAT', whisper);
  expect((await t.packet('CLI_WHISPER_CHAT', whisper)).refused).toBe('too_often');
  await t.advance(60_000);
  expect(t.sections.greeter).toBeUndefined();
});
