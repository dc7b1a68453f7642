import { beforeEach, expect, it } from 'vitest';
import { invocationMetrics } from './invocation-metrics.ts';

let time: number;
let printed: { Turns: number[]; Failures: number; Duration: number[] }[];
let record: ReturnType<typeof invocationMetrics>;
beforeEach(() => {
  time = 1_800_000_000_000;
  printed = [];
  record = invocationMetrics(
    { function: 'packet-edge-dev-chat' },
    (line) => printed.push(JSON.parse(line)),
    () => time,
  );
});

it('the first invocation of an environment is told at once, later ones together', () => {
  record({ turns: 1, failures: 0, duration: 1.234 });
  expect(printed).toMatchObject([{ Turns: [1], Failures: 0, Duration: [1.23] }]);
  record({ turns: 2, failures: 0, duration: 2 });
  record({ turns: 3, failures: 0, duration: 3 });
  expect(printed).toHaveLength(1);
  time += 10_000;
  record({ turns: 4, failures: 0, duration: 4 });
  expect(printed[1]).toMatchObject({ Turns: [2, 3, 4], Failures: 0, Duration: [2, 3, 4] });
});

it('a failure is told at once', () => {
  record({ turns: 1, failures: 0, duration: 1 });
  record({ turns: 1, failures: 0, duration: 1 });
  record({ turns: 1, failures: 2, duration: 1 });
  expect(printed[1]).toMatchObject({ Turns: [1, 1], Failures: 2 });
});

it('no line has more values than CloudWatch takes, and none is lost', () => {
  for (let i = 0; i < 250; i += 1) record({ turns: 1, failures: 0, duration: 1 });
  time += 10_000;
  record({ turns: 1, failures: 0, duration: 1 });
  expect(printed.map(({ Turns }) => Turns.length)).toEqual([1, 100, 100, 50]);
});
