import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BusMember } from './bus.ts';
import { Subscriptions } from './subscriptions.ts';

it('a topic is subscribed to once, and exactly as long as anybody needs it', () => {
  const topics = fc.constantFrom('a', 'b');
  const acts = fc.array(fc.tuple(fc.constantFrom('add', 'remove'), topics), { maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(acts, (list) => {
      const open = new Set<string>();
      const uses = new Map<string, number>();
      const bus: Pick<BusMember, 'subscribe' | 'unsubscribe'> = {
        subscribe: (topic) => {
          expect(open.has(topic)).toBe(false);
          open.add(topic);
        },
        unsubscribe: (topic) => expect(open.delete(topic)).toBe(true),
      };
      const subscriptions = new Subscriptions(bus);
      for (const [act, topic] of list) {
        const before = uses.get(topic) ?? 0;
        subscriptions[act](topic);
        uses.set(topic, act === 'add' ? before + 1 : Math.max(0, before - 1));
        expect(open.has(topic)).toBe((uses.get(topic) ?? 0) > 0);
      }
    }),
  );
});
