import { randomUUID } from 'node:crypto';
import type { Settings } from '../../shared/config/read-settings.ts';
import type { Bus } from '../delivery/index.ts';
import { createInProcessBus, createValkeyBus, parseBusUrl } from '../delivery/index.ts';
import type { Log } from '../operations/log.ts';
import type { Meter } from '../operations/meter.ts';
import type { Clock } from '../ports/clock.ts';

/** The bus of this service, whichever it is. */
export interface OpenBus {
  readonly bus: Bus;
  /** Resolves when other copies were told that this one leaves. */
  close(): Promise<void>;
}

interface Surroundings {
  readonly log: Log;
  readonly meter: Meter;
  readonly clock: Clock;
}

/** The bus at BUS_URL, which other copies of the ingress with the same tables share; without it this copy is alone. Waits for no connection. */
export function openBus(
  settings: Settings<'BUS_URL' | 'TABLE_PREFIX'>,
  { log, meter, clock }: Surroundings,
): OpenBus {
  if (settings.BUS_URL === null) return { bus: createInProcessBus(clock), close: async () => undefined };
  const bus = createValkeyBus({
    target: parseBusUrl(settings.BUS_URL),
    prefix: settings.TABLE_PREFIX,
    log,
    meter,
    clock,
    newBoot: randomUUID,
  });
  return { bus, close: () => bus.close() };
}
