// The panel beside the page and the overlay above it, in a shadow tree that the page's styles do not reach.
import { morph } from './morph.js';

const REMEMBERED = 'sowhat-panel';

/** Makes an element: `h('p', {class: 'x'}, 'text', child)`. Attributes that are null or false are left out. */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const counted = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The place of a finding: a link into the editor, if the site names one. */
export function place(path, line, column, editor) {
  const text = column ? `${path}:${line}:${column}` : `${path}:${line}`;
  return editor ? h('a', { class: 'place', href: editor, title: 'Open in the editor' }, text) : h('code', { class: 'place' }, text);
}

/** The author's lines with the place marked. */
export function excerpt(lines) {
  if (!lines.length) return null;
  const width = String(lines.at(-1).number).length;
  return h('pre', { class: 'excerpt', tabindex: '0' }, lines.map(({ number, text, from, to }) => {
    const gutter = h('span', { class: 'gutter' }, `${String(number).padStart(width)} │ `);
    if (from === null) return h('span', { class: 'line' }, gutter, `${text}\n`);
    const chars = [...text];
    const marked = chars.slice(from, Math.max(to, from)).join('');
    return h('span', { class: 'line' }, gutter, chars.slice(0, from).join(''),
      h('mark', {}, marked || '\u200b'), chars.slice(Math.max(to, from)).join(''), '\n');
  }));
}

/** One finding in full. */
export function finding(found, key) {
  const notes = found.notes.map((note) => h('p', { class: 'note' }, note.message));
  return h('li', { class: `finding ${found.severity}`, 'data-key': key },
    h('p', { class: 'message' }, h('span', { class: 'badge' }, found.severity), ' ', found.message),
    h('p', { class: 'where' }, place(found.path, found.line, found.column, found.editor), ' · ', found.rule),
    excerpt(found.lines),
    notes,
    found.help && h('p', { class: 'help' }, found.help));
}

export class Panel {
  constructor() {
    this.host = document.createElement('sowhat-panel');
    this.root = this.host.attachShadow({ mode: 'open' });
    this.root.append(h('link', { rel: 'stylesheet', href: '/_sowhat/panel.css' }));
    this.view = h('div', { class: 'view' });
    this.root.append(this.view);
    this.isOpen = remembered() !== 'closed';
    this.isConnected = true;
    this.state = null;
    this.changed = [];
    this.root.addEventListener('click', (event) => this.clicked(event));
    this.root.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.isOpen && !event.target.closest('.overlay')) this.setOpen(false);
    });
    document.documentElement.append(this.host);
  }

  show(state, changed) {
    this.state = state;
    this.changed = changed.filter(({ href }) => href !== decodeURI(location.pathname) && href !== location.pathname);
    this.render();
  }

  setConnected(isConnected) {
    if (this.isConnected === isConnected) return;
    this.isConnected = isConnected;
    this.render();
  }

  setOpen(isOpen) {
    this.isOpen = isOpen;
    try {
      sessionStorage.setItem(REMEMBERED, isOpen ? 'open' : 'closed');
    } catch {
      // A browser that keeps nothing opens the panel anew on each page.
    }
    this.render();
    this.root.querySelector('.toggle')?.focus();
  }

  clicked(event) {
    if (event.target.closest('.toggle')) this.setOpen(!this.isOpen);
  }

  render() {
    const next = h('div', { class: 'view' }, this.state && this.overlay(), this.state && this.panel());
    // Focus and scroll of the panel stay, for it is changed as the page is.
    morph(this.view, next);
  }

  verdict() {
    const { brief, faults, status } = this.state;
    if (!this.isConnected) return ['lost', 'No connection'];
    if (faults.length) return ['error', counted(faults.length, 'fault')];
    if (status === 'missing') return ['error', 'No page here'];
    if (!brief) return ['good', 'Preview'];
    if (!brief.publishable) return ['error', brief.state === 'scheduled' ? 'Scheduled, cannot be published' : 'Cannot be published'];
    const errors = brief.findings.filter(({ severity }) => severity === 'error').length;
    const warnings = brief.findings.length - errors;
    if (errors) return ['warning', `${capital(brief.state)}: ${counted(errors, 'error')}`];
    if (brief.state !== 'live') return ['warning', capital(brief.state)];
    if (warnings) return ['warning', `Publishable, ${counted(warnings, 'warning')}`];
    return ['good', 'Publishable'];
  }

  panel() {
    const [tone, words] = this.verdict();
    const toggle = h('button', {
      class: 'toggle', type: 'button', 'aria-expanded': String(this.isOpen), 'aria-controls': 'brief', 'data-key': 'toggle',
    }, h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { class: 'words', role: 'status' }, words));
    const { brief, site, status, moved_to: movedTo } = this.state;
    const body = this.isOpen && h('div', { id: 'brief', class: 'body', tabindex: '-1' },
      !this.isConnected && h('p', { class: 'lost', 'data-key': 'lost' }, 'The preview has stopped, or sleeps. The page comes back with it.'),
      status === 'missing' && h('p', { 'data-key': 'missing' }, 'No page stands here',
        movedTo ? [': it is now at ', h('a', { href: movedTo }, movedTo)] : '.'),
      this.changed.length > 0 && h('p', { class: 'edited', 'data-key': 'edited' }, 'Just edited: ',
        this.changed.flatMap(({ title, href }, idx) => [idx ? ', ' : '', h('a', { href }, title)])),
      brief && briefOf(brief),
      h('footer', { 'data-key': 'footer' }, h('a', { href: '/_sowhat/' }, 'All pages'), ' · ',
        site.open ? 'the site can be published' : 'the gate is closed', ` (${counted(site.errors, 'error')}, ${counted(site.warnings, 'warning')})`));
    return h('aside', { class: `panel ${tone}${this.isOpen ? ' open' : ''}`, 'aria-label': 'Preview: the brief of this page', 'data-key': 'panel' }, toggle, body);
  }

  overlay() {
    const { faults } = this.state;
    if (!faults.length) return null;
    return h('section', { class: `overlay${this.isOpen ? ' beside' : ''}`, role: 'alert', 'data-key': 'overlay' },
      h('h1', {}, faults.length === 1 ? 'This must be mended before the page can be shown' : `${faults.length} faults must be mended before the page can be shown`),
      h('ol', {}, faults.map((found, idx) => finding(found, `fault-${idx}`))),
      h('p', { class: 'hint' }, 'Below is the page as it last was. This goes by itself.'));
  }
}

function briefOf(brief) {
  const facts = [brief.kind, brief.state !== 'live' && brief.state, brief.unlisted && 'unlisted', counted(brief.words, 'word'), `${brief.minutes} min`];
  const errors = brief.findings.some(({ severity }) => severity === 'error');
  const found = [
    h('h3', { 'data-key': 'found' }, brief.findings.length ? counted(brief.findings.length, 'finding') : 'No findings'),
    brief.findings.length > 0 && h('ul', { class: 'findings', 'data-key': 'findings' },
      brief.findings.map((one, idx) => finding(one, `${one.rule}-${idx}`))),
  ];
  // What must be mended comes first, what is good to know last.
  return [
    h('h2', { 'data-key': 'title' }, brief.title),
    h('p', { class: 'facts', 'data-key': 'facts' }, facts.filter(Boolean).join(' · ')),
    brief.gated !== null && h('p', { class: 'gated', 'data-key': 'gated' }, `Gated: ${brief.gated || 'no reason given'}`),
    errors && found,
    brief.slots.length > 0 && h('dl', { 'data-key': 'slots' }, brief.slots.map(slot)),
    brief.kind === 'piece' && h('h3', { 'data-key': 'todo' }, 'What to do'),
    brief.kind === 'piece' && (brief.guidance.length
      ? h('ol', { class: 'guidance', 'data-key': 'guidance' }, brief.guidance.map(deed))
      : h('p', { class: 'empty', 'data-key': 'no-guidance' }, 'No guidance yet.')),
    !errors && found,
    brief.links.length > 0 && h('details', { 'data-key': 'links' }, h('summary', {}, counted(brief.links.length, 'link'), ' out'),
      h('ul', {}, brief.links.map(({ text, url }) => h('li', {}, h('a', { href: url, rel: 'noreferrer', target: '_blank' }, text || url))))),
    h('p', { class: 'source', 'data-key': 'source' }, place(brief.source, 1, 0, brief.editor)),
  ];
}

function slot({ label, text, verdict, messages, line, editor }) {
  return h('div', { class: `slot ${verdict}`, 'data-key': label },
    h('dt', {}, label, messages.length > 0 && editor ? [' ', h('a', { class: 'line-link', href: editor }, `line ${line}`)] : ''),
    h('dd', {}, text || h('span', { class: 'empty' }, 'nothing yet'), messages.map((message) => h('span', { class: 'verdict' }, message))));
}

function deed({ text, verdict, messages, slots }) {
  return h('li', { class: verdict }, text || h('span', { class: 'empty' }, 'nothing yet'),
    messages.map((message) => h('span', { class: 'verdict' }, message)),
    slots.length > 0 && h('ul', { class: 'pins' }, slots.map((pin) => h('li', { class: pin.verdict }, h('b', {}, pin.label), ` ${pin.text}`,
      pin.messages.map((message) => h('span', { class: 'verdict' }, message))))));
}

const capital = (text) => text[0].toUpperCase() + text.slice(1);

function remembered() {
  try {
    return sessionStorage.getItem(REMEMBERED);
  } catch {
    return null;
  }
}
