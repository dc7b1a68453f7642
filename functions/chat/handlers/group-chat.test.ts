import { describe, expect, it } from 'vitest';
import { useTestEngine } from '../../../test/support/use-engine.ts';
import { NOW, speaker } from '../testing/speaker.ts';

describe('what groups say among themselves', () => {
  const engine = useTestEngine();

  const member = { id: 'k1', number: 77, name: 'Foxes', rank: 3 };
  const party = { id: 'p1', version: 1, owner: 'c1', rule: 0, turn: 'c1', xp: 0, members: [] };
  const inGroups = (self = 'c1') => {
    const t = speaker(engine.store);
    t.connection.sections.party = { self, known: true, party };
    t.connection.sections.clan = { self, clan: member };
    return t;
  };

  it('goes to the topic of the group, which the speaker hears too', async () => {
    const t = inGroups();
    const message = 'this way';
    const toParty = await t.packet('CLI_PARTY_CHAT', { message });
    expect(toParty.delivered('SRV_PARTY_CHAT')).toEqual({ char_id: 2000, message });
    expect(toParty.deliveries[0]).toMatchObject({ to: 'party/p1' });
    expect(toParty.deliveries[0]?.except).toBeUndefined();
    const toClan = await t.packet('CLI_CLAN_CHAT', { message });
    expect(toClan.delivered('SRV_CLAN_CHAT')).toEqual({ sender: 'Anna', message });
    expect(toClan.deliveries[0]?.to).toBe('clan/k1');
    const toAllies = await t.packet('CLI_ALLIED_CHAT', { message });
    expect(toAllies.delivered('SRV_ALLIED_CHAT')).toEqual({ team: 77, message });
    const shout = await t.packet('CLI_ALLIED_SHOUT_CHAT', { message });
    expect(shout.delivered('SRV_ALLIED_SHOUT_CHAT')).toEqual({ team: 77, sender: 'Anna', message });
    t.now = NOW + 4000;
    expect((await t.packet('CLI_ALLIED_SHOUT_CHAT', { message })).refused).toBe('shout_too_soon');
  });

  it.each(['CLI_PARTY_CHAT', 'CLI_CLAN_CHAT', 'CLI_ALLIED_CHAT', 'CLI_ALLIED_SHOUT_CHAT'] as const)(
    '%s without a group is told so',
    async (name) => {
      for (const t of [speaker(engine.store), inGroups('somebody else')]) {
        const result = await t.packet(name, { message: 'hello' });
        expect(result.refused).toBe('no_group');
        expect(result.deliveries).toEqual([]);
        expect(result.reply('SRV_WHISPER_CHAT').message).toMatch(/^You are in no /);
      }
    },
  );

  it('counts towards muting like all that is said', async () => {
    const t = inGroups();
    for (let n = 0; n < 5; n += 1) await t.packet('CLI_PARTY_CHAT', { message: 'x' });
    expect((await t.packet('CLI_CLAN_CHAT', { message: 'x' })).refused).toBe('too_fast');
  });
});
