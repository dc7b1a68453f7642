import { join } from 'node:path';
import { loadFamilies } from '../../../ingress/routing/invoker/index.ts';
import type { Slot } from '../../../shared/protocol/compile/layout.ts';
import { resolveFields } from '../../../shared/protocol/compile/resolve.ts';
import { schema } from '../../../shared/protocol/data/index.ts';
import {
  createProtocol,
  ingressOverlays,
  type PacketDefinition,
  type Protocol,
} from '../../../shared/protocol/index.ts';
import { profileOf } from '../../../shared/protocol/profile.ts';
import type { Dice } from './dice.ts';
import type { Facts } from './facts.ts';
import { Payload, type Point } from './payload.ts';

export const FUNCTIONS = join(import.meta.dirname, '../../../functions');

/** One packet that a client can send. */
export interface ClientPacket {
  readonly name: string;
  readonly type: number;
  /** Null: no family claims it. */
  readonly family: string | null;
  readonly stages: readonly string[];
  /** The layouts that it can have; null: raw bytes. */
  readonly layouts: readonly (readonly Slot[])[] | null;
}

/** A frame, and what the wire says of it. */
export interface Frame {
  readonly packet: ClientPacket;
  readonly bytes: Buffer;
  /** Whether it holds a number that is none: it is refused before any handler, with its connection. */
  readonly nonfinite: boolean;
}

const PROFILE = profileOf('head');

function layoutsOf(definition: PacketDefinition): readonly (readonly Slot[])[] {
  const overlay = ingressOverlays.find(
    ({ packet, profiles }) => packet === definition.name && (profiles?.includes('head') ?? true),
  );
  const types = { ...PROFILE.types, ...definition.types, ...overlay?.types };
  const layouts = overlay?.layouts.map(({ fields }) => fields) ?? [PROFILE.fieldsOf(definition)];
  return layouts.map((fields) => resolveFields(types, fields, definition.name));
}

/** Every packet that a client can send, with what the manifests of the moment say of it. */
export async function clientPackets(): Promise<Bench> {
  const manifests = [...(await loadFamilies(FUNCTIONS)).values()].map(({ manifest }) => manifest);
  const own = manifests.flatMap(({ schemas }) => schemas as unknown as readonly PacketDefinition[]);
  const protocol = createProtocol('head', { overlays: ingressOverlays }).extend(own);
  const claims = new Map(
    manifests.flatMap(({ name: family, packets }) =>
      Object.entries(packets).map(([name, { stages, type }]) => [name, { family, stages, type }] as const),
    ),
  );
  const packets: ClientPacket[] = [];
  for (const definition of [...schema.packets, ...own]) {
    const codec = protocol.byName(definition.name);
    if (definition.dir !== 'c2s' || codec === undefined || definition.dupOf !== undefined) continue;
    const { family = null, stages = [] } = claims.get(definition.name) ?? {};
    packets.push({ name: definition.name, type: codec.type, family, stages, layouts: layoutsOf(definition) });
  }
  for (const [name, { family, stages, type }] of claims) {
    if (type !== undefined) packets.push({ name, type, family, stages, layouts: null });
  }
  const missing = [...claims.keys()].filter((name) => !packets.some((packet) => packet.name === name));
  if (missing.length > 0) throw new Error(`claimed, but in no schema: ${missing.join(' ')}`);
  return new Bench(packets, protocol, (frame) => {
    try {
      protocol.decode(frame, 'c2s');
      return null;
    } catch (error) {
      return (error as { code?: string }).code ?? 'unknown';
    }
  });
}

/** Makes frames. */
export class Bench {
  readonly packets: readonly ClientPacket[];
  readonly #problem: (frame: Buffer) => string | null;

  readonly #protocol: Protocol;

  constructor(
    packets: readonly ClientPacket[],
    protocol: Protocol,
    problem: (frame: Buffer) => string | null,
  ) {
    this.packets = packets;
    this.#protocol = protocol;
    this.#problem = problem;
  }

  /** A frame with these very values. */
  exact(name: string, fields: Readonly<Record<string, unknown>>): Buffer {
    return this.#protocol.encode(name, fields);
  }

  /** A well-formed frame with random values. */
  frame(packet: ClientPacket, dice: Dice, facts: Facts, near: Point): Frame {
    const payload = new Payload(dice, facts, near);
    for (;;) {
      const body =
        packet.layouts === null ? dice.bytes(dice.below(64)) : payload.of(dice.pick(packet.layouts));
      const bytes = Buffer.alloc(6 + body.length);
      bytes.writeUInt16LE(Math.min(bytes.length, 0xffff), 0);
      bytes.writeUInt16LE(packet.type, 2);
      body.copy(bytes, 6);
      const problem = packet.layouts === null ? null : this.#problem(bytes);
      // What another layout of the same packet makes of it, or too long for a frame, is no valid frame.
      if (problem === null || problem === 'nonfinite')
        return { packet, bytes, nonfinite: problem === 'nonfinite' };
    }
  }
}
