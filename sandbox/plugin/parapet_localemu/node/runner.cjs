'use strict';
// Lambda's Node runtime in small: loads the handler, then answers one question per line.

const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const readline = require('node:readline');
const { pathToFileURL } = require('node:url');

require('./loopback-names.cjs');

// A file stream would hold a thread in a blocking read, and a function that calls process.exit() would hang.
const questions = new net.Socket({
  fd: Number(process.env.PARAPET_QUESTIONS),
  readable: true,
  writable: false,
});
const answers = Number(process.env.PARAPET_ANSWERS);
delete process.env.PARAPET_QUESTIONS;
delete process.env.PARAPET_ANSWERS;

function send(answer) {
  const line = Buffer.from(`${JSON.stringify(answer)}\n`);
  let written = 0;
  while (written < line.length) written += fs.writeSync(answers, line, written);
}

function described(error) {
  const isError = error instanceof Error || (typeof error === 'object' && error !== null);
  return {
    errorType: isError ? (error.name ?? 'Error') : typeof error,
    errorMessage: isError ? (error.message ?? String(error)) : String(error),
    trace: isError ? (error.stack ?? '').split('\n') : [],
  };
}

function runtimeError(name, message) {
  return Object.assign(new Error(message), { name });
}

async function load(file) {
  if (file.endsWith('.mjs')) return import(pathToFileURL(file).href);
  try {
    return require(file);
  } catch (error) {
    // A `.js` file may be an ES module by its package.json; only the attempt tells.
    if (error.code === 'ERR_REQUIRE_ESM' || error instanceof SyntaxError)
      return import(pathToFileURL(file).href);
    throw error;
  }
}

async function handlerOf(root, name) {
  const dot = name.lastIndexOf('.');
  const base = path.join(root, name.slice(0, dot));
  const file = ['.js', '.mjs', '.cjs']
    .map((extension) => base + extension)
    .find((candidate) => fs.existsSync(candidate));
  if (!file)
    throw runtimeError(
      'Runtime.ImportModuleError',
      `Error: Cannot find module '${name.slice(0, dot)}'`,
    );
  const module = await load(file);
  const exported = name.slice(dot + 1);
  const handler = module[exported] ?? module.default?.[exported];
  if (typeof handler !== 'function')
    throw runtimeError('Runtime.HandlerNotFound', `${name} is undefined or not exported`);
  return handler;
}

function contextOf(question, started) {
  return {
    awsRequestId: question.requestId,
    invokedFunctionArn: question.functionArn,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, question.milliseconds - (Date.now() - started)),
  };
}

function run(handler, event, context) {
  if (handler.length < 3) return handler(event, context);
  return new Promise((resolve, reject) => {
    handler(event, context, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

async function main() {
  let handler;
  try {
    handler = await handlerOf(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER);
  } catch (error) {
    send({ error: described(error) });
    process.exit(1);
  }
  send({ ready: true });
  for await (const line of readline.createInterface({ input: questions })) {
    const question = JSON.parse(line);
    process.env._X_AMZN_TRACE_ID = question.traceId ?? '';
    try {
      const event = question.event ? JSON.parse(question.event) : null;
      const value = await run(handler, event, contextOf(question, Date.now()));
      send({ body: JSON.stringify(value) ?? 'null' });
    } catch (error) {
      console.error(error);
      send({ error: described(error) });
    }
  }
}

main();
