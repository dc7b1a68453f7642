import type { Settings } from '../../shared/config/read-settings.ts';
import { parseResult } from '../../shared/contract/parse/index.ts';
import type { Environment, Family } from '../../shared/kit/index.ts';
import { createProtocol, ingressOverlays } from '../../shared/protocol/index.ts';
import { createDeliveryHub } from '../delivery/index.ts';
import { Gateway } from '../gateway/gateway.ts';
import { createListener } from '../net/listener.ts';
import { proxyPreambles } from '../net/proxy-protocol.ts';
import { startAdminServer } from '../operations/admin-server.ts';
import { atMostEvery } from '../operations/at-most-every.ts';
import { watchEventLoop } from '../operations/event-loop-lag.ts';
import type { Log } from '../operations/log.ts';
import { createPrometheusMeter } from '../operations/prometheus-meter.ts';
import { systemClock } from '../ports/clock.ts';
import { RouteBook } from '../registry/route-book.ts';
import { createRouter, DEFAULT_LIMITS, type Router } from '../routing/index.ts';
import { createHeartbeat, createStateKeeper } from '../state/index.ts';
import { KEEP_ALIVE } from './first-packets.ts';
import { listening } from './listening.ts';
import { openBus } from './open-bus.ts';
import { openFamilies } from './open-families.ts';
import { openFraming } from './open-framing.ts';
import { openState } from './open-state.ts';
import { publicAddresses } from './public-addresses.ts';
import { exposeWire } from './wire-metrics.ts';

/** The service while it runs. */
export interface Service {
  readonly port: number;
  readonly adminPort: number;
  /** Takes another version of a family that runs in this process (INVOKER=local); returns whether it was taken. */
  replaceFamily(family: Family): boolean;
  /** Routes nothing more to a family; turns in flight finish. */
  removeFamily(name: string): void;
  /** Accepts no more, finishes turns in flight, saves, closes; within DRAIN_TIMEOUT. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

const FIRST_STAGE = 'login';
const SECOND = 1000;

/**
 * Puts the rooms of the ingress together and starts them.
 * @param environment passed on to the families' services under INVOKER=local
 */
export async function startService(
  settings: Settings,
  ingressId: string,
  environment: Environment,
  log: Log,
): Promise<Service> {
  const clock = systemClock;
  const meter = createPrometheusMeter();
  const endLagWatch = watchEventLoop(meter);
  const protocol = createProtocol(settings.PROTOCOL_PROFILE, {
    overlays: ingressOverlays,
    commonFields: true,
  });
  const framing = openFraming(settings, protocol);

  const state = await openState(settings, log);
  const book = new RouteBook(protocol, meter, log);
  const families = await openFamilies(settings, {
    environment: { ...environment, ...state.environment },
    book,
    meter,
    log,
    clock,
  });
  const heartbeat = createHeartbeat({ store: state.store, ingressId, meter, log, clock });
  await heartbeat.start();

  // Routing, delivery and state each need the others: what is asked of the router is asked when it exists.
  const keeper = createStateKeeper({
    store: state.store,
    ingressId,
    sectionRules: () => router.routes.sections,
    calls: {
      async askRelease(entity) {
        await delivery.ask(entity.startsWith('actor/') ? entity : `character/${entity}`, { kind: 'release' });
      },
      lost: (connection) => router.lost(connection),
    },
    heartbeat,
    meter,
    log,
    clock,
    random: Math.random,
  });
  const bus = openBus(settings, { log, meter, clock });
  const delivery = createDeliveryHub({
    ingressId,
    protocol: () => book.protocol,
    framing,
    bus: bus.bus,
    sink: {
      take: (connection, envelope) => router.take(connection, envelope),
      startActor: (address) => router.startActor(address),
    },
    outlet: (connection) => gateway.outlet(connection),
    async control(connection, question) {
      if (question.kind !== 'release') return null;
      await router.kick(connection, 'kicked');
      return true;
    },
    meter,
    log,
    clock,
    limits: { viewLimit: settings.VIEW_LIMIT },
  });
  const publicAddress = { host: settings.PUBLIC_ADDRESS, port: settings.PUBLIC_PORT };
  let ids = 0;
  // Receipts outlive a restart: an id that came again under a fixed INGRESS_ID would be answered with an old outcome.
  const boot = clock.now().toString(36);
  const nextId = () => `${ingressId}-${boot}-${(++ids).toString(36)}`;
  const router: Router = createRouter({
    routes: book.table,
    invoker: families.invoker,
    keeper,
    delivery,
    meter,
    log,
    clock,
    check: parseResult,
    limits: {
      rates: {
        ...DEFAULT_LIMITS.rates,
        default: { perSecond: settings.PACKETS_PER_SECOND, burst: settings.PACKET_BURST },
      },
      unknownPacket: settings.UNKNOWN_PACKET,
      keepAlive: KEEP_ALIVE,
    },
    ids: nextId,
    ingress: ingressId,
    public: publicAddress,
  });
  const gateway = new Gateway({
    protocol: () => book.protocol,
    router,
    keeper,
    delivery,
    firstStage: FIRST_STAGE,
    publicHost: publicAddresses(settings.PUBLIC_ADDRESS_BY_RANGE),
    meter,
    log,
    clock,
  });
  const listener = createListener({
    framing,
    events: gateway,
    host: settings.LISTEN_ADDR,
    port: settings.SERVICE_PORT,
    maxConnections: settings.MAX_CONCURRENT_CONNECTIONS,
    maxPerAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
    poolSize: settings.BUFFER_POOL_SIZE,
    queueBytes: settings.SEND_QUEUE_BYTES,
    idleMs: settings.IDLE_TIMEOUT * SECOND,
    ...(settings.PROXY_PROTOCOL === 'v2' ? { openPreamble: proxyPreambles(settings.PROXY_TRUSTED) } : {}),
    nextId,
  });
  exposeWire(meter, listener);
  book.watch((table) => router.replaceRoutes(table));

  let draining = false;
  const readiness = () => [
    ...(draining ? ['the service is ending'] : []),
    ...(keeper.healthy ? [] : ['the database cannot be reached (heartbeat_lost)']),
    ...(router.routes.packets.size > 0 ? [] : ['no family is loaded']),
  ];
  const { METRICS_ADDR: address, PACKET_METRICS_PORT: adminPort, LISTEN_ADDR, SERVICE_PORT } = settings;
  const refreshRoutes = atMostEvery(clock, SECOND, () => families.refresh());
  const admin = await listening('METRICS_ADDR, PACKET_METRICS_PORT', address, adminPort, () =>
    startAdminServer({ address, port: adminPort, meter, readiness, refreshRoutes, log }),
  );
  const { port } = await listening('LISTEN_ADDR, SERVICE_PORT', LISTEN_ADDR, SERVICE_PORT, () =>
    listener.listen(),
  );
  if (publicAddress.port === 0) publicAddress.port = port;

  async function end(): Promise<void> {
    const deadline = clock.monotonic() + settings.DRAIN_TIMEOUT * SECOND;
    draining = true;
    await listener.stopAccepting();
    const cut = await router.drain(Math.max(SECOND, deadline - clock.monotonic() - 2 * SECOND));
    if (cut > 0) log.error({ code: 'shutting_down', connections: cut }, 'connections had to be cut short');
    // What is to be saved does not wait for clients that do not hang up.
    const hungUp = listener.closeAll('shutting_down');
    delivery.stop();
    await Promise.all([bus.close(), keeper.stop()]);
    await hungUp;
    await heartbeat.stop();
    families.close();
    endLagWatch();
    await admin.close();
    await state.close();
  }
  let ending: Promise<void> | undefined;
  return {
    port,
    adminPort: admin.port,
    replaceFamily: (family) => families.replace(family),
    removeFamily: (name) => book.remove(name),
    stop: () => (ending ??= end()),
  };
}
