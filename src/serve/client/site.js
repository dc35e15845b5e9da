// The site view: a window of all pages, filtered and ordered by the server, kept up to date as files change.
import { capital, copyPlace, counted, findings as listed, gateClass, gateWords, h, place } from './dom.js';
import { morph } from './morph.js';

const WINDOW = 50;
const SHOWN = [
  ['all', 'All'], ['pieces', 'Pieces'], ['errors', 'Errors'], ['findings', 'Any finding'], ['live', 'Live'],
  ['drafts', 'Drafts'], ['scheduled', 'Scheduled'], ['expired', 'Expired'], ['gated', 'Gated'],
];

const by = (id) => document.getElementById(id);
const asked = { words: '', show: 'all', sort: 'attention', from: 0, ...Object.fromEntries(new URLSearchParams(location.search)) };
let latest = 0;

function setUp() {
  by('words').value = asked.words;
  by('sort').value = asked.sort;
  by('show').append(...SHOWN.map(([value, label]) => h('label', { id: `show-${value}` },
    h('input', { type: 'radio', name: 'show', value, checked: value === asked.show }), label, h('span', { class: 'number' }))));
  by('words').addEventListener('input', () => ask({ words: by('words').value }));
  by('sort').addEventListener('change', () => ask({ sort: by('sort').value }));
  by('show').addEventListener('change', (event) => ask({ show: event.target.value }));
  by('filter').addEventListener('submit', (event) => event.preventDefault());
  by('back').addEventListener('click', () => turn(-WINDOW));
  by('on').addEventListener('click', () => turn(WINDOW));
  document.addEventListener('click', copyPlace);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target.matches('input, select, textarea')) return;
    event.preventDefault();
    by('words').focus();
  });
}

async function turn(step) {
  await ask({ from: Number(asked.from) + step });
  window.scrollTo({ top: by('filter').offsetTop - 12, behavior: 'instant' });
}

/** Another filter begins at its first page; the address keeps it, for a reload and for sharing. */
function ask(change) {
  Object.assign(asked, { from: 0 }, change);
  const defaults = { words: '', show: 'all', sort: 'attention', from: 0 };
  const query = new URLSearchParams(Object.entries(asked).filter(([name, value]) => name in defaults && String(value) !== String(defaults[name])));
  history.replaceState(null, '', query.size ? `?${query}` : location.pathname);
  return update();
}

async function update() {
  latest += 1;
  const mine = latest;
  const query = Object.entries(asked).map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  const response = await fetch(`/_sowhat/site?${query}`);
  const site = await response.json();
  // A slower reply to what was asked before must not replace the newer.
  if (mine === latest) render(site);
}

function render({ site, counts, total, from, rows, elsewhere, hidden }) {
  by('title').textContent = site.title ? `All pages of ${site.title}` : 'All pages';
  by('home').href = site.home ?? '/';
  by('state').className = gateClass(site);
  by('state').textContent = `${gateWords(site)}: ${counted(site.errors, 'error')}, ${counted(site.warnings, 'warning')}`;
  for (const [value] of SHOWN) {
    const label = by(`show-${value}`);
    label.classList.toggle('none', !counts[value]);
    label.querySelector('.number').textContent = (counts[value] ?? 0).toLocaleString('en');
  }
  asked.from = from;
  const last = Math.min(from + WINDOW, total);
  by('count').textContent = total > WINDOW ? `${(from + 1).toLocaleString('en')} to ${last.toLocaleString('en')} of ${counted(total, 'page')}` : counted(total, 'page');
  morph(by('pages'), h('ul', { id: 'pages' }, rows.map(row)));
  by('pager').hidden = total <= WINDOW;
  by('back').disabled = from === 0;
  by('on').disabled = last >= total;
  by('where').textContent = `${Math.floor(from / WINDOW) + 1} of ${Math.ceil(total / WINDOW)}`;
  const outside = by('elsewhere');
  outside.hidden = elsewhere.length === 0;
  morph(outside.querySelector('ul'), h('ul', { class: 'findings' }, listed(elsewhere)));
  outside.querySelector('.hint').textContent = hidden ? `${counted(hidden, 'more finding')} not shown here; see \`sowhat check\`.` : '';
}

function row(page) {
  const { title, href, source, editor, kind, state, gated, date, errors, warnings, findings } = page;
  const chips = [kind !== 'piece' && capital(kind), (kind === 'piece' || state !== 'live') && capital(state), gated && 'Gated'].filter(Boolean);
  const nMore = errors + warnings - findings.length;
  return h('li', { 'data-key': source },
    h('div', { class: 'row' },
      h(href ? 'a' : 'span', { class: 'name', href }, title),
      h('p', { class: 'chips' }, chips.map((word) => h('span', { class: `chip ${word.toLowerCase()}` }, word))),
      h('p', { class: 'found' },
        errors > 0 && h('span', { class: 'error' }, counted(errors, 'error')), errors > 0 && warnings > 0 && ', ',
        warnings > 0 && h('span', { class: 'warning' }, counted(warnings, 'warning')), errors + warnings === 0 && 'no findings'),
      h('p', { class: 'file' }, place(source, 0, 0, editor), date && h('span', { class: 'facts' }, ` · ${date}`))),
    findings.length > 0 && h('details', {}, h('summary', {}, 'Findings'),
      h('ul', { class: 'findings' }, listed(findings, source),
        nMore > 0 && h('li', { class: 'hint' }, `${counted(nMore, 'more finding')} on the page itself`))));
}

let source = null;

/** Each edition, and each return of the connection, brings the list up to date. */
function listen() {
  if (source) return;
  source = new EventSource('/_sowhat/events');
  source.onmessage = () => update().catch(() => {});
  source.onerror = () => {
    by('state').className = 'closed';
    by('state').textContent = 'No connection: the preview has stopped, or the machine slept.';
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(() => document.hidden || listen(), 1000);
  };
}

function hangUp() {
  source?.close();
  source = null;
}

document.addEventListener('visibilitychange', () => (document.hidden ? hangUp() : listen()));
addEventListener('pagehide', hangUp);
addEventListener('pageshow', (event) => event.persisted && listen());
setUp();
listen();
