import { expect } from 'vitest';
import { Service } from '../../support/service.ts';

/** Runs a test against a service of its own with these settings, which ends in order. */
export async function withService(
  environment: Readonly<Record<string, string>>,
  run: (service: Service) => Promise<void>,
): Promise<void> {
  const service = await Service.start({ environment });
  try {
    await run(service);
  } finally {
    expect(await service.stop()).toBe(0);
  }
}
