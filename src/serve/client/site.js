// The site view: every page with its state and findings, kept up to date and filtered here.
import { finding, place } from './panel.js';
import { morph } from './morph.js';

/** Rows shown at once; a filter finds the others. */
const MAX_ROWS = 500;

const by = (id) => document.getElementById(id);
let site = null;

function matches(page, words, only) {
  const text = `${page.title} ${page.source}`.toLowerCase();
  if (!words.split(/\s+/).every((word) => text.includes(word))) return false;
  switch (only) {
    case 'piece': return page.kind === 'piece';
    case 'error': return page.errors > 0;
    case 'warning': return page.errors + page.warnings > 0;
    case 'gated': return page.gated === true;
    case 'all': return true;
    default: return page.state === only;
  }
}

function row(page) {
  const tr = document.createElement('tr');
  tr.dataset.key = page.source;
  const cell = (content, className = '') => {
    const td = document.createElement('td');
    td.append(content);
    if (className) td.className = className;
    tr.append(td);
  };
  const link = document.createElement(page.href ? 'a' : 'span');
  if (page.href) link.href = page.href;
  link.textContent = page.title;
  cell(link);
  cell(place(page.source, 1, 0, page.editor));
  cell(page.gated ? `${page.state}, gated` : page.state);
  cell(page.errors || '', page.errors ? 'error' : '');
  cell(page.warnings || '', page.warnings ? 'warning' : '');
  return tr;
}

function render() {
  const words = by('words').value.trim().toLowerCase();
  const only = by('only').value;
  const shown = site.pages.filter((page) => matches(page, words, only));
  const body = document.createElement('tbody');
  body.id = 'pages';
  body.append(...shown.slice(0, MAX_ROWS).map(row));
  morph(by('pages'), body);
  by('count').textContent = shown.length > MAX_ROWS ? `${MAX_ROWS} of ${shown.length} pages` : `${shown.length} of ${site.pages.length} pages`;
  const sources = new Set(shown.map((page) => page.source));
  const known = new Set(site.pages.map((page) => page.source));
  const isShown = (found) => sources.has(found.path) || !known.has(found.path);
  const found = site.findings.filter(isShown);
  const list = document.createElement('ul');
  list.id = 'findings';
  list.className = 'findings';
  list.append(...found.map((one, idx) => finding(one, `${one.path}-${one.rule}-${idx}`)));
  morph(by('findings'), list);
  by('found').textContent = site.hidden ? `Findings (${site.hidden} more are not shown)` : 'Findings';
}

async function update() {
  const response = await fetch('/_sowhat/site');
  site = await response.json();
  const state = by('state');
  state.className = site.site.open ? 'open-gate' : 'closed';
  state.textContent = `${site.site.open ? 'The site can be published' : 'The gate is closed'}: ${site.site.errors} errors, ${site.site.warnings} warnings`;
  render();
}

by('words').addEventListener('input', () => site && render());
by('only').addEventListener('change', () => site && render());
by('filter').addEventListener('submit', (event) => event.preventDefault());
new EventSource('/_sowhat/events').onmessage = () => update().catch(() => {});
