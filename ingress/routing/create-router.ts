import { parseResult } from '../../shared/contract/parse/index.ts';
import type { ErrorCode } from '../../shared/errors/catalogue.ts';
import type { EdgeConnection } from '../ports/connection.ts';
import { Actors } from './actors.ts';
import { Applier } from './apply.ts';
import type { Channel } from './channel.ts';
import { Dispatcher } from './dispatcher.ts';
import { drainAll } from './drain.ts';
import { Flow } from './flow.ts';
import { type ApplyCalls, GivenUp } from './given-up.ts';
import { Intake } from './intake.ts';
import { Lifecycle } from './lifecycle.ts';
import { DEFAULT_LIMITS, type RoutingLimits } from './limits.ts';
import { LiveRoutes } from './live-routes.ts';
import type { RoutingParts } from './parts.ts';
import { Pressure } from './pressure.ts';
import type { RouteTable } from './route-table.ts';
import type { Router } from './router.ts';
import { Signals } from './signals.ts';
import { Timers } from './timers.ts';

type Defaulted = 'limits' | 'check' | 'defer' | 'onClosed' | 'random';

/** What routing is made of. */
export interface RouterOptions
  extends Omit<RoutingParts, Defaulted>,
    Partial<Pick<RoutingParts, 'check' | 'defer' | 'onClosed' | 'random'>> {
  readonly routes: RouteTable;
  /** Bounds that differ from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<RoutingLimits>;
}

const anySeed = (): number => Math.floor(Math.random() * 2 ** 32);

/** Wires routing together. */
export function createRouter(options: RouterOptions): Router {
  const parts: RoutingParts = {
    ...options,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    check: options.check ?? parseResult,
    random: options.random ?? anySeed,
    defer: options.defer ?? ((call) => void setImmediate(call)),
    onClosed: (connection) => {
      actors.ended(connection);
      options.onClosed?.(connection);
    },
  };
  const routes = new LiveRoutes(options.routes, parts.meter);
  const advance = (channel: Channel): void => flow.advance(channel);
  const shut = (channel: Channel, code: ErrorCode): void => lifecycle.shut(channel, code);
  const pressure = new Pressure(parts.limits);
  const flow: Flow = new Flow(parts, routes, pressure, {
    ready: (channel, lane) => dispatcher.ready(channel, lane),
    idle: (channel) => lifecycle.idle(channel),
    shut,
  });
  const enqueue = flow.enqueue.bind(flow);
  const signals = new Signals(parts, routes, enqueue);
  const timers = new Timers(parts, routes, enqueue);
  const calls: ApplyCalls = { again: flow.again.bind(flow), advance, shut };
  const givenUp = new GivenUp(parts, routes, timers, calls);
  const applier = new Applier(parts, routes, signals, timers, givenUp, calls);
  const dispatcher: Dispatcher = new Dispatcher(parts, {
    apply: (record, result) => applier.apply(record, result),
    drop: (record, code) => givenUp.drop(record, code),
    takeApart: (record) => givenUp.takeApart(record),
    advance,
  });
  const lifecycle: Lifecycle = new Lifecycle(parts, signals, timers, advance, pressure);
  const intake = new Intake(parts, routes, flow, shut);
  const actors: Actors = new Actors(parts, lifecycle, flow, signals, timers);
  const { channels } = lifecycle;
  let draining = false;

  const ending = (connection: EdgeConnection, how: 'end' | 'shut', code: ErrorCode): Promise<void> => {
    const channel = channels.get(connection);
    if (channel === undefined) return Promise.resolve();
    lifecycle[how](channel, code);
    return channel.done;
  };

  return {
    get routes() {
      return routes.table;
    },
    get size() {
      return { connections: channels.size, timers: timers.armed };
    },
    open(connection) {
      const channel = lifecycle.open(connection);
      if (draining) lifecycle.shut(channel, 'shutting_down');
    },
    packet(connection, name, type, payload, frameBytes, readAt) {
      const channel = channels.get(connection);
      if (channel !== undefined) intake.decoded(channel, name, type, payload, frameBytes, readAt);
    },
    rawPacket(connection, name, type, bytes, frameBytes, readAt) {
      const channel = channels.get(connection);
      if (channel !== undefined) intake.raw(channel, name, type, bytes, frameBytes, readAt);
    },
    close: (connection, code) => ending(connection, 'end', code),
    kick: (connection, code) => ending(connection, 'shut', code),
    lost: (connection) => void ending(connection, 'shut', 'ownership_lost'),
    take(connection, envelope) {
      const channel = channels.get(connection);
      return channel !== undefined && signals.take(channel, envelope);
    },
    startActor: (address) => actors.start(address),
    replaceRoutes(table) {
      routes.replace(table);
      for (const channel of channels.values()) flow.reroute(channel);
    },
    async drain(limit) {
      draining = true;
      return drainAll(lifecycle, actors.stop(), parts.clock, limit);
    },
  };
}
