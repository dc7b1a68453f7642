import { badSchema, checkName } from './compile/resolve.ts';
import type { PacketDefinition } from './schema.ts';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Checks the outer shape of a packet definition that comes from outside, such as a manifest; what is inside its fields is
 * checked when they are resolved.
 * @throws EdgeError bad_schema
 */
export function checkDefinition(value: unknown): asserts value is PacketDefinition {
  if (!isObject(value)) throw badSchema('packet', 'a definition is an object');
  const name = checkName(value.name, 'packet');
  if (value.dir !== 'c2s' && value.dir !== 's2c' && value.dir !== 'isc') {
    throw badSchema(name, 'dir is c2s, s2c or isc');
  }
  for (const column of ['id', 'id2021', 'idRetail']) {
    const id = value[column];
    if (id !== null && typeof id !== 'number' && (id !== undefined || column === 'id')) {
      throw badSchema(name, `${column} is a number or null`);
    }
  }
  if (value.dupOf !== undefined && typeof value.dupOf !== 'string') throw badSchema(name, 'dupOf is a name');
  checkFields(value.fields, name);
  const types = value.types ?? {};
  if (!isObject(types)) throw badSchema(name, 'types is an object');
  for (const [typeName, type] of Object.entries(types)) {
    checkName(typeName, name);
    checkType(type, `${name}:${typeName}`);
  }
}

function checkType(value: unknown, place: string): void {
  if (!isObject(value)) throw badSchema(place, 'a type is an object');
  if (value.kind === 'struct') checkFields(value.fields, place);
  if (value.kind !== 'union') return;
  const views = value.views;
  if (!Array.isArray(views)) throw badSchema(place, 'views is a list of lists');
  for (const view of views) checkObjects(view, place, 'a view');
}

function checkFields(value: unknown, place: string): void {
  for (const field of checkObjects(value, place, 'fields')) {
    if (field.t === 'bits') checkObjects(field.parts, place, 'parts');
    if (field.rep !== undefined && !isObject(field.rep)) throw badSchema(place, 'rep is an object');
  }
}

function checkObjects(value: unknown, place: string, what: string): Record<string, unknown>[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw badSchema(place, `${what} is a list of objects`);
  return value;
}
