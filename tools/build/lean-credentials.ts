import type { Plugin } from 'esbuild';

const CHAIN = /^@aws-sdk\/credential-provider-node$/;
const ENVIRONMENT_ONLY = "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';";

/**
 * Puts the environment provider in the place of the SDK's chain of credential providers. Lambda gives a function its credentials as
 * `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, so the rest of the chain (profiles, SSO, web identity, instance
 * metadata) would only make the bundle larger. Not for the container: a task's credentials come over HTTP.
 */
export const leanCredentials: Plugin = {
  name: 'lean-credentials',
  setup(build) {
    build.onResolve({ filter: CHAIN }, ({ path, resolveDir }) => ({
      path,
      namespace: 'lean-credentials',
      pluginData: resolveDir,
    }));
    build.onLoad({ filter: /.*/, namespace: 'lean-credentials' }, ({ pluginData }) => ({
      contents: ENVIRONMENT_ONLY,
      resolveDir: String(pluginData),
    }));
  },
};
