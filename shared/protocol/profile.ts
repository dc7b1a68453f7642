import { EdgeError } from '../errors/edge-error.ts';
import type { TypeTable } from './compile/resolve.ts';
import { retailOverrides, schema } from './data/index.ts';
import { overridden } from './overlay.ts';
import type { FieldDefinition, PacketDefinition, ProfileName } from './schema.ts';
import { retailTranslations } from './translation/retail/index.ts';
import type { Translation } from './translation/translation.ts';

/** What a profile makes of the schema: which number a packet has and how it is laid out. */
export interface Profile {
  readonly name: ProfileName;
  readonly types: TypeTable;
  idOf(definition: PacketDefinition): number | null;
  fieldsOf(definition: PacketDefinition): readonly FieldDefinition[];
  /** How its packets differ from those of `head` beyond numbers and layouts, by name. */
  readonly translations: ReadonlyMap<string, Translation>;
}

const profiles: Readonly<Record<ProfileName, Profile>> = {
  head: {
    name: 'head',
    types: schema.types,
    idOf: (packet) => packet.id,
    fieldsOf: (packet) => packet.fields,
    translations: new Map(),
  },
  '2021': {
    name: '2021',
    types: schema.types,
    idOf: (packet) => (packet.id2021 === undefined ? packet.id : packet.id2021),
    fieldsOf: (packet) => packet.fields,
    translations: new Map(),
  },
  retail: {
    name: 'retail',
    types: { ...schema.types, ...retailOverrides.types },
    idOf: (packet) => (packet.idRetail === undefined ? packet.id : packet.idRetail),
    fieldsOf: (packet) => overridden(packet, retailOverrides),
    translations: new Map(retailTranslations.map((translation) => [translation.packet, translation])),
  },
};

export const profileNames: readonly ProfileName[] = ['head', '2021', 'retail'];

/** @throws EdgeError unknown_profile */
export function profileOf(name: string): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name as ProfileName] : undefined;
  if (profile !== undefined) return profile;
  throw new EdgeError(
    'unknown_profile',
    `there is no profile ${name}; there are ${profileNames.join(', ')}`,
    { profile: name },
  );
}
