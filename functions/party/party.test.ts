import { beforeAll, describe, expect, it } from 'vitest';
import { PartyReqType as Q, PartyReplyType as R } from '../../shared/protocol/packets.generated.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { tagOf } from './facts.ts';
import { family } from './family.ts';
import { handler } from './lambda.ts';
import { createParties } from './store/parties.ts';
import { NOW, type Seat, Table } from './testing/table.ts';

describe('party', () => {
  const engine = useTestEngine();
  let table: Table;
  beforeAll(async () => {
    table = new Table(engine.store);
  });

  /** A party of the first, who owns it, and all others. */
  async function partyOf(...seats: readonly [Seat, Seat, ...Seat[]]): Promise<void> {
    const [owner, second, ...rest] = seats;
    await owner.request(Q.CREATE, second.objectId);
    await second.reply(R.ACCEPT_CREATE, owner.objectId);
    for (const seat of rest) {
      await owner.request(Q.JOIN, seat.objectId);
      await seat.reply(R.ACCEPT_JOIN, owner.objectId);
    }
    for (const seat of seats) seat.take();
  }

  it('the Lambda function describes itself', async () => {
    expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
  });

  it('two form a party, and both are shown each other', async () => {
    const [anna, bert] = [table.sit('Anna'), table.sit('Bert')];
    await anna.request(Q.CREATE, bert.objectId);
    expect(anna.take()).toEqual([]);
    expect(bert.inbox).toMatchObject([
      { name: 'SRV_PARTY_REQ', payload: { type: Q.CREATE, source: anna.objectId, name: 'Anna' } },
    ]);
    bert.take();
    await bert.reply(R.ACCEPT_CREATE, anna.objectId);
    expect(bert.take()).toEqual(['MEMBER 1 Anna', 'RULE', 'LEVELEXP']);
    expect(anna.take()).toEqual([
      `REPLY ${R.ACCEPT_CREATE} ${bert.objectId}`,
      'MEMBER 1 Bert',
      'RULE',
      'LEVELEXP',
    ]);
    expect(anna.watched).toEqual([`party/${anna.party?.id}`]);
    expect(bert.watched).toEqual(anna.watched);
    expect(anna.party).toMatchObject({
      owner: anna.id,
      version: 1,
      members: [{ id: anna.id }, { id: bert.id }],
    });
  });

  it('members that join see everyone, and everyone sees them', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert);
    await anna.request(Q.JOIN, cleo.objectId);
    cleo.take();
    await cleo.reply(R.ACCEPT_JOIN, anna.objectId);
    expect(anna.take()).toEqual([`REPLY ${R.ACCEPT_JOIN} ${cleo.objectId}`, 'MEMBER 1 Cleo']);
    expect(bert.take()).toEqual(['MEMBER 1 Cleo']);
    // The owner first; and then both introduce themselves as they are now.
    expect(cleo.take()).toEqual([
      'MEMBER 1 Anna',
      'MEMBER 1 Bert',
      'RULE',
      'LEVELEXP',
      'MEMBER_UPDATE Anna',
      'MEMBER_UPDATE Bert',
    ]);
  });

  it('one without a party may apply to the owner of one', async () => {
    const [anna, bert, dora] = [table.sit('Anna'), table.sit('Bert'), table.sit('Dora')];
    await partyOf(anna, bert);
    await dora.request(Q.JOIN, bert.objectId);
    expect(dora.take()).toEqual([`REPLY ${R.NOT_FOUND} ${bert.objectId}`]);
    await dora.request(Q.JOIN, anna.objectId);
    expect(anna.take()).toEqual(['REQ']);
    await anna.reply(R.ACCEPT_JOIN, dora.objectId);
    expect(dora.take().slice(0, 3)).toEqual([
      `REPLY ${R.ACCEPT_JOIN} ${anna.objectId}`,
      'MEMBER 1 Anna',
      'MEMBER 1 Bert',
    ]);
    expect(dora.party?.members).toHaveLength(3);
    expect(bert.party?.members).toHaveLength(3);
  });

  it('questions are rejected, and refused with their codes', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    const strong = table.sit('Strong', 32);
    const far = table.sit('Far', 1);
    expect((await anna.request(Q.CREATE, 65_000)).refused).toBeUndefined();
    expect(anna.take()).toEqual([`REPLY ${R.NOT_FOUND} 65000`]);
    expect((await anna.request(Q.CREATE, anna.objectId)).refused).toBe('bad_target');
    anna.take();
    await anna.request(Q.CREATE, strong.objectId);
    expect(anna.take()).toEqual([`REPLY ${R.INVALID_LEVEL} ${strong.objectId}`]);
    await anna.request(Q.CREATE, bert.objectId);
    await anna.request(Q.CREATE, cleo.objectId);
    expect(anna.take()).toEqual([`REPLY ${R.BUSY} ${cleo.objectId}`]);
    await cleo.request(Q.CREATE, bert.objectId);
    expect(cleo.take()).toEqual([`REPLY ${R.BUSY} ${bert.objectId}`]);
    await bert.reply(R.REJECT_JOIN, anna.objectId);
    expect(anna.take()).toEqual([`REPLY ${R.REJECT_JOIN} ${bert.objectId}`]);
    bert.take();
    expect((await bert.reply(R.ACCEPT_CREATE, anna.objectId)).refused).toBe('no_question');
    await partyOf(anna, bert);
    expect((await bert.request(Q.JOIN, cleo.objectId)).refused).toBe('already_member');
    expect((await bert.request(Q.CREATE, cleo.objectId)).refused).toBe('already_member');
    expect(bert.take()).toEqual(Array(2).fill(`REPLY ${R.REJECT_JOIN} ${bert.objectId}`));
    await cleo.request(Q.CREATE, bert.objectId);
    expect(cleo.take()).toEqual([`REPLY ${R.REJECT_JOIN} ${bert.objectId}`]);
    expect((await cleo.request(99, bert.objectId)).refused).toBe('unknown_request');
    await far.request(Q.LEAVE, 0);
    expect(far.take()).toEqual([`REPLY ${R.NOT_FOUND} 0`]);
  });

  it('a question that nobody answers is over after 30 seconds', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await anna.request(Q.CREATE, bert.objectId);
    for (const seat of [anna, bert]) seat.family.now = NOW + 30_001;
    expect((await bert.reply(R.ACCEPT_CREATE, anna.objectId)).refused).toBe('no_question');
    await anna.request(Q.CREATE, cleo.objectId);
    await cleo.reply(R.ACCEPT_CREATE, anna.objectId);
    expect(anna.party?.members).toHaveLength(2);
  });

  it('seven at most', async () => {
    const seats = ['Ann', 'Bea', 'Cat', 'Dan', 'Eve', 'Fay', 'Gil'].map((name) => table.sit(name));
    await partyOf(...(seats as [Seat, Seat, ...Seat[]]));
    const [anna] = seats as [Seat];
    expect(anna.party?.members).toHaveLength(7);
    const eighth = table.sit('Hal');
    await anna.request(Q.JOIN, eighth.objectId);
    expect(anna.take()).toEqual([`REPLY ${R.FULL} ${eighth.objectId}`]);
    await eighth.request(Q.JOIN, anna.objectId);
    expect(eighth.take()).toEqual([`REPLY ${R.FULL} ${anna.objectId}`]);
  });

  it('of two answers at the same moment that fill the last place one gets FULL', async () => {
    const seats = ['Ann', 'Bea', 'Cat', 'Dan', 'Eve', 'Fay'].map((name) => table.sit(name));
    await partyOf(...(seats as [Seat, Seat, ...Seat[]]));
    const party = seats[0]?.party;
    const parties = createParties(engine.store);
    const entries = ['x', 'y'].map((id) => {
      const [member] = party?.members ?? [];
      if (member === undefined) throw new Error('no party');
      return { ...member, id: `${id}-${crypto.randomUUID()}` };
    });
    const outcomes = await Promise.all(
      entries.map((member) =>
        parties.change({
          partyId: party?.id ?? '',
          change: { kind: 'join', by: party?.owner ?? '', member },
          now: NOW,
          step: crypto.randomUUID(),
        }),
      ),
    );
    expect(outcomes.map(({ code }) => code).sort()).toEqual(['full', 'ok']);
  });

  it('nobody is in two parties, whoever accepts at the same moment', async () => {
    const parties = createParties(engine.store);
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert);
    const members = anna.party?.members ?? [];
    const [a] = members;
    if (a === undefined) throw new Error('no party');
    const one = { ...a, id: cleo.id };
    const others = ['p', 'q', 'r', 's'].map((id) => ({ ...a, id: `${id}-${crypto.randomUUID()}` }));
    const outcomes = await Promise.all(
      others.map((other) =>
        parties.form({
          id: crypto.randomUUID(),
          rule: 0,
          members: [other, one],
          now: NOW,
          step: crypto.randomUUID(),
        }),
      ),
    );
    expect(outcomes.map(({ code }) => code).sort()).toEqual(['ok', 'taken', 'taken', 'taken']);
  });

  it('a step that is repeated forms and changes once', async () => {
    const parties = createParties(engine.store);
    const [anna, bert] = [table.sit('Anna'), table.sit('Bert')];
    await partyOf(anna, bert);
    const [a, b] = anna.party?.members ?? [];
    if (a === undefined || b === undefined) throw new Error('no party');
    const members = [
      { ...a, id: crypto.randomUUID() },
      { ...b, id: crypto.randomUUID() },
    ];
    const form = { id: crypto.randomUUID(), rule: 0, members, now: NOW, step: crypto.randomUUID() };
    expect(await parties.form(form)).toEqual(await parties.form(form));
    const earn = { partyId: form.id, xp: 5, now: NOW, step: crypto.randomUUID() };
    expect(await parties.earn(earn)).toMatchObject({ xp: 5 });
    expect(await parties.earn(earn)).toMatchObject({ xp: 5 });
    const leave = {
      partyId: form.id,
      change: { kind: 'leave', id: members[0]?.id ?? '' } as const,
      now: NOW,
      step: crypto.randomUUID(),
    };
    expect(await parties.change(leave)).toMatchObject({ code: 'ok', party: null });
    expect(await parties.change(leave)).toMatchObject({ code: 'ok', party: null });
    expect((await parties.of({ characterId: members[1]?.id ?? '', now: NOW })).code).toBe('none');
  });

  it('leaving: the next one owns the party; a party of one is no more', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    await anna.request(Q.LEAVE, 0);
    expect(anna.take()).toEqual(['MEMBER -1 Anna']);
    expect(anna.watched).toEqual([]);
    expect(anna.party).toBeUndefined();
    expect(bert.take()).toEqual(['MEMBER -1 Anna', `REPLY ${R.CHANGE_OWNER_AND_LEAVE} ${bert.objectId}`]);
    cleo.take();
    await cleo.request(Q.LEAVE, 0);
    expect(cleo.take()).toEqual([`REPLY ${R.DESTROY} ${cleo.objectId}`]);
    expect(bert.take()).toEqual([`REPLY ${R.DESTROY} ${bert.objectId}`]);
    expect(bert.family.timers).toEqual([]);
    await partyOf(bert, anna);
    expect(bert.party?.members).toHaveLength(2);
  });

  it('the owner bans, passes the party on and sets its rules; others may not', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    expect((await bert.request(Q.BAN, cleo.objectId)).refused).toBe('not_owner');
    expect((await bert.request(Q.CHANGE_OWNER, bert.objectId)).refused).toBe('not_member');
    expect((await bert.rule(1)).refused).toBe('not_owner');
    bert.take();
    expect((await anna.rule(2)).refused).toBe('bad_rule');
    anna.take();
    await anna.rule(0x81);
    for (const seat of [anna, bert, cleo]) expect(seat.take()).toEqual(['RULE']);
    await anna.request(Q.CHANGE_OWNER, bert.objectId);
    for (const seat of [anna, bert, cleo])
      expect(seat.take()).toEqual([`REPLY ${R.CHANGE_OWNER} ${bert.objectId}`]);
    await bert.request(Q.BAN, anna.objectId);
    const tag = tagOf(anna.id);
    expect(anna.take()).toEqual([`REPLY ${R.BAD} ${tag}`, 'MEMBER -1 Anna']);
    for (const seat of [bert, cleo]) expect(seat.take()).toEqual([`REPLY ${R.BAD} ${tag}`, 'MEMBER -1 Anna']);
    await bert.request(Q.BAN, cleo.objectId);
    expect(cleo.take()).toEqual([`REPLY ${R.BAD} ${tagOf(cleo.id)}`, `REPLY ${R.DESTROY} ${cleo.objectId}`]);
  });

  it('whoever drops keeps the place and takes it again', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    await bert.drop();
    const tag = tagOf(bert.id);
    expect(anna.take()).toEqual([`REPLY ${R.LEAVE} ${tag}`, 'MEMBER_UPDATE Bert']);
    expect(anna.party?.members[1]).toMatchObject({ id: bert.id, droppedAt: NOW });
    cleo.take();
    const again = table.sitAgain(bert, 'Bert');
    again.family.now = NOW + 4 * 60_000;
    await again.hear('edge.owned', { characterId: bert.id, epoch: 2 });
    await again.wait(1000);
    expect(again.take().slice(0, 4)).toEqual(['MEMBER 1 Anna', 'MEMBER 1 Cleo', 'RULE', 'LEVELEXP']);
    expect(anna.take()).toContain(`REPLY ${R.REJOIN} ${tag}`);
    expect(anna.party?.members[1]).toMatchObject({ droppedAt: 0, facts: { objectId: again.objectId } });
    expect(anna.family.timers.map(({ name }) => name)).toEqual(['party.look']);
  });

  it('after five minutes the place is lost', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    await anna.drop();
    bert.take();
    await bert.wait(5 * 60_000 + 2000);
    expect(bert.take().slice(-2)).toEqual([
      'MEMBER -1 Anna',
      `REPLY ${R.CHANGE_OWNER_AND_LEAVE} ${bert.objectId}`,
    ]);
    expect(cleo.party?.owner).toBe(bert.id);
    const again = table.sitAgain(anna, 'Anna');
    again.family.now = NOW + 6 * 60_000;
    await again.hear('edge.owned', { characterId: anna.id, epoch: 2 });
    await again.wait(1000);
    expect(again.party).toBeUndefined();
    expect(again.take()).toEqual([]);
  });

  it('a member whose process died is found to be away by the next word to it', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    cleo.online = false;
    await anna.rule(1);
    expect(anna.take()).toEqual(['RULE', `REPLY ${R.LEAVE} ${tagOf(cleo.id)}`, 'MEMBER_UPDATE Cleo']);
    expect(bert.party?.members[2]?.droppedAt).toBe(NOW);
  });

  it('hp is shown when it changes, once a second at most; level and map are told the handlers too', async () => {
    const [anna, bert] = [table.sit('Anna'), table.sit('Bert')];
    await partyOf(anna, bert);
    await bert.wait(1000);
    anna.take();
    bert.family.connection.sections.vitals = { hp: 40, mp: 10, at: NOW + 1000, combatAt: NOW + 1000 };
    for (let n = 0; n < 5; n += 1) await bert.hear('party.changed');
    await bert.wait(1000);
    expect(anna.inbox).toMatchObject([
      { name: 'SRV_PARTY_MEMBER_UPDATE', payload: { member: { name: 'Bert', hp: 40 } } },
    ]);
    anna.take();
    await bert.wait(2000);
    expect(anna.take()).toEqual([]);
    const presence = { objectId: 9999, map: 22, visible: true, cell: '208,208' };
    bert.family.connection.sections.presence = presence;
    await bert.wait(3000);
    expect(anna.inbox).toMatchObject([{ payload: { member: { name: 'Bert', id: 9999 } } }]);
    expect(anna.party?.members[1]?.facts.map).toBe(22);
    expect(anna.pinned).toEqual(['22/9999']);
  });

  it('members are seen however crowded it is, for as long as they are members and there', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    const keys = (...seats: readonly Seat[]) => seats.map(({ objectId }) => `20/${objectId}`);
    await partyOf(anna, bert, cleo);
    expect([anna.pinned, bert.pinned, cleo.pinned]).toEqual([
      keys(bert, cleo),
      keys(anna, cleo),
      keys(anna, bert),
    ]);
    await cleo.drop();
    expect([anna.pinned, bert.pinned]).toEqual([keys(bert), keys(anna)]);
    await bert.request(Q.LEAVE, bert.objectId);
    expect([anna.pinned, bert.pinned]).toEqual([[], []]);
  });

  it('experience is shared by those on the map who stand near; the party rises', async () => {
    const [anna, bert, cleo] = [table.sit('Anna'), table.sit('Bert'), table.sit('Cleo')];
    await partyOf(anna, bert, cleo);
    cleo.family.connection.sections.position = {
      map: 20,
      x: 535_000,
      y: 520_000,
      speed: 433,
      start: NOW,
      gait: 'run',
      targetId: 0,
    };
    // Two kills of one moment.
    await anna.hear('party.share', { xp: '600', map: 20, x: 520_000, y: 520_000, source: 3000 });
    await anna.hear('party.share', { xp: 400, map: 20, x: 520_000, y: 520_000, source: 3001 });
    await anna.wait(0);
    const parts = [
      { name: 'character.gain', payload: { xp: 240, source: 3000 } },
      { name: 'character.gain', payload: { xp: 160, source: 3001 } },
    ];
    expect(anna.signals).toEqual(parts);
    expect(bert.signals).toEqual(parts);
    expect(cleo.signals).toEqual([]);
    await anna.wait(3000);
    const level = bert.inbox.find(({ name }) => name === 'SRV_PARTY_LEVELEXP');
    expect(level?.payload).toMatchObject({ level: 2, exp_data: { exp: 600, level_up: 1 } });
    expect(anna.family.sections.party?.earned).toBeUndefined();
    const lone = table.sit('Lone');
    await lone.hear('party.share', { xp: 10 });
    expect(lone.signals).toEqual([{ name: 'character.gain', payload: { xp: 10 } }]);
  });

  it('items in order: each is shown, and the turn goes round', async () => {
    const [anna, bert] = [table.sit('Anna'), table.sit('Bert')];
    await partyOf(anna, bert);
    await anna.rule(128);
    anna.take();
    expect(anna.party?.turn).toBe(anna.id);
    const item = { header: { type: 10, id: 1, isCreated: 0 }, data: { count: 3 } };
    await anna.hear('party.item', { characterId: anna.id, item });
    expect(bert.inbox.at(-1)).toMatchObject({ name: 'SRV_PARTY_ITEM', payload: { target: anna.objectId } });
    expect([anna.party?.turn, bert.party?.turn]).toEqual([bert.id, bert.id]);
    await bert.hear('party.item', { characterId: bert.id, item });
    expect(anna.party?.turn).toBe(anna.id);
  });
});
