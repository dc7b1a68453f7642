export type { Invoker, InvokeTarget } from './invoker.ts';
export { createLambdaInvoker, type LambdaInvoker, type LambdaInvokerOptions } from './lambda.ts';
export { loadFamilies } from './load-families.ts';
export { createLocalInvoker, type LocalInvokerOptions } from './local.ts';
export { targetOf } from './target.ts';
