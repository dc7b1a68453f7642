import { z } from 'zod';
import { turnEvent } from '../../../shared/contract/parse/event-schema.ts';
import { manifest } from '../../../shared/contract/parse/manifest-schema.ts';
import { turnsResult } from '../../../shared/contract/parse/result-schema.ts';

/** Columns of a line of biome's. */
const WIDTH = 110;

/** JSON as biome formats it: a list of plain values on one line where it fits, everything else spread out. */
export function formatted(value: unknown, indent = '', used = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
    const plain = value.every((item) => typeof item !== 'object' || item === null);
    if (value.length === 0 || (plain && indent.length + used + line.length + 1 <= WIDTH)) return line;
    return `[\n${value.map((item) => inner + formatted(item, inner)).join(',\n')}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return '{}';
  const lines = entries.map(([key, item]) => {
    const label = `${JSON.stringify(key)}: `;
    return inner + label + formatted(item, inner, label.length);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}

const TITLES = {
  event: 'packet-edge: event of an invocation',
  result: 'packet-edge: result of an invocation',
  manifest: 'packet-edge: manifest of a family',
} as const;

/** The JSON Schemas (draft 2020-12), as `[file name, text]`, from the very schemas that the ingress validates with. */
export function jsonSchemas(): [string, string][] {
  const schemas = { event: turnEvent, result: turnsResult, manifest };
  return Object.entries(schemas).map(([name, schema]) => {
    const generated = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' });
    const text = formatted({ title: TITLES[name as keyof typeof TITLES], ...generated });
    return [`${name}.schema.json`, `${text}\n`];
  });
}
