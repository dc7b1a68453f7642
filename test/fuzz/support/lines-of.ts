import { createReadStream } from 'node:fs';

/** A line of a file, and where the next one begins. */
export interface FileLine {
  readonly text: string;
  readonly end: number;
}

const NEWLINE = 0x0a;

/** The whole lines of a file that may be larger than a string can be, from a byte on. One that is still being written is left out. */
export async function* linesOf(file: string, from = 0): AsyncGenerator<FileLine> {
  let end = from;
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { start: from }) as AsyncIterable<Buffer>) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (let stop = bytes.indexOf(NEWLINE); stop >= 0; stop = bytes.indexOf(NEWLINE, at)) {
      const text = bytes.toString('utf8', at, stop);
      end += stop + 1 - at;
      at = stop + 1;
      yield { text, end };
    }
    rest = bytes.subarray(at);
  }
}
