/** The account in an ARN, or an empty text. */
export const accountIn = (arn: string): string => arn.split(':')[4] ?? '';

/** The last part of an ARN. */
export const nameIn = (arn: string): string =>
  arn.slice(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1);
