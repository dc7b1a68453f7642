import { afterAll, afterEach } from 'vitest';
import { Service } from '../../support/service.ts';

// What is slow or fails at LocalStack is seen by the ingress first.
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.error(Service.complaints());
});

// All files of a worker play with the same tables and functions: none may meet a service that a failed test of another left.
afterAll(() => Service.stopAll());
