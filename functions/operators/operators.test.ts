import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type FamilyUnderTest, testFamily } from '../../shared/kit/testing/index.ts';
import { createAuditLog, dayOf } from '../../shared/services/builtin/audit/audit-log.ts';
import {
  createAccountService,
  createCharacterService,
  createWorldService,
} from '../../shared/services/builtin/index.ts';
import { granted } from '../../shared/store/index.ts';
import { experienceToReach } from '../../shared/world/formulas.ts';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
} from '../../shared/world/testing/sample-character.ts';
import { startTestEngine } from '../../test/support/engine.ts';
import { makeCharacter } from '../../test/support/make-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { COMMANDS } from './commands.ts';
import { family } from './family.ts';
import { handler } from './lambda.ts';
import type { OperatorsSection } from './sections.ts';
import { type OperatorsServices, operatorsServices, servicesOn } from './services.ts';
import { missingExperience } from './signals/raise.ts';

const NOW = 1_800_000_000_000;
type Under = FamilyUnderTest<OperatorsSection, OperatorsServices>;

describe('operators', () => {
  const engine = useTestEngine();
  /** The services as the family has them: no further than its grants. */
  const granting = (): OperatorsServices => servicesOn(granted(engine.store, family.manifest.tables));
  const ids = new Map<string, { id: string; userId: string }>();

  /** An account with a character. */
  async function made(name: string, right: number): Promise<void> {
    await createAccountService(engine.store).add({ name: `acc${name}`, password: 'x', right, now: NOW });
    const listed = await createAccountService(engine.store).list();
    const account =
      'accounts' in listed ? listed.accounts.find((one) => one.name === `acc${name}`) : undefined;
    const userId = account?.userId ?? '';
    ids.set(name, { id: await makeCharacter(engine.store, name, NOW, { userId, right }), userId });
  }

  beforeAll(async () => {
    await made('Gwen', 512);
    await made('Otto', 512);
    await made('Anna', 1);
  });

  const idOf = (name: string) => ids.get(name)?.id ?? '';

  function player(name = 'Gwen', right = 512, services: OperatorsServices = granting()): Under {
    const { id, userId } = ids.get(name) ?? { id: name, userId: `user-${name}` };
    return testFamily(family, {
      services,
      now: NOW,
      userId,
      characterId: id,
      epoch: 0,
      sections: {
        session: { account: `acc${name}`, right, serverId: 1, channelId: 1 },
        character: sampleCharacter(id, name),
        position: samplePosition(NOW),
        presence: samplePresence(),
      },
    });
  }

  const say = async (t: Under, text: string) => {
    const result = await t.signal('operators.command', { text });
    const whispers = result.replies.map((reply) => ('payload' in reply ? String(reply.payload.message) : ''));
    return { result, whispers };
  };

  const auditOf = async (text: string) => {
    const read = await createAuditLog(engine.store).read({ day: dayOf(NOW) });
    return 'entries' in read ? read.entries.filter((entry) => entry.text === text) : [];
  };

  it('the Lambda function describes itself', async () => {
    expect(await handler({ describe: true }, { awsRequestId: 'request-1' })).toEqual(family.manifest);
  });

  it('players have no commands, and what they try is not in the log', async () => {
    const anna = player('Anna', 1);
    for (const text of ['/kick Gwen', '/give zuly 5', '/nonsense', '/']) {
      const { result, whispers } = await say(anna, text);
      expect(whispers).toEqual(['Unknown command. /help lists yours.']);
      expect(result.refused).toMatch(/^(no_right|unknown_command)$/);
      expect(result.signals).toEqual([]);
      expect(await auditOf(text)).toEqual([]);
    }
    expect((await say(anna, '/help')).whispers).toEqual(['There are no commands for you.']);
    const forged = await player().signal('operators.command', { text: '/who' }, { connection: 'other' });
    expect(forged.refused).toBe('bad_signal');
  });

  it('the page of operators has every command as it is', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/operators.md'), 'utf8');
    for (const { name, usage } of COMMANDS) {
      const row = `\`/${name} ${usage}`.trimEnd().replaceAll('|', '\\|');
      expect(page).toContain(`| ${row}\` |`);
    }
  });

  it('/help lists what the right allows', async () => {
    const { whispers } = await say(player(), '/HELP');
    expect(whispers.map((line) => line.split(/[ :]/)[0])).toEqual([
      '/help',
      '/where',
      '/who',
      '/kick',
      '/ban',
      '/announce',
      '/teleport',
      '/give',
      '/level',
    ]);
  });

  it('every use is in the log with what came of it', async () => {
    await say(player(), '/kick Nobody  at all');
    expect(await auditOf('/kick Nobody  at all')).toMatchObject([
      {
        at: NOW,
        account: 'accGwen',
        character: 'Gwen',
        right: 512,
        address: '127.0.0.1',
        command: 'kick',
        outcome: 'unknown_character',
      },
    ]);
    const { result } = await say(player(), '/announce to all');
    expect(result.refused).toBeUndefined();
    expect(await auditOf('/announce to all')).toMatchObject([{ outcome: 'done' }]);
  });

  it('nothing is done that cannot be logged', async () => {
    const services = granting();
    const other = await startTestEngine();
    const broken = { ...services, audit: operatorsServices(other.environment, family.manifest.tables).audit };
    await other.stop();
    const { result, whispers } = await say(player('Gwen', 512, broken), '/announce unheard');
    expect(result.refused).toBe('no_audit');
    expect(result.deliveries).toEqual([]);
    expect(whispers[0]).toMatch(/^Not done/);
  });

  it('/announce goes to everyone with the name', async () => {
    const { result } = await say(player(), '/announce  The ferry  leaves');
    expect(result.deliveries[0]?.to).toBe('all');
    expect(result.delivered('SRV_ANNOUNCE_CHAT')).toEqual({ message: 'The ferry  leaves', name: 'Gwen' });
    expect((await say(player(), '/announce ')).result.refused).toBe('bad_command');
  });

  it('/where tells where one is, and asks a player', async () => {
    expect((await say(player(), '/where')).whispers).toEqual(['You are on map 20 at 520000 520000.']);
    const asked = await say(player(), '/where anna');
    const signal = asked.result.signal('operators.locate');
    expect(signal.to).toBe(`character/${idOf('Anna')}`);
    const answer = await player('Anna', 1).signal('operators.locate', signal.payload, { connection: 'gwen' });
    const located = answer.signal('operators.located');
    expect(located.to).toBe('connection/gwen');
    const told = await player().signal('operators.located', located.payload);
    expect(told.reply('SRV_WHISPER_CHAT').message).toBe('Anna is on map 20 at 520000 520000.');
    const { to, name, payload } = signal;
    const nobody = await player().signal('edge.undeliverable', { to, name, payload });
    expect(nobody.reply('SRV_WHISPER_CHAT').message).toBe('Anna is not in the world.');
    const foreign = await player().signal('edge.undeliverable', {
      to: 'x',
      name: 'chat.whisper',
      payload: {},
    });
    expect(foreign.replies).toEqual([]);
  });

  it('/who counts those who have an object id', async () => {
    const place = { map: 22, epoch: 1, now: NOW, step: 'who', connectionId: 'c' };
    await createWorldService(engine.store).allocateObject({ ...place, characterId: idOf('Anna') });
    await createWorldService(engine.store).allocateObject({
      ...place,
      step: 'actor',
      characterId: 'actor/map/22/1,1',
    });
    expect((await say(player(), '/who 22')).whispers).toEqual(['1 player.', 'Anna (level 1, map 22)']);
    expect((await say(player(), '/who')).whispers[0]).toBe('1 player.');
    expect((await say(player(), '/who 99')).result.refused).toBe('bad_command');
  });

  it('/kick saves and closes, and tells why', async () => {
    const { result } = await say(player(), '/kick Anna too loud');
    const to = `character/${idOf('Anna')}`;
    expect(result.signal('auth.kick')).toMatchObject({ to, payload: { operator: true, name: 'Anna' } });
    expect(result.deliveries[0]?.to).toBe(to);
    expect(result.delivered('SRV_WHISPER_CHAT').message).toBe(
      'You were removed from the world by an operator: too loud',
    );
  });

  it('/ban bans the account of a character, but not those of equals', async () => {
    await made('Rolf', 1);
    const { result, whispers } = await say(player(), '/ban rolf cheating');
    expect(whispers).toEqual(['The account accRolf is banned.']);
    expect(result.signal('auth.kick').to).toBe(`user/${ids.get('Rolf')?.userId}`);
    const listed = await createAccountService(engine.store).list();
    const banned = 'accounts' in listed ? listed.accounts.filter((one) => one.banned) : [];
    expect(banned.map(({ name }) => name)).toEqual(['accRolf']);
    expect((await say(player(), '/ban Otto')).result.refused).toBe('no_right');
    expect((await say(player(), '/ban Gwen')).result.refused).toBe('no_right');
    await made('Sven', 1);
    expect((await say(player(), '/ban ACCsven')).whispers).toEqual(['The account accSven is banned.']);
    expect((await say(player(), '/ban Nemo')).result.refused).toBe('unknown_account');
  });

  it.each([
    ['/teleport 22', { map: 22, x: 510_000, y: 510_000 }],
    ['/teleport 521000 522000', { map: 20, x: 521_000, y: 522_000 }],
    ['/teleport 20 521000.5 522000', { map: 20, x: 521_000.5, y: 522_000 }],
  ])('%s moves oneself', async (text, to) => {
    const { result } = await say(player(), text);
    const { map } = to;
    const signal = result.signal('movement.teleport');
    expect(signal).toMatchObject({ to: 'self', payload: text === '/teleport 22' ? { map } : to });
  });

  it.each([
    '/teleport',
    '/teleport 5',
    '/teleport 20 1 1',
    '/teleport 20 NaN 1',
    '/teleport 20 1 2 3',
    '/teleport Anna 20 x y',
  ])('%s goes nowhere', async (text) => {
    const { result } = await say(player(), text);
    expect(result.refused).toMatch(/^bad_/);
    expect(result.signals).toEqual([]);
  });

  it('/teleport goes to a player, and moves a player', async () => {
    const asked = (await say(player(), '/teleport Anna')).result.signal('operators.locate');
    const answer = await player('Anna', 1).signal('operators.locate', asked.payload, { connection: 'gwen' });
    const arrived = await player().signal('operators.located', answer.signal('operators.located').payload);
    const payload = { map: 20, x: 520_000, y: 520_000 };
    expect(arrived.timers).toEqual([{ name: 'operators.go', at: NOW, payload }]);
    const gone = await player().timer('operators.go', payload);
    expect(gone.signals).toEqual([{ to: 'self', name: 'movement.teleport', payload }]);
    const moved = await say(player(), '/teleport Anna 20 521000 522000');
    expect(moved.result.signal('movement.teleport')).toMatchObject({
      to: `character/${idOf('Anna')}`,
      payload: { map: 20, x: 521_000, y: 522_000, operator: true, name: 'Anna' },
    });
  });

  describe('/give', () => {
    const inventoryOf = async (name: string) => {
      const id = idOf(name);
      const read = await createCharacterService(engine.store).possessions({ characterIds: [id] });
      const inventory = 'inventories' in read ? read.inventories[id] : undefined;
      if (inventory === undefined) throw new Error('no inventory');
      return inventory;
    };

    it('mints money and items into a bag, once however often it runs', async () => {
      const before = await inventoryOf('Anna');
      const t = player();
      const { result, whispers } = await say(t, '/give Anna zuly 12345');
      expect(whispers).toEqual(['Anna gets 12345 zuly.']);
      expect(result.signal('items.changed').to).toBe(`character/${idOf('Anna')}`);
      expect(BigInt((await inventoryOf('Anna')).zuly) - BigInt(before.zuly)).toBe(12_345n);
      await say(t, '/give Anna consumable/1 20');
      await say(t, '/give Anna weapon/1 3');
      const after = await inventoryOf('Anna');
      const things = Object.values(after.slots).filter((item) => item.type === 8 && item.id === 1);
      expect(new Set(things.map(({ uid }) => uid)).size).toBe(things.length);
      const count = (slots: typeof after.slots) =>
        Object.values(slots).reduce(
          (sum, item) => sum + (item.kind === 'stack' && item.type === 10 && item.id === 1 ? item.count : 0),
          0,
        );
      expect(count(after.slots) - count(before.slots)).toBe(20);
      // The same message once more, as after a lost answer.
      const again = player();
      await say(again, '/give Anna zuly 12345');
      expect((await inventoryOf('Anna')).zuly).toBe(after.zuly);
    });

    it('to oneself rereads the own bag', async () => {
      const before = await inventoryOf('Gwen');
      const t = testFamily(family, {
        services: granting(),
        id: 'give-self',
        now: NOW,
        userId: ids.get('Gwen')?.userId ?? '',
        characterId: idOf('Gwen'),
        epoch: 0,
        sections: {
          session: { account: 'accGwen', right: 512, serverId: 1, channelId: 1 },
          character: sampleCharacter(idOf('Gwen'), 'Gwen'),
        },
      });
      const { result } = await say(t, '/give zuly 7');
      expect(result.signal('items.changed').to).toBe('self');
      expect(BigInt((await inventoryOf('Gwen')).zuly) - BigInt(before.zuly)).toBe(7n);
    });

    it.each([
      '/give',
      '/give zuly',
      '/give zuly 0',
      '/give zuly -5',
      '/give zuly 1.5',
      '/give zuly 99999999999999999999',
      '/give weapon/999',
      '/give consumable/1 1000',
      '/give weapon/1 31',
      '/give Anna',
      '/give Anna hat',
    ])('%s gives nothing', async (text) => {
      const before = await inventoryOf('Gwen');
      const { result } = await say(player(), text);
      expect(result.refused).toBe('bad_command');
      expect(await inventoryOf('Gwen')).toEqual(before);
    });

    it('more than fits is refused whole', async () => {
      await made('Full', 1);
      const outcomes: (string | undefined)[] = [];
      for (let n = 0; n < 5; n += 1) {
        const t = testFamily(family, {
          services: granting(),
          id: `full-${n}`,
          now: NOW,
          userId: 'u',
          characterId: idOf('Gwen'),
          sections: {
            session: { account: 'accGwen', right: 512, serverId: 1, channelId: 1 },
            character: sampleCharacter(idOf('Gwen'), 'Gwen'),
          },
        });
        outcomes.push((await say(t, '/give Full shield/1 30')).result.refused);
      }
      expect(outcomes.at(-1)).toBe('no_space');
      const shields = Object.values((await inventoryOf('Full')).slots).filter(({ type }) => type === 9);
      expect(shields.length % 30).toBe(0);
      expect(shields.length).toBeGreaterThan(0);
    });
  });

  it('/level gives exactly the experience that is missing; levels only rise', async () => {
    const signal = (await say(player(), '/level Anna 5')).result.signal('operators.raise');
    expect(signal).toMatchObject({ to: `character/${idOf('Anna')}`, payload: { level: 5, name: 'Anna' } });
    const anna = player('Anna', 1);
    anna.connection.sections.character = { ...sampleCharacter(idOf('Anna'), 'Anna'), level: 3, xp: '10' };
    const risen = await anna.signal('operators.raise', signal.payload, { connection: 'gwen' });
    const missing = experienceToReach(4) + experienceToReach(5) - 10;
    expect(risen.timers).toEqual([{ name: 'operators.rise', at: NOW, payload: { xp: missing } }]);
    const gain = await anna.timer('operators.rise', { xp: missing });
    expect(gain.signal('character.gain')).toMatchObject({ to: 'self', payload: { xp: missing } });
    expect(risen.signal('operators.told').to).toBe('connection/gwen');
    const never = await anna.signal(
      'operators.raise',
      { ...signal.payload, level: 3 },
      { connection: 'gwen' },
    );
    expect(never.signals.map(({ name }) => name)).toEqual(['operators.told']);
    expect((await say(player(), '/level 3')).result.signal('operators.raise').to).toBe('self');
    for (const text of ['/level', '/level 0', '/level 211', '/level Anna', '/level 1.5'])
      expect((await say(player(), text)).result.refused).toBe('bad_command');
    expect(missingExperience(1, 0, 210)).toBeLessThan(Number.MAX_SAFE_INTEGER);
  });
});
