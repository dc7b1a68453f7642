import { schema } from '../../../shared/protocol/data/index.ts';
import { ingressOverlays } from '../../../shared/protocol/index.ts';
import type { OverlayLayout } from '../../../shared/protocol/overlay.ts';
import {
  type FieldDefinition,
  isBits,
  type PacketDefinition,
  type TypeDefinition,
} from '../../../shared/protocol/schema.ts';

/** A packet as handlers see it: profile `head` with the overlays of the ingress. */
export interface HandlerLayout {
  readonly definition: PacketDefinition;
  readonly fields: readonly FieldDefinition[];
  /** Fields that some of the packet's layouts do not have. */
  readonly sometimes: ReadonlySet<string>;
  /** Layouts for short payloads. */
  readonly shorter: readonly OverlayLayout[];
}

function namesOf(fields: readonly FieldDefinition[]): string[] {
  return fields.flatMap((field) => (isBits(field) ? field.parts.map((part) => part.n) : [field.n]));
}

/** All packets that have a number in profile `head`, in the order of the schema. */
export function handlerLayouts(): HandlerLayout[] {
  const known = schema.packets.filter((definition) => definition.id !== null);
  return known.map((definition) => {
    const overlay = ingressOverlays.find(
      ({ packet, profiles }) =>
        packet === definition.name && (profiles === undefined || profiles.includes('head')),
    );
    if (overlay === undefined)
      return { definition, fields: definition.fields, sometimes: new Set<string>(), shorter: [] };
    const fields = overlay.layouts.at(-1)?.fields ?? [];
    const sometimes = namesOf(fields).filter((name) =>
      overlay.layouts.some((layout) => !namesOf(layout.fields).includes(name)),
    );
    return { definition, fields, sometimes: new Set(sometimes), shorter: overlay.layouts.slice(0, -1) };
  });
}

/** The types of the schema and of the overlays, by name. */
export function handlerTypes(): Readonly<Record<string, TypeDefinition>> {
  return Object.assign({}, schema.types, ...ingressOverlays.map((overlay) => overlay.types ?? {})) as Record<
    string,
    TypeDefinition
  >;
}
