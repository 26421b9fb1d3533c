// Tests of the dossier page in a real browser (`npm test`; CHROMIUM names another browser than /usr/bin/chromium).
//
// In: the template filled with sample.json. Out: pass or fail. The page is opened from a file with the network switched off; what the
// panel marks is compared with the words cut from the report by code points, without asking the page.
//
// Invariant: no network, no clock, no picture is compared.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { fill, part, sample, seal } from "./fill.mjs";

const folder = mkdtempSync(join(tmpdir(), "dossier-"));
let browser;
before(async () => { browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] }); });
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

let written = 0;
/** Opens a page with data; `faults` gathers everything that must not happen: errors, alerts, requests. */
async function open({ data = sample(), width = 1280, height = 900, colorScheme = "light", hash = "", touch = false } = {}) {
  const file = join(folder, `${written += 1}.html`);
  writeFileSync(file, fill(data));
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, offline: true, hasTouch: touch, reducedMotion: "reduce" });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => { if (["error", "warning"].includes(message.type()) && !message.text().startsWith("Throttling navigation")) faults.push(`console: ${message.text()}`); });
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("dialog", (dialog) => { faults.push(`alert: ${dialog.message()}`); dialog.dismiss(); });
  const address = pathToFileURL(file).href;
  page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`); });
  await page.goto(address + hash);
  return { page, faults, close: async () => { await context.close(); assert.deepEqual(faults, []); } };
}

/** The words of a cite, cut from its report by code points. */
const cut = (data, cite) => Array.from(data.reports.find((one) => one.key === cite.report).text).slice(...cite.at).join("");
/** Every cite in the data, wherever it stands. */
function* everyCite(value) {
  if (Array.isArray(value)) for (const one of value) yield* everyCite(one);
  else if (value && typeof value === "object") {
    if ("report" in value && "at" in value) yield value;
    else for (const one of Object.values(value)) yield* everyCite(one);
  }
}
const level = (text) => text.replace(/\s+/g, " ").trim();
const markedNow = async (page) => level((await page.locator("#panel mark.now").allTextContents()).join(""));
const cited = (page) => page.locator("#panel .here-link").evaluate((link) => decodeURIComponent(link.hash));

test("the template has each placeholder once, and its seals are those of the script and the style", () => {
  const page = part("page.html");
  for (const name of ["/*STYLE*/", "/*SCRIPT*/", "/*DATA*/"]) assert.equal(page.split(name).length, 2, name);
  assert.ok(page.includes(`script-src ${seal(part("dossier.js"))};`), "run `npm run seal`");
  assert.ok(page.includes(`style-src ${seal(part("style.css"))};`), "run `npm run seal`");
  assert.ok(page.includes("default-src 'none'"));
  for (const word of ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "XMLHttpRequest", "Math.random", "Date.now", "</script", "<!--"]) {
    assert.ok(!part("dossier.js").includes(word), word);
  }
  assert.ok(!/@import|url\(/.test(part("style.css")));
  assert.ok(part("outlines.json").length < 250_000);
});

test("the cites of the sample hold", () => {
  const data = sample();
  let n = 0;
  for (const cite of everyCite(data)) {
    assert.equal(cut(data, cite), cite.words);
    n += 1;
  }
  assert.ok(n > 100);
});

test("loads without a network, an error or a request, and the same data draw the same page", async () => {
  const drawn = [];
  for (let i = 0; i < 2; i += 1) {
    const { page, close } = await open();
    assert.equal(await page.locator("main > section").count(), 9);
    assert.equal(await page.title(), "The Zarumilla canal: Peru and Ecuador · Rapporteur");
    drawn.push(await page.locator("main").evaluate((main) => main.outerHTML));
    await close();
  }
  assert.equal(drawn[0], drawn[1]);
});

test("hostile text is shown as text", async () => {
  const data = sample();
  data.title = "</title></script><script>alert(9)</script>/*SCRIPT*/ /*DATA*/ $& <b>bold</b>\u2028";
  data.made.model = "<img src=x onerror=alert(4)>";
  const { page, close } = await open({ data });
  assert.equal(await page.locator("h1").textContent(), data.title);
  assert.equal(await page.locator("img, b:not([aria-hidden]), iframe, main script, [onmouseover], [onerror]").count(), 0);
  assert.ok((await page.locator("#stances").textContent()).includes("<script>alert(1)</script>"));
  assert.ok((await page.locator("#stances").textContent()).includes(`Law 30"onmouseover="alert(3)"`));
  await page.locator(".stance", { hasText: "rejects" }).last().click();
  assert.equal(await markedNow(page), `</script><img src=x onerror="alert(1)"> & the ceasefire &lt;is over&gt;`);
  assert.ok((await page.locator("#panel h3").textContent()).includes("</script><img src=x onerror=alert(1)>"));
  assert.equal(await page.locator("img, [onmouseover], [onerror]").count(), 0);
  for (const one of await page.locator("#panel *").all()) await one.hover({ force: true, timeout: 500 }).catch(() => {});
  await close();
});

test("the page's policy stops a script that is not its own", async () => {
  const { page, faults } = await open();
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.broken = true";
    document.body.append(script);
  });
  assert.equal(await page.evaluate(() => window.broken), undefined);
  assert.ok(faults.some((fault) => fault.includes("Content Security Policy")));
  await page.context().close();
});

test("every cell of the matrix opens its words, by code points, and steps through all of them", async () => {
  const data = sample();
  assert.ok(data.reports.some((one) => /^\p{Extended_Pictographic}/u.test(one.text)), "a report must begin with an emoji");
  const { page, close } = await open({ data });
  const cells = page.locator(".stance");
  assert.equal(await cells.count(), data.positions.length);
  for (const position of data.positions) {
    const party = data.actors.find((one) => one.key === position.party).name;
    const proposal = data.proposals.find((one) => one.key === position.proposal).name;
    const column = data.proposals.findIndex((one) => one.key === position.proposal);
    const row = page.locator(".matrix tbody tr").filter({ has: page.getByRole("rowheader", { name: party, exact: true }) });
    await row.locator("td").nth(column).locator(".stance").click();
    assert.equal(await page.locator("#panel-title").textContent(), `${party} on ${proposal}`);
    const wanted = [];
    for (const cite of everyCite([position.cites, position.reservations, position.history])) if (!wanted.some((one) => one.report === cite.report && String(one.at) === String(cite.at))) wanted.push(cite);
    for (const [i, cite] of wanted.entries()) {
      if (i) await page.locator("#panel .after").click();
      assert.equal(await markedNow(page), level(cut(data, cite)));
      assert.equal(await cited(page), `#at/${cite.report}/${cite.at.join("-")}`);
      assert.equal(await page.evaluate(() => location.hash), `#at/${cite.report}/${cite.at.join("-")}`);
      assert.ok(await page.locator("#panel .here").first().isVisible());
      const inside = await page.locator("#panel mark.now").first().evaluate((mark) => {
        const [a, b] = [mark.getBoundingClientRect(), mark.closest(".text").getBoundingClientRect()];
        return a.top >= b.top && a.bottom <= b.bottom;
      });
      assert.ok(inside, "the words are scrolled into view");
    }
    await page.keyboard.press("Escape");
  }
  await close();
});

test("what a person corrected says so, with the reason, and nothing else does", async () => {
  const data = sample();
  const { page, close } = await open({ data });
  await page.locator(".stance").first().waitFor();
  const opened = async (position) => {
    const party = data.actors.find((one) => one.key === position.party).name;
    const row = page.locator(".matrix tbody tr").filter({ has: page.getByRole("rowheader", { name: party, exact: true }) });
    await row.locator("td").nth(data.proposals.findIndex((one) => one.key === position.proposal)).locator(".stance").click();
    const text = level(await page.locator("#panel").textContent());
    await page.keyboard.press("Escape");
    return text;
  };
  const [one] = data.reviewed;
  const rests = (position) => [...everyCite([position.cites, position.reservations, position.history])].some((cite) => cite.report === one.report && String(cite.at) === String(one.at));
  assert.ok(data.positions.some(rests) && !data.positions.every(rests));
  for (const position of data.positions) assert.equal((await opened(position)).includes(`${one.told}: ${one.reason}`), rests(position));
  await close();
});

test("everything that opens, opens words that stand in a report", async () => {
  const data = sample();
  const { page, close } = await open({ data });
  for (const fold of await page.locator("main details").all()) await fold.evaluate((one) => { one.open = true; });
  const openers = await page.locator("main [data-entry]").all();
  assert.ok(openers.length > 120);
  const cites = new Map([...everyCite(data)].map((cite) => [`#at/${cite.report}/${cite.at.join("-")}`, cite]));
  for (const opener of openers) {
    await opener.evaluate((one) => (one.click ? one.click() : one.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))));
    const cite = cites.get(await cited(page));
    assert.ok(cite, await opener.textContent());
    assert.equal(await markedNow(page), level(cut(data, cite)));
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("#panel[open]").count(), 0);
  }
  for (const one of await page.locator("#sources [data-report]").all()) {
    await one.click();
    assert.ok((await page.locator("#panel .text").textContent()).length > 100);
    await page.keyboard.press("Escape");
  }
  await close();
});

test("words that do not stand where the entry says are called out", async () => {
  const data = sample();
  data.positions[0].cites = [{ report: "r08", at: [3, 9], words: "another truce" }];
  data.positions[1].cites = [{ report: "gone", at: [0, 4], words: "none" }];
  const { page, close } = await open({ data });
  await page.locator(".stance").first().click();
  assert.match(await page.locator("#panel .fault").textContent(), /do not stand where the entry says/);
  await page.keyboard.press("Escape");
  await page.locator("#stances tbody tr").nth(1).locator(".stance").first().click();
  assert.match(await page.locator("#panel .fault").textContent(), /not part of this dossier/);
  await close();
});

test("keyboard: Tab reaches everything, arrows walk the matrix, Escape closes and the focus returns", async () => {
  const { page, close } = await open();
  const reached = new Set();
  await page.evaluate(() => document.querySelectorAll("a[href], button, input, summary, [tabindex='0']").forEach((one, i) => { one.dataset.stop = i; }));
  const stops = await page.locator("[data-stop]").evaluateAll((all) => all.filter((one) => one.checkVisibility?.() ?? true).map((one) => one.dataset.stop));
  await page.evaluate(() => document.body.focus());
  for (let i = 0; i < stops.length + 5; i += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      return { stop: one.dataset?.stop, tag: one.tagName, seen: box.bottom > 0 && box.top < innerHeight, ring: getComputedStyle(one).outlineStyle !== "none" || getComputedStyle(one.querySelector?.(".hit") ?? one).stroke !== "none" };
    });
    if (now.stop === undefined) continue;
    assert.ok(now.seen && now.ring, `focus is seen on ${now.tag} ${now.stop}`);
    reached.add(now.stop);
  }
  const folded = await page.locator("main details:not([open]) [data-stop]:not(summary)").evaluateAll((all) => all.map((one) => one.dataset.stop));
  assert.deepEqual(stops.filter((stop) => !reached.has(stop) && !folded.includes(stop)), []);

  await page.locator(".stance").first().focus();
  const where = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  assert.match(await where(), /^Peru on Thirty-day truce: for, but, conditional, 2 reservations, since 9 April 2026$/);
  await page.keyboard.press("ArrowRight");
  assert.match(await where(), /^Peru on Joint border commission/);
  await page.keyboard.press("ArrowDown");
  assert.match(await where(), /^Ecuador on Joint border commission/);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowDown");
  assert.match(await where(), /^Condor Front on Thirty-day truce/);
  await page.keyboard.press("ArrowDown");
  assert.match(await where(), /^<script>/, "the arrow leaps over what is not stated");
  await page.locator(".stance").first().focus();
  await page.keyboard.press("End");
  assert.match(await where(), /^Peru on Demining/);
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("#panel[open]").count(), 1);
  assert.equal(await page.evaluate(() => document.activeElement.closest("dialog")?.id), "panel");
  for (let i = 0; i < 12; i += 1) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest("dialog"))), "the focus stays in the panel");
  }
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#panel[open]").count(), 0);
  assert.match(await where(), /^Peru on Demining/);
  assert.equal(await page.evaluate(() => location.hash), "");

  const link = page.locator(".timeline a").nth(2);
  await link.focus();
  const name = await where();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  assert.equal(await where(), name, "the focus returns to a sign of a picture");
  await close();
});

test("reservations show on hover, on focus and on tap", async () => {
  const { page, close } = await open();
  await page.locator(".stance").first().hover();
  assert.match(await page.locator("#tip").textContent(), /if the Front withdraws ten kilometres/);
  await page.mouse.move(0, 0);
  await page.waitForTimeout(300);
  assert.ok(await page.locator("#tip").isHidden());
  await page.keyboard.press("Tab");
  await page.locator(".stance").first().focus();
  assert.match(await page.locator("#tip").textContent(), /the Cenepa road is cleared/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-describedby")), "tip");
  await page.keyboard.press("Escape");
  assert.ok(await page.locator("#tip").isHidden());
  await close();
  const phone = await open({ width: 360, height: 740, touch: true });
  await phone.page.locator(".stance").first().tap();
  const told = phone.page.locator("#panel .told", { hasText: "if the Front withdraws ten kilometres" });
  assert.ok(await told.isVisible());
  await told.tap();
  assert.equal(await markedNow(phone.page), "if the Front withdraws ten kilometres");
  assert.equal(await told.getAttribute("aria-current"), "true");
  await phone.close();
});

test("an address leads to a section, to words and to a report", async () => {
  const data = sample();
  const cite = data.positions[2].cites[0];
  const words = await open({ hash: `#at/${cite.report}/${cite.at.join("-")}` });
  assert.equal(await words.page.locator("#panel-title").textContent(), "Condor Front on Thirty-day truce");
  assert.equal(await markedNow(words.page), cite.words);
  await words.page.keyboard.press("Escape");
  await words.page.evaluate(() => { location.hash = "#at/r02/0-3"; });
  await words.page.locator("#panel[open]").waitFor();
  assert.equal(await markedNow(words.page), Array.from(data.reports[1].text).slice(0, 3).join("").trim());
  await words.close();
  const section = await open({ hash: "#disputed" });
  assert.ok(await section.page.locator("#disputed-title").evaluate((one) => { const y = one.getBoundingClientRect().top; return y >= 0 && y < innerHeight; }));
  await section.close();
  for (const hash of ["#at/none/1-2", "#at/%zz", "#at/r01/9-2", "#at/r01/0-99999999", "#at/r01", "#nowhere", "#at/"]) await (await open({ hash })).close();
});

test("the filter works on all sections, knows other names, says so when nothing is left", async () => {
  const { page, close } = await open();
  const find = async (word) => {
    await page.locator("#filter").fill(word);
    await page.waitForTimeout(250);
  };
  await find("condor front");
  assert.deepEqual(await page.locator(".matrix tbody th").allTextContents(), ["Peru", "Condor Front"].filter((name) => name !== "Peru"));
  assert.match(await page.locator("#found").textContent(), /^\d+ of \d+ entries$/);
  assert.ok(await page.locator(".timeline a").count() >= 1);
  await find("LIMA commission");
  assert.equal(await page.locator(".stance").count(), 1);
  await find("cenepa quispe");
  assert.ok(await page.locator(".stance").count() >= 1);
  await find("lucia");
  assert.ok(await page.locator(".edge").count() === 1, "marks on letters do not matter");
  await find("nothing has these words");
  for (const id of ["state", "stances", "timeline", "network", "contacts", "incidents", "pledges", "disputed", "sources"]) {
    assert.match(await page.locator(`#${id} .nothing`).first().textContent(), /matches the filter/);
  }
  await page.locator("#filter").press("Escape");
  assert.equal(await page.locator(".stance").count(), sample().positions.length);
  await close();
});

test("no width makes the page scroll sideways", async () => {
  for (const width of [320, 360, 480, 735, 768, 1119, 1600]) {
    const { page, close } = await open({ width, height: 740 });
    for (const fold of await page.locator("main details").all()) await fold.evaluate((one) => { one.open = true; });
    const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await over(), 0, `at ${width}`);
    await page.locator(".stance").last().click();
    assert.equal(await over(), 0, `at ${width}, panel open`);
    const wide = await page.locator("#panel").evaluate((one) => [one.scrollWidth - one.clientWidth, ...[...one.querySelectorAll(".text, .card, .panel-head")].map((part) => part.scrollWidth - part.clientWidth)]);
    assert.ok(wide.every((n) => n <= 0), `panel at ${width}: ${wide}`);
    await close();
  }
});

test("labels of the pictures do not overlap", async () => {
  for (const width of [360, 820, 1280]) {
    const { page, close } = await open({ width });
    for (const picture of [".timeline .happening text, .timeline .lane-names text", ".network .node text", ".map text"]) {
      const clashes = await page.locator(picture).evaluateAll((all) => {
        const boxes = all.map((one) => [one.textContent, one.getBoundingClientRect()]);
        return boxes.flatMap(([name, a], i) => boxes.slice(i + 1).filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3).map(([other]) => `${name} / ${other}`));
      });
      assert.deepEqual(clashes, [], `${picture} at ${width}`);
      assert.ok(await page.locator(picture).count() > 3, picture);
    }
    await close();
  }
});

test("in print the matrix stands in full, light, without the guide", async () => {
  const { page, close } = await open({ colorScheme: "dark" });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.ok(await page.locator(".matrix").isVisible());
  assert.equal(await page.locator(".stance:visible").count(), sample().positions.length);
  assert.ok(await page.locator(".guide").isHidden());
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
  await close();
});

test("landmarks, headings, names and ids are in order", async () => {
  for (const width of [360, 1280]) {
    const { page, close } = await open({ width });
    const check = () => page.evaluate(() => {
      const faults = [];
      const seen = (one) => one.checkVisibility({ visibilityProperty: true });
      const name = (one) => (one.getAttribute("aria-label") ?? one.textContent).trim();
      for (const one of document.querySelectorAll("button, a, summary")) if (seen(one) && !name(one)) faults.push(`no name: ${one.outerHTML.slice(0, 90)}`);
      for (const one of document.querySelectorAll("input")) if (!one.labels.length) faults.push("an input without a label");
      const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
      faults.push(...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `id twice: ${id}`));
      for (const one of document.querySelectorAll("[aria-labelledby], [aria-describedby]")) {
        for (const id of `${one.getAttribute("aria-labelledby") ?? ""} ${one.getAttribute("aria-describedby") ?? ""}`.split(" ").filter(Boolean)) if (one.id !== "panel" && !document.getElementById(id)) faults.push(`names nothing: ${id}`);
      }
      const open = document.querySelector("dialog[open]");
      let last = open ? 1 : 0;
      for (const one of (open ?? document).querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        if (!seen(one)) continue;
        const level = Number(one.tagName[1]);
        if (level > last + 1) faults.push(`from h${last} to h${level}: ${one.textContent}`);
        last = level;
      }
      if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
      for (const [mark, n] of [["main", 1], ["body > header", 1], ["body > footer", 1], ["nav[aria-label]", 1], ["[role=search]", 1]]) if (document.querySelectorAll(mark).length !== n) faults.push(`landmark ${mark}`);
      for (const one of document.querySelectorAll("main > section")) if (!document.getElementById(one.getAttribute("aria-labelledby"))) faults.push(`section ${one.id}`);
      for (const one of document.querySelectorAll("table")) if (!one.caption || !one.querySelector("th[scope=col]")) faults.push("a table without caption or headings");
      for (const one of document.querySelectorAll("svg")) if (!one.closest("[aria-hidden=true]") && !one.getAttribute("aria-label")) faults.push("a picture without a name");
      for (const one of document.querySelectorAll("button button, a a, button a, a button")) faults.push(`nested: ${one.textContent}`);
      if (!document.documentElement.lang) faults.push("no language");
      return faults;
    });
    assert.deepEqual(await check(), []);
    await page.locator(".stance").first().click();
    assert.deepEqual(await check(), []);
    await close();
  }
});

test("text stands out from its ground by 4.5 to 1 or more, light and dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open({ colorScheme });
    const weak = () => page.evaluate(() => {
      const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgba = (color) => { paint.clearRect(0, 0, 1, 1); paint.fillStyle = color; paint.fillRect(0, 0, 1, 1); return [...paint.getImageData(0, 0, 1, 1).data]; };
      const over = (top, under) => top.slice(0, 3).map((c, i) => (c * top[3] + under[i] * (255 - top[3])) / 255);
      const ground = (one) => {
        const layers = [];
        for (let at = one; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
        return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255]);
      };
      const light = (c) => { const [r, g, b] = c.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
      const faults = new Set();
      for (const one of (document.querySelector("dialog[open]") ?? document.body).querySelectorAll("*")) {
        if (!one.checkVisibility() || one.closest("svg, script, noscript, [aria-disabled=true]") || ![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
        const under = ground(one);
        const [a, b] = [light(over(rgba(getComputedStyle(one).color), under)), light(under)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < 4.5) faults.add(`${one.tagName}.${one.className}: ${ratio.toFixed(2)}`);
      }
      const style = getComputedStyle(document.documentElement);
      const color = (name) => rgba(style.getPropertyValue(name).trim());
      for (const [text, under] of [["--ink", "--paper"], ["--soft", "--paper"], ["--soft", "--sunk"], ["--soft", "--land"], ["--accent", "--paper"], ["--side-for", "--sunk"], ["--side-but", "--sunk"], ["--side-against", "--sunk"], ["--ink", "--land"], ["--ink", "--sea"]]) {
        const [a, b] = [light(color(text)), light(color(under))].sort((x, y) => y - x);
        if ((a + 0.05) / (b + 0.05) < 4.5) faults.add(`${text} on ${under}: ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
      }
      return [...faults];
    });
    assert.deepEqual(await weak(), [], colorScheme);
    await page.locator(".stance").first().click();
    assert.deepEqual(await weak(), [], `${colorScheme}, panel`);
    await close();
  }
});

test("what is absent is said to be absent", async () => {
  for (const data of [{}, { title: null, as_of: null, made: null, reports: [], network: { nodes: [], edges: [] } }]) {
    const { page, close } = await open({ data });
    for (const id of ["state", "stances", "timeline", "network", "contacts", "incidents", "pledges", "disputed", "sources"]) {
      assert.match(await page.locator(`#${id} .nothing`).first().textContent(), /^No .+\.$/, id);
    }
    await close();
  }
  const { page, close } = await open();
  assert.ok((await page.locator("#stances .absent").count()) > 10);
  assert.match(await page.locator("#sources").textContent(), /day of publication not stated/);
  await close();
});

test("a page that the program wrote (DOSSIER) holds, offline, every word it cites", { skip: !process.env.DOSSIER && "no page was named" }, async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, offline: true });
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("dialog", (dialog) => { faults.push(`alert: ${dialog.message()}`); dialog.dismiss(); });
  const address = pathToFileURL(process.env.DOSSIER).href;
  page.on("request", (request) => { if (!request.url().startsWith(address) && !request.url().startsWith("data:")) faults.push(`request: ${request.url()}`); });
  await page.goto(address);
  const data = JSON.parse(await page.locator("#data").textContent());
  let n = 0;
  for (const cite of everyCite(data)) {
    assert.equal(cut(data, cite), cite.words);
    n += 1;
  }
  assert.ok(n > 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), "it scrolls sideways");
  const cells = page.locator(".stance");
  for (let i = 0; i < Math.min(await cells.count(), 12); i += 1) {
    await cells.nth(i).click();
    assert.ok((await page.locator("#panel mark.now").count()) > 0, `cell ${i} opens no words`);
    await page.keyboard.press("Escape");
  }
  await context.close();
  assert.deepEqual(faults, []);
});
