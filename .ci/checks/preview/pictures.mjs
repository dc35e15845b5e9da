// Pictures of the panel, the overlay and the site view, for people to look at.
import fs from 'node:fs';
import path from 'node:path';
import { PIECE, piece } from './stage.mjs';

const BODY = `So far so good, see [the survey](https://example.org/survey) and [the other one](https://example.net/other).\n\n${
  Array.from({ length: 14 }, (_, idx) => `## Part ${idx + 1}\n\n${'A paragraph about prices and what they say. '.repeat(8)}\n`).join('\n')}`;

const STATES = {
  publishable: piece('Price the outcome, not the hour', '', BODY),
  closed: piece('Sell everything to everyone', '', BODY).replace(/^audience:.*$/m, 'audience: everyone').replace(/ {2}- do: .*\n(?: {4}.*\n)*/, '  - Be agile\n  - do: TBD\n    by: soon\n'),
  draft: piece('A thought that is not finished', 'draft: true\n', BODY),
  scheduled: piece('What the budget will change', 'publish_on: 2099-04-01\n', BODY),
  gated: piece('The benchmark in figures', 'gate: { reason: the figures belong to a client, until: 2099-12-31, form_url: https://example.org/ask, abstract: What it says. }\n', BODY),
};

export async function takePictures(stage, folder) {
  fs.mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(STATES)) stage.write(`content/scene/${name}.md`, text);
  for (const name of Object.keys(STATES)) {
    for (const [width, height, scheme] of [[1440, 900, 'light'], [1440, 900, 'dark'], [1024, 768, 'light'], [375, 720, 'light']]) {
      const context = await stage.context({ viewport: { width, height }, colorScheme: scheme });
      const page = await stage.visit(`scene/${name}/`, context);
      await page.waitForTimeout(250);
      await page.screenshot({ path: path.join(folder, `${name}-${width}-${scheme}.png`) });
      if (width === 375) {
        await page.locator('sowhat-panel .toggle').click();
        await page.waitForTimeout(250);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-sheet.png`) });
      } else if (name === 'publishable' && scheme === 'light') {
        await page.keyboard.press('Alt+Shift+KeyB');
        await page.waitForTimeout(250);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-folded.png`) });
      }
      await context.close();
    }
  }
  stage.write('templates/piece.html', '{% extends "base.html" %}\n{% block main %}\n{{ page.title\n{% endblock %}\n');
  for (const [width, height] of [[1440, 900], [375, 720]]) {
    const page = await stage.visit(undefined, await stage.context({ viewport: { width, height } }));
    await page.locator('sowhat-panel .overlay').waitFor();
    await page.screenshot({ path: path.join(folder, `fault-${width}.png`) });
  }
  stage.remove('templates');
  const page = await stage.visit();
  stage.write('content/scene/draft.md', STATES.draft.replace('So far', 'Until now'));
  await page.locator('sowhat-panel .edited').waitFor();
  await page.screenshot({ path: path.join(folder, 'edited-1200.png') });
  stage.move(PIECE, 'content/scene/moved.md');
  await page.locator('sowhat-panel .gone').waitFor();
  await page.screenshot({ path: path.join(folder, 'gone-1200.png') });
  stage.move('content/scene/moved.md', PIECE);
  for (const [width, height, colorScheme] of [[1440, 900, 'light'], [1440, 900, 'dark'], [375, 720, 'light']]) {
    const view = await (await stage.context({ viewport: { width, height }, colorScheme })).newPage();
    await view.goto(new URL('/_sowhat/', stage.url).href);
    await view.locator('#pages li').first().waitFor();
    await view.locator('#pages summary').first().click();
    await view.screenshot({ path: path.join(folder, `site-${width}-${colorScheme}.png`) });
  }
}
