import { join, resolve } from 'node:path';
import { runProcess } from '../ingress/process.ts';
import { createFamilyBundler } from './dev/family-bundler.ts';
import { startReloader } from './dev/reloader.ts';

const root = join(import.meta.dirname, '..');

runProcess(
  `usage: npm run dev

Runs the whole service as npm start does, and puts each family in place anew when one of its files is saved: players stay
connected. A mistake keeps the old code and is printed with its place.`,
  async (service, log) => {
    if (process.env.INVOKER === 'lambda')
      log.warn({}, 'families run elsewhere (INVOKER=lambda): nothing is reloaded here');
    const functions = resolve(process.env.FUNCTIONS_DIR || join(root, 'functions'));
    const bundler = await createFamilyBundler(root);
    // What fails in a handler is told by the place in its source, not in the bundle.
    process.setSourceMapsEnabled(true);
    const { replaceFamily: replace, removeFamily: remove } = service;
    const stop = await startReloader({ root, functions, bundler, replace, remove, log });
    log.info({ functions }, 'watching families for changes');
    return () => {
      stop();
      void bundler.close();
    };
  },
);
