import { OrganizationUnreadable } from './errors';

/** The value, where the SDK's types allow none but the API always sends one. */
export function required<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new OrganizationUnreadable(`AWS answered strangely: ${otherwise}`);
  return value;
}
