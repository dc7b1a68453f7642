import type { JsonObject, Message, NamedPacket } from '../../contract/index.ts';
import type { Context } from '../context.ts';
import type { FamilyDefinition } from '../definition.ts';
import type { HandlerResult } from '../handler.ts';
import type { SectionKey } from '../section-types.ts';

/** A context whose section and service types are known to the handler only. */
export type AnyContext = Context<never, unknown>;
/** A result whose section types are checked at run time. */
export type AnyResult = Omit<HandlerResult<never>, 'state' | 'reread'> & {
  readonly state?: Omit<NonNullable<HandlerResult<never>['state']>, 'sections'> & {
    readonly sections?: Readonly<Record<string, JsonObject | null | undefined>>;
  };
  readonly reread?: readonly string[];
};
export type AnyHandler = (
  context: AnyContext,
  payload: JsonObject,
  message: Message,
) => AnyResult | Promise<AnyResult>;

/** How one kind of message is handled. */
export interface Route {
  readonly handle: AnyHandler;
  readonly refused: NamedPacket | undefined;
  /** Custom packets only: bytes without a schema reach the handler as `{raw}`. */
  readonly takesRaw: boolean;
}

/** The handlers of a family by kind and name; maps, so that a name such as `constructor` finds nothing. */
export type Routes = Readonly<Record<Message['kind'], ReadonlyMap<string, Route>>>;

interface RuleLike {
  readonly handle: unknown;
  readonly refused?: NamedPacket;
}

const route = (handle: unknown, refused: NamedPacket | undefined, takesRaw: boolean): Route => ({
  // The definition has checked each handler against its own packet; here they are told apart by name only.
  handle: handle as AnyHandler,
  refused,
  takesRaw,
});

const plain = (handlers: object | undefined): Map<string, Route> =>
  new Map(Object.entries(handlers ?? {}).map(([name, handle]) => [name, route(handle, undefined, false)]));

/** Collects the handlers of a definition. */
export function routesOf<S extends SectionKey, V>(definition: FamilyDefinition<S, V>): Routes {
  const packets = new Map<string, Route>();
  for (const [name, rule] of Object.entries(definition.packets) as [string, RuleLike][]) {
    packets.set(name, route(rule.handle, rule.refused, false));
  }
  for (const [name, rule] of Object.entries(definition.custom ?? {}))
    packets.set(name, route(rule.handle, rule.refused, true));
  return { packet: packets, signal: plain(definition.signals), timer: plain(definition.timers) };
}
