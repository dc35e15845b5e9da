// What the scenes of the preview's check share: a site that is written to, a preview of it, pages in Chromium.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createRequire } from 'node:module';
import { launch } from '../chromium.mjs';

/** The piece that `sowhat init` writes, and its address below the site. */
export const PIECE = 'content/insights/decide-what-the-reader-will-do.md';
export const AT = 'insights/decide-what-the-reader-will-do/';

/** The longest that anything may take; a machine with much else to do is slow. */
const PATIENCE = 15_000;

export class Stage {
  constructor({ tools, browserPath, sowhat, folder }) {
    Object.assign(this, { tools, browserPath, sowhat, folder });
    this.contexts = [];
    this.troubles = [];
  }

  async open() {
    const made = spawnSync(this.sowhat, ['init', this.folder, '-q'], { stdio: 'inherit' });
    if (made.status !== 0) throw new Error('`sowhat init` failed');
    this.original = this.read(PIECE);
    this.browser = await launch({ require: createRequire(path.join(this.tools, 'package.json')), browser: this.browserPath });
    await this.start();
  }

  async close() {
    await this.browser?.close();
    this.server?.kill('SIGKILL');
  }

  /** Starts the preview, on the same port as before if there was one. */
  async start(...args) {
    this.port ??= await freePort();
    const server = spawn(this.sowhat, ['serve', '-q', '-r', this.folder, '-p', String(this.port), ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.server = server;
    this.url = await new Promise((resolve, reject) => {
      server.stdout.once('data', (text) => resolve(String(text).trim()));
      server.once('exit', (code) => reject(new Error(`the preview ended with ${code}`)));
    });
  }

  /** Ends the preview as Ctrl-C does: cleanly, at once. */
  async stop() {
    const ended = new Promise((resolve) => { this.server.once('exit', (code) => resolve(code)); });
    const began = Date.now();
    this.server.kill('SIGINT');
    const code = await ended;
    if (code !== 0 || Date.now() - began > 2000) throw new Error(`Ctrl-C ended the preview with ${code} after ${Date.now() - began} ms`);
  }

  file(name) {
    return path.join(this.folder, name);
  }

  read(name) {
    return fs.readFileSync(this.file(name), 'utf8');
  }

  write(name, contents) {
    fs.mkdirSync(path.dirname(this.file(name)), { recursive: true });
    fs.writeFileSync(this.file(name), contents);
  }

  remove(name) {
    fs.rmSync(this.file(name), { recursive: true });
  }

  move(from, to) {
    fs.renameSync(this.file(from), this.file(to));
  }

  /** A browser of its own: nothing is shared with another context. */
  async context(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1200, height: 760 }, ...options });
    this.contexts.push(context);
    return context;
  }

  /** A page with its panel there. */
  async visit(at = AT, context = null) {
    const page = await (context ?? await this.context()).newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on('pageerror', (error) => this.troubles.push(`error in ${page.url()}: ${error.stack}`));
    await page.goto(new URL(at, this.url).href);
    await page.locator('sowhat-panel .words').waitFor();
    return page;
  }

  /** The site as it was, for the next scene. */
  async reset() {
    for (const context of this.contexts.splice(0)) await context.close();
    this.write(PIECE, this.original);
    for (const name of ['templates', 'static', 'content/scene']) fs.rmSync(this.file(name), { recursive: true, force: true });
    if (this.troubles.length) throw new Error(this.troubles.splice(0).join('\n'));
  }
}

async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address();
  await new Promise((resolve) => { server.close(resolve); });
  return port;
}

/** Marks the page, so that a navigation would show. */
export const mark = (page) => page.evaluate(() => { window.isSame = true; });
export const isSame = (page) => page.evaluate(() => window.isSame === true);

/** The panel in a tone: `good`, `warning`, `error`, `lost`, `quiet`. */
export const tone = (page, name) => page.locator(`sowhat-panel .panel.${name}`).waitFor();

/** A front matter with everything in it that opens the gate, and room for more. */
export const piece = (title, more = '', body = 'A paragraph.') => `---
title: ${title}
description: One sentence about it.
date: 2026-01-15
audience: { role: CFO, at: mid-size consultancies, situation: renewing contracts }
objective:
  outcome: strengthen-position
  change: Finance leaders ask for an outcome quote before their renewal round
  measure: { metric: outcome quotes requested by named accounts, target: 12, by: 2027-03-31 }
so_what: Firms that sell hours fund their clients' automation out of their own margin.
guidance:
  - do: Re-quote your three largest renewals by outcome before you discuss rates
    who: CFO with the client partner
    by: the next renewal round
    done_when: each quote names one result the client can check
${more}---

${body}
`;
