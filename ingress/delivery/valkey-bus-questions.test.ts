import { expect, it } from 'vitest';
import { manualClock, settle } from './testing/manual-clock.ts';
import { Questions } from './valkey-bus-questions.ts';

function asked(ids: readonly string[]) {
  const clock = manualClock();
  const questions = new Questions(clock);
  const sent: string[] = [];
  let answer: unknown = 'none yet';
  void questions
    .ask(ids, 100, (id) => sent.push(id))
    .then((value) => {
      answer = value;
    });
  return { clock, questions, sent, answer: () => settle().then(() => answer) };
}

it('an answer settles a question at once, and only that of somebody who was asked', async () => {
  const { questions, sent, answer } = asked(['a', 'b']);
  expect(sent).toEqual(['a', 'b']);
  questions.answered('c', 1, 'from a stranger');
  questions.answered('a', 2, 'to another question');
  expect(await answer()).toBe('none yet');
  questions.answered('b', 1, 'yes');
  expect(await answer()).toBe('yes');
  questions.answered('a', 1, 'too late');
  expect(await answer()).toBe('yes');
});

it('null comes when all said so; one that repeats itself counts once', async () => {
  const { questions, answer } = asked(['a', 'b']);
  questions.answered('a', 1, null);
  questions.answered('a', 1, null);
  expect(await answer()).toBe('none yet');
  questions.answered('b', 1, null);
  expect(await answer()).toBeNull();
});

it('null comes when the last one that did not answer is gone, when all are, when time is up, when nobody was asked', async () => {
  const gone = asked(['a', 'b']);
  gone.questions.answered('a', 1, null);
  gone.questions.gone('b');
  const ended = asked(['a']);
  ended.questions.end();
  const late = asked(['a']);
  await late.clock.advance(99);
  expect(await late.answer()).toBe('none yet');
  await late.clock.advance(1);
  for (const { answer } of [gone, ended, late, asked([])]) expect(await answer()).toBeNull();
});
