import { readFile } from 'node:fs/promises';
import { EdgeError } from '../../shared/errors/edge-error.ts';
import {
  createProtocol,
  type Fields,
  headerSize,
  type ProfileName,
  type Protocol,
} from '../../shared/protocol/index.ts';
import { firstDifference } from '../../shared/protocol/testing/within.ts';

/** One case of a vectors file: fields and the frame that they make. */
interface Vector {
  readonly name: string;
  /** Absent in files of cases that the reference gets wrong: they may be refused as well. */
  readonly type?: number;
  readonly case?: string;
  readonly fields: Fields;
  readonly hex: string;
  /** False where the reference cannot read its own frame back; such a case must be refused. */
  readonly refReads?: boolean;
}

export interface VerifyOptions {
  /** `head` if absent. */
  readonly profile?: ProfileName;
}

export interface VerifyReport {
  /** One line for each failure, and `N passed, N failed`. */
  readonly text: string;
  readonly passed: number;
  readonly failed: number;
}

const refusals = ['fixed_length', 'inner_nul', 'count_overflow', 'frame_too_large'];

function vectorsOf(text: string): Vector[] {
  let vectors: unknown;
  try {
    vectors = JSON.parse(text);
  } catch (error) {
    throw new EdgeError(
      'bad_value',
      `the file is not JSON: ${(error as Error).message}`,
      { field: 'FILE' },
      error,
    );
  }
  const isVector = (entry: unknown): boolean => {
    const { name, fields, hex } = (entry ?? {}) as Partial<Vector>;
    return (
      typeof name === 'string' && typeof hex === 'string' && typeof fields === 'object' && fields !== null
    );
  };
  if (!Array.isArray(vectors) || !vectors.every(isVector)) {
    throw new EdgeError('bad_value', 'the file is not a list of { name, fields, hex }', { field: 'FILE' });
  }
  return vectors as Vector[];
}

/** What is wrong with one case, or undefined. */
function problemOf(protocol: Protocol, vector: Vector): string | undefined {
  const { name, fields, type } = vector;
  const hex = vector.hex.toLowerCase();
  const codec = protocol.byName(name);
  if (codec === undefined) return 'there is no such packet';
  if (type !== undefined && codec.type !== type) return `its type is ${codec.type}, not ${type}`;
  let written: string;
  try {
    written = protocol.encode(name, fields).toString('hex');
  } catch (error) {
    if (!EdgeError.is(error)) throw error;
    const expected = (type === undefined || vector.refReads === false) && refusals.includes(error.code);
    return expected ? undefined : `refused: ${error.message}`;
  }
  if (vector.refReads === false) return 'was encoded, but must be refused';
  if (written !== hex) return `was encoded to ${written}, not ${hex}`;
  try {
    const frame = Buffer.from(hex, 'hex');
    const decoded = codec.decodePayload(frame, headerSize, frame.length);
    const difference = firstDifference(fields, decoded, name);
    if (difference !== undefined) return `${difference} was decoded to something else`;
    const again = protocol.encode(name, decoded).toString('hex');
    return again === hex ? undefined : `its decoded fields were encoded to ${again}, not ${hex}`;
  } catch (error) {
    if (!EdgeError.is(error)) throw error;
    return `refused: ${error.message}`;
  }
}

/**
 * Verifies the cases of a vectors file byte for byte, both ways.
 * @throws EdgeError bad_value if the text is no vectors file
 */
export function verifyVectors(text: string, options: VerifyOptions = {}): VerifyReport {
  const protocol = createProtocol(options.profile ?? 'head');
  const vectors = vectorsOf(text);
  const problems = vectors.flatMap((vector) => {
    const problem = problemOf(protocol, vector);
    return problem === undefined ? [] : [`FAILED ${vector.name} (${vector.case ?? 'no name'}): ${problem}`];
  });
  const failed = problems.length;
  const passed = vectors.length - failed;
  return { text: [...problems, `${passed} passed, ${failed} failed`].join('\n'), passed, failed };
}

/**
 * `packet verify FILE`: the report; the caller exits with 1 if `failed` is not 0.
 * @throws EdgeError bad_value if the file cannot be read or is no vectors file
 */
export async function verifyFile(path: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new EdgeError('bad_value', `cannot read ${path}: ${error.message}`, { field: 'FILE' }, error);
  });
  return verifyVectors(text, options);
}
