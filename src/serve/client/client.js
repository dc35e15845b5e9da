// Keeps an open page as the files say: listens for editions, fetches what changed, and morphs the page.
import { morph } from './morph.js';
import { Panel } from './panel.js';

const own = document.querySelector('script[data-sowhat]');
let shownTag = own.dataset.sowhat;
own.remove();

const panel = new Panel();
let source = null;
let isBusy = false;
let isWanted = false;
let lastChanged = [];

function isOurs(node) {
  return node === panel.host
    || (node instanceof Element && (node.hasAttribute('data-sowhat-old') || node.matches('script[data-sowhat]')));
}

function listen() {
  if (source) return;
  source = new EventSource('/_sowhat/events');
  source.onmessage = (event) => {
    panel.setConnected(true);
    lastChanged = JSON.parse(event.data).changed;
    update();
  };
  source.onerror = () => {
    panel.setConnected(false);
    // A closed one does not come back by itself.
    if (source?.readyState === EventSource.CLOSED) {
      source = null;
      setTimeout(() => document.hidden || listen(), 1000);
    }
  };
}

// A browser allows few connections to one server: a tab that nobody sees gives its own back.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else {
    listen();
  }
});

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

async function updateOnce() {
  const response = await fetch(`/_sowhat/page?path=${encodeURIComponent(location.pathname)}`);
  const state = await response.json();
  if (state.tag && state.tag !== shownTag && state.faults.length === 0) {
    await showPage(state.tag);
  } else if (state.tag && !shownTag) {
    // Nothing was shown yet but a fault: the last good page is better.
    await showPage(state.tag);
  }
  panel.show(state, lastChanged);
}

async function showPage(tag) {
  const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
  const text = await response.text();
  const next = new DOMParser().parseFromString(text, 'text/html');
  const fetched = next.querySelector('script[data-sowhat]')?.dataset.sowhat;
  if (scriptsOf(document) !== scriptsOf(next)) {
    location.reload();
    return;
  }
  const { scrollX, scrollY } = window;
  morph(document.documentElement, next.documentElement, isOurs);
  window.scrollTo({ left: scrollX, top: scrollY, behavior: 'instant' });
  shownTag = fetched ?? tag;
  document.dispatchEvent(new CustomEvent('sowhat:update'));
}

/** A script that changed must run from the start. */
function scriptsOf(page) {
  const scripts = [...page.querySelectorAll('script')].filter((script) => !isOurs(script) && !/json/.test(script.type));
  return scripts.map((script) => script.outerHTML).join('\n');
}

listen();
