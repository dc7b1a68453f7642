import {
  createProtocol,
  type Fields,
  type PacketCodec,
  type Protocol,
} from '../../../shared/protocol/index.ts';
import { type BenchRow, row } from '../row.ts';
import { hand } from './codec/by-hand.ts';
import { samples } from './codec/samples.ts';

const rounds = 15;

/** Nanoseconds per call of both, measured in turns so that a noisy moment hits both; the fastest round counts. */
function race(first: () => void, second: () => void, calls: number): [number, number] {
  const best: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of [first, second].entries()) {
      const start = process.hrtime.bigint();
      run();
      const each = Number(process.hrtime.bigint() - start) / calls;
      if (each < (best[index] as number)) best[index] = each;
    }
  }
  return best;
}

function codecOf(protocol: Protocol, name: string): PacketCodec {
  const codec = protocol.byName(name);
  if (codec === undefined) throw new Error(`no packet ${name}`);
  return codec;
}

let sink = 0;

/** The compiled codec against straightforward code written by hand for the same packets. */
export async function run(): Promise<BenchRow[]> {
  const protocol = createProtocol('head');
  const rows: BenchRow[] = [];
  for (const { label, name, variants, calls, most } of samples) {
    const codec = codecOf(protocol, name);
    const written = hand[name];
    if (written === undefined) throw new Error(`nothing by hand for ${name}`);
    const frames = variants.map((fields) => protocol.encode(name, fields));
    for (const [index, frame] of frames.entries()) {
      const fields = variants[index] as Fields;
      if (!written.encode(fields).equals(frame))
        throw new Error(`${name}: the code by hand encodes something else`);
      const ours = JSON.stringify(codec.decodePayload(frame, 6, frame.length));
      if (JSON.stringify(written.decode(frame)) !== ours)
        throw new Error(`${name}: the code by hand decodes something else`);
    }
    const mask = frames.length - 1;
    const [decode, decodeByHand] = race(
      () => {
        for (let i = 0; i < calls; i += 1) {
          const frame = frames[i & mask] as Buffer;
          if (codec.decodePayload(frame, 6, frame.length) !== undefined) sink += 1;
        }
      },
      () => {
        for (let i = 0; i < calls; i += 1)
          if (written.decode(frames[i & mask] as Buffer) !== undefined) sink += 1;
      },
      calls,
    );
    const target = Buffer.alloc(protocol.maxFrame);
    const [encode, encodeByHand] = race(
      () => {
        for (let i = 0; i < calls; i += 1) sink += codec.encodeInto(target, 0, variants[i & mask] as Fields);
      },
      () => {
        for (let i = 0; i < calls; i += 1)
          sink += written.encodeInto(target, 0, variants[i & mask] as Fields);
      },
      calls,
    );
    rows.push(row(`codec decode ${label}`, 'ns', decode, decodeByHand, most.decode));
    rows.push(row(`codec encode ${label}`, 'ns', encode, encodeByHand, most.encode));
  }
  if (sink === 0) throw new Error('nothing was measured');
  return rows;
}
