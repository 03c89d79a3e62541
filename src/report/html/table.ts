import { type Html, html } from '../template';

/** A column of a table: its head, and whether it holds numbers. */
export type Head = string | { readonly number: string };

/** A table with a caption; `sorted` lets the script sort it. Wide ones scroll in a region of their own. */
export function table(
  caption: string,
  heads: readonly Head[],
  rows: readonly Html[],
  kind = '',
): Html {
  const head = (one: Head) =>
    typeof one === 'string'
      ? html`<th scope="col">${one}</th>`
      : html`<th scope="col" class="n">${one.number}</th>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table class="${kind}">
<caption>${caption}</caption>
<thead><tr>${heads.map(head)}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}
