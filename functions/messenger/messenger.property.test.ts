import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testFamily } from '../../shared/kit/testing/index.ts';
import { granted } from '../../shared/store/index.ts';
import { sampleCharacter, samplePresence } from '../../shared/world/testing/sample-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { ACTION } from './command.ts';
import { family } from './family.ts';
import { servicesOn } from './services.ts';

const engine = useTestEngine();

const bytes = fc.array(fc.nat(255), { maxLength: 60, size: 'max' });
const body = fc.oneof(
  bytes,
  fc
    .tuple(fc.constantFrom(...Object.values(ACTION)), bytes)
    .map(([first, rest]) => [first, 0, 0, 0, 0, 0, ...rest]),
);

it('whatever bytes a client sends, no handler throws, and friends are those of the store', async () => {
  const services = servicesOn(granted(engine.store, family.manifest.tables));
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(body, { maxLength: 8 }), fc.nat(0xffff), async (bodies, tag) => {
      n += 1;
      const [one, other] = [
        { id: `a-${n}`, name: 'Anna' },
        { id: `b-${n}`, name: 'Bert' },
      ];
      await services.friends.join({ one, other, now: 1, step: `join-${n}` });
      const t = testFamily(family, {
        services,
        id: `connection-${n}`,
        characterId: one.id,
        sections: { character: sampleCharacter(one.id, one.name), presence: samplePresence() },
      });
      await t.signal('edge.owned', { characterId: one.id, epoch: 1 });
      await t.advance(1000);
      for (const bytesOf of bodies) await t.packet('CLI_MESSENGER', { body: bytesOf });
      await t.packet('CLI_MESSENGER_CHAT', { tag, message: 'x' });
      const stored = await services.friends.of({ characterId: one.id });
      const ids = (list: readonly { readonly id: string }[] | undefined) => list?.map(({ id }) => id);
      expect(ids(t.sections.messenger?.friends)).toEqual('list' in stored ? ids(stored.list) : undefined);
    }),
    { numRuns: 150 },
  );
});
