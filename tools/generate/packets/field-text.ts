import { type FieldDefinition, isBits } from '../../../shared/protocol/schema.ts';

function repetition(field: FieldDefinition): string {
  if (isBits(field) || field.rep === undefined) return '';
  if ('count' in field.rep) return `[${field.rep.count}]`;
  return 'rest' in field.rep ? '[to the end]' : `[count ${field.rep.prefix}]`;
}

function initial(field: FieldDefinition): string {
  return isBits(field) || field.d === undefined
    ? ''
    : ` = ${typeof field.d === 'string' && field.d !== '' ? field.d : JSON.stringify(field.d)}`;
}

function fieldText(field: FieldDefinition): string {
  if (isBits(field))
    return `${field.size} bits { ${field.parts.map((part) => `${part.n}:${part.bits}`).join(', ')} }`;
  return `${field.n} ${field.t}${repetition(field)}${initial(field)}`;
}

/** The fields of a layout in the notation of the page. */
export function fieldsText(fields: readonly FieldDefinition[]): string {
  return fields.length === 0 ? 'none' : fields.map((field) => `\`${fieldText(field)}\``).join(', ');
}
