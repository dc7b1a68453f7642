import { AsyncLocalStorage } from 'node:async_hooks';
import crypto, { type UUID } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import type { Family } from '../../../shared/kit/index.ts';
import { Dice } from './dice.ts';

/**
 * Makes what a turn draws from the runtime's random numbers (ids, salts, tickets, nonces) a matter of its turn id, in this process: so a
 * turn that runs again over an equal database must give the very same answer.
 */
const turns = new AsyncLocalStorage<Dice>();
const { randomBytes, randomInt, randomUUID } = crypto;
const { random } = Math;

function seeded(size: number): Buffer {
  return turns.getStore()?.bytes(size) ?? randomBytes(size);
}

function uuid(): UUID {
  const dice = turns.getStore();
  if (dice === undefined) return randomUUID();
  const hex = dice.bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function integer(least: number, below: number): number {
  const dice = turns.getStore();
  return dice === undefined ? randomInt(least, below) : least + dice.below(below - least);
}

Object.assign(crypto, { randomBytes: seeded, randomUUID: uuid, randomInt: integer });
syncBuiltinESMExports();
Math.random = () => turns.getStore()?.roll() ?? random();

/** FNV-1a. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (const byte of Buffer.from(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  return sum >>> 0;
}

/** Runs something with the dice of a turn. */
export function withDiceOf<T>(turnId: string, run: () => Promise<T>): Promise<T> {
  return turns.run(new Dice(hash(turnId)), run);
}

/** A family whose turns each have dice of their own, also when several come in one event. */
export function diced(family: Family): Family {
  return {
    ...family,
    start(environment, host) {
      const running = family.start(environment, host);
      return {
        ...running,
        async handle(event, given) {
          const each = event.turns.map((turn) =>
            withDiceOf(turn.turnId, () => running.handle({ ...event, turns: [turn] }, given)),
          );
          return { v: event.v, turns: (await Promise.all(each)).flatMap((result) => result.turns) };
        },
      };
    },
  };
}
