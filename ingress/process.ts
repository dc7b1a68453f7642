import { randomBytes } from 'node:crypto';
import { readSettings } from '../shared/config/read-settings.ts';
import { EdgeError } from '../shared/errors/edge-error.ts';
import type { Log } from './operations/log.ts';
import { createLogger } from './operations/logger.ts';
import { SeldomLog } from './operations/seldom-log.ts';
import { systemClock } from './ports/clock.ts';
import { type Service, startService } from './service/service.ts';

/** Something that runs beside the service; returns how to end it. */
export type Beside = (service: Service, log: Log) => Promise<() => void>;

/**
 * The process: settings, start, and an orderly end on SIGTERM, SIGINT or SIGHUP however often they come.
 * What is wrong at start is told in words, with exit code 1.
 */
export function runProcess(usage: string, beside: Beside = async () => () => undefined): void {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    console.log(usage);
    return;
  }
  run(beside).catch((error: unknown) => {
    console.error(EdgeError.is(error) ? `${error.message}\n${error.entry.remedy}` : error);
    process.exit(1);
  });
}

/**
 * Families run in this process under INVOKER=local. A promise that one of their handlers forgot, and that fails, concerns no turn
 * any more: it must not disconnect everybody. What is thrown outside of promises still ends the process.
 */
function outliveStrayRejections(log: Log): void {
  const seldom = new SeldomLog(log, systemClock);
  process.on('unhandledRejection', (reason) => {
    seldom.error('internal_error', { err: reason }, 'a promise failed that nobody waited for');
  });
}

async function run(beside: Beside): Promise<void> {
  const settings = readSettings(process.env);
  const ingressId = settings.INGRESS_ID ?? randomBytes(4).toString('hex');
  const log = createLogger(settings.LOG_LEVEL, ingressId);
  outliveStrayRejections(log);
  const service = await startService(settings, ingressId, process.env, log);
  log.info(
    {
      port: service.port,
      adminPort: service.adminPort,
      // Where hand-over packets send players: the first thing to look at when they come no further than the server list.
      playersAreSentTo: `${settings.PUBLIC_ADDRESS}:${settings.PUBLIC_PORT || service.port}`,
      profile: settings.PROTOCOL_PROFILE,
      invoker: settings.INVOKER,
    },
    'ready for players',
  );

  const endBeside = await beside(service, log);
  const end = (signal: NodeJS.Signals) => {
    endBeside();
    log.info(
      { signal, within: settings.DRAIN_TIMEOUT },
      'ending: no new players, turns in flight finish, state is saved',
    );
    const overdue = setTimeout(() => {
      log.error({ code: 'shutting_down' }, 'the drain took too long; ending now');
      process.exit(1);
    }, settings.DRAIN_TIMEOUT * 1000);
    service.stop().then(
      () => {
        clearTimeout(overdue);
        log.info({}, 'ended');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the end went wrong');
        process.exit(1);
      },
    );
  };
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) return log.info({ signal }, 'already ending');
      ending = true;
      end(signal);
    });
  }
}
