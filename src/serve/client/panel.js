// The panel beside the page and the overlay above it, in a shadow tree that the page's styles do not reach.
import { briefOf, verdictOf } from './brief.js';
import { copyPlace, counted, findings, gateClass, gateWords, h } from './dom.js';
import { morph } from './morph.js';
import { giveRoom } from './room.js';

/** From this width on the panel stands beside the page; in a narrower window it is a sheet at its foot. */
const BESIDE = window.matchMedia('(min-width: 900px)');
const TAB = 40;
const BAR = 47;
const WIDTHS = { least: 280, usual: 380, most: 640, step: 20 };
const SHORTCUT = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌥⇧B' : 'Alt+Shift+B';

export class Panel {
  constructor() {
    this.host = document.createElement('sowhat-panel');
    this.root = this.host.attachShadow({ mode: 'open' });
    // Until its own style is there the panel is not shown.
    this.root.append(h('link', { rel: 'stylesheet', href: '/_sowhat/panel.css' }));
    this.view = h('div', { class: 'view', hidden: true });
    this.root.append(this.view);
    this.root.querySelector('link').addEventListener('load', () => { this.view.hidden = false; });
    this.isOpen = BESIDE.matches ? read(localStorage, 'open') !== 'no' : read(sessionStorage, 'sheet') === 'yes';
    this.width = Number(read(localStorage, 'width')) || WIDTHS.usual;
    this.isConnected = true;
    this.state = null;
    this.edited = [];
    this.hidden = '';
    this.wasHere = read(sessionStorage, 'was-here') === location.pathname;
    write(sessionStorage, 'was-here', '');
    this.root.addEventListener('click', (event) => this.clicked(event));
    this.root.addEventListener('keydown', (event) => this.pressed(event));
    this.root.addEventListener('pointerdown', (event) => this.drag(event));
    document.addEventListener('keydown', (event) => {
      if (event.code !== 'KeyB' || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.setOpen(!this.isOpen);
    });
    BESIDE.addEventListener('change', () => {
      this.isOpen = BESIDE.matches ? read(localStorage, 'open') !== 'no' : false;
      this.render();
    });
    addEventListener('resize', () => this.layOut());
    this.layOut();
    document.documentElement.append(this.host);
  }

  show(state) {
    this.state = state;
    if (state.status === 'here') this.wasHere = true;
    this.render();
  }

  /** For the page that is loaded in place of this one, under the same address. */
  leaveWord() {
    if (this.wasHere) write(sessionStorage, 'was-here', location.pathname);
  }

  /** Offers the pages that have just been edited, this one left out. */
  offer(changed) {
    const here = location.pathname;
    const others = changed.filter(({ href }) => new URL(href, location).pathname !== here);
    if (changed.length) this.edited = others;
    this.render();
  }

  setConnected(isConnected) {
    if (this.isConnected === isConnected) return;
    this.isConnected = isConnected;
    this.render();
  }

  setOpen(isOpen) {
    if (isOpen && !this.hasFocus()) this.cameFrom = document.activeElement;
    this.isOpen = isOpen;
    if (BESIDE.matches) write(localStorage, 'open', isOpen ? 'yes' : 'no');
    else write(sessionStorage, 'sheet', isOpen ? 'yes' : 'no');
    const hadFocus = this.hasFocus();
    this.render();
    if (isOpen) this.root.querySelector('.toggle')?.focus();
    else if (hadFocus && this.cameFrom?.isConnected && this.cameFrom !== document.body && this.cameFrom !== this.host) this.cameFrom.focus();
    else if (hadFocus) this.root.querySelector('.toggle')?.focus();
  }

  hasFocus() {
    return this.root.activeElement !== null;
  }

  setWidth(width) {
    this.width = Math.round(Math.min(Math.max(width, WIDTHS.least), this.most()));
    write(localStorage, 'width', this.width);
    this.layOut();
    const separator = this.root.querySelector('.grip');
    separator?.setAttribute('aria-valuenow', this.width);
  }

  most() {
    return Math.max(WIDTHS.least, Math.min(WIDTHS.most, window.innerWidth - 480));
  }

  /** Nothing of the page may stand below the panel, but for an open sheet, which can be closed. */
  layOut() {
    const width = Math.min(this.width, this.most());
    const right = BESIDE.matches ? (this.isOpen ? width : TAB) : 0;
    const bottom = BESIDE.matches ? 0 : BAR;
    this.host.style.setProperty('--panel-width', `${width}px`);
    this.host.style.setProperty('--panel-right', `${right}px`);
    giveRoom(right, bottom);
  }

  clicked(event) {
    if (copyPlace(event)) return;
    if (event.target.closest('.toggle')) this.setOpen(!this.isOpen);
    if (event.target.closest('.hide')) this.hideFaults();
    if (event.target.closest('.unhide')) {
      this.hidden = '';
      this.render();
    }
    if (event.target.closest('.dismiss')) {
      this.edited = [];
      this.render();
    }
  }

  pressed(event) {
    if (event.target.closest('.grip')) {
      const to = {
        ArrowLeft: this.width + WIDTHS.step, ArrowRight: this.width - WIDTHS.step, Home: this.most(), End: WIDTHS.least,
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      this.setWidth(to);
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (event.target.closest('.overlay')) this.hideFaults();
      else if (this.isOpen) this.setOpen(false);
    }
  }

  drag(event) {
    const grip = event.target.closest('.grip');
    if (!grip || event.button !== 0) return;
    event.preventDefault();
    grip.focus();
    grip.setPointerCapture(event.pointerId);
    const edge = this.root.querySelector('.panel').getBoundingClientRect().right;
    const move = (moved) => this.setWidth(edge - moved.clientX);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), { once: true });
  }

  hideFaults() {
    this.hidden = JSON.stringify(this.state.faults);
    this.render();
    this.root.querySelector('.toggle')?.focus();
  }

  isHidden() {
    return this.hidden === JSON.stringify(this.state.faults);
  }

  render() {
    this.layOut();
    if (!this.state) return;
    const next = h('div', { class: 'view', hidden: this.view.hidden }, this.overlay(), this.gone(), this.panel(), !this.isOpen && this.offered());
    // Focus and scroll of the panel stay, for it is changed as the page is.
    morph(this.view, next);
  }

  verdict() {
    const { brief, faults, status } = this.state;
    if (!this.isConnected) return ['lost', 'No connection'];
    if (faults.length) return ['error', counted(faults.length, 'fault')];
    if (status === 'missing') return ['error', 'No page here'];
    return brief ? verdictOf(brief) : ['good', 'Preview'];
  }

  panel() {
    const [tone, words] = this.verdict();
    const where = BESIDE.matches ? 'beside' : 'sheet';
    return h('aside', { class: `panel ${tone} ${where} ${this.isOpen ? 'open' : 'folded'}`, 'aria-label': 'Preview: the brief of this page', 'data-key': 'panel' },
      this.isOpen && BESIDE.matches && h('div', {
        class: 'grip', role: 'separator', tabindex: '0', 'aria-orientation': 'vertical', 'aria-label': 'Width of the panel', 'aria-controls': 'brief',
        'aria-valuenow': this.width, 'aria-valuemin': WIDTHS.least, 'aria-valuemax': this.most(), 'data-key': 'grip',
      }),
      h('button', {
        class: 'toggle', type: 'button', 'aria-expanded': String(this.isOpen), 'aria-controls': 'brief', 'data-key': 'toggle',
        'aria-keyshortcuts': 'Alt+Shift+B', title: `${this.isOpen ? 'Fold the panel away' : 'Open the panel'} (${SHORTCUT})`,
      }, h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { class: 'words', role: 'status' }, words),
      h('span', { class: 'arrow', 'aria-hidden': 'true' })),
      this.isOpen && h('div', { id: 'brief', class: 'body', tabindex: '-1', 'data-key': 'body' }, this.body()));
  }

  body() {
    const { brief, site, status, faults } = this.state;
    return [
      !this.isConnected && h('p', { class: 'note-box', 'data-key': 'lost' }, 'The preview has stopped, or the machine slept. The page comes back with it.'),
      this.offered(),
      faults.length > 0 && this.isHidden() && h('section', { class: 'part', 'data-key': 'faults' },
        h('h3', {}, counted(faults.length, 'fault'), ' ', h('button', { class: 'unhide', type: 'button' }, 'Show over the page')),
        h('ul', { class: 'findings' }, findings(faults))),
      status === 'missing' && h('p', { class: 'note-box', 'data-key': 'missing' }, ...this.whereTo()),
      brief && briefOf(brief),
      h('footer', { 'data-key': 'footer' },
        h('p', {}, h('a', { href: '/_sowhat/' }, 'All pages'), h('span', { class: gateClass(site, 'gate ') }, gateWords(site))),
        h('p', {}, `${counted(site.errors, 'error')}, ${counted(site.warnings, 'warning')} in the whole site · ${SHORTCUT} folds this`)),
    ];
  }

  /** Where the page went: words and a link. */
  whereTo() {
    const { moved_to: movedTo } = this.state;
    if (movedTo) return ['This page is gone from here. It now stands at ', h('a', { href: movedTo }, decodeURI(movedTo)), '.'];
    return [this.wasHere ? 'This page is gone: its file was deleted, renamed with another text, or left out of the site. ' : 'No page stands here. ',
      h('a', { href: '/_sowhat/' }, 'All pages')];
  }

  /** A page that went while it was open says so, whether the panel is open or not. */
  gone() {
    const { status, moved_to: movedTo } = this.state;
    if (status !== 'missing' || !(this.wasHere || movedTo)) return null;
    return h('section', { class: 'gone', role: 'status', 'data-key': 'gone' }, h('p', {}, ...this.whereTo()));
  }

  offered() {
    // Where this page went is said elsewhere.
    const others = this.edited.filter(({ href }) => href !== this.state.moved_to);
    if (!others.length) return null;
    const links = others.slice(0, 3).map(({ title, href }) => h('li', {}, h('a', { href }, title)));
    return h('section', { class: 'edited', 'data-key': 'edited', 'aria-label': 'Edited just now' },
      h('p', {}, 'Edited just now, go to'), h('ul', {}, links), h('button', { class: 'dismiss', type: 'button', 'aria-label': 'Stay here' }, '✕'));
  }

  overlay() {
    const { faults } = this.state;
    if (!faults.length || this.isHidden()) return null;
    return h('section', { class: 'overlay', role: 'alert', 'data-key': 'overlay' },
      h('header', {},
        h('h1', {}, faults.length === 1 ? 'One fault to mend' : `${faults.length} faults to mend`),
        h('button', { class: 'hide', type: 'button' }, 'Hide')),
      h('ol', { class: 'findings' }, findings(faults)),
      h('p', { class: 'hint' }, 'Below is the page as it last was. This goes by itself when the file is mended.'));
  }
}

function read(storage, key) {
  try {
    return storage.getItem(`sowhat-${key}`);
  } catch {
    return null;
  }
}

function write(storage, key, value) {
  try {
    storage.setItem(`sowhat-${key}`, value);
  } catch {
    // A browser that keeps nothing starts anew on each page.
  }
}
