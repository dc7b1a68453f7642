import type { InvokeTarget } from './invoker.ts';

/** Every family is invoked through this alias: moving it is what deploys and rolls back. */
const ALIAS = 'live';

/** Where a family's function is found: `<prefix><family>:live`. */
export const targetOf = (family: string, prefix: string): InvokeTarget => ({
  family,
  functionName: `${prefix}${family}:${ALIAS}`,
});
