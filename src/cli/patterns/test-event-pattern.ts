import { compile, EventError, PatternError, parsePattern, validateEvent } from '#pattern';

/** What EventBridge's TestEventPattern answers. */
export type Tested =
  | { readonly Result: boolean }
  | { readonly code: string; readonly message: string };

/** Whether an event matches a pattern, in the words of the service where it refuses one of them. */
export function testEventPattern(pattern: string, event: string): Tested {
  try {
    const matcher = compile([{ name: 'rule', pattern: parsePattern(pattern) }]);
    validateEvent(event);
    return { Result: matcher.match(event).length > 0 };
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
