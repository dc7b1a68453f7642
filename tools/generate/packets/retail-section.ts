import { schema } from '../../../shared/protocol/data/index.ts';
import { profileOf } from '../../../shared/protocol/profile.ts';
import type { FieldDefinition, PacketDefinition } from '../../../shared/protocol/schema.ts';
import { leftOut } from '../../../shared/protocol/translation/retail/left.ts';
import type { Form } from '../../../shared/protocol/translation/translation.ts';
import { fieldsText } from './field-text.ts';

const retail = profileOf('retail');

function when({ theirs }: Form): string {
  if (theirs === undefined) return '';
  if ('below' in theirs) return `in a payload of fewer than ${theirs.below} bytes: `;
  return `where byte ${theirs.at} is ${theirs.is.join(' or ')}: `;
}

function layoutText(definition: PacketDefinition, layout: readonly FieldDefinition[]): string {
  const forms = retail.translations.get(definition.name)?.forms ?? [{ steps: [] }];
  const own = forms.some(({ fields }) => fields !== undefined);
  if (!own) return layout === definition.fields ? 'the same' : fieldsText(layout);
  return forms
    .filter(({ fields, theirs }) => fields !== undefined || theirs === undefined)
    .map((form) => when(form) + fieldsText(form.fields ?? layout))
    .join('; else ');
}

function row(definition: PacketDefinition): string[] {
  const layout = retail.fieldsOf(definition);
  const translation = retail.translations.get(definition.name);
  if (retail.idOf(definition) === null || (translation === undefined && layout === definition.fields))
    return [];
  const about = translation?.about ?? 'Layout only: what it lacks is left out, what it has besides is 0.';
  return [`| ${definition.name} | ${layoutText(definition, layout)} | ${about} |`];
}

/** What differs in profile `retail`, and what is left out. */
export function retailSection(): string {
  return `## Profile retail

Handlers, the client of the command line and \`packet-edge packet\` have the fields and codes of profile \`head\` whatever the profile; the codec translates
(\`shared/protocol/data/retail-overrides.json\` for layouts, \`shared/protocol/translation/retail\` for all else). Numbers stop at the limits of their
fields there. A code that the client sends and the profile does not have closes its connection with \`unknown_code\`, like anything malformed. A packet
that it cannot be told is not sent and counted in \`drops_total\` with the reason \`no_counterpart\`.

| packet | layout there | what else |
|---|---|---|
${schema.packets.flatMap(row).join('\n')}

Not translated:

| packets | why |
|---|---|
${leftOut.map(({ packets, why }) => `| ${packets} | ${why} |`).join('\n')}
`;
}
