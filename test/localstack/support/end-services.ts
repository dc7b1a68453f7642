import { afterAll } from 'vitest';
import { Service } from '../../support/service.ts';

// All files play with the same tables and functions: none may meet a service that a failed test of another left.
afterAll(() => Service.stopAll());
