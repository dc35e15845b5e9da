// A page's brief, as the panel shows it: its state, what it was meant to do, and what was found.
import { capital, counted, findings, h, place, worded } from './dom.js';

const MARKS = { good: '✓', warning: '!', error: '✕' };
const SPOKEN = { good: 'good', warning: 'to improve', error: 'to mend' };

/** What stands in the panel for a page: `[tone, words]`. */
export function verdictOf(brief) {
  if (!brief.checked) return ['quiet', 'Checking …'];
  const errors = brief.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = brief.findings.length - errors;
  if (!brief.publishable) return ['error', brief.state === 'scheduled' ? 'Scheduled, but closed' : 'Cannot be published'];
  if (brief.state === 'expired') return ['quiet', 'Expired'];
  if (brief.state !== 'live') return [errors ? 'warning' : 'quiet', errors ? `${capital(brief.state)}, ${counted(errors, 'error')}` : capital(brief.state)];
  const word = brief.kind === 'piece' ? 'Publishable' : 'In order';
  return warnings ? ['warning', `${word}, ${counted(warnings, 'warning')}`] : ['good', word];
}

/** What the state means for the next build. */
function meaning({ kind, state, until, publishable, gate }) {
  const closed = !publishable && 'Its errors keep the site from being published.';
  const states = {
    draft: 'A build leaves it out; its findings close nothing.',
    scheduled: `Goes live ${until ? `on ${until}` : 'later'}, with nobody watching: until then its errors close the gate.`,
    expired: `Taken down ${until ? `on ${until}` : ''}; its findings close nothing.`,
    live: until ? `Taken down on ${until}.` : '',
  };
  const gated = gate && 'Gated: its text is written nowhere in the output.';
  return [states[state], kind === 'piece' && gated, state !== 'scheduled' && closed].filter(Boolean).join(' ');
}

export function briefOf(brief) {
  const errors = brief.findings.filter(({ severity }) => severity === 'error');
  const isPiece = brief.kind === 'piece';
  const found = findingsOf(brief);
  const said = meaning(brief);
  // What must be mended comes first, what is good to know last.
  return [
    h('header', { class: 'title', 'data-key': 'title' },
      h('h2', {}, brief.title),
      h('p', { class: 'chips' }, chips(brief)),
      said && h('p', { class: 'meaning' }, said),
      h('p', { class: 'facts' }, facts(brief))),
    errors.length > 0 && found,
    isPiece && h('section', { class: 'part', 'data-key': 'brief' },
      h('h3', {}, 'Brief'),
      h('dl', { class: 'slots' }, [...brief.slots, brief.gate].filter(Boolean).map(slot))),
    isPiece && h('section', { class: 'part', 'data-key': 'guidance' },
      h('h3', {}, 'What to do'),
      brief.guidance.length ? h('ol', { class: 'guidance' }, brief.guidance.map(deed)) : h('p', { class: 'empty' }, 'Nothing to do yet.')),
    errors.length === 0 && found,
    brief.links.length > 0 && h('details', { class: 'part', 'data-key': 'links' }, h('summary', {}, counted(brief.links.length, 'link'), ' out'),
      h('ul', { class: 'links' }, brief.links.map(link))),
    h('p', { class: 'source', 'data-key': 'source' }, place(brief.source, 0, 0, brief.editor)),
  ];
}

function chips({ kind, state, gate, unlisted }) {
  const words = [capital(kind), state !== 'live' || kind === 'piece' ? capital(state) : '', gate && 'Gated', unlisted && 'Unlisted'];
  return words.filter(Boolean).map((word) => h('span', { class: `chip ${word.toLowerCase()}` }, word));
}

function facts({ words, minutes, links }) {
  return [counted(words, 'word'), `${minutes} min to read`, links.length ? `${counted(links.length, 'link')} out` : 'no links out'].join(' · ');
}

function findingsOf({ findings: all, source }) {
  const count = (severity) => all.filter((found) => found.severity === severity).length;
  const heading = [['error', count('error')], ['warning', count('warning')]].filter(([, number]) => number).map(([noun, number]) => counted(number, noun));
  return h('section', { class: 'part', 'data-key': 'findings' },
    h('h3', {}, heading.length ? heading.join(', ') : 'No findings'),
    all.length > 0 && h('ul', { class: 'findings' }, findings(all, source)));
}

function mark(verdict) {
  return h('span', { class: `mark ${verdict}`, role: 'img', 'aria-label': SPOKEN[verdict] }, MARKS[verdict]);
}

function slot({ label, text, verdict, messages, line, editor, parts }) {
  return h('div', { class: `slot ${verdict}`, 'data-key': label },
    h('dt', {}, mark(verdict), ' ', label, text || parts.length ? lineOf(line, editor) : ''),
    h('dd', {}, text || (parts.length ? '' : h('span', { class: 'empty' }, 'nothing yet')),
      parts.length > 0 && h('ul', { class: 'parts' }, parts.map(part)),
      messages.map((message) => h('span', { class: 'verdict' }, worded(message)))));
}

function deed({ text, verdict, messages, line, editor, parts }, idx) {
  return h('li', { class: `slot ${verdict}`, 'data-key': `deed-${idx}` }, mark(verdict), ' ',
    text || h('span', { class: 'empty' }, 'nothing yet'), lineOf(line, editor),
    parts.length > 0 && h('ul', { class: 'parts' }, parts.map(part)),
    messages.map((message) => h('span', { class: 'verdict' }, worded(message))));
}

function part({ label, text, verdict, messages }) {
  return h('li', { class: verdict }, verdict === 'good' ? '' : [mark(verdict), ' '], label && h('b', {}, label), label ? ' ' : '',
    text || h('span', { class: 'empty' }, 'nothing yet'), messages.map((message) => h('span', { class: 'verdict' }, worded(message))));
}

function lineOf(line, editor) {
  return editor ? [' ', h('a', { class: 'line-link', href: editor, title: 'Open in the editor' }, `line ${line}`)] : h('span', { class: 'line-link' }, ` line ${line}`);
}

function link({ text, url, line, editor }) {
  return h('li', {}, h('a', { href: url, rel: 'noreferrer', target: '_blank' }, text || url),
    h('span', { class: 'host' }, ` ${host(url)}`), lineOf(line, editor));
}

function host(url) {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}
