export type { Invoker, InvokeTarget } from './invoker.ts';
export { createLocalInvoker, type LocalInvokerOptions } from './local.ts';
