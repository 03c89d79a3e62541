import { CommanderError } from 'commander';
import { ConfigurationError } from '#config';
import { ParapetError, UserError } from '#core';
import { counted, paint, tell } from './output';
import type { ExitCode, World } from './session';

/** Tells an error as its family deserves and gives its exit code; with --json to stdout too. */
export function tellFailure(world: World, error: unknown, isJson: boolean): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const red = paint(world, world.stderr);
  const message = error instanceof Error ? error.message : String(error);
  if (isJson) world.stdout.write(`${JSON.stringify({ error: asJson(error, message) }, null, 2)}\n`);
  if (error instanceof ConfigurationError) {
    tell(world, message);
    tell(
      world,
      red('red', `${counted(error.problems.length, 'problem')} found; nothing was done.`),
    );
    return 2;
  }
  if (error instanceof UserError) {
    tell(world, `${red('red', 'error:')} ${message}`);
    return 2;
  }
  tell(world, `${red('red', 'failed:')} ${message}`);
  for (const cause of causesOf(error)) tell(world, `  because: ${cause}`);
  tell(world, hintFor(error));
  if (world.environment.PARAPET_DEBUG && error instanceof Error) tell(world, error.stack ?? '');
  return 3;
}

const asJson = (error: unknown, message: string) => ({
  code: error instanceof ParapetError ? error.code : 'failed',
  message,
  ...(error instanceof ConfigurationError ? { problems: error.problems } : {}),
});

function* causesOf(error: unknown): Generator<string> {
  let cause = error instanceof Error ? error.cause : undefined;
  for (let depth = 0; cause !== undefined && depth < 5; depth++) {
    yield cause instanceof Error ? cause.message : String(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /Credentials|ExpiredToken|InvalidClientToken|UnrecognizedClient|SSOToken/i,
    'Log in to AWS again, or choose a profile with AWS_PROFILE.',
  ],
  [/AccessDenied|Unauthorized/i, 'The credentials lack the permission that the message names.'],
  [/Throttl|TooManyRequests/i, 'AWS is throttling; wait a minute and try again.'],
  [/ECONN|ENOTFOUND|EAI_AGAIN|Timeout|Networking/i, 'Check the network and the proxy settings.'],
  [/EACCES|EPERM|EROFS/, 'Check the permissions of the file or folder.'],
  [/ENOSPC/, 'The disk is full.'],
  [/ENOENT|EISDIR|ENOTDIR/, 'Check the path.'],
];

function hintFor(error: unknown): string {
  const { name, code } = error as { readonly name?: unknown; readonly code?: unknown };
  const marks = `${String(name)} ${String(code)}`;
  return (
    HINTS.find(([pattern]) => pattern.test(marks))?.[1] ??
    'This may be a bug: run again with PARAPET_DEBUG=1 and report the stack.'
  );
}
