import { DEFAULT_BATCHING, type Manifest } from '../../shared/contract/index.ts';

/** A manifest that says nothing but its name, and what a test adds. */
export const manifestOf = (name: string, more: Partial<Manifest> = {}): Manifest => ({
  v: 1,
  name,
  packets: {},
  signals: [],
  vital: [],
  timers: [],
  sections: { owns: {}, reads: [] },
  batching: DEFAULT_BATCHING,
  lanes: {},
  timeout: 3000,
  memory: 256,
  tables: {},
  settings: [],
  services: [],
  schemas: [],
  ...more,
});
