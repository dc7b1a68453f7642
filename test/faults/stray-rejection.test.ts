import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, expect, test, vi } from 'vitest';
import { LittleClient } from '../e2e/support/little-client.ts';
import { C } from '../e2e/support/packets.ts';
import { withService } from '../e2e/support/with-service.ts';

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
  await withService({ FUNCTIONS_DIR: folder }, async (service) => {
    const client = await LittleClient.connect(service.port);
    for (let time = 0; time < 2; time += 1) {
      client.send(C.ACCEPT);
      await client.take(ACCEPT_REPLY);
    }
    // A log line takes a way of its own, and may come after the reply.
    const told = () => service.lines.filter((line) => line.includes('nobody waits for this'));
    await vi.waitFor(() => expect(told()).toHaveLength(2), { timeout: 5_000 });
    expect(JSON.parse(told()[0] ?? '{}')).toMatchObject({ level: 'error', code: 'internal_error' });
    expect(client.closed).toBe(false);
  });
});
