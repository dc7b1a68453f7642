import type { Manifest } from '../../contract/index.ts';
import type { FamilyHost } from '../family.ts';
import type { Routes } from './routes.ts';

/** A started family, as the adapter works with it. */
export interface Running {
  readonly manifest: Manifest;
  readonly routes: Routes;
  readonly services: unknown;
  readonly host: FamilyHost;
}
