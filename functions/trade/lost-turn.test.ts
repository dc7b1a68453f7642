import { beforeEach, describe, expect, it } from 'vitest';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { failingEconomy } from './testing/failing-economy.ts';
import { type Person, Street } from './testing/street.ts';

const engine = useTestEngine();
let street: Street;
let anna: Person;
let bert: Person;
let broken: ReturnType<typeof failingEconomy>;
let made = 0;

beforeEach(async () => {
  made += 1;
  broken = failingEconomy(new Street(engine.store));
  street = new Street(engine.store, broken.services);
  anna = await street.enter(`Lena${made}`);
  bert = await street.enter(`Moritz${made}`, 520_300);
  await street.open(anna, bert);
  await street.offer(bert, 10, 0, 500);
  await street.deliverAll();
  await street.trade(anna, 'READY', bert);
  await street.trade(bert, 'READY', anna);
  await street.deliverAll();
  await street.trade(bert, 'DONE', anna);
  await street.deliverAll();
});

const zuly = async (person: Person) => (await street.inventoryOf(person.characterId)).zuly;

/** What the turn wrote stays written; what it answered, kept and told is lost with its invocation. */
async function lost(person: Person, turn: () => Promise<unknown>): Promise<void> {
  const { sections } = person.test.connection;
  const before = structuredClone(sections);
  await turn();
  street.way.length = 0;
  for (const name of Object.keys(sections)) delete sections[name];
  Object.assign(sections, before);
  person.states.length = 0;
}

/** The asker goes back on what its partner has said DONE to. */
const goingBack = {
  'a change of the offer': () => street.offer(anna, 10, 0, 300),
  'readiness taken back': () => street.trade(anna, 'NOTREADY', bert),
};

describe.each(Object.entries(goingBack))('%s after a turn that was lost', (_name, goBack) => {
  it('finds the trade carried out, and both are told', async () => {
    await lost(anna, () => street.trade(anna, 'DONE', bert));
    await goBack();
    await street.deliverAll();
    expect([anna.states.at(-1), bert.states.at(-1)]).toEqual(['DONE', 'DONE']);
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1500', '500']);
    expect([anna.test.sections.trade, bert.test.sections.trade]).toEqual([undefined, undefined]);
  });

  it('finds it cancelled by the other', async () => {
    await lost(bert, () => street.trade(bert, 'CANCEL', anna));
    await goBack();
    await street.deliverAll();
    expect([anna.states.at(-1), bert.states.at(-1)]).toEqual(['CANCEL', 'CANCEL']);
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1000', '1000']);
  });

  it('is refused while nobody can say what became of it', async () => {
    await lost(anna, () => street.trade(anna, 'DONE', bert));
    broken.state.down = true;
    await goBack();
    expect(anna.refusals).toEqual(['service_down']);
    expect(anna.test.sections.trade).toMatchObject({ ready: true, theirDone: true });
    broken.state.down = false;
    await street.trade(anna, 'DONE', bert);
    await street.deliverAll();
    expect([anna.states.at(-1), bert.states.at(-1)]).toEqual(['DONE', 'DONE']);
    expect([await zuly(anna), await zuly(bert)]).toEqual(['1500', '500']);
  });

  it('goes on when nothing was decided', async () => {
    await goBack();
    await street.deliverAll();
    expect(anna.test.sections.trade).toMatchObject({ ready: false, theirDone: false });
    expect(bert.test.sections.trade).toMatchObject({ theirReady: false });
  });
});
