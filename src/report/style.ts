import { createHash } from 'node:crypto';
import type { Html } from './html';

const CSS = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 2rem auto; max-width: 80rem; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border-bottom: 1px solid #8886; padding: .4rem .6rem; text-align: left; vertical-align: top; }
td:nth-child(1), td:nth-child(7) { white-space: nowrap; }
td.arn { overflow-wrap: anywhere; font-family: ui-monospace, monospace; font-size: .85rem; min-width: 12rem; }
small { opacity: .75; }
.violates { color: light-dark(#a4001d, #ff8a8f); }
.undetermined { color: light-dark(#7a5200, #ffc95c); }
.complies { color: light-dark(#00663a, #6fdca6); }
.counts { display: flex; flex-wrap: wrap; gap: 1.5rem; list-style: none; padding: 0; }
.counts b { font-size: 1.6rem; }
summary { cursor: pointer; font-size: .85rem; }
pre { white-space: pre-wrap; margin: 0; font-size: .8rem; }
dt { font-weight: 600; }
dd { margin: 0 0 .5rem; }
@media print { details { display: none; } }
`;

export const STYLE: Html = { html: CSS };

/** The one style that the page's policy admits. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(CSS).digest('base64')}`;
