import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readSettings } from './read-settings.ts';

test('every family of the project is routed to unless FAMILIES says otherwise', () => {
  const folder = join(import.meta.dirname, '../../functions');
  const families = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(readSettings({}, ['FAMILIES']).FAMILIES.split(',')).toEqual(families.map(({ name }) => name).sort());
});
