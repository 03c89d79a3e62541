import type { Report } from './rows';

/** The report as it is, one JSON document. `schema` changes with a change of its form. */
export const renderJson = (report: Report): string =>
  `${JSON.stringify({ schema: 'parapet-report/1', ...report }, null, 1)}\n`;
