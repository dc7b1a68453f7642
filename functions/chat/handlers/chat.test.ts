import { beforeAll, describe, expect, it } from 'vitest';
import { startTestEngine } from '../../../test/support/engine.ts';
import { makeCharacter } from '../../../test/support/make-character.ts';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { family } from '../family.ts';
import { chatServices } from '../services.ts';
import { NOW, speaker } from '../testing/speaker.ts';

describe('what players say', () => {
  const engine = useTestEngine();
  let bertId = '';
  beforeAll(async () => {
    bertId = await makeCharacter(engine.store, 'Bert', NOW, { userId: 'u2' });
  });

  describe('aloud', () => {
    it('is heard by everyone who sees the speaker, and by the speaker', async () => {
      const result = await speaker(engine.store).packet('CLI_NORMAL_CHAT', { message: 'hello there' });
      expect(result.delivered('SRV_NORMAL_CHAT')).toEqual({ charId: 2000, message: 'hello there' });
      expect(result.deliveries[0]?.to).toBe('map/20/208,208');
      expect(result.deliveries[0]?.except).toBeUndefined();
      expect(result.replies).toEqual([]);
    });

    it('passes bytes on untouched, whatever they mean', async () => {
      for (const message of [{ $hex: 'ff01fe' }, 'grüße <b>"; DROP', '\x1b[31m \\%n']) {
        const result = await speaker(engine.store).packet('CLI_NORMAL_CHAT', { message });
        expect(result.delivered('SRV_NORMAL_CHAT').message).toEqual(message);
      }
    });

    it.each([
      ['255 letters', 'x'.repeat(255), undefined],
      ['256 letters', 'x'.repeat(256), 'text_too_long'],
      ['127 letters of two bytes', 'ü'.repeat(127), undefined],
      ['128 letters of two bytes', 'ü'.repeat(128), 'text_too_long'],
      ['255 bytes that are no text', { $hex: 'fe'.repeat(255) }, undefined],
      ['256 bytes that are no text', { $hex: 'fe'.repeat(256) }, 'text_too_long'],
      ['nothing', '', 'empty_text'],
    ])('%s', async (_what, message, refused) => {
      const result = await speaker(engine.store).packet('CLI_NORMAL_CHAT', { message });
      expect(result.refused).toBe(refused);
      expect(result.deliveries).toHaveLength(refused === undefined ? 1 : 0);
      if (refused !== undefined) expect(result.reply('SRV_WHISPER_CHAT').sender).toBe('SERVER');
    });

    it('with a slash is a command, which is the operators affair; where there are none it is unknown', async () => {
      const t = speaker(engine.store);
      const result = await t.packet('CLI_NORMAL_CHAT', { message: '/where' });
      expect(result.signals).toEqual([
        { to: 'self', name: 'operators.command', payload: { text: '/where' } },
      ]);
      expect(result.deliveries).toEqual([]);
      const signal = { to: 'self', name: 'operators.command', payload: { text: '/where' } };
      const back = await t.signal('edge.undeliverable', signal);
      expect(back.refused).toBe('unknown_command');
      expect(back.reply('SRV_WHISPER_CHAT')).toEqual({ sender: 'SERVER', message: 'Unknown command.' });
      const bytes = await t.packet('CLI_NORMAL_CHAT', { message: { $hex: '2fff' } });
      expect(bytes.refused).toBe('unknown_command');
    });

    it('needs a place to be heard', async () => {
      const loading = speaker(engine.store);
      loading.connection.sections.presence = { objectId: 2000, map: 20, visible: false, cell: '208,208' };
      expect((await loading.packet('CLI_NORMAL_CHAT', { message: 'a' })).refused).toBe('not_in_world');
      expect((await loading.packet('CLI_SHOUT_CHAT', { message: 'a' })).refused).toBe('not_in_world');
    });

    it('too fast is refused with a warning, and heard again after three seconds', async () => {
      const anna = speaker(engine.store);
      for (let n = 0; n < 5; n += 1) {
        expect((await anna.packet('CLI_NORMAL_CHAT', { message: 'a' })).refused).toBeUndefined();
      }
      const sixth = await anna.packet('CLI_NORMAL_CHAT', { message: 'a' });
      expect(sixth.refused).toBe('too_fast');
      expect(sixth.deliveries).toEqual([]);
      expect(sixth.reply('SRV_WHISPER_CHAT')).toMatchObject({ sender: 'SERVER' });
      anna.now = NOW + 3000;
      expect((await anna.packet('CLI_NORMAL_CHAT', { message: 'a' })).refused).toBeUndefined();
    });

    it('counts whispers and shouts too, and a flood mutes all three', async () => {
      const anna = speaker(engine.store);
      await anna.packet('CLI_SHOUT_CHAT', { message: 'a' });
      for (let n = 0; n < 4; n += 1) await anna.packet('CLI_WHISPER_CHAT', { target: 'Bert', message: 'a' });
      expect((await anna.packet('CLI_NORMAL_CHAT', { message: 'a' })).refused).toBe('too_fast');
      for (let n = 0; n < 14; n += 1) await anna.packet('CLI_NORMAL_CHAT', { message: 'a' });
      const muted = await anna.packet('CLI_WHISPER_CHAT', { target: 'Bert', message: 'a' });
      expect(muted.refused).toBe('muted');
      expect(muted.signals).toEqual([]);
      expect(muted.reply('SRV_WHISPER_CHAT').message).toContain('60 seconds');
      anna.now = NOW + 60_000;
      expect((await anna.packet('CLI_SHOUT_CHAT', { message: 'a' })).refused).toBeUndefined();
    });
  });

  describe('shouted', () => {
    it('is heard by the whole map', async () => {
      const result = await speaker(engine.store).packet('CLI_SHOUT_CHAT', { message: 'anyone?' });
      expect(result.delivered('SRV_SHOUT_CHAT')).toEqual({ sender: 'Anna', message: 'anyone?' });
      expect(result.deliveries[0]?.to).toBe('map/20');
    });

    it('too long is not shouted, so that the next may follow at once', async () => {
      const anna = speaker(engine.store);
      const long = await anna.packet('CLI_SHOUT_CHAT', { message: 'x'.repeat(256) });
      expect(long.refused).toBe('text_too_long');
      expect((await anna.packet('CLI_SHOUT_CHAT', { message: 'x' })).refused).toBeUndefined();
      expect(anna.sections.chat).toMatchObject({ said: [NOW], tried: [NOW, NOW] });
    });

    it('is heard once in five seconds', async () => {
      const anna = speaker(engine.store);
      await anna.packet('CLI_SHOUT_CHAT', { message: 'a' });
      anna.now = NOW + 4999;
      const soon = await anna.packet('CLI_SHOUT_CHAT', { message: 'b' });
      expect(soon.refused).toBe('shout_too_soon');
      expect(soon.deliveries).toEqual([]);
      expect(soon.reply('SRV_WHISPER_CHAT').sender).toBe('SERVER');
      anna.now = NOW + 5000;
      expect((await anna.packet('CLI_SHOUT_CHAT', { message: 'c' })).refused).toBeUndefined();
    });
  });

  describe('whispered', () => {
    it('goes to the character of that name, whatever the case', async () => {
      const result = await speaker(engine.store).packet('CLI_WHISPER_CHAT', {
        target: 'bERT',
        message: 'psst',
      });
      expect(result.signals).toEqual([
        {
          to: `character/${bertId}`,
          name: 'chat.whisper',
          payload: { sender: 'Anna', target: 'Bert', message: 'psst' },
        },
      ]);
      expect(result.replies).toEqual([]);
    });

    it('arrives with the name of who whispered', async () => {
      const bert = speaker(engine.store);
      const message = { $hex: 'c3' };
      const result = await bert.signal('chat.whisper', { sender: 'Anna', target: 'Bert', message });
      expect(result.reply('SRV_WHISPER_CHAT')).toEqual({ sender: 'Anna', message });
      expect((await bert.signal('chat.whisper', { sender: 'Anna', message: 5 })).refused).toBe('bad_signal');
    });

    it('to one who is not online comes back to the sender', async () => {
      const anna = speaker(engine.store);
      const payload = { sender: 'Anna', target: 'Bert', message: 'psst' };
      const back = { to: `character/${bertId}`, name: 'chat.whisper', payload };
      const result = await anna.signal('edge.undeliverable', back);
      expect(result.reply('SRV_WHISPER_CHAT')).toEqual({ sender: 'SERVER', message: 'Bert is not online.' });
      expect(result.refused).toBe('target_offline');
      const foreign = await anna.signal('edge.undeliverable', { ...back, name: 'trade.request' });
      expect(foreign.replies).toEqual([]);
    });

    it.each(['Nobody', 'x', 'a name', '', 'x'.repeat(1500), { $hex: 'ff' }])(
      'to %o is told to be unknown',
      async (target) => {
        const result = await speaker(engine.store).packet('CLI_WHISPER_CHAT', { target, message: 'psst' });
        expect(result.refused).toBe('unknown_target');
        expect(result.reply('SRV_WHISPER_CHAT').sender).toBe('SERVER');
        expect(result.signals).toEqual([]);
      },
    );

    it('says so when names cannot be looked up', async () => {
      const other = await startTestEngine();
      const anna = speaker(chatServices(other.environment, family.manifest.tables));
      await other.stop();
      const result = await anna.packet('CLI_WHISPER_CHAT', { target: 'Bert', message: 'psst' });
      expect(result.refused).toBe('service_down');
      expect(result.reply('SRV_WHISPER_CHAT').sender).toBe('SERVER');
    });
  });
});
