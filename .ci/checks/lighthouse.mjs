// lighthouse.mjs <JOB: the scores of pages that are served under their own address, as JSON.
import { pathToFileURL } from 'node:url';
import { readJob } from './chromium.mjs';

const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
const job = await readJob();
const load = async (name) => import(pathToFileURL(job.require.resolve(name)).href);
const { default: lighthouse } = await load('lighthouse');
const { launch } = await load('chrome-launcher');

const chrome = await launch({ chromePath: job.browser, chromeFlags: FLAGS });
const pages = [];
try {
  for (const { name, url } of job.pages) {
    const { lhr } = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error' });
    const scores = Object.fromEntries(Object.values(lhr.categories).map(({ id, score }) => [id, Math.round(score * 100)]));
    const failed = Object.values(lhr.audits)
      .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode !== 'informative')
      .map((audit) => `${audit.id}: ${audit.title}`);
    pages.push({ name, scores, failed });
  }
} finally {
  chrome.kill();
}
console.log(JSON.stringify({ pages }));
