// search.mjs <JOB: uses the search page as a reader would, with the mouse away, and prints what is wrong as JSON.
import { launch, newContext, readJob } from './chromium.mjs';

const job = await readJob();
const browser = await launch(job);
const findings = [];
const add = (message) => findings.push(message);
const context = await newContext(browser, job, { viewport: { width: 1280, height: 800 } }, (url, why) => add(`asks for ${url}: ${why}`));
const tab = await context.newPage();
tab.setDefaultTimeout(10_000);
tab.on('pageerror', (error) => add(`script error: ${error.message ?? error}`));

const results = () => tab.locator('.search-results a').allTextContents();
const focused = () => tab.evaluate(() => document.activeElement?.textContent || document.activeElement?.id);
const answered = (told) => tab.waitForFunction((told) => document.querySelector('.search-status').textContent !== told, told);
const told = () => tab.locator('.search-status').textContent();
const expect = (isSo, message) => isSo || add(message);

/** Does something that changes what is found, and waits until it has. */
async function ask(how) {
  const before = await told();
  await how();
  await answered(before);
}

try {
  await tab.goto(job.origin + job.path);
  await tab.locator('#search-q').waitFor();
  const asked = await tab.evaluate(() => performance.getEntriesByType('resource').map((e) => e.name).filter((name) => /words-/.test(name)));
  expect(asked.length === 0, `loads ${asked.length} files of the index before anybody asks`);

  // `/` leads to the question; the title of a page finds that page.
  await tab.keyboard.press('/');
  expect((await focused()) === 'search-q', 'the key / does not lead to the question');
  await ask(() => tab.keyboard.insertText(job.title));
  const found = await results();
  expect(found.includes(job.title), `\u201c${job.title}\u201d does not find the page of that title, but ${found.length} others`);

  // Down into the results, back up, and Enter opens what has the focus.
  await tab.keyboard.press('ArrowDown');
  expect((await focused()) === found[0], 'the arrow down does not lead from the question to the first result');
  await tab.keyboard.press('ArrowUp');
  expect((await focused()) === 'search-q', 'the arrow up does not lead from the first result to the question');
  await tab.keyboard.press('ArrowDown');
  const target = await tab.evaluate(() => document.activeElement.href);
  await Promise.all([tab.waitForURL(target), tab.keyboard.press('Enter')]);
  await Promise.all([tab.waitForURL((url) => url.searchParams.get('q') === job.title), tab.goBack()]);
  await tab.waitForFunction((n) => document.querySelectorAll('.search-results a').length === n, found.length);

  // Escape begins again; what nobody wrote is not found.
  await tab.locator('#search-q').focus();
  await ask(() => tab.keyboard.press('Escape'));
  expect((await tab.locator('#search-q').inputValue()) === '', 'Escape does not empty the question');
  await ask(() => tab.keyboard.insertText('xqzvwyk'));
  expect((await results()).length === 0, 'a word that nobody wrote finds something');
  await ask(() => tab.keyboard.press('Escape'));

  // Each filter alone finds as many pages as it says, and stands in the address.
  for (const select of await tab.locator('.search-filter:not([hidden]) select').all()) {
    const name = await select.getAttribute('name');
    const option = await select.locator('option').nth(1).textContent();
    const count = Number(option.match(/\((\d+)\)$/)?.[1]);
    await ask(() => select.selectOption({ index: 1 }));
    expect((await told()).startsWith(`${count} `), `the filter ${name} says \u201c${option}\u201d and finds \u201c${await told()}\u201d`);
    expect(new URL(tab.url()).searchParams.has(name), `the filter ${name} does not stand in the address`);
    await ask(() => select.selectOption({ index: 0 }));
  }
} catch (error) {
  add(`cannot be used: ${error.message.split('\n')[0]}`);
}
await browser.close();
process.stdout.write(JSON.stringify(findings));
