import { describe, expect, it } from 'vitest';
import { Peers } from './valkey-bus-peers.ts';

const letter = (n: number, boot = 'run-1') => ({ from: 'b', boot, n });

describe('the other processes on a bus', () => {
  it('are ignored in what is late or came already, until they run anew', () => {
    const peers = new Peers();
    expect([5, 6, 6, 5, 8, 7].map((n) => peers.accept(letter(n)))).toEqual([
      true,
      true,
      false,
      false,
      true,
      false,
    ]);
    expect(peers.accept(letter(1, 'run-2'))).toBe(true);
    expect(peers.accept(letter(2, 'run-2'))).toBe(true);
  });

  it('may hear anything until they have told what', () => {
    const peers = new Peers();
    expect(peers.hears('x')).toBe(false);
    peers.accept(letter(1));
    expect([peers.hears('x'), peers.listeners('x')]).toEqual([true, ['b']]);
    peers.whole('b', 3, ['y']);
    expect([peers.hears('x'), peers.hears('y')]).toEqual([false, true]);
    expect([peers.knows('b', 3), peers.knows('b', 4)]).toEqual([true, false]);
  });

  it('change what they hear step by step; after a missed step they may hear anything again', () => {
    const peers = new Peers();
    peers.accept(letter(1));
    peers.whole('b', 3, ['y']);
    expect(peers.change('b', 4, ['x'], ['y'])).toBe(true);
    expect([peers.hears('x'), peers.hears('y')]).toEqual([true, false]);
    expect(peers.change('b', 6, [], ['x'])).toBe(false);
    expect([peers.hears('y'), peers.knows('b', 6)]).toEqual([true, false]);
    peers.whole('b', 6, []);
    expect(peers.hears('y')).toBe(false);
  });

  it('know nothing of a process that runs anew', () => {
    const peers = new Peers();
    peers.accept(letter(1));
    peers.whole('b', 3, ['y']);
    peers.accept(letter(1, 'run-2'));
    expect([peers.knows('b', 3), peers.hears('x')]).toEqual([false, true]);
  });

  it('are forgotten when they are silent for more than five beats', () => {
    const peers = new Peers();
    peers.accept(letter(1));
    for (let beat = 0; beat < 5; beat += 1) expect(peers.age()).toEqual([]);
    peers.accept(letter(2));
    for (let beat = 0; beat < 5; beat += 1) expect(peers.age()).toEqual([]);
    expect(peers.age()).toEqual(['b']);
    expect(peers.hears('x')).toBe(false);
  });
});
