export type { Context, Dice, HandlerLog } from './context.ts';
export { defineFamily } from './define-family.ts';
export type { CustomRule, Environment, FamilyDefinition, PacketRule } from './definition.ts';
export type { DefinedFamily, Family, FamilyHost, RunningFamily } from './family.ts';
export type * from './handler.ts';
export { type LambdaContext, type LambdaHandler, lambdaEntry } from './lambda/entry.ts';
export type { Line, LineSink } from './line.ts';
export { customPacket, packet, rawPacket } from './packet.ts';
export type { SectionKey, SectionNameOf, SectionTypes } from './section-types.ts';
