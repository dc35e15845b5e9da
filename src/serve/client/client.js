// Keeps an open page as the files say: listens for editions, fetches what changed, and morphs the page.
import { refreshImages, watchedImages } from './images.js';
import { morph } from './morph.js';
import { Panel } from './panel.js';
import { adaptStyles } from './room.js';

/** The server says something at least every ten seconds; after this long without a word the line is dead. */
const SILENCE = 25_000;

/** A file that an editor replaces is away for a moment: the page waits this long before it says that it is gone. */
const BLINK = 300;

const own = document.querySelector('script[data-sowhat]');
let shownTag = own.dataset.sowhat;
own.remove();

const panel = new Panel();
let source = null;
let lastHeard = 0;
let isNew = true;
let isBusy = false;
let isWanted = false;

function isOurs(node) {
  return node === panel.host
    || (node instanceof Element && (node.hasAttribute('data-sowhat-old') || node.matches('script[data-sowhat]')));
}

function listen() {
  if (source) return;
  lastHeard = Date.now();
  const mine = new EventSource('/_sowhat/events');
  source = mine;
  mine.addEventListener('beat', () => { lastHeard = Date.now(); });
  mine.onmessage = (event) => {
    lastHeard = Date.now();
    panel.setConnected(true);
    // The first event tells of the edition as it stands: that is no news to a page just loaded.
    if (!isNew) panel.offer(JSON.parse(event.data).changed);
    isNew = false;
    update();
  };
  mine.onerror = () => {
    panel.setConnected(false);
    // A closed one does not come back by itself.
    if (mine.readyState === EventSource.CLOSED && source === mine) {
      source = null;
      setTimeout(() => document.hidden || listen(), 1000);
    }
  };
}

function hangUp() {
  source?.close();
  source = null;
}

function callAgain() {
  hangUp();
  if (!document.hidden) listen();
}

// A browser allows few connections to one server: a tab that nobody sees gives its own back.
document.addEventListener('visibilitychange', () => (document.hidden ? hangUp() : listen()));
// A page that was kept for "back", a network that returns, a machine that slept.
addEventListener('pageshow', (event) => event.persisted && callAgain());
addEventListener('pagehide', hangUp);
addEventListener('online', callAgain);
setInterval(() => {
  if (source && Date.now() - lastHeard > SILENCE) callAgain();
}, 2000);

async function update() {
  if (isBusy) {
    isWanted = true;
    return;
  }
  isBusy = true;
  do {
    isWanted = false;
    try {
      await updateOnce();
    } catch {
      // The server is gone for now: the connection's return brings the next update.
      panel.setConnected(false);
    }
  } while (isWanted);
  isBusy = false;
}

/** A line that died in its sleep must not hold an update for ever. */
const ask = (url, options = {}) => fetch(url, { ...options, signal: AbortSignal.timeout(15_000) });

async function readState() {
  const also = watchedImages().map((path) => `&also=${encodeURIComponent(path)}`).join('');
  const response = await ask(`/_sowhat/page?path=${encodeURIComponent(location.pathname)}${also}`);
  return response.json();
}

async function updateOnce() {
  let state = await readState();
  if (state.status === 'missing' && panel.wasHere) {
    await new Promise((resolve) => setTimeout(resolve, BLINK));
    state = await readState();
  }
  const isChanged = state.tag && state.tag !== shownTag;
  // Under a fault the page stays as it last was; where nothing but a fault was shown, the last good page is better.
  if (isChanged && (state.faults.length === 0 || !shownTag)) await showPage(state.tag);
  await refreshImages(state.also ?? {});
  panel.show(state);
}

async function showPage(tag) {
  const response = await ask(location.href, { headers: { Accept: 'text/html' } });
  const text = await response.text();
  const next = new DOMParser().parseFromString(text, 'text/html');
  const fetched = next.querySelector('script[data-sowhat]')?.dataset.sowhat;
  if (scriptsOf(document) !== scriptsOf(next)) {
    // A page that is gone may have other scripts than the one that tells so.
    panel.leaveWord();
    location.reload();
    return;
  }
  const hold = holdScroll();
  morph(document.documentElement, next.documentElement, isOurs);
  hold();
  shownTag = fetched ?? tag;
  adaptStyles();
  document.dispatchEvent(new CustomEvent('sowhat:update'));
}

/** What the reader looks at stays where it is, though lines above it come and go. */
function holdScroll() {
  const { scrollX, scrollY } = window;
  const anchor = scrollY > 0 ? anchorOf() : null;
  const top = anchor?.getBoundingClientRect().top;
  return () => {
    const shift = anchor?.isConnected ? anchor.getBoundingClientRect().top - top : 0;
    window.scrollTo({ left: scrollX, top: anchor?.isConnected ? window.scrollY + shift : scrollY, behavior: 'instant' });
  };
}

function anchorOf() {
  for (const part of [0.3, 0.15, 0.5, 0.7]) {
    const found = document.elementFromPoint(document.body.clientWidth / 2, window.innerHeight * part);
    if (found?.closest('p, li, h1, h2, h3, h4, h5, h6, pre, td, th, dt, dd, figure, summary')) return found;
  }
  return null;
}

/** A script that changed must run from the start. */
function scriptsOf(page) {
  const scripts = [...page.querySelectorAll('script')].filter((script) => !isOurs(script) && !/json/.test(script.type));
  return scripts.map((script) => script.outerHTML).join('\n');
}

document.addEventListener('load', (event) => event.target instanceof HTMLLinkElement && adaptStyles(), true);
listen();
