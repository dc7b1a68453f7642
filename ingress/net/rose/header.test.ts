import { describe, expect, it } from 'vitest';
import { newHeaderWord, packWord, readHeader, writeHeader } from './header.ts';
import { COLUMNS, fixedKey, ROWS } from './key.ts';

describe('header word', () => {
  const key = fixedKey();

  it.each(['c2s', 's2c'] as const)('survives the way there and back at every key position (%s)', (way) => {
    const bytes = Buffer.alloc(7);
    const word = newHeaderWord();
    const back = newHeaderWord();
    let wrong = 0;
    for (let tab = 0; tab < COLUMNS; tab += 1) {
      for (let add = 0; add < ROWS; add += 1) {
        // Steps prime to the ranges, so that every bit of length, type and val takes both values in many positions.
        const step = tab * ROWS + add;
        Object.assign(word, {
          tab,
          add,
          length: (step * 1109) & 0x7ff,
          type: (step * 677) & 0x7ff,
          val: (step * 5) & 7,
        });
        packWord(word);
        writeHeader(key, way, word, bytes, 1);
        readHeader(key, way, bytes, 1, back);
        const same = (Object.keys(word) as (keyof typeof word)[]).every(
          (field) => back[field] === word[field],
        );
        if (!same) wrong += 1;
      }
    }
    expect(wrong).toBe(0);
    expect([bytes[0], bytes[6]]).toEqual([0, 0]);
  });

  it('keeps every field in its own bits', () => {
    for (const field of ['length', 'type', 'tab', 'add', 'val'] as const) {
      const word = newHeaderWord();
      const bits = { length: 11, type: 11, tab: 11, add: 4, val: 3 }[field];
      for (let bit = 0; bit < bits; bit += 1) {
        Object.assign(word, { length: 0, type: 0, tab: 0, add: 0, val: 0, [field]: 1 << bit });
        packWord(word);
        const bytes = Buffer.alloc(5);
        writeHeader(key, 'c2s', word, bytes, 0);
        const back = newHeaderWord();
        readHeader(key, 'c2s', bytes, 0, back);
        expect(back).toEqual(word);
      }
    }
  });
});
