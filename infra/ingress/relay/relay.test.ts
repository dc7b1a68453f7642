import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../ingress/operations/meter.ts';
import { createPrometheusMeter } from '../../../ingress/operations/prometheus-meter.ts';
import { ERRORS } from '../../../shared/errors/catalogue.ts';
import { namesOf } from '../../names.ts';
import { metricsRelay } from '../metrics-relay.ts';
import { figuresOf, OUR_FAULT } from './figures.ts';
import { readSamples } from './samples.ts';

/** What an ingress shows after a minute of play. */
function meterOfAMinute() {
  const meter = createPrometheusMeter();
  meter.gauge('connections_active', {}, 12);
  for (const seconds of [0.001, 0.002, 0.004])
    meter.observe('queue_delay_seconds', { family: 'chat' }, seconds);
  meter.observe('queue_delay_seconds', { family: 'auth' }, 0.3);
  meter.count('connections_closed_total', { reason: 'client_closed' }, 7);
  meter.count('connections_closed_total', { reason: 'persist_failed' }, 2);
  meter.count('drops_total', { what: 'packet', reason: 'replaced' }, 100);
  meter.count('drops_total', { what: 'turn', reason: 'turn_failed' }, 3);
  meter.count('invocations_total', { family: 'chat', outcome: 'ok' }, 90);
  meter.count('invocations_total', { family: 'chat', outcome: 'timeout' }, 4);
  meter.count('invocations_total', { family: 'chat', outcome: 'throttled' }, 6);
  return meter;
}

describe('figures', () => {
  it('are what happened since the last scrape', async () => {
    const meter = meterOfAMinute();
    const first = readSamples(await meter.expose());
    expect(figuresOf([], first)).toEqual({
      Connections: 12,
      QueueDelay: 500,
      ConnectionDrops: 2,
      Drops: 3,
      Invocations: 100,
      FailedInvocations: 4,
      Throttles: 6,
    });
    meter.gauge('connections_active', {}, 5);
    meter.observe('queue_delay_seconds', { family: 'chat' }, 0.004);
    const second = readSamples(await meter.expose());
    expect(figuresOf(first, second)).toEqual({
      Connections: 5,
      QueueDelay: 5,
      ConnectionDrops: 0,
      Drops: 0,
      Invocations: 0,
      FailedInvocations: 0,
      Throttles: 0,
    });
  });

  it('name metrics and reasons that the ingress has', () => {
    for (const name of [
      'connections_active',
      'queue_delay_seconds',
      'connections_closed_total',
      'drops_total',
      'invocations_total',
    ])
      expect(METRICS).toHaveProperty(name);
    for (const reason of OUR_FAULT) expect(ERRORS).toHaveProperty(reason);
  });

  it('read labels with commas and quotes in them', () => {
    expect(readSamples('a{b="x,y",c="say \\"hi\\""} 3\n# HELP no\nbroken line here')).toEqual([
      { name: 'a', labels: { b: 'x,y', c: 'say \\"hi\\"' }, value: 3 },
    ]);
  });
});

describe('the relay as the container runs it', () => {
  it('prints what it has seen itself in the embedded metric format, and ends when told', async () => {
    const meter = meterOfAMinute();
    let asked = 0;
    const server = createServer(async (_, response) => {
      asked += 1;
      if (asked === 2) meter.count('connections_closed_total', { reason: 'persist_failed' }, 3);
      response.end(await meter.expose());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { command, environment } = metricsRelay(namesOf('dev'), port);
    expect(command.join('')).not.toContain('${');
    const child = spawn(process.execPath, command, { env: { ...environment, EVERY: '200' } });
    const [line] = await once(createInterface(child.stdout), 'line');
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    server.close();
    const printed = JSON.parse(line);
    expect(printed).toMatchObject({ Connections: 12, ConnectionDrops: 3, QueueDelay: 0 });
    expect(printed._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'PacketEdge/dev',
      Dimensions: [[]],
    });
    const named = printed._aws.CloudWatchMetrics[0].Metrics.map(({ Name }: { Name: string }) => Name);
    expect(Object.keys(printed)).toEqual(['_aws', ...named]);
    expect(code).toBe(0);
  });
});
