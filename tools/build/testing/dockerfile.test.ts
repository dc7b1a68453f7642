import { expect, test } from 'vitest';
import { allOf, environmentOf, execForm, onlyOf, parseDockerfile } from './dockerfile.ts';

const TEXT = `# a comment
FROM --platform=$BUILDPLATFORM base:1 AS one
RUN first \\
    # in between
    && second

FROM base:2
ENV A=1 \\
    B=two
COPY --from=one --chown=1:2 /x /y
CMD ["run", "it"]
`;

test('reads stages, flags and continued lines', () => {
  const [one, two] = parseDockerfile(TEXT);
  expect(one).toMatchObject({ from: 'base:1', name: 'one' });
  expect(one?.instructions).toEqual([{ keyword: 'RUN', flags: {}, text: 'first && second' }]);
  if (two === undefined) throw new Error('no second stage');
  expect(environmentOf(two)).toEqual({ A: '1', B: 'two' });
  expect(allOf(two, 'COPY')).toEqual([
    { keyword: 'COPY', flags: { from: 'one', chown: '1:2' }, text: '/x /y' },
  ]);
  expect(execForm(onlyOf(two, 'CMD'))).toEqual(['run', 'it']);
});

test.each([
  ['an instruction before FROM', 'RUN x'],
  ['a line that is no instruction', 'FROM a\nhello there'],
])('refuses %s', (_what, text) => {
  expect(() => parseDockerfile(text)).toThrow();
});

test('refuses the shell form, and a second instruction where one is expected', () => {
  expect(() => execForm('node main.mjs')).toThrow();
  const [stage] = parseDockerfile('FROM a\nUSER 1\nUSER 2\n');
  expect(() => (stage === undefined ? '' : onlyOf(stage, 'USER'))).toThrow('expected one USER');
});
