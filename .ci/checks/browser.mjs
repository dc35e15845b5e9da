// browser.mjs <JOB: visits each page in light and dark, and prints what is wrong as JSON.
import fs from 'node:fs';
import { launch, newContext, readJob } from './chromium.mjs';

const WIDTHS = [1280, 375]; // 320 px is looked at too, for overflow only
const MAX_REQUESTS = 6;
const MAX_STYLE_AND_SCRIPT = 40_000;
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const job = await readJob();
const axe = fs.readFileSync(job.require.resolve('axe-core/axe.min.js'), 'utf8');
const browser = await launch(job);
const policies = {};

function overflow() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const scrolls = (e) => e && (getComputedStyle(e).overflowX !== 'visible' || scrolls(e.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(
    (e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement));
  const name = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : '') + (e.classList[0] ? `.${e.classList[0]}` : '');
  return `${document.documentElement.scrollWidth} px wide: ${wide.slice(0, 3).map(name).join(', ')}`;
}

// Without `preload`: axe would put what it loads into the page as inline styles, which the policy forbids.
function runAxe(tags) {
  return window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], preload: false });
}

/** Opens the page, and runs `look` in it; what the page itself does wrong on the way is added to the findings. */
async function visit(page, options, look) {
  const add = (message) => page.found.push(message);
  const address = job.origin + page.path;
  const context = await newContext(browser, job, options, (url, why) => {
    if (url !== address) add(`asks for ${url}: ${why}`);
  });
  const tab = await context.newPage();
  tab.on('pageerror', (error) => add(`script error: ${error.message ?? error}`));
  tab.on('console', (message) => {
    // A failed request has been reported as such, and a 404 page is meant to be one.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) add(`console: ${message.text()}`);
  });
  await tab.exposeFunction('reportViolation', (text) => add(`breaks the Content-Security-Policy: ${text}`));
  await tab.addInitScript(() => document.addEventListener('securitypolicyviolation', (e) =>
    window.reportViolation(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile ?? ''}:${e.lineNumber}`)));
  try {
    const response = await tab.goto(address, { waitUntil: 'load', timeout: 60_000 });
    if (response.status() !== page.status) add(`is answered ${response.status()}`);
    policies[page.name] = response.headers()['content-security-policy'] ?? '';
    return await look(tab, add);
  } catch (error) {
    add(`cannot be looked at: ${error.message.split('\n')[0]}`);
  } finally {
    await context.close();
  }
}

async function measure(page, colorScheme) {
  await visit(page, { colorScheme, viewport: { width: 1280, height: 800 } }, async (tab, add) => {
    await tab.evaluate(axe);
    for (const width of WIDTHS) {
      await tab.setViewportSize({ width, height: 800 });
      const { violations } = await tab.evaluate(runAxe, AXE_TAGS);
      for (const { id, help, nodes } of violations) {
        const targets = nodes.map((node) => node.target.join(' '));
        const more = targets.length > 3 ? ` and ${targets.length - 3} more` : '';
        add(`axe ${id}: ${help} (${width} px, ${colorScheme}): ${targets.slice(0, 3).join(', ')}${more}`);
      }
    }
    for (const width of [...WIDTHS, 320]) {
      await tab.setViewportSize({ width, height: 640 });
      const wide = await tab.evaluate(overflow);
      if (wide) add(`scrolls sideways at ${width} px (${colorScheme}): ${wide}`);
    }
  });
}

/** A page is light: few requests, and little of style and script, whatever pictures the author puts in. */
async function weigh(page) {
  await visit(page, { viewport: { width: 1280, height: 800 } }, async (tab, add) => {
    const resources = await tab.evaluate(() => performance.getEntriesByType('resource').map((e) => [e.name, e.initiatorType]));
    const parts = [...new Set(resources.filter(([, type]) => type !== 'img').map(([name]) => name))];
    if (parts.length + 1 > MAX_REQUESTS) add(`makes ${parts.length + 1} requests besides pictures: ${parts.join(' ')}`);
    let bytes = 0;
    for (const url of parts.filter((name) => /\.(css|m?js)$/.test(new URL(name).pathname))) {
      const local = `http://127.0.0.1:${job.port}${new URL(url).pathname}`;
      bytes += (await (await fetch(local)).arrayBuffer()).byteLength;
    }
    if (bytes > MAX_STYLE_AND_SCRIPT) add(`loads ${bytes} bytes of style and script, more than ${MAX_STYLE_AND_SCRIPT}`);
  });
}

/** The keyboard alone is enough: Tab reaches the skip link first, then everything that can be used, each
 *  with a visible focus, and comes out again at the end. */
async function tabThrough(page) {
  await visit(page, { viewport: { width: 1280, height: 800 } }, async (tab, add) => {
    const wanted = await tab.evaluate(() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
      .filter((e) => !e.disabled && e.checkVisibility() && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY')).length);
    const seen = new Set();
    for (let n = 0; n < wanted + 5; n += 1) {
      await tab.keyboard.press('Tab');
      const at = await tab.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body || e === document.documentElement) return null;
        const all = [...document.querySelectorAll('*')];
        const style = getComputedStyle(e);
        const rect = e.getBoundingClientRect();
        const isShown = rect.width > 0 && rect.height > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none');
        return { idx: all.indexOf(e), isShown, isSkip: (e.getAttribute('href') ?? '').startsWith('#'), name: e.outerHTML.slice(0, 80) };
      });
      if (!at) break;
      if (n === 0 && !at.isSkip) add(`Tab reaches ${at.name} before a link past the menu`);
      if (!at.isShown && !seen.has(at.idx)) add(`focus does not show on ${at.name}`);
      seen.add(at.idx);
    }
    if (seen.size < wanted) add(`the keyboard reaches ${seen.size} of ${wanted} things to use`);
  });
}

/** On paper there is nothing to click: no menu, and nothing that says it is not for print. */
async function print(page) {
  await visit(page, { viewport: { width: 794, height: 1123 } }, async (tab, add) => {
    await tab.emulateMedia({ media: 'print' });
    const left = await tab.evaluate(() => [...document.querySelectorAll('nav, .no-print, form')]
      .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height > 1).map((e) => e.outerHTML.slice(0, 60)));
    if (left.length) add(`prints what cannot be used on paper: ${left.join(', ')}`);
  });
}

/**
 * No script is needed to read the page: without any, at least nine tenths of its text are there. A form is nothing
 * to read: one that only a script can answer, such as that of the search, may come with the script.
 */
async function compareWithoutScript(page) {
  const text = (tab) =>
    tab.evaluate(() => {
      const length = (element) => element.innerText.replace(/\s+/g, ' ').length;
      return length(document.body) - [...document.querySelectorAll('form')].map(length).reduce((a, b) => a + b, 0);
    });
  const viewport = { width: 1280, height: 800 };
  const withScript = await visit(page, { viewport }, text);
  const context = await newContext(browser, job, { viewport, javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(job.origin + page.path);
  const without = await text(tab);
  await context.close();
  if (without < 0.9 * withScript) {
    page.found.push(`shows ${without} characters without scripts, ${withScript} with them`);
  }
}

/** Everything that is wrong with the page, by one visit of each kind. */
async function lookAt(page) {
  page.found = [];
  for (const colorScheme of ['light', 'dark']) await measure(page, colorScheme);
  await compareWithoutScript(page);
  await weigh(page);
  // What the keyboard meets is the templates' doing: the first pages are one of each kind.
  if (job.pages.indexOf(page) < 6) {
    await tabThrough(page);
    await print(page);
  }
  return page.found;
}

// What is wrong with a page is wrong each time; what a busy machine does to the browser once is told and does not count.
const findings = [];
const once = [];
const queue = [...job.pages];
async function work() {
  for (let page = queue.shift(); page; page = queue.shift()) {
    const found = await lookAt(page);
    const again = found.length ? await lookAt(page) : [];
    for (const message of found) (again.includes(message) ? findings : once).push({ page: page.name, message });
  }
}
await Promise.all([work(), work()]);
const versions = `Chromium ${browser.version().split('.')[0]}, axe ${job.require('axe-core/package.json').version}`;
await browser.close();
console.log(JSON.stringify({ findings, once, policies, versions }));
