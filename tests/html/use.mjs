#!/usr/bin/env node
// use.mjs TOOLS FOLDER: uses the reports that reports.py wrote in headless Chromium, as a reader does: searches, filters, sorts,
// opens by keyboard and by address, switches the theme, looks whether charts were drawn. TOOLS holds playwright-core
// (tool/node_modules). Also says how soon each page can be used.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, folder] = process.argv.slice(2).map((argument) => path.resolve(argument));
const { chromium } = createRequire(path.join(tools, 'tool/package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const problems = [];
let checks = 0;

async function open(name, { hash = '', width = 1280, colorScheme = 'light', script = true } = {}) {
  const context = await browser.newContext({ colorScheme, javaScriptEnabled: script, viewport: { width, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`${name}: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') problems.push(`${name}: ${message.text()}`); });
  page.on('dialog', (dialog) => { problems.push(`${name}: a name ran as a script`); dialog.dismiss(); });
  await page.goto(pathToFileURL(path.join(folder, name)).href + hash);
  return page;
}
function expect(name, what, got, wanted) {
  checks += 1;
  if (got !== wanted) problems.push(`${name}: ${what}: ${JSON.stringify(got)}, expected ${JSON.stringify(wanted)}`);
}
const count = (page, selector) => page.locator(selector).count();

{ // 5,000 budgets: paged, searched, filtered, sorted
  const name = 'many.html';
  const page = await open(name);
  expect(name, 'rows of a page', await count(page, '#verdict-rows details'), 50);
  await page.keyboard.press('/');
  await page.keyboard.type('entry-1940');
  expect(name, 'rows that a search finds', await count(page, '#verdict-rows details'), 1);
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.locator('.chips button.unclear').click();
  expect(name, 'only what is unclear', await count(page, '#verdict-rows details:not(.unclear)'), 0);
  await page.locator('.chips button.unclear').click();
  await page.selectOption('select[aria-label="Metric"]', 'queries.count');
  expect(name, 'budgets of one metric', (await page.locator('[role=status]').innerText()).startsWith('1000 of 5000'), true);
  await page.selectOption('select[aria-label="Metric"]', '');
  await page.locator('#verdict-head button', { hasText: 'change' }).click();
  const changes = await page.locator('#verdict-rows .nums span:nth-child(3)').allInnerTexts();
  const shares = changes.map((text) => Number((text.match(/\(([-+][\d.]+)%\)/) || [])[1] ?? 0));
  expect(name, 'sorted by change', shares.every((share, i) => i === 0 || shares[i - 1] >= share - 0.06), true);
  await page.locator('#verdict-pager button', { hasText: 'Next' }).click();
  expect(name, 'the next page', (await page.locator('#verdict-pager .status').innerText()), '51 to 100 of 5000');
  await page.context().close();
}
{ // an address opens a verdict on any page, and its history is drawn
  const name = 'base.html';
  const id = readFileSync(path.join(folder, name), 'utf8').match(/id="(v\d+)"><summary>[^\n]*?<b>main-js<\/b>/)[1];
  const page = await open(name, { hash: `#${id}` });
  expect(name, `#${id} is open`, await page.locator(`#${id}`).evaluate((row) => row.open), true);
  const charts = (await count(page, 'script')) === 5;
  if (charts) {
    expect(name, 'the history has its line and its limit', await count(page, `#${id} .chart svg path[stroke-dasharray]`) >= 1, true);
    await page.locator('#parts').scrollIntoViewIfNeeded();
    await page.waitForSelector('.treemap svg', { timeout: 5000 });
    expect(name, 'the treemap has areas', await count(page, '.treemap svg path') > 10, true);
  } else {
    console.log('no charts in this build: they were not looked at');
  }
  expect(name, 'parts that grew are said', await count(page, '#part-view td.bad') > 0, true);
  await page.locator('#theme').click();
  await page.locator('#theme').click();
  expect(name, 'the theme is dark', await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(13, 17, 23)');
  await page.locator('#v0 summary').focus();
  await page.keyboard.press('Enter');
  expect(name, 'a key opens a verdict', await page.locator('#v0').evaluate((row) => row.open), true);
  await page.context().close();
}
{ // without scripts everything is there, and opens
  const name = 'shop.html';
  const page = await open(name, { script: false });
  await page.locator('#v0 summary').click();
  expect(name, 'without scripts a verdict opens', await page.locator('#v0 .body').isVisible(), true);
  expect(name, 'without scripts the findings are there', await count(page, '#findings details') > 0, true);
  await page.context().close();
}
for (const name of ['shop.html', 'base.html', 'green.html', 'many.html', 'hostile.html']) {
  for (const width of [360, 768, 1280]) { // everything open: nothing makes the page scroll sideways
    const page = await open(name, { width, colorScheme: width === 360 ? 'dark' : 'light' });
    await page.evaluate(() => { for (const row of document.querySelectorAll('details')) row.open = true; });
    await page.waitForTimeout(200);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(name, `sideways scroll at ${width} with everything open`, over, 0);
    if (width === 1280) {
      const ready = await page.evaluate(() => Math.round(performance.getEntriesByType('navigation')[0].domInteractive));
      const done = await page.evaluate(() => Math.round(performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd));
      console.log(`${name}: interactive after ${ready} ms, scripts done after ${done} ms`);
      expect(name, 'usable within five seconds', done < 5000, true);
    }
    await page.context().close();
  }
}
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`use.mjs: ${checks} checks, ${problems.length} problems`);
process.exit(problems.length ? 1 : 0);
