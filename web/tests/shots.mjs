// Pictures of the page at several widths, light, dark and printed, for a person to look at (`npm run shots`).
//
// In: sample.json, or the JSON or page named as the argument. Out: shots/*.png and shots/page.html, which git ignores.
//
// Invariant: a test decides nothing by these pictures.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { fill, outlines, sample } from "./fill.mjs";

const folder = new URL("shots/", import.meta.url);
mkdirSync(folder, { recursive: true });
const given = process.argv[2];
const page = !given ? fill(sample()) : given.endsWith(".html") ? readFileSync(given, "utf8") : fill({ ...JSON.parse(readFileSync(given, "utf8")), outlines: outlines() });
writeFileSync(new URL("page.html", folder), page);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const views = [["wide", 1360, "light"], ["wide-dark", 1360, "dark"], ["tablet", 820, "light"], ["phone", 360, "light"], ["phone-dark", 360, "dark"]];
for (const [name, width, colorScheme] of views) {
  const context = await browser.newContext({ viewport: { width, height: width < 500 ? 740 : 900 }, colorScheme });
  const tab = await context.newPage();
  await tab.goto(new URL("page.html", folder).href);
  await tab.screenshot({ path: new URL(`${name}.png`, folder).pathname });
  const tall = await tab.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0, n = 0; y < tall; y += 1500, n += 1) {
    await tab.screenshot({ path: new URL(`${name}-${n}.png`, folder).pathname, fullPage: true, clip: { x: 0, y, width, height: Math.min(1500, tall - y) } });
  }
  await tab.locator(".stance").first().click();
  await tab.waitForTimeout(200);
  await tab.screenshot({ path: new URL(`${name}-panel.png`, folder).pathname });
  if (name === "wide") {
    await tab.keyboard.press("Escape");
    await tab.locator(".stance").first().hover();
    await tab.waitForTimeout(200);
    await tab.screenshot({ path: new URL("hint.png", folder).pathname });
    await tab.pdf({ path: new URL("print.pdf", folder).pathname, format: "A4" });
  }
  await context.close();
}
await browser.close();
