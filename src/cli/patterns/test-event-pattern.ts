import { isObject } from '#core';
import { EventError, matches, PatternError, parsePattern } from '#pattern';

/** What EventBridge's TestEventPattern answers. */
export type Tested =
  | { readonly Result: boolean }
  | { readonly code: string; readonly message: string };

/** The parts of the envelope without which EventBridge takes no event. */
const NEEDED = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

/** Whether an event matches a pattern, in the words of the service where it refuses one of them. */
export function testEventPattern(pattern: string, event: string): Tested {
  try {
    const parsed = parsePattern(pattern);
    if (!isWhole(event)) return NOT_VALID;
    return { Result: matches(parsed, event) };
  } catch (error) {
    if (error instanceof EventError) return NOT_VALID;
    if (error instanceof PatternError) return refused(pattern, error);
    throw error;
  }
}

const NOT_VALID: Tested = {
  code: 'ValidationException',
  message: 'Parameter Event is not valid.',
};

function refused(pattern: string, { message, line, column }: PatternError): Tested {
  const place =
    line === undefined
      ? ''
      : `\n at [Source: (String)"${pattern}"; line: ${line}, column: ${column}]`;
  return {
    code: 'InvalidEventPatternException',
    message: `Event pattern is not valid. Reason: ${message}${place}`,
  };
}

function isWhole(event: string): boolean {
  try {
    const value: unknown = JSON.parse(event);
    return isObject(value) && NEEDED.every((key) => Object.hasOwn(value, key));
  } catch {
    return false;
  }
}
