// What the panel, the overlay and the site view are made of.

/** Makes an element: `h('p', {class: 'x'}, 'text', child)`. Attributes and children that are null or false are left out. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const counted = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

export const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** A place in a file: opens the editor, if the site names one; else it is copied. */
export function place(path, line, column, editor, words = null) {
  const text = [path, line, column].filter(Boolean).join(':');
  if (editor) return h('a', { class: 'place', href: editor, title: `Open ${text} in the editor` }, words ?? text);
  return h('button', { class: 'place', type: 'button', 'data-copy': text, title: `Copy ${text}` }, words ?? text);
}

/** Copies the place that was pressed; true if there was one. */
export function copyPlace(event) {
  const button = event.target.closest?.('[data-copy]');
  if (!button) return false;
  // A browser that forbids it leaves the place to be read.
  navigator.clipboard?.writeText(button.dataset.copy).then(() => {
    button.classList.add('copied');
    setTimeout(() => button.classList.remove('copied'), 1200);
  }, () => {});
  return true;
}

/** The author's lines with the place marked. */
export function excerpt(lines) {
  if (!lines.length) return null;
  const width = String(lines.at(-1).number).length;
  return h('pre', { class: 'excerpt', tabindex: '0' }, lines.map(({ number, text, from, to }) => {
    const gutter = h('span', { class: 'gutter', 'aria-hidden': 'true' }, `${String(number).padStart(width)}  `);
    if (from === null) return h('span', { class: 'line' }, gutter, `${text}\n`);
    const chars = [...text];
    const marked = chars.slice(from, Math.max(to, from)).join('');
    return h('span', { class: 'line marked' }, gutter, chars.slice(0, from).join(''),
      h('mark', {}, marked || '\u200b'), chars.slice(Math.max(to, from)).join(''), '\n');
  }));
}

/** Words with the parts between back-ticks as code. */
export function worded(text) {
  return text.split(/`([^`\n]+)`/).map((part, idx) => (idx % 2 ? h('code', {}, part) : part));
}

/** Findings, the errors first; a place in the file `source` is named by its line alone. */
export function findings(all, source = null) {
  const ordered = [...all].sort((a, b) => (a.severity > b.severity) - (a.severity < b.severity));
  return ordered.map((one, idx) => finding(one, `${one.path}-${one.rule}-${idx}`, source));
}

function finding(found, key, source) {
  const notes = found.notes.map((note) => h('p', { class: 'note' }, worded(note.message)));
  return h('li', { class: `finding ${found.severity}`, 'data-key': key },
    h('p', { class: 'message' }, h('span', { class: 'badge' }, found.severity), ' ', worded(found.message)),
    h('p', { class: 'where' }, place(found.path, found.line, found.column, found.editor, found.path === source ? `line ${found.line}` : null), h('a', { class: 'rule', href: found.url, target: '_blank', rel: 'noreferrer', title: 'What this rule wants, and why' }, found.rule)),
    excerpt(found.lines),
    notes,
    found.help && h('p', { class: 'help' }, worded(found.help)));
}

/** Whether the whole site would be published, in words. */
export function gateWords(site) {
  if (!site.checked) return 'Checking all pages …';
  if (!site.open) return 'The gate is closed';
  return site.proved ? 'The site can be published' : 'The site can be published, as far as its pages were opened';
}

export const gateClass = (site, prefix = '') => `${prefix}${!site.checked ? 'unchecked' : site.open ? 'open-gate' : 'closed'}`;
