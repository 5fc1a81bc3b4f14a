// People at screens of their own: Debian's Chromium, signed in through the page. Screenshots of what they saw go to screenshots/, for
// whoever wants to look.

import {mkdirSync} from 'node:fs';
import path from 'node:path';

import {chromium} from 'playwright-core';

import {root} from '../integration/server/county.mjs';

const folder = path.join(root, 'tests/browser/screenshots');
export const phone = {width: 390, height: 844};
const wide = {width: 1280, height: 900};

export class Screens {
  static async open() {
    mkdirSync(folder, {recursive: true});
    const screens = new Screens();
    screens.browser = await chromium.launch({executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox']});
    return screens;
  }

  /** What the browser complained of (a broken policy, a missing file). */
  complaints = [];

  async close() {
    await this.browser.close();
  }

  /** A page of the server at `base`, signed in with a demonstration account. */
  async sit_down(base, username, viewport = wide) {
    const context = await this.browser.newContext({viewport, locale: 'zh-CN'});
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(`${username}: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(`${username}: ${message.text()} ${message.location().url}`));
    await page.goto(`${base}/sign-in`);
    await page.fill('input[name="username"]', username);
    await page.fill('input[name="password"]', `demo-${username}`);
    await page.locator('form:has(input[name="password"]) button[type="submit"]').first().click();
    await page.waitForURL(`${base}/`);
    return page;
  }
}

/** Where a screenshot goes. */
export const shot_path = (name) => path.join(folder, name);

/** No sideways scrolling. */
export const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
