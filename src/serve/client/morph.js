// Turns one DOM tree into another by the fewest changes, so that what the reader did to the page stays:
// scroll, focus, selection, what was typed, open <details>, and media that plays.

const OPENED = 'details[open], dialog[open]';

/** Changes `from` until it is as `to`. Nodes for which `skip` is true are neither changed nor removed. */
export function morph(from, to, skip = () => false) {
  morphAttributes(from, to);
  morphChildren(from, to, skip);
}

function morphAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !isReaders(from, name)) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !isReaders(from, name)) from.setAttribute(name, value);
  }
}

/** What the reader changes by using the page. */
function isReaders(element, name) {
  return (name === 'open' && (element.localName === 'details' || element.localName === 'dialog'))
    || (element === document.activeElement && (name === 'value' || name === 'checked'));
}

function morphChildren(from, to, skip) {
  const old = [...from.childNodes].filter((node) => !skip(node));
  const wanted = [...to.childNodes].filter((node) => !skip(node));
  let first = 0;
  while (first < old.length && first < wanted.length && isSame(old[first], wanted[first])) first += 1;
  let oldEnd = old.length;
  let wantedEnd = wanted.length;
  while (oldEnd > first && wantedEnd > first && isSame(old[oldEnd - 1], wanted[wantedEnd - 1])) {
    oldEnd -= 1;
    wantedEnd -= 1;
  }
  const pairs = pair(old.slice(first, oldEnd), wanted.slice(first, wantedEnd));
  const used = new Set(pairs.filter(Boolean));
  for (const node of old.slice(first, oldEnd)) if (!used.has(node)) remove(node);
  // From the last to the first: what follows stands already.
  let next = old[oldEnd] ?? null;
  for (let at = pairs.length - 1; at >= 0; at -= 1) {
    const target = wanted[first + at];
    const node = pairs[at] ?? document.importNode(target, true);
    if (!pairs[at] || nextKept(node, skip) !== next) {
      from.insertBefore(node, next ?? firstSkippedAtEnd(from, skip));
    }
    if (pairs[at]) morphNode(node, target, skip);
    next = node;
  }
}

/** Equal but for what the reader opened: details stay open wherever the text around them goes. */
function isSame(old, target) {
  if (old.isEqualNode(target)) return true;
  if (old.nodeName !== target.nodeName || !(old instanceof Element)) return false;
  const isOpened = (element) => element.matches(OPENED) || element.querySelector(OPENED) !== null;
  return (isOpened(old) || isOpened(target)) && closed(old).isEqualNode(closed(target));
}

function closed(element) {
  const copy = element.cloneNode(true);
  copy.removeAttribute('open');
  for (const opened of copy.querySelectorAll(OPENED)) opened.removeAttribute('open');
  return copy;
}

function nextKept(node, skip) {
  let next = node.nextSibling;
  while (next && skip(next)) next = next.nextSibling;
  return next;
}

function firstSkippedAtEnd(parent, skip) {
  let at = null;
  for (let node = parent.lastChild; node && skip(node); node = node.previousSibling) at = node;
  return at;
}

/** For each wanted node the old one that it is made of, or null: in order, equals first, then ids, then kinds. */
function pair(old, wanted) {
  const pairs = wanted.map(() => null);
  let from = 0;
  // Equal nodes in order split the rest into runs; a look ahead of a few nodes is enough for an edit.
  wanted.forEach((target, at) => {
    const end = Math.min(old.length, from + 24);
    for (let idx = from; idx < end; idx += 1) {
      if (!isSame(old[idx], target)) continue;
      if (target.nodeType === Node.TEXT_NODE && !target.data.trim() && idx !== from) continue;
      pairs[at] = old[idx];
      from = idx + 1;
      return;
    }
  });
  const position = new Map(old.map((node, idx) => [node, idx]));
  const taken = new Set(pairs.filter(Boolean));
  let low = 0;
  wanted.forEach((target, at) => {
    if (pairs[at]) {
      low = position.get(pairs[at]) + 1;
      return;
    }
    const following = pairs.slice(at + 1).find(Boolean);
    const high = following ? position.get(following) : old.length;
    for (let idx = low; idx < high; idx += 1) {
      if (taken.has(old[idx]) || !isAlike(old[idx], target)) continue;
      pairs[at] = old[idx];
      taken.add(old[idx]);
      low = idx + 1;
      return;
    }
  });
  return pairs;
}

function isAlike(old, target) {
  if (old.nodeType !== target.nodeType || old.nodeName !== target.nodeName) return false;
  if (old.nodeType !== Node.ELEMENT_NODE) return true;
  const key = (element) => element.id || element.getAttribute('data-key') || '';
  if (key(old) !== key(target)) return false;
  // Another file is another player; one input is not the other.
  if (/^(AUDIO|VIDEO|IFRAME|OBJECT|EMBED)$/.test(old.nodeName)) return old.getAttribute('src') === target.getAttribute('src');
  if (old.nodeName === 'INPUT') return old.type === target.type && old.name === target.name;
  return true;
}

function morphNode(node, target, skip) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.nodeValue !== target.nodeValue) changeText(node, target.nodeValue);
  } else if (isStylesheet(node) && node.getAttribute('href') !== target.getAttribute('href')) {
    swapStylesheet(node, target);
  } else if (!isSame(node, target)) {
    morph(node, target, skip);
  }
}

/** Changes only what differs, so that a selection in the rest of the text stays. */
function changeText(node, text) {
  const old = node.nodeValue;
  if (!(node instanceof Text)) {
    node.nodeValue = text;
    return;
  }
  const shorter = Math.min(old.length, text.length);
  let start = 0;
  while (start < shorter && old[start] === text[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === text[text.length - 1 - end]) end += 1;
  node.replaceData(start, old.length - start - end, text.slice(start, text.length - end));
}

function isStylesheet(node) {
  return node.nodeName === 'LINK' && node.relList.contains('stylesheet');
}

/** The old sheet holds until the new one is there: the page never stands without style. */
function swapStylesheet(old, target) {
  const link = document.importNode(target, true);
  const done = () => old.remove();
  link.addEventListener('load', done, { once: true });
  link.addEventListener('error', done, { once: true });
  old.setAttribute('data-sowhat-old', '');
  old.after(link);
}

function remove(node) {
  if (node instanceof Element && node.contains(document.activeElement)) document.activeElement.blur();
  node.remove();
}
