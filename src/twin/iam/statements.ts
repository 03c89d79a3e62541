import { checkCondition, lackOf } from './conditions';
import { covers, fillIn, type Pattern } from './pattern';
import type { Context, Listed, ResourceStatement, Statement } from './policy';
import { isMeant } from './principals';
import type { Request } from './request';

/** A request with its context filled in, and whether its principal has a permissions boundary. */
export interface Asked {
  readonly request: Request;
  readonly context: Context;
  readonly hasBoundary: boolean;
}

/**
 * Whether a statement is about the request. If not, `lack` tells what is missing, and `nearness` how
 * far it came: 0 another action, 1 another resource, 2 another principal, 3 an unmet condition.
 */
export type Match =
  | { readonly applies: true }
  | { readonly applies: false; readonly nearness: 0 | 1 | 2 | 3; readonly lack: string };

/**
 * Whether the statement applies. Where AWS leaves it undefined, a Deny applies and an Allow does not.
 * Actions ignore case; resources do not, and their wildcards cross colons.
 */
export function match(statement: Statement | ResourceStatement, asked: Asked): Match {
  const { request, context } = asked;
  if (!isListed(statement.actions, request.action.toLowerCase(), context))
    return { applies: false, nearness: 0, lack: 'is about other actions' };
  if (statement.resources && !isListed(statement.resources, request.resource, context))
    return { applies: false, nearness: 1, lack: 'is about other resources' };
  if (
    'principals' in statement &&
    !isMeant(request.principal, statement.principals, asked.hasBoundary)
  )
    return { applies: false, nearness: 2, lack: 'is about other principals' };
  const unmet = statement.conditions.find((condition) => {
    const check = checkCondition(condition, context);
    return check === 'unmet' || (check === 'unclear' && statement.effect === 'Allow');
  });
  if (unmet === undefined) return { applies: true };
  return { applies: false, nearness: 3, lack: lackOf(unmet, context) };
}

function isListed({ sense, values }: Listed<Pattern>, text: string, context: Context): boolean {
  const isFound = values.some((pattern) => {
    const tokens = fillIn(pattern, context);
    return tokens !== undefined && covers(tokens, text);
  });
  return isFound === (sense === 'in');
}
