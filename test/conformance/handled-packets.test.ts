import { describe, expect, test } from 'vitest';
import { families, schema } from '../../shared/protocol/data/index.ts';
import unhandled from '../../shared/protocol/data/unhandled.json' with { type: 'json' };
import { handlers } from '../../tools/generate/packets.ts';

/** The families of the original service; the rest are to come, one by one. */
const NINE = ['auth', 'character', 'chat', 'movement', 'combat', 'items', 'party', 'trade', 'shop'] as const;
const lists: Readonly<Record<string, readonly string[]>> = families;
const isClient = (name: string) =>
  schema.packets.some((packet) => packet.name === name && packet.dir === 'c2s');

describe('who handles what', async () => {
  const handledBy = await handlers();
  const owner = (packet: string) => {
    const told = handledBy(packet);
    return told?.startsWith('nobody') === true ? undefined : told;
  };

  test.each(NINE)('every client packet of %s has a handler, or a reason why not', (family) => {
    const nobody = (lists[family] ?? []).filter((name) => isClient(name) && handledBy(name) === undefined);
    expect(nobody).toEqual([]);
  });

  test('nothing that is handled is excused, and every excuse is for a packet that exists', () => {
    for (const name of Object.keys(unhandled)) {
      expect(isClient(name), name).toBe(true);
      expect(owner(name), name).toBeUndefined();
    }
  });

  test('excuses within the nine families are few and named here', () => {
    const excused = NINE.flatMap((family) => (lists[family] ?? []).filter((name) => name in unhandled));
    // Old names of other packets, and what the ingress itself answers.
    expect(excused.sort()).toEqual(['CLI_ALIVE', 'CLI_SET_ANIMATION_REQ', 'CLI_TOGGLE_MOVE_REQ']);
  });
});
