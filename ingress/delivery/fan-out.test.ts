import { describe, expect, it } from 'vitest';
import { Broadcast } from './broadcast.ts';
import { FanOut } from './fan-out.ts';
import { type Member, newMember } from './member.ts';
import { newSeen } from './seen.ts';
import { SentMeter } from './sent-meter.ts';
import { countingMeter } from './testing/counting-meter.ts';
import { RecordingClient } from './testing/recording-client.ts';
import { edgeConnection, framing, place, plain, protocol } from './testing/stage.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {}, child: () => silent };

function member(id: string): { member: Member; client: RecordingClient } {
  const client = new RecordingClient(framing, protocol, plain);
  return { member: newMember(edgeConnection(id, null, { userId: null, characterId: null }), client), client };
}

describe('replaceable packets of an object', () => {
  it('go to those who see it and to the one who is it, each once, but not to the one left out', () => {
    const { meter, count } = countingMeter();
    const fanOut = new FanOut(new SentMeter(meter), silent);
    const [self, near, blind] = [member('self'), member('near'), member('blind')];
    const topic = { name: 't', watchers: new Set<Member>(), objects: new Set<never>(), confirmed: new Map() };
    for (const each of [self, near, blind]) topic.watchers.add(each.member);
    const seen = newSeen('1/2001', 'self', 'a', 1, place(2001, 't'), topic);
    seen.viewers.add(near.member);
    const frame = protocol.encode('SRV_MOUSE_CMD', { id: 2001, x: 1, y: 0 });
    const broadcast = new Broadcast(framing, [frame], ['SRV_MOUSE_CMD']);
    const got = (): number[] => [self, near, blind].map(({ client }) => client.fresh().length);

    fanOut.ofObject(seen, self.member, broadcast, null, 'k', 0);
    expect(got()).toEqual([1, 1, 0]);
    expect(count('deliveries_total', { kind: 'thinned' })).toBe(1);
    fanOut.ofObject(seen, self.member, broadcast, 'self', 'k', 0);
    expect(got()).toEqual([0, 1, 0]);
    fanOut.ofObject(seen, self.member, broadcast, 'near', 'k', 0);
    expect(got()).toEqual([1, 0, 0]);
    fanOut.ofObject(seen, null, broadcast, null, 'k', 0);
    expect(got()).toEqual([0, 1, 0]);
    expect(count('deliveries_total', { kind: 'broadcast' })).toBe(5);
    expect(count('packets_sent_total', { type: 'SRV_MOUSE_CMD' })).toBe(5);
  });
});
