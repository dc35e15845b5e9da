// Makes room for the panel beside a page: the page's root gets a margin, and the page's own media rules see
// the window as that much narrower, so that it is laid out as it would be in the room it has.

const sheet = new CSSStyleSheet();
const originals = new WeakMap();
let room = { right: 0, bottom: 0 };

/** Leaves this many pixels of the window to the panel. */
export function giveRoom(right, bottom) {
  room = { right, bottom };
  const rules = [
    right ? `margin-right: ${right}px !important` : '',
    bottom ? `padding-bottom: ${bottom}px !important; scroll-padding-bottom: ${bottom}px` : '',
  ].filter(Boolean);
  // A style sheet of the script's own: nothing in the document changes, nothing is left in it.
  sheet.replaceSync(rules.length ? `@media screen { :root { ${rules.join('; ')} } }` : '');
  if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  adaptStyles();
}

/** Tells the page's media rules of the room. To be called again when the page's styles have changed. */
export function adaptStyles() {
  for (const own of document.styleSheets) {
    let rules;
    try {
      rules = own.cssRules;
    } catch {
      // Of another origin: it is as it is.
      continue;
    }
    adaptMedia(own.media);
    adaptRules(rules);
  }
}

function adaptRules(rules) {
  for (const rule of rules) {
    if (rule instanceof CSSMediaRule) adaptMedia(rule.media);
    if (rule instanceof CSSImportRule && rule.styleSheet) {
      adaptMedia(rule.media);
      try {
        adaptRules(rule.styleSheet.cssRules);
      } catch {
        // Of another origin.
      }
    } else if (rule.cssRules) {
      adaptRules(rule.cssRules);
    }
  }
}

function adaptMedia(media) {
  const original = originals.get(media) ?? media.mediaText;
  if (!/width/.test(original)) return;
  originals.set(media, original);
  const wanted = room.right ? widened(original, room.right) : original;
  if (media.mediaText === wanted) return;
  media.mediaText = wanted;
  if (/not all/.test(media.mediaText) && !/not all/.test(original)) media.mediaText = original;
}

/** `(min-width: 40em)` to `(min-width: calc(40em + 360px))`, and the same for `(width >= 40em)`. */
function widened(text, pixels) {
  const wider = (length) => `calc(${length.trim()} + ${pixels}px)`;
  return text
    .replace(/\(\s*(min-width|max-width|width)\s*:\s*([^()]+|calc\([^()]*\))\s*\)/g, (_, name, length) => `(${name}: ${wider(length)})`)
    .replace(/\(\s*width\s*(<=?|>=?|=)\s*([^()<>=]+)\)/g, (_, sign, length) => `(width ${sign} ${wider(length)})`)
    .replace(/\(\s*([^()<>=]+?)\s*(<=?|>=?)\s*width\s*(<=?|>=?)\s*([^()<>=]+)\)/g,
      (_, low, first, second, high) => `(${wider(low)} ${first} width ${second} ${wider(high)})`)
    .replace(/\(\s*([^()<>=:]+?)\s*(<=?|>=?|=)\s*width\s*\)/g, (_, length, sign) => `(${wider(length)} ${sign} width)`);
}
