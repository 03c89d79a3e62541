/**
 * The page's script: it only sorts tables and filters decisions. Without it all is there and reads
 * the same; its controls are made by it.
 */
export const SCRIPT = `
'use strict';
(() => {
  const text = (cell) => cell.textContent.trim();
  const number = (value) => Number.parseFloat(value.replace(/[,–]/g, ''));
  for (const table of document.querySelectorAll('.scroll > table')) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || table.classList.contains('units')) continue;
    [...table.tHead.rows[0].cells].forEach((head, index) => {
      if (head.querySelector('a')) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const down = head.getAttribute('aria-sort') === 'ascending';
        for (const other of head.parentNode.cells) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
        const value = (row) => text(row.cells[index] || row.cells[0]);
        const compare = head.classList.contains('n')
          ? (a, b) => (number(value(a)) || 0) - (number(value(b)) || 0)
          : (a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0);
        const rows = [...body.rows].sort(compare);
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }
  const place = document.getElementById('filter');
  if (!place) return;
  const items = [...document.querySelectorAll('#decisions .decision')];
  const labelled = (words, control) => {
    const label = document.createElement('label');
    label.append(words, control);
    place.append(label);
    return control;
  };
  const search = labelled('Find in decisions', document.createElement('input'));
  search.type = 'search';
  const outcome = labelled('Outcome', document.createElement('select'));
  const outcomes = new Map(items.map((item) => [item.dataset.outcome, text(item.querySelector('.outcome'))]));
  for (const [value, words] of [['', 'All'], ...outcomes]) outcome.append(new Option(words, value));
  const shown = document.createElement('output');
  place.append(shown);
  const groups = [...document.querySelectorAll('#decisions .group')];
  const filter = () => {
    const wanted = search.value.trim().toLowerCase();
    let count = 0;
    for (const item of items) {
      item.hidden = !((!outcome.value || item.dataset.outcome === outcome.value) && (!wanted || item.textContent.toLowerCase().includes(wanted)));
      if (!item.hidden) count += 1;
    }
    const isAsked = Boolean(wanted || outcome.value);
    for (const group of groups) {
      group.hidden = !group.querySelector('.decision:not([hidden])');
      if (isAsked) group.open = true;
    }
    shown.textContent = count + ' of ' + items.length + ' shown';
  };
  search.addEventListener('input', filter);
  outcome.addEventListener('change', filter);
  filter();
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const item = target && target.closest('.decision');
    if (!item) return;
    search.value = '';
    outcome.value = '';
    filter();
    item.closest('.group')?.setAttribute('open', '');
    item.open = true;
    item.scrollIntoView({ block: 'center' });
    item.querySelector('summary').focus({ preventScroll: true });
  };
  addEventListener('hashchange', reveal);
  reveal();
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll('details.quiet:not([open]), details.service:not([open])')];
    for (const one of unfolded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of unfolded) one.open = false;
  });
})();
`;
