// shots.mjs <JOB: takes the pictures that .ci/shots wants, and prints their names.
import { launch, newContext, readJob } from './chromium.mjs';

const job = await readJob();
const browser = await launch(job);
const written = [];

for (const { path, file, width, colorScheme, media } of job.shots) {
  const viewport = { width, height: width < 600 ? 812 : 900 };
  const context = await newContext(browser, job, { viewport, colorScheme: colorScheme ?? 'light' });
  const tab = await context.newPage();
  if (media) await tab.emulateMedia({ media });
  await tab.goto(job.origin + path, { waitUntil: 'load' });
  await tab.evaluate(() => document.fonts.ready);
  await tab.screenshot({ path: `${file}.png`, fullPage: true });
  written.push(`${file}.png`);
  if (media === 'print') {
    await tab.pdf({ path: `${file}.pdf`, preferCSSPageSize: true, printBackground: true });
    written.push(`${file}.pdf`);
  }
  await context.close();
}
await browser.close();
console.log(JSON.stringify(written));
