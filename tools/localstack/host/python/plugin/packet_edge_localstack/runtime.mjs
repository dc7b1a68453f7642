// A small client of the Lambda Runtime API: loads the handler and answers one event after the other, with the contexts, log lines and
// errors of Lambda's own Node.js runtime. Response streaming and extensions are left out.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import util from 'node:util';

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const base = '/2018-06-01/runtime';
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const LEVELS = { log: 'INFO', info: 'INFO', debug: 'DEBUG', trace: 'TRACE', warn: 'WARN', error: 'ERROR' };
let requestId;

function call(method, url, body) {
  return new Promise((resolve, reject) => {
    const data = body === undefined ? undefined : Buffer.from(body);
    const headers = data ? { 'content-type': 'application/json', 'content-length': data.length } : {};
    const request = http.request({ host, port, method, path: base + url, agent, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
    request.setNoDelay(true);
    request.on('error', reject);
    request.end(data);
  });
}

for (const [name, level] of Object.entries(LEVELS)) {
  console[name] = (...args) => {
    const text = `${new Date().toISOString()}\t${requestId}\t${level}\t${util.format(...args)}`;
    fs.writeSync(1, `${text.replace(/\n/g, '\r')}\n`);
  };
}

const named = (name, message) => Object.assign(new Error(message), { name });
const said = (error) =>
  error instanceof Error
    ? {
        errorType: error.name || 'Error',
        errorMessage: error.message,
        trace: (error.stack ?? '').split('\n'),
      }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

async function load() {
  const name = process.env._HANDLER;
  const dot = name.lastIndexOf('.');
  if (dot < 1 || name.includes('..'))
    throw named('Runtime.MalformedHandlerName', `'${name}' is not a valid handler name.`);
  const stem = path.resolve(process.env.LAMBDA_TASK_ROOT, name.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((ending) => stem + ending).find((each) => fs.existsSync(each));
  if (file === undefined)
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${name.slice(0, dot)}'`);
  let loaded;
  try {
    loaded = await import(pathToFileURL(file).href);
  } catch (error) {
    if (error instanceof SyntaxError) throw Object.assign(error, { name: 'Runtime.UserCodeSyntaxError' });
    if (error?.code === 'ERR_MODULE_NOT_FOUND')
      throw named('Runtime.ImportModuleError', `Error: ${error.message}`);
    throw error;
  }
  const handler = loaded[name.slice(dot + 1)] ?? loaded.default?.[name.slice(dot + 1)];
  if (typeof handler !== 'function')
    throw named('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  return handler;
}

async function fatal(kind, error) {
  const body = JSON.stringify({ ...said(error), errorType: kind });
  console.error(kind, body);
  const url = requestId === undefined ? '/init/error' : `/invocation/${requestId}/error`;
  await call('POST', url, body).catch(() => undefined);
  process.exit(129);
}
process.on('unhandledRejection', (error) => fatal('Runtime.UnhandledPromiseRejection', error));
process.on('uncaughtException', (error) => fatal(error?.name ?? 'Error', error));

const { env } = process;
const handler = await load().catch(async (error) => {
  console.error('Uncaught Exception', JSON.stringify(said(error)));
  await call('POST', '/init/error', JSON.stringify(said(error))).catch(() => undefined);
  process.exit(1);
});

for (;;) {
  requestId = undefined;
  // LocalStack has gone when nothing answers: then this process has nothing left to do.
  const next = await call('GET', '/invocation/next').catch(() => process.exit(0));
  requestId = next.headers['lambda-runtime-aws-request-id'];
  if (!requestId) process.exit(0);
  env._X_AMZN_TRACE_ID = next.headers['lambda-runtime-trace-id'];
  const deadline = Number(next.headers['lambda-runtime-deadline-ms']);
  const context = {
    callbackWaitsForEmptyEventLoop: false,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  let outcome;
  try {
    const result = await handler(next.body === '' ? {} : JSON.parse(next.body), context);
    outcome = ['response', JSON.stringify(result) ?? 'null'];
  } catch (error) {
    console.error('Invoke Error', JSON.stringify(said(error)));
    outcome = ['error', JSON.stringify(said(error))];
  }
  await call('POST', `/invocation/${requestId}/${outcome[0]}`, outcome[1]).catch(() => process.exit(0));
}
