import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testFamily } from '../../shared/kit/testing/index.ts';
import { granted } from '../../shared/store/index.ts';
import {
  sampleCharacter,
  samplePosition,
  samplePresence,
} from '../../shared/world/testing/sample-character.ts';
import { useTestEngine } from '../../test/support/use-engine.ts';
import { COMMANDS } from './commands.ts';
import { family } from './family.ts';
import { servicesOn } from './services.ts';

const NOW = 1_800_000_000_000;
const engine = useTestEngine();

const word = fc.oneof(
  fc.constantFrom(
    'Anna',
    'zuly',
    'weapon/1',
    'consumable/1',
    '20',
    '-1',
    '1e9',
    '0x10',
    'NaN',
    '@',
    '@20',
    '__proto__',
  ),
  fc.string({ maxLength: 30, size: 'max' }),
  fc.integer().map(String),
);
const text = fc.oneof(
  fc.string({ maxLength: 255, size: 'max' }).map((typed) => `/${typed}`),
  fc
    .tuple(fc.constantFrom(...COMMANDS.map(({ name }) => name)), fc.array(word, { maxLength: 5 }))
    .map(([name, words]) => [`/${name}`, ...words].join(' ')),
);

it('whatever is typed after a slash, by whomever, no handler throws, and players bring nothing about', async () => {
  const services = servicesOn(granted(engine.store, family.manifest.tables));
  let n = 0;
  await fc.assert(
    fc.asyncProperty(text, fc.constantFrom(0, 1, 255, 256, 65_535), async (typed, right) => {
      n += 1;
      const t = testFamily(family, {
        services,
        id: `connection-${n}`,
        now: NOW,
        userId: 'u1',
        characterId: 'c1',
        sections: {
          session: { account: 'gwen', right, serverId: 1, channelId: 1 },
          character: sampleCharacter('c1', 'Gwen'),
          position: samplePosition(NOW),
          presence: samplePresence(),
        },
      });
      const result = await t.signal('operators.command', { text: typed });
      expect(result.refused !== undefined || right >= 256 || typed.startsWith('/help')).toBe(true);
      if (right >= 256) return;
      expect([...result.signals, ...result.deliveries, ...result.timers]).toEqual([]);
      expect(result.replies).toHaveLength(1);
    }),
    { numRuns: 300 },
  );
});
