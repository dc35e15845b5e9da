// What an editor does in a day, played in a browser: each function is a scene that begins with the site as
// `sowhat init` writes it, and fails if anything does not show as PRODUCT promises.
import assert from 'node:assert/strict';
import { AT, PIECE, isSame, mark, piece, tone } from './stage.mjs';

const FILLER = Array.from({ length: 30 }, (_, idx) => `\n\nParagraph ${idx} stays where it is while another is typed.`).join('');
const DETAILS = '<details class="own"><summary>More</summary>\n\nHidden.\n\n</details>';

const focused = (page) => page.evaluate(() => document.querySelector('sowhat-panel').shadowRoot.activeElement?.className ?? null);
const words = (page) => page.locator('sowhat-panel .words');
const says = (page, text) => page.locator(`sowhat-panel .words:has-text("${text}")`).waitFor();
const shown = (page, text) => page.locator(`text=${text}`).first().waitFor({ state: 'attached' });
const overlay = (page) => page.locator('sowhat-panel .overlay');

/** Ten versions show without a navigation; scroll, focus, selection and open details stay. */
async function typing(stage) {
  stage.write(PIECE, `${stage.original}\n\nVersion 0.${FILLER}\n\n${DETAILS}\n`);
  const page = await stage.visit();
  await shown(page, 'Version 0.');
  await mark(page);
  await page.evaluate(() => {
    document.querySelector('details.own').open = true;
    window.scrollTo({ top: 900, behavior: 'instant' });
    const text = [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Paragraph 9 ')).firstChild;
    getSelection().setBaseAndExtent(text, 0, text, 11);
  });
  const scroll = await page.evaluate(() => window.scrollY);
  assert.ok(scroll > 0, 'the page is long enough to scroll');
  await page.locator('sowhat-panel .toggle').focus();
  for (let number = 1; number <= 10; number += 1) {
    stage.write(PIECE, stage.read(PIECE).replace(`Version ${number - 1}.`, `Version ${number}.`));
    await shown(page, `Version ${number}.`);
    const kept = await page.evaluate(() => ({
      isSame: window.isSame,
      scroll: window.scrollY,
      open: document.querySelector('details.own').open,
      selection: getSelection().toString(),
    }));
    assert.deepEqual(kept, { isSame: true, scroll, open: true, selection: 'Paragraph 9' }, `version ${number}`);
    assert.equal(await focused(page), 'toggle', `version ${number}`);
  }
}

/** What is read stays in its place while lines above it come and go, and what was opened stays open. */
async function linesAbove(stage) {
  stage.write(PIECE, `${stage.original}\n\nAbove.${FILLER}\n\n${DETAILS}\n`);
  const page = await stage.visit();
  await shown(page, 'Paragraph 29');
  await page.evaluate(() => {
    document.querySelector('details.own').open = true;
    [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Paragraph 15 ')).scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  const top = () => page.evaluate(() => [...document.querySelectorAll('p')].find((p) => p.textContent.startsWith('Paragraph 15 ')).getBoundingClientRect().top);
  const before = await top();
  const other = '<details class="own"><summary>Another</summary>\n\nHidden as well.\n\n</details>';
  stage.write(PIECE, stage.read(PIECE).replace('Above.', `Above.${'\n\nOne more line above.'.repeat(12)}\n\n${other}\n\nAll there.`));
  await shown(page, 'All there.');
  await page.waitForTimeout(150);
  assert.ok(Math.abs(await top() - before) < 3, `the line moved from ${before} to ${await top()}`);
  const open = await page.evaluate(() => [...document.querySelectorAll('details.own')].map((details) => [details.querySelector('summary').textContent, details.open]));
  assert.deepEqual(open, [['Another', false], ['More', true]]);
}

/** What plays goes on playing, and what is written in a field of the page stays. */
async function playing(stage) {
  stage.write('static/tone.wav', silence(60));
  const field = '<input id="field" type="text" aria-label="A field">';
  const media = '<audio controls src="/tone.wav"></audio>';
  stage.write(PIECE, `${stage.original}\n\nTyped 0.\n\n${media}\n\n${field}\n`);
  const page = await stage.visit();
  await page.fill('#field', 'half a sen');
  await page.evaluate(() => { document.querySelector('audio').muted = true; return document.querySelector('audio').play(); });
  const at = () => page.evaluate(() => document.querySelector('audio').currentTime);
  for (let number = 1; number <= 3; number += 1) {
    const before = await at();
    stage.write(PIECE, stage.read(PIECE).replace(`Typed ${number - 1}.`, `A line more.\n\nTyped ${number}.`));
    await shown(page, `Typed ${number}.`);
    await page.waitForFunction((time) => document.querySelector('audio').currentTime > time, before);
    assert.equal(await page.evaluate(() => document.querySelector('audio').paused), false, `version ${number}`);
    assert.equal(await page.inputValue('#field'), 'half a sen');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'field');
  }
  // A player seeks: the server sends the part that is asked for.
  await page.evaluate(() => { document.querySelector('audio').currentTime = 50; });
  await page.waitForFunction(() => document.querySelector('audio').currentTime > 50);
}

/** Styles are swapped without a reload, and so are images whose addresses stay. */
async function styles(stage) {
  const picture = (width) => `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="10"></svg>`;
  stage.write('static/picture.svg', picture(11));
  stage.write(PIECE, `${stage.original}${FILLER}\n\n<img src="/picture.svg" alt="A picture">\n`);
  const page = await stage.visit();
  await mark(page);
  stage.write('static/picture.svg', picture(22));
  await page.waitForFunction(() => document.querySelector('img[alt="A picture"]').naturalWidth === 22);
  // The theme's own style, under a new name with each change.
  stage.write('static/css/main.css', 'body { background-color: rgb(4, 5, 6) }\n');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(4, 5, 6)');
  stage.write('static/css/main.css', 'body { background-color: rgb(7, 8, 9) }\n');
  await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === 'rgb(7, 8, 9)');
  assert.equal(await page.locator('link[data-sowhat-old]').count(), 0, 'the old style is gone');
  assert.ok(await isSame(page), 'the page was never loaded anew');
}

/** A broken audience turns the panel red, at its line; mending it turns it back. */
async function audience(stage) {
  const page = await stage.visit();
  const line = stage.original.split('\n').findIndex((text) => text.startsWith('audience:')) + 1;
  stage.write(PIECE, stage.original.replace(/^audience:.*$/m, 'audience: everyone'));
  await tone(page, 'error');
  await says(page, 'Cannot be published');
  const place = page.locator('sowhat-panel .finding.error .place').first();
  assert.equal(await place.textContent(), `line ${line}`);
  assert.equal(await place.getAttribute('title'), `Copy ${PIECE}:${line}:11`);
  await page.locator(`sowhat-panel .slot.error:has-text("For")`).waitFor();
  // Named in the configuration, an editor opens at the place.
  const config = stage.read('site.toml');
  stage.write('site.toml', `${config}\n[preview]\neditor = "vscode"\n`);
  const link = page.locator(`sowhat-panel .finding.error a.place`).first();
  await link.waitFor();
  assert.match(await link.getAttribute('href'), new RegExp(`^vscode://file/.*/${PIECE}:${line}:11$`));
  stage.write('site.toml', config);
  stage.write(PIECE, stage.original);
  await page.locator('sowhat-panel .panel:not(.error)').waitFor();
}

/** Each state is told by its word. */
async function states(stage) {
  for (const [name, more, text] of [
    ['draft', 'draft: true\n', 'Draft'],
    ['scheduled', 'publish_on: 2099-04-01\n', 'Scheduled'],
    ['gated', 'gate: { reason: the figures belong to a client, form_url: https://example.org/ask }\n', 'Gated'],
  ]) {
    stage.write(`content/scene/${name}.md`, piece(`A ${name} one`, more, 'See [there](https://example.org/there).'));
    const page = await stage.visit(`scene/${name}/`);
    await page.locator(`sowhat-panel .chip:text-is("${text}")`).waitFor();
    assert.equal(await page.locator('sowhat-panel .slots .slot.good').count(), name === 'gated' ? 4 : 3);
    assert.equal(await page.locator('sowhat-panel .guidance .parts li').count(), 3);
    await page.locator('sowhat-panel summary:text("1 link out")').click();
    assert.equal(await page.locator('sowhat-panel .links a').first().getAttribute('href'), 'https://example.org/there');
  }
}

/** Broken files stand over the page as it was, with their lines, until they are mended. */
async function faults(stage) {
  const page = await stage.visit();
  await mark(page);
  stage.write('templates/piece.html', '{% extends "base.html" %}\n{% block main %}\n{{ page.title\n{% endblock %}\n');
  await overlay(page).locator('text=templates/piece.html:').first().waitFor();
  await overlay(page).locator('.line.marked').first().waitFor();
  assert.ok(await page.locator('h1:has-text("Decide what the reader")').count(), 'the last good page stands below');
  // It may be put aside, and comes again with another fault.
  await overlay(page).locator('.hide').click();
  await overlay(page).waitFor({ state: 'detached' });
  await page.locator('sowhat-panel .unhide').waitFor();
  stage.write('templates/piece.html', '{% extends "base.html" %}\n{% block main %}\n\n\n{{ page.title\n{% endblock %}\n');
  await overlay(page).waitFor();
  stage.remove('templates');
  await overlay(page).waitFor({ state: 'detached' });
  // So with a header, a directive and the configuration.
  stage.write(PIECE, stage.original.replace('---\n', '---\ntitle: [\n'));
  await overlay(page).locator(`text=${PIECE}:`).first().waitFor();
  stage.write(PIECE, `${stage.original}\n\n:::no-such-thing\nx\n:::\n`);
  await overlay(page).locator('text=no-such-thing').first().waitFor();
  stage.write(PIECE, stage.original);
  await overlay(page).waitFor({ state: 'detached' });
  const config = stage.read('site.toml');
  stage.write('site.toml', `titel = "x"\n${config}`);
  await overlay(page).locator('text=site.toml:1').first().waitFor();
  stage.write('site.toml', config);
  await overlay(page).waitFor({ state: 'detached' });
  assert.ok(await isSame(page), 'the page was never loaded anew');
}

/** A configuration that is wrong at the start serves its fault, and the site when it is mended. */
async function brokenAtTheStart(stage) {
  await stage.stop();
  const config = stage.read('site.toml');
  stage.write('site.toml', 'title = \n');
  await stage.start();
  const context = await stage.context();
  const page = await context.newPage();
  await page.goto(new URL(`/${AT}`, stage.url).href);
  await overlay(page).locator('text=site.toml:1').first().waitFor();
  stage.write('site.toml', config);
  await overlay(page).waitFor({ state: 'detached' });
  await page.locator('h1:has-text("Decide what the reader")').waitFor();
}

/** A page that is edited elsewhere is offered; the offer leads there and can be put aside. */
async function editedElsewhere(stage) {
  stage.write('content/scene/other.md', piece('The other piece'));
  const page = await stage.visit();
  const edit = (number) => stage.write('content/scene/other.md', piece('The other piece', '', `Version ${number}.`));
  const offer = page.locator('sowhat-panel .edited a:text("The other piece")');
  assert.equal(await page.locator('sowhat-panel .edited').count(), 0, 'nothing is offered before anything happens');
  edit(1);
  await offer.waitFor();
  await page.locator('sowhat-panel .dismiss').click();
  await offer.waitFor({ state: 'detached' });
  // Also when the panel is folded away.
  await page.keyboard.press('Alt+Shift+KeyB');
  edit(2);
  await offer.click();
  await page.waitForURL('**/scene/other/');
  await shown(page, 'Version 2.');
  edit(3);
  await shown(page, 'Version 3.');
  assert.equal(await page.locator('sowhat-panel .edited').count(), 0, 'the page that is open needs no offer');
}

/** A page that goes says so, and leads to where it went. */
async function vanished(stage) {
  stage.write('content/scene/here.md', piece('Here it is'));
  const page = await stage.visit('scene/here/');
  const gone = page.locator('sowhat-panel .gone');
  stage.move('content/scene/here.md', 'content/scene/there.md');
  await gone.locator('a[href$="/scene/there/"]').waitFor();
  stage.move('content/scene/there.md', 'content/scene/here.md');
  await gone.waitFor({ state: 'detached' });
  await page.locator('h1:has-text("Here it is")').waitFor();
  // Its address changes with its slug, its folder or both.
  stage.write('content/scene/here.md', piece('Here it is', 'slug: elsewhere\n'));
  await gone.locator('a[href$="/scene/elsewhere/"]').waitFor();
  stage.move('content/scene', 'content/scenery');
  await gone.locator('a[href$="/scenery/elsewhere/"]').click();
  await page.waitForURL('**/scenery/elsewhere/');
  // Deleted, it says so, and leads nowhere.
  await page.locator('sowhat-panel .words').waitFor();
  stage.remove('content/scenery');
  await gone.locator('text=its file was deleted').waitFor();
  // An editor that puts a file aside for a moment is not taken for one that deletes it.
  const other = await stage.visit();
  await mark(other);
  for (let round = 0; round < 5; round += 1) {
    stage.move(PIECE, `${PIECE}~`);
    await new Promise((resolve) => { setTimeout(resolve, 60); });
    stage.write(PIECE, stage.original.replace('\n---\n\n', `\n---\n\nRound ${round}.\n\n`));
    stage.remove(`${PIECE}~`);
    await shown(other, `Round ${round}.`);
  }
  assert.equal(await other.locator('sowhat-panel .gone').count(), 0);
  assert.ok(await isSame(other));
}

/** Several tabs and two browsers hear of every edit at once. */
async function manyAtOnce(stage) {
  const [one, two] = [await stage.context(), await stage.context({ colorScheme: 'dark' })];
  const pages = [];
  for (const context of [one, one, one, two, two]) pages.push(await stage.visit(AT, context));
  await Promise.all(pages.map(mark));
  for (let number = 1; number <= 3; number += 1) {
    stage.write(PIECE, `${stage.original}\n\nFor all ${number}.\n`);
    await Promise.all(pages.map((page) => shown(page, `For all ${number}.`)));
  }
  assert.deepEqual(await Promise.all(pages.map(isSame)), pages.map(() => true));
}

/** The connection comes back after the server was started anew, froze, or the network went. */
async function reconnecting(stage) {
  const context = await stage.context();
  const page = await stage.visit(AT, context);
  await mark(page);
  await stage.stop();
  await tone(page, 'lost');
  await says(page, 'No connection');
  stage.write(PIECE, `${stage.original}\n\nWritten while it was away.\n`);
  await stage.start();
  await shown(page, 'Written while it was away.');
  await page.locator('sowhat-panel .panel:not(.lost)').waitFor();
  // As when a laptop sleeps.
  stage.server.kill('SIGSTOP');
  stage.write(PIECE, `${stage.original}\n\nWritten in its sleep.\n`);
  await new Promise((resolve) => { setTimeout(resolve, 1500); });
  stage.server.kill('SIGCONT');
  await shown(page, 'Written in its sleep.');
  await context.setOffline(true);
  stage.write(PIECE, `${stage.original}\n\nWritten off the line.\n`);
  await new Promise((resolve) => { setTimeout(resolve, 500); });
  await context.setOffline(false);
  await shown(page, 'Written off the line.');
  // From "back", a page that was kept as it was comes up to date.
  await page.goto(new URL('/', stage.url).href);
  stage.write(PIECE, `${stage.original}\n\nWritten behind its back.\n`);
  await page.goBack();
  await shown(page, 'Written behind its back.');
}

/** Nothing of the page lies below the panel; it opens, folds and widens from the keyboard, and remembers. */
async function besideThePage(stage) {
  const context = await stage.context({ viewport: { width: 1280, height: 800 } });
  const page = await stage.visit(AT, context);
  const panelLeft = () => page.evaluate(() => document.querySelector('sowhat-panel').shadowRoot.querySelector('.panel').getBoundingClientRect().left);
  const pageRight = () => page.evaluate(() => Math.max(...[...document.body.querySelectorAll('*')]
    .filter((element) => element.getClientRects().length).map((element) => element.getBoundingClientRect().right)));
  assert.ok(await pageRight() <= await panelLeft(), `${await pageRight()} lies below ${await panelLeft()}`);
  assert.equal(await panelLeft(), 1280 - 380);
  const grip = page.locator('sowhat-panel .grip');
  await grip.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await panelLeft(), 1280 - 420);
  assert.ok(await pageRight() <= await panelLeft());
  await page.reload();
  await words(page).waitFor();
  assert.equal(await panelLeft(), 1280 - 420, 'the width is remembered');
  const box = await grip.boundingBox();
  await page.mouse.move(box.x + 4, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + 64, 400, { steps: 4 });
  await page.mouse.up();
  assert.ok(Math.abs(await panelLeft() - (1280 - 360)) <= 5, 'it can be dragged');
  // Folded, it is a tab that covers nothing; Escape gives the focus back to where it was.
  await page.locator('main a').first().focus();
  await page.keyboard.press('Alt+Shift+KeyB');
  assert.equal(await panelLeft(), 1280 - 40);
  assert.ok(await pageRight() <= await panelLeft());
  await page.keyboard.press('Alt+Shift+KeyB');
  assert.equal(await focused(page), 'toggle');
  await page.keyboard.press('Tab');
  assert.notEqual(await focused(page), null, 'its parts can be reached');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), null);
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'a');
  await page.reload();
  await words(page).waitFor();
  assert.equal(await panelLeft(), 1280 - 40, 'that it is folded is remembered');
  // In a narrow window it is a bar at the foot, and a sheet when it is opened.
  await page.setViewportSize({ width: 375, height: 720 });
  await page.locator('sowhat-panel .sheet.folded').waitFor();
  await page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight * 2, behavior: 'instant' }));
  const [foot, bar] = await page.evaluate(() => [document.body.getBoundingClientRect().bottom,
    document.querySelector('sowhat-panel').shadowRoot.querySelector('.panel').getBoundingClientRect().top]);
  assert.ok(foot <= bar + 1, `the end of the page, ${foot}, can be read above the bar, ${bar}`);
  await page.locator('sowhat-panel .toggle').click();
  await page.locator('sowhat-panel .sheet.open h2').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('sowhat-panel .sheet.folded').waitFor();
  // The page has no trace of it.
  assert.equal(await page.evaluate(() => document.documentElement.getAttribute('style')), null);
}

/** A thousand pages are listed in windows, found by words and by state, and followed while they change. */
async function siteView(stage) {
  for (let idx = 0; idx < 1000; idx += 1) {
    stage.write(`content/scene/p${idx}.md`, idx % 100 ? `---\nkind: page\ntitle: Page ${idx} of many\n---\n\nShort.\n` : piece(`Piece ${idx} of many`, 'draft: true\n'));
  }
  const page = await (await stage.context()).newPage();
  page.on('pageerror', (error) => stage.troubles.push(String(error)));
  await page.goto(new URL('/_sowhat/', stage.url).href);
  const rows = page.locator('#pages > li');
  const counts = (number) => page.waitForFunction((wanted) => document.querySelectorAll('#pages > li').length === wanted, number);
  await counts(50);
  await page.fill('#words', 'page 77');
  await counts(19);
  await page.fill('#words', '');
  await page.locator('#show label:has-text("Drafts")').click();
  await counts(10);
  assert.match(page.url(), /show=drafts/);
  await page.reload();
  await counts(10);
  stage.write('content/scene/p0.md', piece('Piece 0 of many', 'draft: true\n').replace(/^audience:.*$/m, 'audience: everyone'));
  await page.locator('#pages .found .error').waitFor();
  await rows.first().locator('summary').click();
  await rows.first().locator('.finding.error .excerpt').first().waitFor();
  await page.locator('#show label:has-text("All")').click();
  await page.locator('#on').click();
  await page.locator('#count:has-text("51 to 100 of")').waitFor();
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'words');
  await page.fill('#words', 'decide what');
  await counts(1);
  await rows.locator('a.name').click();
  await page.waitForURL(`**/${AT}`);
}

/** So many seconds of silence: a WAV file of 8,000 samples a second. */
function silence(seconds) {
  const samples = 8000 * seconds;
  const file = Buffer.alloc(44 + samples, 128);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(8000, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  return file;
}

export const scenes = [
  typing, linesAbove, playing, styles, audience, states, faults, brokenAtTheStart, editedElsewhere, vanished, manyAtOnce, reconnecting,
  besideThePage, siteView,
];
