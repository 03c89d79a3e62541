import { UserError } from '#core';

/** One thing that is wrong, where it is, and what would be right. */
export interface Problem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly problem: string;
  readonly remedy: string;
}

/** `parapet.yaml:12:5: unknown guardrail "s3.x"; did you mean s3.y?` */
export const sentence = ({ file, line, column, problem, remedy }: Problem): string =>
  `${file}:${line}:${column}: ${problem}; ${remedy}`;

/** All that is wrong with the configuration; the message has one line for each problem. */
export class ConfigurationError extends UserError {
  override readonly code = 'configuration';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'));
  }
}
