import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testFamily } from '../../shared/kit/testing/index.ts';
import { granted } from '../../shared/store/index.ts';
import { sampleCharacter, samplePresence } from '../../shared/world/testing/sample-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { COMMAND } from './command.ts';
import { family } from './family.ts';
import { servicesOn } from './services.ts';

const engine = useTestEngine();

const bytes = fc.array(fc.nat(255), { maxLength: 80, size: 'max' });
const body = fc.oneof(
  bytes,
  fc.tuple(fc.constantFrom(...Object.values(COMMAND)), bytes).map(([first, rest]) => [first, ...rest]),
  fc
    .tuple(fc.constantFrom(...Object.values(COMMAND)), fc.constantFrom('Anna', 'Foxes', 'ANNA', ''))
    .map(([first, text]) => [first, ...Buffer.from(text), 0]),
);

it('whatever bytes a client sends, no handler throws, and who is in a clan knows it as the store does', async () => {
  const services = servicesOn(granted(engine.store, family.manifest.tables));
  let n = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(body, { maxLength: 8 }), fc.boolean(), async (bodies, founder) => {
      n += 1;
      const id = `c-${n}`;
      const t = testFamily(family, {
        services,
        id: `connection-${n}`,
        characterId: id,
        sections: { character: sampleCharacter(id, 'Anna'), presence: samplePresence() },
      });
      const name = [...Buffer.from(`Clan ${n}`), 0, 0];
      if (founder) await t.packet('CLI_CLAN_COMMAND', { body: [COMMAND.create, 1, 0, 2, 0, ...name] });
      for (const one of bodies) await t.packet('CLI_CLAN_COMMAND', { body: one });
      await t.packet('CLI_CLAN_ICON_SET', { crc: 1, data: bodies.flat() });
      await t.packet('CLI_CLAN_ICON_TIMESTAMP', {});
      const stored = await services.clans.of({ characterId: id });
      expect(t.sections.clan?.clan?.id).toBe('clan' in stored ? stored.clan.id : undefined);
    }),
    { numRuns: 150 },
  );
});
