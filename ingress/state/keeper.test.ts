import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { coreKey, sectionValue } from '../../shared/store/index.ts';
import { storeCharacter, type TestKeeper, testKeeper } from '../../test/support/keeper.ts';
import { type ManualClock, manualClock } from '../../test/support/manual-clock.ts';
import { injectFaults, type StoreFaults } from '../../test/support/store-faults.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import type { Commit } from '../ports/state.ts';

const engine = useTestEngine();
let faults: StoreFaults;
let clock: ManualClock;
let one: TestKeeper;
let characters = 0;

beforeAll(async () => {
  faults = injectFaults(engine.store);
});
beforeEach(() => {
  faults.choose = () => undefined;
  clock = manualClock();
  one = testKeeper({ store: engine.store, clock });
});

const SECTIONS = ['deeds', 'fame', 'whereabouts', 'mood', 'bag'];
const core = (id: string) => engine.store.get('characters', coreKey(id));
const updates = () => faults.commands.filter((command) => command === 'UpdateItemCommand').length;

/** A connection that owns a new character. */
async function owner(
  sections: Parameters<typeof storeCharacter>[2] = {},
  by = one,
): Promise<{ id: string; connection: EdgeConnection }> {
  characters += 1;
  const id = `c${characters}`;
  await storeCharacter(engine.store, id, sections);
  const connection = by.connect();
  await by.commit(connection, { change: { userId: 'u', characterId: id } });
  return { id, connection };
}

/** Lets everything that waits for the real database come to its end. */
async function settle(connection: EdgeConnection): Promise<void> {
  await one.commit(connection, { reread: ['bag'] });
}

describe('identity', () => {
  it('is taken over, frozen, and needs no store', async () => {
    const connection = one.connect();
    faults.commands.length = 0;
    const change = {
      userId: 'u1',
      sessionId: 's1',
      characters: [{ id: 'a', name: 'Anna' }],
      sections: { mood: { is: 'good' } },
    };
    expect(await one.commit(connection, { change })).toEqual({ kind: 'unchanged' });
    const view = connection.state.view(SECTIONS);
    expect(view).toEqual({ ...change, characterId: null });
    expect(Object.isFrozen(view.characters)).toBe(true);
    expect(Object.isFrozen(view.sections.mood)).toBe(true);
    expect(faults.commands).toEqual([]);
  });

  it('shows only the sections asked for', async () => {
    const { connection } = await owner({ deeds: { n: 1 }, fame: { n: 2 } });
    expect(connection.state.view(['fame']).sections).toEqual({ fame: { n: 2 } });
  });
});

describe('taking over', () => {
  it('raises the epoch, names the owner and loads all sections', async () => {
    await engine.store.put('characters', {
      pk: 'character#loaded',
      sk: 'bag',
      version: 3,
      slots: { 1: 'sword' },
    });
    await storeCharacter(engine.store, 'loaded', { deeds: { n: 1 }, whereabouts: { x: 5 } });
    const connection = one.connect();
    const result = await one.commit(connection, { change: { userId: 'u', characterId: 'loaded' } });
    expect(result).toEqual({ kind: 'owned', characterId: 'loaded', epoch: 1, timers: [] });
    expect(connection.state.epoch).toBe(1);
    expect(connection.state.view(SECTIONS).sections).toEqual({
      deeds: { n: 1 },
      whereabouts: { x: 5 },
      bag: { version: 3, slots: { 1: 'sword' } },
    });
    expect(await core('loaded')).toMatchObject({
      epoch: 1,
      owner: { ingress: 'edge-1', connection: connection.id },
      name: 'loaded',
    });
  });

  it('is denied for a character that does not exist, and makes none', async () => {
    const connection = one.connect();
    const result = await one.commit(connection, { change: { characterId: 'nobody' } });
    expect(result).toEqual({ kind: 'denied', characterId: 'nobody', reason: 'missing' });
    expect(connection.state.characterId).toBeNull();
    expect(await core('nobody')).toBeNull();
  });

  it('makes the item of an actor', async () => {
    const connection = one.connect();
    const result = await one.commit(connection, { change: { characterId: 'actor/map/1/0,0' } });
    expect(result).toMatchObject({ kind: 'owned', epoch: 1 });
    expect(await core('actor/map/1/0,0')).toMatchObject({ pk: 'actor/map/1/0,0', epoch: 1 });
  });

  it('takes one write and no read when nobody owns it (but for derived sections)', async () => {
    const connection = one.connect();
    faults.commands.length = 0;
    await one.commit(connection, { change: { characterId: 'actor/map/1/1,0' } });
    expect(faults.commands).toEqual(['UpdateItemCommand']);
  });

  it('of what is owned already changes nothing', async () => {
    const { id, connection } = await owner();
    expect(await one.commit(connection, { change: { characterId: id } })).toEqual({ kind: 'unchanged' });
    expect(connection.state.epoch).toBe(1);
  });

  it('resolves as denied when the database is gone, and owns nothing', async () => {
    await storeCharacter(engine.store, 'unreachable');
    const impatient = testKeeper({
      store: { ...engine.store, update: () => Promise.reject(new Error('down')) },
      clock,
    });
    const connection = impatient.connect();
    const result = await impatient.commit(connection, {
      change: { userId: 'u', characterId: 'unreachable' },
    });
    expect(result).toMatchObject({ kind: 'denied', reason: 'database_down' });
    expect(connection.state).toMatchObject({ characterId: null, epoch: 0, userId: 'u' });
  });
});

describe('durable sections', () => {
  it('are in the store before the commit resolves, in one write', async () => {
    const { id, connection } = await owner();
    faults.commands.length = 0;
    await one.commit(connection, { change: { sections: { deeds: { n: 1 }, fame: { n: 2 } } } });
    expect(faults.commands).toEqual(['UpdateItemCommand']);
    expect(await core(id)).toMatchObject({
      section_deeds: { version: 1, value: { n: 1 } },
      section_fame: { version: 2, value: { n: 2 } },
    });
  });

  it('that did not change are not written', async () => {
    const { connection } = await owner({ deeds: { n: 1, list: [{ a: 1 }] } });
    faults.commands.length = 0;
    await one.commit(connection, { change: { sections: { deeds: { list: [{ a: 1 }], n: 1 } } } });
    expect(faults.commands).toEqual([]);
  });

  it('take dirty checkpoints along', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, { change: { sections: { whereabouts: { x: 1 } } } });
    await one.commit(connection, { change: { sections: { deeds: { n: 1 } } } });
    expect(sectionValue((await core(id)) ?? { pk: '', sk: '' }, 'whereabouts')).toEqual({ x: 1 });
    faults.commands.length = 0;
    clock.advance(60_000);
    await settle(connection);
    expect(updates()).toBe(0);
  });

  it('are removed by null', async () => {
    const { id, connection } = await owner({ deeds: { n: 1 } });
    await one.commit(connection, { change: { sections: { deeds: null } } });
    expect(await core(id)).not.toHaveProperty('section_deeds');
    expect(connection.state.view(SECTIONS).sections).toEqual({});
  });

  it('keep the newer schema version and the fields of a newer writer', async () => {
    const { id, connection } = await owner();
    await one.keeper.close(connection);
    await engine.store.update('characters', coreKey(id), {
      set: { section_deeds: { version: 7, value: { n: 1, news: true } } },
    });
    await one.commit(connection, { change: { characterId: id } });
    const shown = connection.state.view(['deeds']).sections.deeds ?? {};
    await one.commit(connection, { change: { sections: { deeds: { ...shown, n: 2 } } } });
    expect(await core(id)).toMatchObject({ section_deeds: { version: 7, value: { n: 2, news: true } } });
  });

  it('that cannot be persisted reject, and memory stays as it was', async () => {
    const { connection } = await owner({ deeds: { n: 1 } });
    faults.choose = (command) =>
      command === 'UpdateItemCommand'
        ? Object.assign(new Error('no'), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } })
        : undefined;
    const failing = one.commit(connection, {
      change: { userId: 'other', sections: { deeds: { n: 2 }, mood: { is: 'bad' } } },
    });
    await expect(failing).rejects.toMatchObject({ code: 'persist_failed' });
    expect(connection.state.userId).toBe('u');
    expect(connection.state.view(SECTIONS).sections).toEqual({ deeds: { n: 1 } });
    expect(one.meter.total('state_writes_total', { class: 'durable', outcome: 'failed' })).toBe(1);
  });
});

describe('what a family may not do', () => {
  it.each<[string, Partial<Commit>]>([
    ['a section of another', { change: { sections: { theirs: { n: 1 } } } }],
    ['a name of the prototype', { change: { sections: { constructor: { n: 1 } } } }],
    ["a timer with another's section", { timers: [{ name: 't', at: 1, section: 'theirs' }] }],
    ['a timer with a volatile section', { timers: [{ name: 't', at: 1, section: 'mood' }] }],
    ['rereading what is not derived', { reread: ['deeds'] }],
  ])('%s is refused and changes nothing', async (_, commit) => {
    const { connection } = await owner({ deeds: { n: 1 } });
    const sections = { mood: { is: 'new' }, ...commit.change?.sections };
    await expect(one.commit(connection, { ...commit, change: { sections } })).rejects.toMatchObject({
      code: 'foreign_section',
    });
    expect(connection.state.view(SECTIONS).sections).toEqual({ deeds: { n: 1 } });
  });

  it('kept sections need an owned character', async () => {
    const connection = one.connect();
    for (const name of ['deeds', 'whereabouts']) {
      const commit = one.commit(connection, { change: { sections: { [name]: { n: 1 } } } });
      await expect(commit).rejects.toMatchObject({ code: 'foreign_section' });
    }
  });
});

describe('checkpoints', () => {
  it('are written once for many changes, after their time', async () => {
    const { id, connection } = await owner();
    faults.commands.length = 0;
    for (let x = 1; x <= 100; x += 1) {
      await one.commit(connection, { change: { sections: { whereabouts: { x } } } });
      clock.advance(200);
    }
    expect(updates()).toBe(0);
    clock.advance(30_000);
    await settle(connection);
    expect(updates()).toBe(1);
    expect(sectionValue((await core(id)) ?? { pk: '', sk: '' }, 'whereabouts')).toEqual({ x: 100 });
    clock.advance(120_000);
    await settle(connection);
    expect(updates()).toBe(1);
    expect(clock.planned).toBe(0);
  });

  it('that change again while they are being written are written again', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, { change: { sections: { whereabouts: { x: 1 } } } });
    const meanwhile: Promise<unknown>[] = [];
    faults.choose = (command) => {
      if (command === 'UpdateItemCommand' && meanwhile.length === 0) {
        meanwhile.push(one.commit(connection, { change: { sections: { whereabouts: { x: 2 } } } }));
      }
      return undefined;
    };
    clock.advance(40_000);
    await settle(connection);
    expect(meanwhile).toHaveLength(1);
    expect(await core(id)).toMatchObject({ section_whereabouts: { value: { x: 1 } } });
    clock.advance(40_000);
    await settle(connection);
    expect(await core(id)).toMatchObject({ section_whereabouts: { value: { x: 2 } } });
  });

  it('are tried again when the store fails, and reported', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, { change: { sections: { whereabouts: { x: 1 } } } });
    faults.choose = (command) =>
      command === 'UpdateItemCommand'
        ? Object.assign(new Error('no'), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } })
        : undefined;
    clock.advance(40_000);
    await settle(connection);
    expect(one.meter.total('state_writes_total', { class: 'checkpoint', outcome: 'failed' })).toBe(1);
    faults.choose = () => undefined;
    clock.advance(10_000);
    await settle(connection);
    expect(sectionValue((await core(id)) ?? { pk: '', sk: '' }, 'whereabouts')).toEqual({ x: 1 });
  });

  it('are written with the release: on letting the character go and on close', async () => {
    for (const end of ['release', 'close']) {
      const { id, connection } = await owner();
      await one.commit(connection, { change: { sections: { whereabouts: { x: 9 }, mood: { is: 'so' } } } });
      faults.commands.length = 0;
      if (end === 'close') await one.keeper.close(connection);
      else
        expect(await one.commit(connection, { change: { characterId: null } })).toEqual({
          kind: 'released',
          characterId: id,
        });
      expect(faults.commands).toEqual(['UpdateItemCommand']);
      const item = await core(id);
      expect(item).toMatchObject({ epoch: 1, section_whereabouts: { value: { x: 9 } } });
      expect(item).not.toHaveProperty('owner');
      expect(item).not.toHaveProperty('section_mood');
      expect(connection.state).toMatchObject({ characterId: null, epoch: 0 });
      expect(connection.state.view(SECTIONS).sections).toEqual({ mood: { is: 'so' } });
      expect(clock.planned).toBe(0);
    }
  });

  it('of many connections are written by flushAll', async () => {
    const owners = await Promise.all(Array.from({ length: 40 }, () => owner()));
    for (const { connection } of owners)
      await one.commit(connection, { change: { sections: { whereabouts: { x: 3 } } } });
    expect(await one.keeper.flushAll()).toBe(0);
    for (const { id } of owners)
      expect(await core(id)).toMatchObject({ section_whereabouts: { value: { x: 3 } } });
    await one.keeper.stop();
    expect(clock.planned).toBe(0);
  });
});

describe('flushAll', () => {
  it('counts those that could not be written, and writes the others', async () => {
    const [good, bad] = [await owner(), await owner()];
    for (const { connection } of [good, bad]) {
      await one.commit(connection, { change: { sections: { whereabouts: { x: 4 } } } });
    }
    const refused = { name: 'ValidationException', $metadata: { httpStatusCode: 400 } };
    faults.choose = (_, input) =>
      JSON.stringify(input).includes(`character#${bad.id}"`)
        ? Object.assign(new Error('no'), refused)
        : undefined;
    expect(await one.keeper.flushAll()).toBe(1);
    expect(await one.keeper.flushAll()).toBe(1);
    faults.choose = () => undefined;
    expect(await core(good.id)).toMatchObject({ section_whereabouts: { value: { x: 4 } } });
    expect(await core(bad.id)).not.toHaveProperty('section_whereabouts');
    expect(await one.keeper.flushAll()).toBe(0);
    expect(await core(bad.id)).toMatchObject({ section_whereabouts: { value: { x: 4 } } });
  });
});

describe('letting one character go for another', () => {
  it('saves the old one with what the turn changed and loads the new one', async () => {
    const { id, connection } = await owner({ deeds: { n: 1 } });
    await storeCharacter(engine.store, 'next', { fame: { n: 5 } });
    const change = { characterId: 'next', sections: { deeds: { n: 2 }, mood: { is: 'new' } } };
    expect(await one.commit(connection, { change })).toMatchObject({ kind: 'owned', characterId: 'next' });
    const old = await core(id);
    expect(old).toMatchObject({ section_deeds: { value: { n: 2 } } });
    expect(old).not.toHaveProperty('section_mood');
    expect(old).not.toHaveProperty('owner');
    expect(connection.state.view(SECTIONS).sections).toEqual({ fame: { n: 5 }, mood: { is: 'new' } });
  });
});

describe('derived sections', () => {
  it('are reread on request, before the commit resolves', async () => {
    const { id, connection } = await owner();
    await engine.store.put('characters', { pk: `character#${id}`, sk: 'bag', version: 1, gold: '10' });
    expect(connection.state.view(['bag']).sections).toEqual({});
    await one.commit(connection, { reread: ['bag'] });
    expect(connection.state.view(['bag']).sections.bag).toEqual({ version: 1, gold: '10' });
  });

  it('may be given by their family as a copy, which never goes back in version and is never written', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, { change: { sections: { bag: { version: 5, gold: '5' } } } });
    await one.commit(connection, { change: { sections: { bag: { version: 4, gold: '4' } } } });
    expect(connection.state.view(['bag']).sections.bag).toEqual({ version: 5, gold: '5' });
    await one.keeper.close(connection);
    expect(await core(id)).not.toHaveProperty('section_bag');
  });

  it('keep their old copy while the store does not answer, and are reread with the next commit', async () => {
    const { id, connection } = await owner();
    await engine.store.put('characters', { pk: `character#${id}`, sk: 'bag', version: 1 });
    faults.choose = (command) =>
      command === 'GetItemCommand'
        ? Object.assign(new Error('no'), { name: 'ValidationException', $metadata: { httpStatusCode: 400 } })
        : undefined;
    expect(await one.commit(connection, { reread: ['bag'] })).toEqual({ kind: 'unchanged' });
    faults.choose = () => undefined;
    await one.commit(connection, { change: { sections: { mood: {} } } });
    expect(connection.state.view(['bag']).sections.bag).toEqual({ version: 1 });
  });
});

describe('timers', () => {
  it('are persisted with their section and come back, the earliest first', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, {
      timers: [
        { name: 'later', at: 2_000, payload: { n: 1 }, section: 'deeds' },
        { name: 'sooner', at: 1_000, section: 'whereabouts' },
        { name: 'bare', at: 500 },
      ],
    });
    expect(await core(id)).toMatchObject({ section_deeds: { timers: { later: { at: 2_000 } } } });
    await one.keeper.close(connection);
    const next = one.connect();
    expect(await one.commit(next, { change: { characterId: id } })).toMatchObject({
      timers: [
        { name: 'sooner', at: 1_000, payload: {}, section: 'whereabouts' },
        { name: 'later', at: 2_000, payload: { n: 1 }, section: 'deeds' },
      ],
    });
  });

  it('are moved, cancelled, taken out of persistence, and done with when fired', async () => {
    const { id, connection } = await owner();
    const timers = ['moved', 'cancelled', 'bared', 'fired', 'resectioned'].map((name) => ({
      name,
      at: 1_000,
      section: 'deeds',
    }));
    await one.commit(connection, { timers });
    await one.commit(connection, {
      timers: [
        { name: 'moved', at: 9_000, section: 'deeds' },
        { name: 'cancelled', cancel: true },
        { name: 'bared', at: 9_000 },
        { name: 'resectioned', at: 9_000, section: 'whereabouts' },
      ],
      fired: ['fired'],
    });
    await one.keeper.close(connection);
    const next = one.connect();
    const result = await one.commit(next, { change: { characterId: id } });
    expect(result).toMatchObject({ kind: 'owned' });
    const left =
      result.kind === 'owned' ? result.timers.map(({ name, at, section }) => [name, at, section]) : [];
    expect(left.sort()).toEqual([
      ['moved', 9_000, 'deeds'],
      ['resectioned', 9_000, 'whereabouts'],
    ]);
  });

  it('of a section stay when its value changes and go when it is removed', async () => {
    const { id, connection } = await owner();
    await one.commit(connection, {
      change: { sections: { deeds: { n: 1 } } },
      timers: [{ name: 't', at: 1, section: 'deeds' }],
    });
    await one.commit(connection, { change: { sections: { deeds: { n: 2 } } } });
    expect(await core(id)).toMatchObject({ section_deeds: { value: { n: 2 }, timers: { t: { at: 1 } } } });
    await one.commit(connection, { change: { sections: { deeds: null } } });
    expect(await core(id)).not.toHaveProperty('section_deeds');
  });
});
