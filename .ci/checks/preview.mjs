// Types into a site that Chromium has open, for .ci/preview-check:
//   node preview.mjs TOOLS BROWSER URL SITE [SHOTS]
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { launch } from './chromium.mjs';

const [tools, browserPath, url, site, shots] = process.argv.slice(2);
const PIECE = 'content/insights/decide-what-the-reader-will-do.md';
const PATH = 'insights/decide-what-the-reader-will-do/';

const job = { require: createRequire(path.join(tools, 'package.json')), browser: browserPath };
const browser = await launch(job);
const file = (name) => path.join(site, name);
const read = (name) => fs.readFileSync(file(name), 'utf8');
const write = (name, text) => {
  fs.mkdirSync(path.dirname(file(name)), { recursive: true });
  fs.writeFileSync(file(name), text);
};

async function open(colorScheme) {
  const context = await browser.newContext({ colorScheme, viewport: { width: 1100, height: 700 } });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on('pageerror', (error) => {
    console.error(`error in the page: ${error.stack}`);
    process.exitCode = 1;
  });
  await page.goto(url + PATH);
  await page.locator('sowhat-panel .words').waitFor();
  return page;
}

const words = (page) => page.locator('sowhat-panel .words');
const tone = (page, name) => page.locator(`sowhat-panel .panel.${name}`).waitFor();

async function picture(name) {
  if (!shots) return;
  fs.mkdirSync(shots, { recursive: true });
  for (const scheme of ['light', 'dark']) {
    const page = await open(scheme);
    await page.waitForTimeout(300);
    await page.screenshot({ path: path.join(shots, `${name}-${scheme}.png`) });
    await page.context().close();
  }
}

const original = read(PIECE);
const filler = Array.from({ length: 30 }, (_, idx) => `\n\nParagraph ${idx} stays where it is while another is typed.`).join('');
write(PIECE, `${original}\n\nVersion 0.${filler}\n\n<details><summary>More</summary>\n\nHidden.\n\n</details>\n`);
const page = await open('light');
await page.locator('text=Version 0.').waitFor();

// Each version shows in place: no navigation, scroll, focus, selection and open details kept.
await page.evaluate(() => {
  window.isSame = true;
  document.querySelector('details').open = true;
  window.scrollTo({ top: 900, behavior: 'instant' });
  const text = [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Paragraph 9 ')).firstChild;
  getSelection().setBaseAndExtent(text, 0, text, 11);
});
const scroll = await page.evaluate(() => window.scrollY);
assert.ok(scroll > 0, 'the page is long enough to scroll');
await page.locator('sowhat-panel .toggle').focus();
await page.evaluate(() => getSelection().toString());
for (let number = 1; number <= 10; number += 1) {
  write(PIECE, read(PIECE).replace(`Version ${number - 1}.`, `Version ${number}.`));
  await page.locator(`text=Version ${number}.`).waitFor({ state: 'attached' });
  const kept = await page.evaluate(() => ({
    isSame: window.isSame,
    scroll: window.scrollY,
    focus: document.querySelector('sowhat-panel').shadowRoot.activeElement?.className,
    open: document.querySelector('details').open,
    selection: getSelection().toString(),
  }));
  assert.deepEqual(kept, { isSame: true, scroll, focus: 'toggle', open: true, selection: 'Paragraph 9' }, `version ${number}`);
}
await picture('good');

// A broken audience turns the panel red, at its line.
const typed = read(PIECE);
const line = typed.split('\n').findIndex((text) => text.startsWith('audience:')) + 1;
write(PIECE, typed.replace(/^audience:.*$/m, 'audience: everyone'));
await tone(page, 'error');
await page.locator(`sowhat-panel .finding.error .place >> text=${PIECE}:${line}:`).first().waitFor();
await picture('audience');
write(PIECE, typed);
await page.locator('sowhat-panel .panel:not(.error)').waitFor();

// A broken template stands over the page as it was, until it is mended.
const overlay = page.locator('sowhat-panel .overlay');
write('templates/piece.html', '{% extends "base.html" %}\n{% block main %}\n{{ page.title\n{% endblock %}\n');
await overlay.locator('text=templates/piece.html:').first().waitFor();
assert.ok(await page.locator('text=Version 10.').count(), 'the last good page stands below');
await picture('template');
fs.rmSync(file('templates/piece.html'));
await overlay.waitFor({ state: 'detached' });

// So do a broken header and a broken configuration.
write(PIECE, typed.replace('---\n', '---\ntitle: [\n'));
await overlay.locator(`text=${PIECE}:`).first().waitFor();
write(PIECE, typed);
await overlay.waitFor({ state: 'detached' });
const config = read('site.toml');
write('site.toml', `titel = "x"\n${config}`);
await overlay.locator('text=site.toml:1').first().waitFor();
write('site.toml', config);
await overlay.waitFor({ state: 'detached' });

// A style is swapped in place.
await page.evaluate(() => window.scrollTo({ top: 900, behavior: 'instant' }));
write('static/css/main.css', 'body { outline: 3px solid rgb(1, 2, 3) }\n');
await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
assert.equal(await page.evaluate(() => window.isSame), true, 'the page was never loaded anew');
fs.rmSync(file('static/css/main.css'));

// A page that goes says where to.
fs.renameSync(file(PIECE), file('content/insights/moved.md'));
await page.locator('sowhat-panel a[href$="/insights/moved/"]').first().waitFor();
fs.renameSync(file('content/insights/moved.md'), file(PIECE));
await page.locator('text=Version 10.').first().waitFor({ state: 'attached' });

// The site view, with a filter.
await page.goto(new URL('/_sowhat/', url).href);
await page.locator('#pages tr').first().waitFor();
await page.fill('#words', 'decide');
assert.equal(await page.locator('#pages tr').count(), 1);
if (shots) await page.screenshot({ path: path.join(shots, 'site.png') });
assert.ok(await words(page).count() === 0);
await browser.close();
console.log('preview: every edit showed in place');
