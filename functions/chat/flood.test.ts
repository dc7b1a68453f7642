import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChatSection } from '../../shared/sections/index.ts';
import { type FloodVerdict, judge, MUTE, PACE } from './flood.ts';

const gaps = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 120, size: 'max' });

function play(pauses: readonly number[], shout = false): { time: number; verdict: FloodVerdict }[] {
  let chat: ChatSection | undefined;
  let time = 1_000_000;
  return pauses.map((pause) => {
    time += pause;
    const answer = judge(chat, time, shout);
    chat = answer.chat;
    expect(chat.said.length).toBeLessThanOrEqual(PACE.messages);
    expect(chat.tried.length).toBeLessThan(MUTE.messages);
    return { time, verdict: answer.verdict };
  });
}

describe('flood control', () => {
  it('never lets more than 5 messages through in any 3 seconds', () => {
    fc.assert(
      fc.property(gaps, (pauses) => {
        const said = play(pauses).filter(({ verdict }) => verdict === 'ok');
        for (const { time } of said) {
          const within = said.filter((other) => other.time >= time && other.time < time + PACE.span);
          expect(within.length).toBeLessThanOrEqual(PACE.messages);
        }
      }),
    );
  });

  it('lets everything through that keeps the pace', () => {
    const verdicts = play(Array.from({ length: 100 }, () => 600)).map(({ verdict }) => verdict);
    expect(new Set(verdicts)).toEqual(new Set(['ok']));
  });

  it('mutes from the 20th message in 10 seconds on, for 60 seconds, and not for longer by going on', () => {
    const results = play(Array.from({ length: 400 }, () => 200));
    const muted = results.filter(({ verdict }) => verdict === 'muted');
    expect(results.findIndex(({ verdict }) => verdict === 'muted')).toBe(19);
    const first = muted[0]?.time ?? 0;
    const after = results.find(({ time, verdict }) => time > first && verdict === 'ok');
    expect(after?.time).toBe(first + MUTE.length);
  });

  it('never lets two shouts through in 5 seconds', () => {
    fc.assert(
      fc.property(gaps, (pauses) => {
        const shouts = play(pauses, true).filter(({ verdict }) => verdict === 'ok');
        shouts.forEach(({ time }, n) => {
          const next = shouts[n + 1];
          if (next !== undefined) expect(next.time - time).toBeGreaterThanOrEqual(5000);
        });
      }),
    );
  });
});
