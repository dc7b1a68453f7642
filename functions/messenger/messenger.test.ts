import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedPacket } from '../../shared/contract/index.ts';
import { BodyReader, BodyWriter } from '../../shared/kit/index.ts';
import { type FamilyUnderTest, type TestResult, testFamily } from '../../shared/kit/testing/index.ts';
import { granted } from '../../shared/store/index.ts';
import { sampleCharacter, samplePresence } from '../../shared/world/testing/sample-character.ts';
import { makeCharacter } from '../../test/support/make-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { ACTION, commandOf } from './command.ts';
import { family } from './family.ts';
import { handler } from './lambda.ts';
import type { MessengerFamilySection } from './sections.ts';
import { type MessengerServices, servicesOn } from './services.ts';

const NOW = 1_800_000_000_000;
type Under = FamilyUnderTest<MessengerFamilySection, MessengerServices>;
type Result = TestResult<MessengerFamilySection>;

describe('messenger', () => {
  const engine = useTestEngine();
  /** The services as the family has them: no further than its grants. */
  const granting = (): MessengerServices => servicesOn(granted(engine.store, family.manifest.tables));
  const ids = new Map<string, string>();
  const idOf = (name: string) => ids.get(name) ?? name;
  beforeAll(async () => {
    for (const name of ['Anna', 'Bert', 'Cleo']) ids.set(name, await makeCharacter(engine.store, name, NOW));
  });

  let connections = 0;
  /** A player in the world whose friends have been looked for. */
  async function player(name: string): Promise<Under> {
    connections += 1;
    const t = testFamily(family, {
      services: granting(),
      id: `connection-${connections}`,
      now: NOW,
      userId: name,
      characterId: idOf(name),
      sections: { character: sampleCharacter(idOf(name), name), presence: samplePresence() },
    });
    await t.signal('edge.owned', { characterId: idOf(name), epoch: 1 });
    await t.advance(1000);
    return t;
  }

  const body = (action: number) => new BodyWriter().u8(action).u8(0).u32(0);
  const send = (t: Under, writer: BodyWriter) => t.packet('CLI_MESSENGER', { body: writer.done() });
  const told = (result: Result) =>
    (result.replies as readonly NamedPacket[])
      .filter(({ name }) => name === 'SRV_MESSENGER')
      .map(({ payload }) => new BodyReader(payload.body as readonly number[]));
  const actions = (result: Result) => told(result).map((reader) => reader.u8());
  /** A signal of `from` to the only one it is for. */
  const pass = async (from: Under, result: Result, name: string, to: Under): Promise<Result> => {
    const signal = result.signal(name);
    expect(signal.to).toBe(`character/${to.connection.characterId}`);
    const source = { connection: from.connection.id, characterId: from.connection.characterId, hops: 1 };
    return to.signal(name, signal.payload, source);
  };

  it('the Lambda function describes itself', async () => {
    expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
  });

  it.each([[[]], [[9]], [[4, 0, 0, 0, 0, 0, 1]], [[7, 0, 0, 0, 0, 0]], [[0, 0, 0, 0, 0, 0, 0xff, 0]]])(
    'body %j is no command',
    (bytes) => {
      expect(commandOf(bytes)).toBeUndefined();
    },
  );

  it('two become friends, talk, come and go, and part', async () => {
    const [anna, bert] = [await player('Anna'), await player('Bert')];
    const asked = await send(anna, body(ACTION.addRequest).text('bert'));
    const asking = await pass(anna, asked, 'messenger.ask', bert);
    const [question] = told(asking);
    expect([question?.u8(), question?.text()]).toEqual([ACTION.addRequest, 'Anna']);
    const twice = await pass(anna, asked, 'messenger.ask', bert);
    expect(actions(await pass(bert, twice, 'messenger.answer', anna))).toEqual([ACTION.decline]);

    const accepted = await send(bert, body(ACTION.addAccept).u16(0).text('ANNA'));
    expect(actions(accepted)).toEqual([ACTION.addAccept]);
    const made = await pass(bert, accepted, 'messenger.made', anna);
    const [friend] = told(made);
    expect([friend?.u8(), friend?.u16(), friend?.u8(), friend?.text()]).toEqual([
      ACTION.addAccept,
      1,
      1,
      'Bert',
    ]);
    expect(actions(await pass(anna, made, 'messenger.status', bert))).toEqual([ACTION.login]);
    expect((await send(anna, body(ACTION.addRequest).text('Bert'))).refused).toBe('already_friend');

    const said = await anna.packet('CLI_MESSENGER_CHAT', { tag: 1, message: { $hex: 'ff41' } });
    const heard = await pass(anna, said, 'messenger.chat', bert);
    expect(heard.reply('SRV_MESSENGER_CHAT')).toEqual({ tag: 1, message: { $hex: 'ff41' } });

    const busy = await send(bert, body(ACTION.changeStatus).u8(3));
    const [status] = told(await pass(bert, busy, 'messenger.status', anna));
    expect([status?.u8(), status?.u16(), status?.u8()]).toEqual([ACTION.changeStatus, 1, 3]);
    expect((await send(bert, body(ACTION.changeStatus).u8(6))).refused).toBe('bad_value');

    const gone = await bert.signal('edge.closing', { reason: 'client_closed' });
    expect(actions(await pass(bert, gone, 'messenger.status', anna))).toEqual([ACTION.logout]);
    const back = await player('Bert');
    expect(back.sections.messenger?.friends).toMatchObject([{ name: 'Anna', tag: 1, status: 0 }]);
    const list = await send(anna, body(ACTION.list));
    const [reader] = told(list);
    expect([reader?.u8(), reader?.u8(), reader?.u16(), reader?.u8(), reader?.text()]).toEqual([
      ACTION.list,
      1,
      1,
      0,
      'Bert',
    ]);

    const parted = await send(anna, body(ACTION.delete).u16(1));
    expect(actions(parted)).toEqual([ACTION.delete]);
    expect(actions(await pass(anna, parted, 'messenger.parted', back))).toEqual([ACTION.delete]);
    expect((await anna.packet('CLI_MESSENGER_CHAT', { tag: 1, message: 'x' })).refused).toBe('no_friend');
    expect((await send(anna, body(ACTION.delete).u16(1))).refused).toBe('no_friend');
    expect((await player('Bert')).sections.messenger?.friends).toEqual([]);
  });

  it('who comes tells its friends, who tell how they are', async () => {
    const { friends } = granting();
    const [one, other] = ['Anna', 'Cleo'].map((name) => ({ id: idOf(name), name }));
    if (one === undefined || other === undefined) throw new Error('no players');
    expect(await friends.join({ one, other, now: NOW, step: 'ac' })).toMatchObject({ code: 'ok' });
    const cleo = await player('Cleo');
    connections += 1;
    const anna = testFamily(family, {
      services: granting(),
      now: NOW,
      userId: 'Anna',
      characterId: one.id,
      sections: { character: sampleCharacter(one.id, 'Anna'), presence: samplePresence() },
    });
    await anna.signal('edge.owned', { characterId: one.id, epoch: 1 });
    const [came] = await anna.advance(1000);
    if (came === undefined) throw new Error('nothing came due');
    const seen = await pass(anna, came, 'messenger.status', cleo);
    expect(actions(seen)).toEqual([ACTION.login]);
    expect(actions(await pass(cleo, seen, 'messenger.status', anna))).toEqual([ACTION.login]);
    expect(anna.sections.messenger?.friends).toMatchObject([{ name: 'Cleo', status: 1 }]);
    const { to, name, payload } = {
      to: `character/${other.id}`,
      name: 'messenger.chat',
      payload: { message: 'x' },
    };
    expect(actions(await anna.signal('edge.undeliverable', { to, name, payload }))).toEqual([ACTION.logout]);
    anna.connection.characterId = null;
    const left = (await anna.timer('messenger.enter')).sections.messenger;
    expect(left).toBeUndefined();
  });

  it('a friend that one never heard of is there when the list is asked for', async () => {
    const { friends } = granting();
    const finn = await player('Finn');
    const [one, other] = [
      { id: 'Finn', name: 'Finn' },
      { id: 'Gus', name: 'Gus' },
    ];
    await friends.join({ one, other, now: NOW, step: 'finn-gus' });
    const listed = await send(finn, body(ACTION.list));
    const [reader] = told(listed);
    expect([reader?.u8(), reader?.u8()]).toEqual([ACTION.list, 1]);
    expect(listed.signal('messenger.status')).toMatchObject({
      to: 'character/Gus',
      payload: { reply: true },
    });
    expect(finn.sections.messenger?.friends).toMatchObject([{ id: 'Gus' }]);
  });

  it('refusals', async () => {
    const bert = await player('Bert');
    for (const name of ['Nobody', 'Bert', 'no name', '']) {
      const result = await send(bert, body(ACTION.addRequest).text(name));
      expect(actions(result)).toEqual([ACTION.notFound]);
    }
    expect(actions(await send(bert, body(ACTION.addAccept).u16(0).text('Anna')))).toEqual([ACTION.notFound]);
    const asked = await send(bert, body(ACTION.addRequest).text('Cleo'));
    const { to, name, payload } = asked.signal('messenger.ask');
    expect(actions(await bert.signal('edge.undeliverable', { to, name, payload }))).toEqual([
      ACTION.notFound,
    ]);
    const cleo = await player('Cleo');
    await pass(bert, asked, 'messenger.ask', cleo);
    const rejected = await send(cleo, body(ACTION.addReject).u16(0).text('Bert'));
    expect(actions(await pass(cleo, rejected, 'messenger.answer', bert))).toEqual([ACTION.addReject]);
    cleo.now += 61_000;
    expect((await send(cleo, body(ACTION.addAccept).u16(0).text('Bert'))).refused).toBe('no_question');
  });

  it('friendship is both ways or none, whoever acts at the same moment, and once however often a step runs', async () => {
    const { friends } = granting();
    const [one, other] = [
      { id: 'x1', name: 'X' },
      { id: 'y1', name: 'Y' },
    ];
    const both = await Promise.all([
      friends.join({ one, other, now: NOW, step: 's1' }),
      friends.join({ one: other, other: one, now: NOW, step: 's2' }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(['already_friend', 'ok']);
    const first = await friends.join({ one, other, now: NOW, step: both[0]?.code === 'ok' ? 's1' : 's2' });
    expect(first.code).toBe('ok');
    const people = Array.from({ length: 51 }, (_, n) => ({ id: `p${n}`, name: `P${n}` }));
    const hub = { id: 'hub', name: 'Hub' };
    const codes: string[] = [];
    for (const [n, person] of people.entries())
      codes.push((await friends.join({ one: hub, other: person, now: NOW, step: `hub-${n}` })).code);
    expect(codes.filter((code) => code === 'ok')).toHaveLength(50);
    expect(codes.at(-1)).toBe('full');
    expect(await friends.of({ characterId: 'p50' })).toEqual({ code: 'ok', list: [] });
    await friends.part({ one: 'p0', other: 'hub', now: NOW, step: 'part' });
    expect((await friends.part({ one: 'p0', other: 'hub', now: NOW, step: 'part' })).code).toBe('ok');
    const hubs = await friends.of({ characterId: 'hub' });
    expect('list' in hubs ? hubs.list : []).toHaveLength(49);
  });

  it('five messages in three seconds, 1 to 255 bytes each', async () => {
    const { friends } = granting();
    await friends.join({
      one: { id: idOf('Bert'), name: 'Bert' },
      other: { id: idOf('Cleo'), name: 'Cleo' },
      now: NOW,
      step: 'bc',
    });
    const bert = await player('Bert');
    const tag = bert.sections.messenger?.friends?.find(({ name }) => name === 'Cleo')?.tag ?? 0;
    for (const message of ['', 'x'.repeat(256), { $hex: 'ff'.repeat(256) }])
      expect((await bert.packet('CLI_MESSENGER_CHAT', { tag, message })).refused).toBe('bad_length');
    for (let n = 0; n < 5; n += 1)
      expect((await bert.packet('CLI_MESSENGER_CHAT', { tag, message: 'x' })).refused).toBeUndefined();
    expect((await bert.packet('CLI_MESSENGER_CHAT', { tag, message: 'x' })).refused).toBe('too_fast');
    bert.now += 3001;
    expect((await bert.packet('CLI_MESSENGER_CHAT', { tag, message: 'x' })).refused).toBeUndefined();
  });
});
