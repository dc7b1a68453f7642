import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Service } from '../support/service.ts';
import { S } from './support/packets.ts';
import { Player } from './support/player.ts';

const root = join(import.meta.dirname, '../..');
const HANDLER = 'functions/chat/handlers/normal-chat.ts';

describe('npm run dev', () => {
  let copy: string;
  let service: Service;
  let player: Player;
  let original: string;

  beforeAll(async () => {
    // A copy of the project: its own files are not for tests to change.
    copy = await mkdtemp(join(tmpdir(), 'packet-edge-dev-'));
    for (const part of ['ingress', 'functions', 'shared', 'tools', 'package.json', 'tsconfig.json']) {
      await cp(join(root, part), join(copy, part), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    original = await readFile(join(copy, HANDLER), 'utf8');
    service = await Service.start({ launch: { file: process.execPath, args: ['tools/dev.ts'], cwd: copy } });
    player = await new Player({ port: service.port, account: 'vera' }).play('Vera');
    await logged('watching families');
  });
  afterAll(async () => {
    player.drop();
    expect(await service.stop()).toBe(0);
    await rm(copy, { recursive: true, force: true });
  });

  async function logged(text: string, after = 0): Promise<number> {
    const until = Date.now() + 15_000;
    for (;;) {
      const index = service.lines.findIndex((line, i) => i >= after && line.includes(text));
      if (index >= 0) return index;
      if (Date.now() > until) throw new Error(`not logged: ${text}\n${service.lines.slice(-10).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function heard(text: string): Promise<string> {
    player.say(text);
    const chat = await player.world.take(S.CHAT);
    chat.u16();
    return chat.text();
  }

  test('a saved handler takes effect within a second, and the player stays connected', async () => {
    expect(await heard('one')).toBe('one');
    const from = service.lines.length;
    const changed = original.replace('objectId, message }', "objectId, message: 'changed' }");
    expect(changed).not.toBe(original);
    await writeFile(join(copy, HANDLER), changed);
    const line = JSON.parse(service.lines[await logged('family reloaded', from)] ?? '{}') as {
      milliseconds: number;
    };
    expect(line.milliseconds).toBeLessThan(1000);
    expect(await heard('two')).toBe('changed');
  });

  test('a syntax error keeps the old code and says where it is', async () => {
    const from = service.lines.length;
    await writeFile(join(copy, HANDLER), `${original}\nconst = 5;\n`);
    const at = await logged('is not reloaded', from);
    expect(service.lines.slice(at).join('\n')).toContain('normal-chat.ts');
    expect(await heard('three')).toBe('changed');
    await writeFile(join(copy, HANDLER), original);
    await logged('family reloaded', at);
    expect(await heard('four')).toBe('four');
  });

  test('a new family joins in', async () => {
    const folder = join(copy, 'functions/waver');
    const from = service.lines.length;
    await mkdir(folder);
    await writeFile(
      join(folder, 'family.ts'),
      `import { defineFamily, packet } from '../../shared/kit/index.ts';
       export const family = defineFamily({
         name: 'waver',
         packets: { CLI_RIDE_REQUEST: { stages: ['world'], handle: () => ({ replies: [packet('SRV_RIDE_REQUEST', { action: 4, owner: 7, guest: 1 })] }) } },
         state: { owns: {}, reads: [] },
         services: () => null,
       });`,
    );
    await logged('"family":"waver"', from);
    // CLI_RIDE_REQUEST and SRV_RIDE_REQUEST, which no family of the project handles yet.
    player.world.send(0x5ba, Buffer.alloc(7));
    expect((await player.world.take(0x5bb)).skip(1).u16()).toBe(7);
  });
});
