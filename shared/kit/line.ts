/** One structured log line of a family. */
export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

export type LineSink = (line: Line) => void;
