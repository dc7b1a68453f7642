import { describe, expect, it } from 'vitest';
import { schema } from '../../../shared/protocol/data/index.ts';
import { generate } from '../packets.ts';
import { pageText } from './page.ts';

describe('the page of packets', () => {
  it('has a row for every packet with a number', () => {
    const rows = pageText(() => undefined)
      .split('\n')
      .filter((line) => /^\| (CLI|SRV|ISC)_/.test(line));
    const names = rows.map((line) => line.split(' | ')[0]?.slice(2));
    expect(names.toSorted()).toEqual(
      schema.packets.flatMap((packet) => (packet.id === null ? [] : [packet.name])).toSorted(),
    );
  });

  it('tells who handles a client packet', () => {
    const page = pageText((packet) => (packet === 'CLI_NORMAL_CHAT' ? 'chat-team' : undefined));
    expect(page).toContain('| handled by |');
    expect(page).toMatch(/\| CLI_NORMAL_CHAT \|[^\n]* chat-team \| `message str` \|/);
    expect(page).toMatch(/\| CLI_SHOUT_CHAT \|[^\n]* nobody \| `message str` \|/);
  });
});

describe('generated files', () => {
  it('are the same every time', async () => {
    const files = await generate();
    expect(await generate()).toEqual(files);
    expect(files.map((file) => file.path)).toEqual([
      'shared/protocol/packets.generated.ts',
      'shared/protocol/packet-types.generated.ts',
      'docs/packets.md',
    ]);
  });
});
