import { describe, expect, it } from 'vitest';
import { createProtocol } from '../../shared/protocol/index.ts';
import { createRoseFraming } from '../net/rose/framing.ts';
import type { Log } from '../operations/log.ts';
import { Encoder } from './encoder.ts';
import { SentMeter } from './sent-meter.ts';
import { countingMeter } from './testing/counting-meter.ts';

describe('a packet that clients of the profile cannot be told', () => {
  it('is counted and left out without an error in the log', () => {
    const errors: object[] = [];
    const log: Log = {
      debug() {},
      info() {},
      warn() {},
      error: (fields) => errors.push(fields),
      child: () => log,
    };
    const { meter, count } = countingMeter();
    const protocol = createProtocol('retail', { commonFields: true });
    const framing = createRoseFraming({ cipher: 'none' });
    const encoder = new Encoder({ protocol: () => protocol, framing, log }, new SentMeter(meter));
    expect(encoder.scratch({ name: 'SRV_BANK_LIST_REPLY', payload: { reply: 2 } }, 'a')).toBe(null);
    expect(count('drops_total', { what: 'packet', reason: 'no_counterpart' })).toBe(1);
    expect(errors).toEqual([]);
    expect(encoder.scratch({ name: 'SRV_BANK_LIST_REPLY', payload: { reply: 'open' } }, 'a')).toBe(null);
    expect(errors).toMatchObject([{ code: 'bad_delivery', cause: 'bad_value' }]);
  });
});
