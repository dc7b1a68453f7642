import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedPacket } from '../../shared/contract/index.ts';
import { BodyReader, BodyWriter } from '../../shared/kit/index.ts';
import { type FamilyUnderTest, type TestResult, testFamily } from '../../shared/kit/testing/index.ts';
import { createCharacterService } from '../../shared/services/builtin/index.ts';
import { granted } from '../../shared/store/index.ts';
import { sampleCharacter, samplePresence } from '../../shared/world/testing/sample-character.ts';
import { makeCharacter } from '../../test/support/make-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { type Clan, type ClanMember, changedClan, RANK } from './clan.ts';
import { COMMAND, commandOf } from './command.ts';
import { family } from './family.ts';
import { handler } from './lambda.ts';
import { NEWS, REASON } from './packets.ts';
import type { ClanFamilySection } from './sections.ts';
import { type ClanServices, servicesOn } from './services.ts';

const NOW = 1_800_000_000_000;
type Under = FamilyUnderTest<ClanFamilySection, ClanServices>;

describe('changes of a clan', () => {
  const member = (name: string, rank: number): ClanMember => ({
    id: name,
    name,
    rank,
    level: 1,
    job: 0,
    online: true,
  });
  const clan: Clan = {
    id: 'k',
    version: 1,
    number: 7,
    name: 'Foxes',
    description: '',
    notice: '',
    mark: { back: 1, center: 2 },
    members: [member('max', 6), member('dot', 5), member('cem', 4), member('jon', 1)],
  };
  const rankOf = (answer: ReturnType<typeof changedClan>, id: string) =>
    'clan' in answer ? answer.clan?.members.find((one) => one.id === id)?.rank : answer.refused;

  it('ranks rise and fall below one s own, by deputies and the master', () => {
    const rank = (by: string, name: string, step: 1 | -1) =>
      rankOf(changedClan(clan, { kind: 'rank', by, name, step }), name.toLowerCase());
    expect(rank('max', 'JON', 1)).toBe(2);
    expect(rank('max', 'cem', 1)).toBe(5);
    expect(rank('max', 'dot', 1)).toBe('no_right');
    expect(rank('dot', 'cem', 1)).toBe('no_right');
    expect(rank('dot', 'cem', -1)).toBe(3);
    expect(rank('cem', 'jon', 1)).toBe('no_right');
    expect(rank('dot', 'max', -1)).toBe('no_right');
    expect(rank('max', 'jon', -1)).toBe(0);
    expect(rank('max', 'who', 1)).toBe('not_member');
  });

  it('there is exactly one master, who stays as long as there are others', () => {
    const handed = changedClan(clan, { kind: 'master', by: 'max', name: 'jon' });
    expect([rankOf(handed, 'jon'), rankOf(handed, 'max')]).toEqual([RANK.master, RANK.deputy]);
    expect(changedClan(clan, { kind: 'master', by: 'dot', name: 'jon' })).toEqual({ refused: 'no_right' });
    expect(changedClan(clan, { kind: 'leave', id: 'max' })).toEqual({ refused: 'master_stays' });
    const alone = { ...clan, members: [member('max', 6)] };
    expect(changedClan(alone, { kind: 'leave', id: 'max' })).toEqual({ clan: null });
    expect(changedClan(clan, { kind: 'disband', by: 'dot' })).toEqual({ refused: 'no_right' });
  });

  it('a master whose character is gone is succeeded by the highest, of these by the first; another just leaves', () => {
    const gone = (who: string) => changedClan(clan, { kind: 'succession', gone: who });
    expect(gone('max')).toMatchObject({
      clan: { version: 2, members: [{ id: 'dot', rank: RANK.master }, {}, {}] },
    });
    const equals = {
      ...clan,
      members: [member('jon', 1), member('max', 6), member('cem', 4), member('eva', 4)],
    };
    const after = changedClan(equals, { kind: 'succession', gone: 'max' });
    expect(['jon', 'cem', 'eva'].map((id) => rankOf(after, id))).toEqual([1, RANK.master, 4]);
    expect(rankOf(gone('cem'), 'max')).toBe(RANK.master);
    expect(rankOf(gone('cem'), 'cem')).toBeUndefined();
    expect(gone('who')).toEqual({ clan });
    const alone = { ...clan, members: [member('max', 6)] };
    expect(changedClan(alone, { kind: 'succession', gone: 'max' })).toEqual({ clan: null });
  });

  it('fifty at most; commanders let in, deputies throw out', () => {
    const join = (by: string, members = clan.members) =>
      changedClan({ ...clan, members }, { kind: 'join', by, member: member('new', 1) });
    expect(join('cem')).toMatchObject({ clan: { version: 2 } });
    expect(join('jon')).toEqual({ refused: 'no_right' });
    const many = Array.from({ length: 46 }, (_, n) => member(`m${n}`, 1));
    expect(join('max', [...clan.members, ...many])).toEqual({ refused: 'full' });
    expect(changedClan(clan, { kind: 'kick', by: 'cem', name: 'jon' })).toEqual({ refused: 'no_right' });
    expect(changedClan(clan, { kind: 'kick', by: 'dot', name: 'max' })).toEqual({ refused: 'no_right' });
    expect(changedClan(clan, { kind: 'kick', by: 'dot', name: 'jon' })).toMatchObject({
      clan: { version: 2 },
    });
  });

  it.each([[[]], [[0x01]], [[0x00, 1]], [[0x00, 1, 0, 2, 0, 0xff, 0]], [[0x02, 0xff, 0]], [[0xff]]])(
    'body %j is no command',
    (body) => {
      expect(commandOf(body)).toBeUndefined();
    },
  );
});

describe('clans', () => {
  const engine = useTestEngine();
  /** The services as the family has them: no further than its grants. */
  const granting = (): ClanServices => servicesOn(granted(engine.store, family.manifest.tables));
  const ids = new Map<string, string>();
  beforeAll(async () => {
    for (const name of ['Anna', 'Bert', 'Cleo']) ids.set(name, await makeCharacter(engine.store, name, NOW));
  });

  let connections = 0;
  function player(name: string, now = NOW): Under {
    connections += 1;
    const id = ids.get(name) ?? name;
    return testFamily(family, {
      services: granting(),
      id: `connection-${connections}`,
      now,
      userId: name,
      characterId: id,
      sections: { character: sampleCharacter(id, name), presence: samplePresence() },
    });
  }

  const send = (t: Under, body: BodyWriter) => t.packet('CLI_CLAN_COMMAND', { body: body.done() });
  const text = (t: Under, command: number, name: string) => send(t, new BodyWriter().u8(command).text(name));
  const create = (t: Under, name: string) =>
    send(t, new BodyWriter().u8(COMMAND.create).u16(3).u16(4).text(name).text('about us'));
  const bodies = (packets: readonly unknown[]) =>
    (packets as readonly NamedPacket[])
      .filter(({ name }) => name === 'SRV_CLAN_COMMAND')
      .map(({ payload }) => payload.body as readonly number[]);
  const news = (result: TestResult<ClanFamilySection>) => bodies(result.replies).map(([first]) => first);
  const told = (result: TestResult<ClanFamilySection>) =>
    bodies(result.deliveries.flatMap(({ packets }) => packets)).map(([first]) => first);

  it('the Lambda function describes itself', async () => {
    expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
  });

  it('is founded, invites, ranks, hands over and ends', async () => {
    const anna = player('Anna');
    const founded = await create(anna, 'Red Foxes');
    expect(news(founded)).toEqual([NEWS.info]);
    const clan = anna.sections.clan?.clan;
    expect(clan).toMatchObject({ name: 'Red Foxes', rank: RANK.master });
    expect(founded.watch).toEqual([`clan/${clan?.id}`]);
    expect(news(await create(anna, 'Another'))).toEqual([NEWS.condition]);
    expect(news(await create(player('Cleo'), 'RED foxes'))).toEqual([NEWS.nameTaken]);
    for (const bad of ['', 'x', ' a', 'a  b', 'a'.repeat(25), 'a\nb', '<b>'])
      expect(news(await create(player('Cleo'), bad))).toEqual([NEWS.createFailed]);

    const signal = (await text(anna, COMMAND.invite, 'bert')).signal('clan.invite');
    expect(signal.to).toBe(`character/${ids.get('Bert')}`);
    const bert = player('Bert');
    const asked = await bert.signal('clan.invite', signal.payload, { connection: 'anna' });
    expect(news(asked)).toEqual([NEWS.invited]);
    const again = await bert.signal('clan.invite', signal.payload, { connection: 'anna' });
    expect(again.signal('clan.answered').payload.says).toBe('already_member');
    const joined = await text(bert, COMMAND.accept, 'Anna');
    expect(news(joined)).toEqual([NEWS.info]);
    expect(told(joined)).toEqual([NEWS.memberIs]);
    expect(joined.watch).toEqual([`clan/${clan?.id}`]);
    const answer = joined.signal('clan.answered');
    expect(news(await anna.signal('clan.answered', answer.payload))).toEqual([NEWS.answered]);
    expect(joined.sections.clan?.clan?.number).toBe(clan?.number);

    const list = await send(bert, new BodyWriter().u8(COMMAND.members));
    const reader = new BodyReader(bodies(list.replies)[1] ?? []);
    expect([
      reader.u8(),
      reader.u8(),
      reader.u8(),
      reader.u32(),
      reader.u16(),
      reader.u16(),
      reader.text(),
    ]).toEqual([NEWS.members, RANK.master, 1, 0, 1, 0, 'Anna']);

    expect((await text(bert, COMMAND.kick, 'Anna')).refused).toBe('no_right');
    const promoted = await text(anna, COMMAND.promote, 'Bert');
    expect(told(promoted)).toEqual([NEWS.memberIs]);
    await bert.signal('clan.membership', promoted.signal('clan.membership').payload);
    expect(bert.sections.clan?.clan?.rank).toBe(RANK.senior);
    expect((await text(anna, COMMAND.leave, '')).refused).toBe('master_stays');
    expect(told(await text(anna, COMMAND.notice, 'we meet at noon'))).toEqual([NEWS.notice]);
    expect((await text(bert, COMMAND.notice, 'no')).refused).toBe('no_right');

    const handed = await text(anna, COMMAND.master, 'Bert');
    expect(anna.sections.clan?.clan?.rank).toBe(RANK.deputy);
    await bert.signal('clan.membership', handed.signal('clan.membership').payload);
    expect(bert.sections.clan?.clan?.rank).toBe(RANK.master);

    const kicked = await text(bert, COMMAND.kick, 'Anna');
    expect(told(kicked)).toEqual([NEWS.memberLeft]);
    const out = await anna.signal('clan.membership', kicked.signal('clan.membership').payload);
    expect(bodies(out.replies)).toEqual([[NEWS.out, 1]]);
    expect(out.watch).toEqual([]);
    expect(anna.sections.clan?.clan).toBeUndefined();

    const ended = await send(bert, new BodyWriter().u8(COMMAND.disband));
    expect(bodies(ended.replies)).toEqual([[NEWS.out, 2]]);
    expect(news(await create(player('Cleo'), 'red foxes'))).toEqual([NEWS.info]);
    expect(
      (
        await granting().clans.of({
          characterId: ids.get('Anna') ?? '',
        })
      ).code,
    ).toBe('none');
  });

  it('a member that comes back is in its clan again, and the others see it come and go', async () => {
    const name = `Owls ${connections}`;
    await create(player('Bert'), name);
    const bert = player('Bert');
    await bert.signal('edge.owned', { characterId: ids.get('Bert') ?? '', epoch: 2 });
    const [came] = await bert.advance(1000);
    if (came === undefined) throw new Error('nothing came due');
    expect(news(came)).toEqual([NEWS.info]);
    expect(bert.sections.clan?.clan?.name).toBe(name);
    const gone = await bert.signal('edge.closing', { reason: 'client_closed' });
    const [body] = bodies(gone.deliveries.flatMap(({ packets }) => packets));
    expect(body?.slice(0, 3)).toEqual([NEWS.memberIs, RANK.master, 0]);
    bert.connection.characterId = null;
    const lobby = player('Bert');
    lobby.connection.sections.clan = { self: ids.get('Bert') ?? '' };
    lobby.connection.characterId = null;
    expect((await lobby.timer('clan.enter')).watch).toEqual([]);
  });

  it('a clan whose master was deleted has another one as soon as somebody comes', async () => {
    for (const name of ['Hana', 'Ivo']) ids.set(name, await makeCharacter(engine.store, name, NOW));
    const [hanaId, ivoId] = [ids.get('Hana') ?? '', ids.get('Ivo') ?? ''];
    const [hana, ivo] = [player('Hana'), player('Ivo')];
    await create(hana, 'Storks');
    const clanId = hana.sections.clan?.clan?.id ?? '';
    await ivo.signal(
      'clan.invite',
      { clanId, clan: 'Storks', by: hanaId, inviter: 'Hana' },
      { connection: 'hana' },
    );
    await text(ivo, COMMAND.accept, 'Hana');
    for (const one of [hana, ivo]) await one.signal('edge.closing', { reason: 'client_closed' });

    const comes = async (later: number) => {
      const again = player('Ivo', NOW + later);
      await again.signal('edge.owned', { characterId: ivoId, epoch: 2 });
      const [came] = await again.advance(1000);
      if (came === undefined) throw new Error('nothing came due');
      return { came, rank: again.sections.clan?.clan?.rank };
    };
    const removal = { userId: 'Hana', characterId: hanaId, now: NOW, step: 'delete-hana' };
    expect((await createCharacterService(engine.store).remove(removal)).code).toBe('ok');
    // Deleted she will be in a day, and may change her mind until then.
    expect((await comes(60_000)).rank).toBe(RANK.junior);
    const { came, rank } = await comes(25 * 3_600_000);
    expect(rank).toBe(RANK.master);
    expect(told(came)).toEqual([NEWS.memberLeft, NEWS.memberIs, NEWS.memberIs]);
    const { clans } = granting();
    expect((await clans.of({ characterId: hanaId })).code).toBe('none');
  });

  it('who missed that it was thrown out, or of another rank, finds out within a minute', async () => {
    const [finn, gus] = [player('Finn'), player('Gus')];
    await create(finn, 'Herons');
    const { clans } = granting();
    const clanId = finn.sections.clan?.clan?.id ?? '';
    const invitation = { clanId, clan: 'Herons', by: 'Finn', inviter: 'Finn' };
    await gus.signal('clan.invite', invitation, { connection: 'finn' });
    await text(gus, COMMAND.accept, 'Finn');
    // The signals of these two get lost.
    await clans.change({
      clanId,
      change: { kind: 'rank', by: 'Finn', name: 'Gus', step: 1 },
      now: NOW,
      step: 'lost-1',
    });
    await gus.advance(76_000);
    expect(gus.sections.clan?.clan?.rank).toBe(RANK.senior);
    await clans.change({
      clanId,
      change: { kind: 'kick', by: 'Finn', name: 'Gus' },
      now: NOW,
      step: 'lost-2',
    });
    const results = await gus.advance(76_000);
    expect(results.flatMap(news)).toEqual([NEWS.out]);
    expect(results.at(-1)?.watch).toEqual([]);
    expect(gus.sections.clan?.clan).toBeUndefined();
    expect(gus.timers).toEqual([]);
  });

  it('one name has one founder, and one character one clan, whoever comes at the same moment', async () => {
    const { clans } = granting();
    const member = (id: string): ClanMember => ({ id, name: id, rank: 6, level: 1, job: 0, online: true });
    const found = (id: string, name: string) =>
      clans.found({
        clan: { name, description: '', notice: '', mark: { back: 0, center: 0 }, members: [member(id)] },
        now: NOW,
        step: crypto.randomUUID(),
      });
    const race = await Promise.all(['a', 'b', 'c', 'd'].map((id) => found(`racer-${id}`, 'Wolves')));
    expect(race.map(({ code }) => code).sort()).toEqual(['name_taken', 'name_taken', 'name_taken', 'ok']);
    const twice = await Promise.all(['X 1', 'X 2', 'X 3'].map((name) => found('lone', name)));
    expect(twice.map(({ code }) => code).sort()).toEqual(['already_member', 'already_member', 'ok']);
    const step = crypto.randomUUID();
    const clan = {
      name: 'Bears',
      description: '',
      notice: '',
      mark: { back: 0, center: 0 },
      members: [member('bear')],
    };
    expect(await clans.found({ clan, now: NOW, step })).toEqual(await clans.found({ clan, now: NOW, step }));
  });

  it('pictures: deputies set them once a minute, everyone may ask', async () => {
    const dora = player('Dora');
    await create(dora, 'Painters');
    const data = [1, 2, 3];
    const set = await dora.packet('CLI_CLAN_ICON_SET', { crc: 9, data });
    expect(set.reply('SRV_CLAN_ICON_TIMESTAMP')).toMatchObject({ year: 2027 });
    expect((await dora.packet('CLI_CLAN_ICON_SET', { crc: 9, data })).refused).toBe('too_often');
    const number = dora.sections.clan?.clan?.number ?? 0;
    const shown = await player('Emil').packet('CLI_CLAN_ICON_REQ', { id: number });
    expect(shown.reply('SRV_CLAN_ICON_REPLY')).toEqual({ id: number & 0xffff, data });
    expect((await player('Emil').packet('CLI_CLAN_ICON_REQ', { id: 0xffff_ffff })).refused).toBe('no_icon');
    expect((await player('Emil').packet('CLI_CLAN_ICON_SET', { crc: 1, data })).refused).toBe('no_clan');
    dora.now = NOW + 61_000;
    expect((await dora.packet('CLI_CLAN_ICON_SET', { crc: 1, data: [] })).refused).toBe('bad_value');
    expect((await dora.packet('CLI_CLAN_ICON_TIMESTAMP', {})).names).toEqual(['SRV_CLAN_ICON_TIMESTAMP']);
  });

  it('refusals have their reasons', async () => {
    const emil = player('Emil');
    for (const command of [COMMAND.kick, COMMAND.promote, COMMAND.leave, COMMAND.notice, COMMAND.invite]) {
      const result = await text(emil, command, 'Anna');
      expect(bodies(result.replies)).toEqual([[NEWS.refused, command, REASON.no_clan]]);
    }
    const accept = await text(emil, COMMAND.accept, 'Anna');
    expect(bodies(accept.replies)).toEqual([[NEWS.refused, COMMAND.accept, REASON.no_invitation]]);
    expect((await emil.packet('CLI_CLAN_COMMAND', { body: [0x55] })).refused).toBe('unknown_command');
    const back = await emil.signal('edge.undeliverable', {
      to: 'character/x',
      name: 'clan.invite',
      payload: {},
    });
    expect(bodies(back.replies)).toEqual([[NEWS.refused, COMMAND.invite, REASON.unknown_character]]);
  });
});
