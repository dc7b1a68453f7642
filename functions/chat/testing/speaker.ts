import { type FamilyUnderTest, testFamily } from '../../../shared/kit/testing/index.ts';
import { createCharacterService } from '../../../shared/services/builtin/index.ts';
import { granted, type Store } from '../../../shared/store/index.ts';
import { sampleCharacter, samplePresence } from '../../../shared/world/testing/sample-character.ts';
import { family } from '../family.ts';
import type { ChatSections } from '../sections.ts';
import type { ChatServices } from '../services.ts';

/** The clock at the start of every test. */
export const NOW = 1_800_000_000_000;

export type Speaker = FamilyUnderTest<ChatSections, ChatServices>;

/** A character in the town that has said nothing yet. */
export function speaker(from: Store | ChatServices): Speaker {
  return testFamily(family, {
    services:
      'characters' in from
        ? from
        : { characters: createCharacterService(granted(from, family.manifest.tables)) },
    now: NOW,
    userId: 'u1',
    characterId: 'c1',
    sections: { character: sampleCharacter(), presence: samplePresence() },
  });
}
