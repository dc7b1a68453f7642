import { describe, expect, it } from 'vitest';
import { BOW, blow, equip, FIELD, fighter, HERE, NOW } from './testing/fighter.ts';

const ok = (over = {}) => ({ target: 2500, verdict: 'ok', ...HERE, skill: 0, ...over });

describe('an attack', () => {
  it('asks its target first, and strikes when that can be met', async () => {
    const f = fighter();
    const asked = await f.packet('CLI_ATTACK', { targetId: 2500 });
    expect(asked.signal('combat.aim')).toMatchObject({
      to: `object/${FIELD}/2500`,
      payload: { by: 2000, byId: 'c1', connection: 'connection-c1', reach: 200, hostile: true, ...HERE },
    });
    expect(f.timers.map(({ name }) => name)).not.toContain('combat.hit');
    // Seen from now on, however crowded it is.
    expect(asked.pin).toEqual([`${FIELD}/2500`]);
    const begun = await f.signal('combat.aimed', ok());
    expect(begun.delivered('SRV_ATTACK')).toMatchObject({ attackerId: 2000, defenderId: 2500, ...HERE });
    const [struck] = await f.advance(0);
    expect(struck?.signal('combat.strike')).toMatchObject({
      to: `object/${FIELD}/2500`,
      payload: { by: 2000, attack: 19, power: 100, skill: 0 },
    });
    expect(f.sections.vitals?.combatAt).toBe(NOW);
  });

  it('goes on by itself at the attack speed until its target is dead', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    await f.signal('combat.aimed', ok());
    const blows = (await f.advance(3000)).filter((r) => r.signals.some((s) => s.name === 'combat.strike'));
    // 101 %: one each 990 ms.
    expect(blows).toHaveLength(4);
    await f.signal('combat.struck', { ...ok(), verdict: 'killed' });
    expect(await f.advance(10_000)).toEqual([]);
    expect(f.sections.fight?.target).toBeUndefined();
  });

  it('is no faster by asking often', async () => {
    const f = fighter();
    let blows = 0;
    for (let n = 0; n < 20; n += 1) {
      await f.packet('CLI_ATTACK', { targetId: 2500 });
      await f.signal('combat.aimed', ok());
      for (const result of await f.advance(100))
        blows += result.signals.filter(({ name }) => name === 'combat.strike').length;
    }
    expect(blows).toBeLessThanOrEqual(3);
  });

  it.each([
    ['nobody', 0],
    ['oneself', 2000],
  ])('on %s is refused', async (_whom, targetId) => {
    expect((await fighter().packet('CLI_ATTACK', { targetId })).refused).toBe('no_target');
  });

  it('on someone who is not there ends', async () => {
    const f = fighter();
    const { to, name, payload } = (await f.packet('CLI_ATTACK', { targetId: 2500 })).signal('combat.aim');
    const back = await f.signal('edge.undeliverable', { to, name, payload });
    expect(back.refused).toBe('no_target');
    expect(back.pin).toEqual([]);
    expect(f.sections.fight?.target).toBeUndefined();
  });

  it('on someone further away leads there, and strikes on arrival; too far is refused', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    const far = await f.signal('combat.aimed', ok({ verdict: 'far', x: HERE.x + 1160 }));
    expect(far.signal('movement.approach').payload).toEqual({
      objectId: 2500,
      x: HERE.x + 1000,
      y: HERE.y,
    });
    expect(far.delivered('SRV_ATTACK')).toMatchObject({ x: HERE.x + 1000, distance: 1160 });
    expect(f.timers[0]).toMatchObject({ name: 'combat.hit', at: NOW + 2310 });

    await f.packet('CLI_ATTACK', { targetId: 2500 });
    const away = await f.signal('combat.aimed', ok({ verdict: 'far', x: HERE.x + 3001 }));
    expect(away.refused).toBe('too_far');
    expect(away.signals).toEqual([]);
  });

  it('gives up a target that slips away again and again', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    const refusals: (string | undefined)[] = [];
    for (let n = 0; n < 9; n += 1)
      refusals.push((await f.signal('combat.struck', ok({ verdict: 'far', x: HERE.x + 900 }))).refused);
    expect(refusals.filter((reason) => reason !== undefined)).toEqual(['too_far']);
  });

  it.each([
    ['walks away', { start: NOW + 500, to: { x: 0, y: 0 }, targetId: 0 }],
    ['stops', { start: NOW + 500, targetId: 0 }],
    ['sits down', { gait: 'sit', start: NOW + 500, targetId: 2500 }],
  ] as const)('ends when the attacker %s', async (_how, change) => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    await f.signal('combat.aimed', ok());
    await f.advance(0);
    f.connection.sections.position = { ...f.connection.sections.position, ...change };
    const after = await f.advance(5000);
    expect(after.flatMap(({ signals }) => signals)).toEqual([]);
    expect(f.sections.fight?.target).toBeUndefined();
  });

  it('goes on while the attacker is led to its target', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    await f.signal('combat.aimed', ok({ verdict: 'far', x: HERE.x + 1000 }));
    f.connection.sections.position = { ...f.connection.sections.position, start: NOW + 3, targetId: 2500 };
    const results = await f.advance(3000);
    expect(results.flatMap(({ signals }) => signals).map(({ name }) => name)).toContain('combat.strike');
  });

  it.each([
    ['dead', { hp: 0 }, {}],
    ['sitting', {}, { gait: 'sit' as const }],
  ])('of someone who is %s is refused', async (reason, vitals, position) => {
    const f = fighter({ position });
    f.connection.sections.vitals = { ...f.connection.sections.vitals, ...vitals };
    expect((await f.packet('CLI_ATTACK', { targetId: 2500 })).refused).toBe(reason);
  });

  it('with a bow needs arrows', async () => {
    const f = fighter();
    equip(f, { 7: BOW });
    expect((await f.packet('CLI_ATTACK', { targetId: 2500 })).refused).toBe('no_ammunition');
    equip(f, { 132: { kind: 'stack', uid: 'a', type: 12, id: 1, count: 40 } });
    const asked = await f.packet('CLI_ATTACK', { targetId: 2500 });
    expect(asked.signal('combat.aim').payload).toMatchObject({ reach: 1200 });
  });

  it('a client that claims damage decides nothing', async () => {
    const f = fighter();
    const result = await f.packet('CLI_DAMAGE', { targetId: 2500, _randomId: 1 });
    expect(result.refused).toBe('server_decides');
    expect(result.signals).toEqual([]);
  });
});

describe('a blow', () => {
  it('hurts, is seen nearby, and its giver is told', async () => {
    const f = fighter();
    const result = await f.signal('combat.strike', blow());
    const { damage, action } = result.delivered('SRV_DAMAGE');
    expect(action).toBe(4);
    expect(damage).toBeGreaterThan(15);
    expect(f.sections.vitals).toMatchObject({ hp: 81 - damage, combatAt: NOW });
    expect(result.signal('combat.struck')).toMatchObject({
      to: 'connection/other',
      payload: { verdict: 'met', target: 2000 },
    });
    expect(f.timers).toContainEqual(expect.objectContaining({ name: 'combat.regenerate', at: NOW + 4000 }));
  });

  it.each([
    ['where players may not fight', { map: 20 }, {}, 'forbidden'],
    ['from too far away', {}, { x: HERE.x + 351 }, 'far'],
    ['by oneself', {}, { byId: 'c1' }, 'forbidden'],
  ])('%s does nothing', async (_how, given, over, verdict) => {
    const f = fighter(given);
    const result = await f.signal('combat.strike', blow(over));
    expect(result.deliveries).toEqual([]);
    expect(result.signal('combat.struck').payload).toMatchObject({ verdict });
    expect(f.sections.vitals?.hp).toBe(81);
  });

  it('by a member of the own party does nothing', async () => {
    const f = fighter();
    f.connection.sections.party = { self: 'c1', known: true, party: { id: 'p', members: [{ id: 'c2' }] } };
    expect((await f.signal('combat.strike', blow())).signal('combat.struck').payload).toMatchObject({
      verdict: 'forbidden',
    });
  });

  it('the last one kills: all that lasted ends, others are told, and it costs experience', async () => {
    const f = fighter();
    await f.packet('CLI_ATTACK', { targetId: 2500 });
    const result = await f.signal('combat.strike', blow({ attack: 500 }));
    expect(result.delivered('SRV_DAMAGE').action).toBe(16);
    expect(f.sections.vitals?.hp).toBe(0);
    expect(f.sections.fight).toBeUndefined();
    expect(f.timers).toEqual([]);
    expect(result.signals.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['movement.refresh', 'character.died', 'combat.struck']),
    );
    const again = await f.signal('combat.strike', blow());
    expect(again.signal('combat.struck').payload).toMatchObject({ verdict: 'dead' });
    expect(again.deliveries).toEqual([]);
  });

  it('of a monster is answered only when there is nobody left to hit', async () => {
    const f = fighter();
    const monster = { byId: '', partyId: null };
    const met = await f.signal('combat.strike', blow(monster));
    expect(met.signals.map(({ name }) => name)).not.toContain('combat.struck');
    const killed = await f.signal('combat.strike', blow({ ...monster, attack: 900 }));
    expect(killed.signal('combat.struck').payload).toMatchObject({ verdict: 'killed' });
  });

  it.each([
    ['no numbers', { attack: 'much' }],
    ['an unknown effect', { effect: { status: 'joy', amount: 1, duration: 1 } }],
    ['nothing of who strikes', { by: null }],
  ])('with %s is refused', async (_what, over) => {
    expect((await fighter().signal('combat.strike', blow(over))).refused).toBe('bad_signal');
  });
});

describe('others who need to know', () => {
  const party = { self: 'c1', known: true, party: { id: 'p', members: [{ id: 'c1' }] } };
  const names = ({ signals }: { readonly signals: readonly { readonly name: string }[] }) =>
    signals.map(({ name }) => name);

  it('of a death: a trade and a shop end with it, and the party sees it', async () => {
    const f = fighter();
    f.connection.sections.vitals = { hp: 1, mp: 0, at: NOW, combatAt: NOW };
    f.connection.sections.party = party;
    const dead = await f.signal('combat.strike', blow());
    expect(names(dead)).toEqual(expect.arrayContaining(['trade.stop', 'shop.stop', 'party.changed']));
    expect(dead.signals.filter(({ name }) => name.endsWith('.stop')).map(({ to }) => to)).toEqual([
      'self',
      'self',
    ]);
  });

  it('of the first blow after a rest: the party looks by itself from then on', async () => {
    const f = fighter();
    f.connection.sections.party = party;
    expect(names(await f.signal('combat.strike', blow({ attack: 1 })))).toContain('party.changed');
    f.now += 2000;
    expect(names(await f.signal('combat.strike', blow({ attack: 1 })))).not.toContain('party.changed');
    delete f.connection.sections.party;
    f.now += 20_000;
    expect(names(await f.signal('combat.strike', blow({ attack: 1 })))).not.toContain('party.changed');
  });
});

describe('hp and mp', () => {
  it('come back by 2 % every four seconds, faster sitting, and no further than the body allows', async () => {
    const f = fighter();
    f.connection.sections.vitals = { hp: 10, mp: 50, at: NOW, combatAt: 0 };
    await f.signal('edge.owned', { characterId: 'c1', epoch: 1 });
    const [first] = await f.advance(4000);
    expect(first?.delivered('SRV_SET_HP_AND_MP')).toEqual({ id: 2000, hp: 12, mp: 52 });
    f.connection.sections.position = { ...f.connection.sections.position, gait: 'sit' };
    await f.advance(4000);
    expect(f.sections.vitals).toMatchObject({ hp: 19, mp: 55 });
    await f.advance(60_000);
    expect(f.sections.vitals).toMatchObject({ hp: 81, mp: 55 });
    expect(f.timers).toEqual([]);
  });

  it('do not come back while one is away, nor to the dead', async () => {
    const f = fighter();
    f.connection.sections.vitals = { hp: 10, mp: 50, at: NOW - 86_400_000, combatAt: 0 };
    await f.signal('edge.owned', { characterId: 'c1', epoch: 1 });
    expect(f.sections.vitals).toMatchObject({ hp: 10, at: NOW });
    f.connection.sections.vitals = { hp: 0, mp: 50, at: NOW, combatAt: 0 };
    expect((await f.advance(60_000)).flatMap(({ deliveries }) => deliveries)).toEqual([]);
    expect(f.sections.vitals?.hp).toBe(0);
  });

  it('a potion gives back at most what is missing, and nothing to the dead', async () => {
    const f = fighter();
    f.connection.sections.vitals = { hp: 10, mp: 50, at: NOW, combatAt: 0 };
    const healed = await f.signal('combat.heal', { hp: 50 });
    expect(healed.delivered('SRV_SET_HP_AND_MP')).toEqual({ id: 2000, hp: 60, mp: 50 });
    await f.signal('combat.heal', { hp: 50, mp: 50 });
    expect(f.sections.vitals).toMatchObject({ hp: 81, mp: 55 });
    f.connection.sections.vitals = { hp: 0, mp: 0, at: NOW, combatAt: 0 };
    expect((await f.signal('combat.heal', { hp: 50 })).refused).toBe('dead');
  });

  it('who is called back has 30 % of the hp, no mp, and is sent to the place', async () => {
    const f = fighter();
    expect((await f.signal('combat.revive', { map: 22, x: 1, y: 2 })).refused).toBe('alive');
    f.connection.sections.vitals = { hp: 0, mp: 40, at: NOW, combatAt: 0 };
    const back = await f.signal('combat.revive', { map: 22, x: 1, y: 2 });
    expect(back.reply('SRV_REVIVE_REPLY')).toEqual({ map_id: 22 });
    expect(back.signal('movement.teleport').payload).toEqual({ map: 22, x: 1, y: 2 });
    // Should the way there be barred, it is seen alive where it lay.
    expect(back.signals.map(({ name }) => name)).toEqual(['movement.refresh', 'movement.teleport']);
    expect(f.sections.vitals).toMatchObject({ hp: 24, mp: 0 });
    expect((await f.signal('combat.revive', { map: 22, x: 1, y: 2 })).refused).toBe('alive');
  });
});
