// Starts Chromium for the scripts beside this file. The site is visited under its own origin, so that its
// security policy means what it will mean: requests there are answered by the local server, all others are
// refused and reported.
import path from 'node:path';
import { createRequire } from 'node:module';

const FLAGS = [
  '--no-sandbox', // CI runs as root
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-extensions',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

export async function readJob() {
  let text = '';
  for await (const chunk of process.stdin) text += chunk;
  const job = JSON.parse(text);
  return { ...job, require: createRequire(path.join(job.tools, 'package.json')) };
}

export function launch(job) {
  const { chromium } = job.require('playwright-core');
  return chromium.launch({ executablePath: job.browser, headless: true, args: FLAGS });
}

/** A new context in which only the site answers. `onTrouble` hears of every other request, and of every
 *  one that fails: Chromium does not tell of a response that it refuses to use. */
export async function newContext(browser, job, options, onTrouble = () => {}) {
  const context = await browser.newContext({ reducedMotion: 'reduce', serviceWorkers: 'block', ...options });
  await context.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return route.continue();
    if (url.origin !== job.origin) {
      onTrouble(url.href, 'off the site');
      return route.abort();
    }
    const local = `http://127.0.0.1:${job.port}${url.pathname}${url.search}`;
    const response = await fetch(local, { redirect: 'manual' });
    const body = Buffer.from(await response.arrayBuffer());
    if (response.status >= 400) onTrouble(url.href, response.status);
    return route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body });
  });
  return context;
}
