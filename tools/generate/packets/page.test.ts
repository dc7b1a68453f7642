import { describe, expect, it } from 'vitest';
import { schema } from '../../../shared/protocol/data/index.ts';
import { generate } from '../packets.ts';
import { pageText } from './page.ts';

describe('the page of packets', () => {
  it('has a row for every packet with a number', () => {
    const rows = pageText()
      .split('\n')
      .filter((line) => /^\| (CLI|SRV|ISC)_/.test(line));
    const names = rows.map((line) => line.split(' | ')[0]?.slice(2));
    expect(names.toSorted()).toEqual(
      schema.packets.flatMap((packet) => (packet.id === null ? [] : [packet.name])).toSorted(),
    );
  });

  it('tells who handles a client packet if it is told', () => {
    const page = pageText((packet) => (packet === 'CLI_NORMAL_CHAT' ? 'chat-team' : undefined));
    expect(page).toContain('| handled by |');
    expect(page).toMatch(/\| CLI_NORMAL_CHAT \|[^\n]* chat-team \| `message str` \|/);
    expect(page).toMatch(/\| CLI_SHOUT_CHAT \|[^\n]* - \| `message str` \|/);
    expect(pageText()).not.toContain('handled by');
  });
});

describe('generated files', () => {
  it('are the same every time', () => {
    expect(generate()).toEqual(generate());
    expect(generate().map((file) => file.path)).toEqual([
      'shared/protocol/packets.generated.ts',
      'shared/protocol/packet-types.generated.ts',
      'docs/packets.md',
    ]);
  });
});
