import { describe, expect, test } from 'vitest';
import { EdgeError } from '../errors/edge-error.ts';
import { SETTINGS } from './catalogue.ts';
import { readSettings } from './read-settings.ts';

describe('settings', () => {
  test('defaults are those of the catalogue, and are valid themselves', () => {
    const settings = readSettings({});
    for (const [name, entry] of Object.entries(SETTINGS)) {
      expect(settings[name as keyof typeof settings]).toBe(entry.default);
      if (entry.default !== null) {
        expect(() => readSettings({ [name]: String(entry.default) }, [name as 'LISTEN_ADDR'])).not.toThrow();
      }
    }
  });

  test('the settings of the original service keep their names and defaults', () => {
    expect(readSettings({})).toMatchObject({
      LISTEN_ADDR: '0.0.0.0',
      SERVICE_PORT: 29000,
      PACKET_METRICS_PORT: 9102,
      MAX_CONCURRENT_CONNECTIONS: 10000,
      BUFFER_POOL_SIZE: 1024,
      LOG_LEVEL: 'info',
    });
  });

  test('all problems are reported at once, secrets without their value', () => {
    const environment = {
      SERVICE_PORT: '70000',
      INVOKER: 'maybe',
      AUTO_CREATE_ACCOUNTS: 'yes',
      PUBLIC_ADDRESS: 'localhost',
      TOKEN_SECRET: 'hunter2',
    };
    let error: unknown;
    try {
      readSettings(environment);
    } catch (caught) {
      error = caught;
    }
    expect(EdgeError.is(error, 'bad_config')).toBe(true);
    const text = String(error);
    for (const name of Object.keys(environment)) expect(text).toContain(name);
    expect(text).not.toContain('hunter2');
  });

  test('an empty value is the default', () => {
    expect(readSettings({ SERVICE_PORT: '' }, ['SERVICE_PORT']).SERVICE_PORT).toBe(29000);
  });
});
