import { describe, expect, it } from 'vitest';
import { schema } from '../../../shared/protocol/data/index.ts';
import { generate } from '../packets.ts';
import { pageText } from './page.ts';

const familiesPart = (page: string) => page.slice(0, page.indexOf('## Profile retail'));

describe('the page of packets', () => {
  it('has a row for every packet with a number', () => {
    const rows = familiesPart(pageText(() => undefined))
      .split('\n')
      .filter((line) => /^\| (CLI|SRV|ISC)_/.test(line));
    const names = rows.map((line) => line.split(' | ')[0]?.slice(2));
    expect(names.toSorted()).toEqual(
      schema.packets.flatMap((packet) => (packet.id === null ? [] : [packet.name])).toSorted(),
    );
  });

  it('says what differs in profile retail, and how', () => {
    const page = pageText(() => undefined);
    const retail = page.slice(familiesPart(page).length);
    expect(retail).toContain('| CLI_TOGGLE_MOVE | the same | RUN, SIT and DRIVE are 0, 1 and 2. |');
    expect(retail).toMatch(/\| SRV_PARTY_MEMBER \| where byte 1 is 255: [^\n]*`leaver u32`[^\n]*; else /);
    expect(retail).toMatch(/\| CLI_USE_ITEM \| in a payload of fewer than 4 bytes: `index u16`; else /);
    expect(retail).not.toMatch(/\| CLI_NORMAL_CHAT \|/);
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
