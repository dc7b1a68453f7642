import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../shared/contract/index.ts';
import type { Lane } from './lane.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { MessageQueue } from './message-queue.ts';
import { Pressure } from './pressure.ts';
import { Waiting } from './waiting.ts';

const lane = {} as Lane;
const waiting = (seq: number): Waiting => {
  const message: Message = { seq, kind: 'packet', name: 'X', type: 1, payload: {} };
  return new Waiting(message, lane, null, 0, seq % 10, 0);
};

describe('message queue', () => {
  it('does what an array does, and knows its bytes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('push', 'unshift', 'shift', 'shift', 'push', 'clear'), {
          maxLength: 300,
          size: 'max',
        }),
        (acts) => {
          const pressure = new Pressure(DEFAULT_LIMITS);
          pressure.add(1000);
          const queue = new MessageQueue(pressure);
          let model: Waiting[] = [];
          for (const [index, act] of acts.entries()) {
            const next = waiting(index);
            if (act === 'push') queue.push(next);
            if (act === 'push') model.push(next);
            if (act === 'unshift') queue.unshift(next);
            if (act === 'unshift') model.unshift(next);
            if (act === 'shift') expect(queue.shift()).toBe(model.shift());
            if (act === 'clear' && index % 5 === 0) {
              expect(queue.clear()).toEqual(model);
              model = [];
            }
            expect(queue.length).toBe(model.length);
            expect(queue.peek()).toBe(model[0]);
            expect(queue.bytes).toBe(model.reduce((sum, { size }) => sum + size, 0));
            expect(pressure.bytes).toBe(1000 + queue.bytes);
          }
        },
      ),
    );
  });
});
