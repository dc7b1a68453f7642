import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { LittleClient } from '../e2e/support/little-client.ts';
import { C } from '../e2e/support/packets.ts';
import { Service } from '../support/service.ts';

const ACCEPT_REPLY = 0x5d4;
const kit = pathToFileURL(join(import.meta.dirname, '../../shared/kit/index.ts')).href;
const careless = `
import { defineFamily } from '${kit}';
export const family = defineFamily({
  name: 'careless',
  packets: {
    CLI_ACCEPT_REQ: {
      stages: ['login'],
      handle: () => {
        void Promise.reject(new Error('nobody waits for this'));
        return { replies: [{ name: 'SRV_ACCEPT_REPLY', payload: { result: 2, randValue: 0 } }] };
      },
    },
  },
  state: { owns: {}, reads: [] },
  services: () => null,
});
`;

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('a promise that a handler forgot and that fails is logged, and nobody is disconnected', async () => {
  folder = await mkdtemp(join(tmpdir(), 'packet-edge-careless-'));
  await mkdir(join(folder, 'careless'));
  await writeFile(join(folder, 'careless/family.mjs'), careless);
  const service = await Service.start({ environment: { FUNCTIONS_DIR: folder } });
  const client = await LittleClient.connect(service.port);
  for (let time = 0; time < 2; time += 1) {
    client.send(C.ACCEPT);
    await client.take(ACCEPT_REPLY);
  }
  expect(client.closed).toBe(false);
  const told = service.lines.filter((line) => line.includes('nobody waits for this'));
  expect(told).toHaveLength(2);
  expect(JSON.parse(told[0] ?? '{}')).toMatchObject({ level: 'error', code: 'internal_error' });
  expect(await service.stop()).toBe(0);
});
