import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadManifests } from '../../infra/load-manifests.ts';
import { readSettings } from '../../shared/config/read-settings.ts';

/** A family whose packets are all its own is somebody's experiment: it must not need a change outside its folder. */
test('every family of the protocol is routed to unless FAMILIES says otherwise', async () => {
  const manifests = await loadManifests(join(import.meta.dirname, '../../functions'));
  const known = manifests.filter(({ packets, schemas }) => {
    const own = new Set(schemas.map(({ name }) => name));
    const names = Object.keys(packets);
    return names.length === 0 || names.some((packet) => !own.has(packet));
  });
  expect(known.length).toBeGreaterThan(10);
  expect(readSettings({}, ['FAMILIES']).FAMILIES.split(',')).toEqual(known.map(({ name }) => name));
});
