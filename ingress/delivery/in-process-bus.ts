import type { Json } from '../../shared/contract/index.ts';
import type { Clock } from '../ports/clock.ts';
import type { Bus, BusMember, BusMessage, BusReceiver, BusRequest } from './bus.ts';

interface Post {
  readonly id: string;
  readonly receiver: BusReceiver;
  left: boolean;
}

/**
 * The bus of one process: the default. Several hubs may join it and then behave as several processes: messages pass through JSON
 * and arrive later, in order.
 */
export function createInProcessBus(clock: Clock): Bus {
  const topics = new Map<string, Set<Post>>();

  function others(topic: string, self: Post): Post[] {
    const posts = topics.get(topic);
    return posts === undefined ? [] : [...posts].filter((post) => post !== self);
  }

  return {
    join(id, receiver): BusMember {
      const self: Post = { id, receiver, left: false };
      const mine = new Set<string>();

      function unsubscribe(topic: string): void {
        const posts = topics.get(topic);
        mine.delete(topic);
        if (posts?.delete(self) === true && posts.size === 0) topics.delete(topic);
      }

      return {
        subscribe(topic) {
          const posts = topics.get(topic);
          if (posts === undefined) topics.set(topic, new Set([self]));
          else posts.add(self);
          mine.add(topic);
        },
        unsubscribe,
        heard(topic) {
          const posts = topics.get(topic);
          return posts !== undefined && posts.size > (posts.has(self) ? 1 : 0);
        },
        publish(topic, message) {
          const posts = others(topic, self);
          if (posts.length === 0) return;
          const text = JSON.stringify(message);
          for (const post of posts) {
            queueMicrotask(() => {
              if (!post.left) post.receiver.onMessage(topic, JSON.parse(text) as BusMessage, id);
            });
          }
        },
        request(topic, request, timeoutMs) {
          return firstAnswer(others(topic, self), topic, JSON.stringify(request), id, timeoutMs, clock);
        },
        leave() {
          self.left = true;
          for (const topic of [...mine]) unsubscribe(topic);
        },
      };
    },
  };
}

function firstAnswer(
  posts: readonly Post[],
  topic: string,
  text: string,
  from: string,
  timeoutMs: number,
  clock: Clock,
): Promise<Json> {
  if (posts.length === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const cancel = clock.schedule(timeoutMs, () => resolve(null));
    let open = posts.length;
    const settle = (answer: Json): void => {
      open -= 1;
      if (answer === null && open > 0) return;
      cancel();
      resolve(answer);
    };
    for (const post of posts) {
      void Promise.resolve()
        .then(() => (post.left ? null : post.receiver.onRequest(topic, JSON.parse(text) as BusRequest, from)))
        .then(settle, () => settle(null));
    }
  });
}
