import { expect, test } from 'vitest';
import { manualClock } from '../../test/support/manual-clock.ts';
import type { Log } from './log.ts';
import { SeldomLog } from './seldom-log.ts';

test('a flood of warnings leaves twenty lines a minute of each code, and how many more there were', () => {
  const clock = manualClock();
  const written: object[] = [];
  const note = (fields: object): void => void written.push(fields);
  const log: Log = { debug: note, info: note, warn: note, error: note, child: () => log };
  const seldom = new SeldomLog(log, clock);
  for (let peer = 0; peer < 1000; peer += 1) seldom.warn('too_many_connections', { peer }, 'refused');
  seldom.warn('bad_value', { field: 'x' }, 'refused');
  expect(written).toHaveLength(21);
  expect(written[0]).toEqual({ code: 'too_many_connections', peer: 0 });
  expect(written[20]).toEqual({ code: 'bad_value', field: 'x' });
  written.length = 0;
  clock.advance(60_000);
  expect(written).toEqual([{ code: 'too_many_connections', leftOut: 980 }]);
  seldom.warn('too_many_connections', { peer: 1000 }, 'refused');
  expect(written).toHaveLength(2);
});
