// The dossier: draws one page about a peace process from the JSON in #data.
//
// In: the object that README.md beside this file describes; every string in it is somebody's text. Out: the page. The idea:
// everything that can be opened is first made an *entry* (what it is called, what is told of it, and its quotes with their cites).
// The sections, the filter, the hint and the panel all work on entries, so a stance, a strike and a pledge open alike.
//
// Invariant: text of the data reaches the page only as text nodes and attribute values that are read as text, never as markup; there
// is no network, clock or randomness here; nothing that the data do not state is shown as stated.
"use strict";

(() => {
  // ---------------------------------------------------------------- Elements

  const SVG = "http://www.w3.org/2000/svg";

  /** Gives an element its attributes (a function is a listener) and children (a string is text). */
  function dress(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") element.addEventListener(name, value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }
  const make = (name, attributes, ...children) => dress(document.createElement(name), attributes, children);
  const draw = (name, attributes, ...children) => dress(document.createElementNS(SVG, name), attributes, children);
  const byId = (id) => document.getElementById(id);
  /** Text of the data, kept from turning the line around it when it runs right to left. */
  const said = (text, attributes) => make("bdi", attributes, text);
  const list = (value) => (Array.isArray(value) ? value : []);

  // ---------------------------------------------------------------- Words and days

  const ABSENT = "not stated";
  const MONTHS = "January February March April May June July August September October November December".split(" ");
  const PARTS = { MO: "morning", AF: "afternoon", EV: "evening", NI: "night", DT: "daytime" };
  const VAGUE = { PRESENT_REF: "at the time", PAST_REF: "in the past", FUTURE_REF: "in the future" };
  const DAY = 86400000;

  /** A TIMEX3 value in words; one that has no words here is shown as it stands. */
  function dayText(value) {
    if (!value) return ABSENT;
    if (VAGUE[value]) return VAGUE[value];
    let m = /^(\d{4})-(\d\d)-(\d\d)(?:T(.*))?$/.exec(value);
    if (m && MONTHS[m[2] - 1]) {
      const day = `${Number(m[3])} ${MONTHS[m[2] - 1]} ${m[1]}`;
      return m[4] ? `${day}, ${PARTS[m[4]] ?? m[4].replace(/^(\d\d:\d\d).*$/, "$1")}` : day;
    }
    if ((m = /^(\d{4})-(\d\d)$/.exec(value)) && MONTHS[m[2] - 1]) return `${MONTHS[m[2] - 1]} ${m[1]}`;
    if ((m = /^(\d{4})-W(\d\d)$/.exec(value))) return `week ${Number(m[2])} of ${m[1]}`;
    if ((m = /^PT?(\d+)([DWMYH])$/.exec(value))) {
      const unit = { D: "day", W: "week", M: "month", Y: "year", H: "hour" }[m[2]];
      return `within ${m[1]} ${unit}${m[1] === "1" ? "" : "s"}`;
    }
    return value;
  }

  /** A day without its year, where the year is plain from what stands beside it. */
  const shortDay = (value) => dayText(value).replace(/ \d{4}(?=$|,)/, "");

  /** Days since 1970 of the first (or last) day that a value names; null where it names none. */
  function dayNumber(value, last = false) {
    const m = /^(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|W(\d\d)))?(?:T.*)?$/.exec(value ?? "");
    if (!m) return null;
    const year = Number(m[1]);
    if (m[4]) {
      const fourth = Date.UTC(year, 0, 4) / DAY;
      return fourth - ((fourth + 3) % 7) + (m[4] - 1) * 7 + (last ? 6 : 0);
    }
    if (m[3]) return Date.UTC(year, m[2] - 1, m[3]) / DAY;
    if (m[2]) return last ? Date.UTC(year, Number(m[2]), 0) / DAY : Date.UTC(year, m[2] - 1, 1) / DAY;
    return last ? Date.UTC(year, 11, 31) / DAY : Date.UTC(year, 0, 1) / DAY;
  }

  const inWords = (code) => String(code ?? "").replaceAll("_", " ").replaceAll("-", " ").toLowerCase();
  const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
  function joined(names) {
    const all = list(names).filter(Boolean);
    return all.length < 2 ? all[0] ?? ABSENT : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
  }
  const bare = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  // ---------------------------------------------------------------- The data

  function read() {
    try {
      return JSON.parse(byId("data").textContent);
    } catch {
      return null;
    }
  }
  const data = read();
  if (!data) {
    byId("main").append(make("p", { class: "blank" }, "The data of this page cannot be read. Write the dossier again with Rapporteur."));
    return;
  }

  const reports = new Map(list(data.reports).map((report) => [report.key, report]));
  const actors = new Map(list(data.actors).map((actor) => [actor.key, actor]));
  const proposals = new Map(list(data.proposals).map((proposal) => [proposal.key, proposal]));
  const actorName = (key) => actors.get(key)?.name ?? key ?? ABSENT;
  const proposalName = (key) => proposals.get(key)?.name ?? key ?? ABSENT;

  /** Other names of the same actor or proposal, so that the filter finds one under all of its names. */
  const otherNames = new Map();
  for (const one of [...actors.values(), ...proposals.values()]) {
    const all = [one.name, one.key, one.country, one.code, ...list(one.names)].filter(Boolean).join(" ");
    for (const name of [one.key, one.name, ...list(one.names)]) otherNames.set(name, all);
  }

  const reviews = new Map(list(data.reviewed).map((one) => [`${one.report} ${one.at}`, one]));
  const pointsKept = new Map();
  /** The text of a report as a list of code points; the offsets of the data count these. */
  function points(report) {
    if (!pointsKept.has(report.key)) pointsKept.set(report.key, Array.from(report.text ?? ""));
    return pointsKept.get(report.key);
  }
  const outlet = (report) => report.publisher ?? report.source ?? ABSENT;
  const published = (report) => (report.published ? dayText(report.published) : "day of publication not stated");
  /** True where the words of a cite stand where the cite says. */
  function stands(cite) {
    const report = reports.get(cite.report);
    return Boolean(report) && points(report).slice(cite.at[0], cite.at[1]).join("") === cite.words;
  }

  // ---------------------------------------------------------------- Signs: side and status by shape

  const SIDES = { "for": "for", "for-but": "for, but", open: "open", against: "against" };
  const SIDE_OF = {
    accepts: "for", supports: "for", proposes: "for", demands: "for", supports_with_reservations: "for-but",
    conditional: "for-but", undecided: "open", doubts: "against", rejects: "against", opposes: "against",
  };
  const SIGN_OF = {
    "for": "disc", "for-but": "half", open: "ring", against: "cross",
    occurred: "disc", held: "disc", kept: "disc", "carried out": "disc", ongoing: "target", revised: "target", ended: "square",
    planned: "ring", made: "ring", possible: "dashed", contemplated: "dashed", conditional: "dashed", due: "half",
    demanded: "triangle", offered: "diamond", failed: "slashed", lapsed: "slashed", broken: "cross", denied: "cross",
  };

  /** The shape of a sign around a point, as SVG elements that take the colour of their surroundings. */
  function shape(kind, x, y, r) {
    const line = { fill: "none", stroke: "currentColor", "stroke-width": Math.max(1.6, r / 3.4), "stroke-linecap": "round" };
    const solid = { fill: "currentColor" };
    const k = r * 0.71;
    switch (SIGN_OF[kind] ?? "ring") {
      case "disc": return [draw("circle", { cx: x, cy: y, r, ...solid })];
      case "target": return [draw("circle", { cx: x, cy: y, r: r - 0.8, ...line }), draw("circle", { cx: x, cy: y, r: r * 0.45, ...solid })];
      case "half": return [draw("circle", { cx: x, cy: y, r: r - 0.8, ...line }), draw("path", { d: `M${x} ${y - r}A${r} ${r} 0 0 0 ${x} ${y + r}Z`, ...solid })];
      case "square": return [draw("rect", { x: x - k, y: y - k, width: 2 * k, height: 2 * k, ...solid })];
      case "dashed": return [draw("circle", { cx: x, cy: y, r: r - 0.8, ...line, "stroke-linecap": "butt", "stroke-dasharray": `${r * 0.62} ${r * 0.4}` })];
      case "triangle": return [draw("path", { d: `M${x} ${y - r}L${x + r} ${y + r * 0.8}H${x - r}Z`, ...line, "stroke-linejoin": "round" })];
      case "diamond": return [draw("path", { d: `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`, ...line, "stroke-linejoin": "round" })];
      case "cross": return [draw("path", { d: `M${x - k} ${y - k}L${x + k} ${y + k}M${x + k} ${y - k}L${x - k} ${y + k}`, ...line, "stroke-width": Math.max(2, r / 2.6) })];
      case "slashed": return [draw("circle", { cx: x, cy: y, r: r - 0.8, ...line }), draw("path", { d: `M${x + k} ${y - k}L${x - k} ${y + k}`, ...line })];
      default: return [draw("circle", { cx: x, cy: y, r: r - 0.8, ...line })];
    }
  }
  const sign = (kind) => draw("svg", { class: "sign", viewBox: "0 0 16 16", "aria-hidden": "true" }, shape(kind, 8, 8, 6.5));
  /** A state as sign and word. */
  const state = (kind) => make("span", { class: "state", "data-state": kind }, sign(kind), inWords(kind));
  const sided = (side) => make("span", { class: "side", "data-side": side }, sign(side), SIDES[side] ?? inWords(side));
  const stanceSign = (stance) => make("span", { class: "side", "data-side": SIDE_OF[stance] ?? "open" }, sign(SIDE_OF[stance] ?? "open"), inWords(stance));

  // ---------------------------------------------------------------- Entries

  const known = [];

  /** Makes an entry of an item: `facts` are pairs of text; `quotes` have a label, the words shown, and cites. */
  function entry(item, kicker, title, facts, quotes, names) {
    const kept = quotes.filter((quote) => quote && (quote.words || list(quote.cites).length));
    for (const quote of kept) quote.words = quote.words || list(quote.cites)[0]?.words || "";
    const made = { item, kicker, title, facts: facts.filter(([, text]) => text), quotes: kept, number: known.length };
    const steps = new Map();
    for (const quote of kept) {
      for (const cite of list(quote.cites)) {
        const at = `${cite.report} ${cite.at}`;
        if (!steps.has(at)) steps.set(at, { cite, label: quote.label });
        quote.first ??= at;
      }
    }
    made.steps = [...steps.values()];
    const reviewed = new Set([...steps.keys()].filter((at) => reviews.has(at)).map((at) => `${reviews.get(at).told}: ${reviews.get(at).reason}`));
    for (const text of reviewed) made.facts.push(["Reviewed", text]);
    made.indexOf = (quote) => Math.max(0, [...steps.keys()].indexOf(quote?.first));
    const also = list(names).flatMap((name) => [name, otherNames.get(name)]);
    made.find = bare([kicker, title, ...made.facts.flat(), ...kept.flatMap((q) => [q.label, q.words, ...list(q.cites).map((c) => c.words)]), ...also].join(" "));
    known.push(made);
    return made;
  }
  /** One quote for each cite, told by the outlet of its report. */
  const asQuotes = (cites) => list(cites).map((cite) => {
    const report = reports.get(cite.report);
    return { label: report ? outlet(report) : ABSENT, words: cite.words, cites: [cite] };
  });
  const told = (label, words, cites) => ({ label, words, cites: list(cites) });
  const ofReports = (n, origins) => (n ? `${count(n, "account")}, ${count(origins ?? 0, "origin")}` : "");

  const VALUES = { toll: "Toll", place: "Place", time: "Time", status: "Status", parties: "Parties" };
  const KINDS = { phone: "Call", visit: "Visit", meeting: "Meeting", summit: "Summit", talks: "Talks", relay: "Message carried", third_party: "Contact through others" };
  const kindOf = (type, mode) => (mode ? `${inWords(type)}, ${inWords(mode)}` : inWords(type));
  const period = (item) => (item.to && item.to !== item.from ? `${dayText(item.from)} to ${dayText(item.to)}` : dayText(item.from));

  function tollText(toll) {
    const range = toll.low === null || toll.low === undefined ? (toll.high ?? null)
      : toll.high === null || toll.high === undefined || toll.high === toll.low ? toll.low : `${toll.low} to ${toll.high}`;
    if (range === null) return toll.none_reported ? `no ${inWords(toll.of)} reported` : `${inWords(toll.of)}: ${ABSENT}`;
    return `${range} ${inWords(toll.of)}${toll.none_reported ? "; by some, none reported" : ""}`;
  }

  /** The stances of a party before its latest. */
  const earlier = (position) => list(position.history).filter((h) => h.day !== position.since || h.stance !== position.stance);

  const all = {
    positions: list(data.positions).map((p) => entry(p, "Stance", `${actorName(p.party)} on ${proposalName(p.proposal)}`, [
      ["Side", `${SIDES[p.side] ?? inWords(p.side)}: ${inWords(p.stance)}`], ["Since", dayText(p.since)], ["In the words of", p.by ?? ABSENT],
      ["Reservations", list(p.reservations).length ? "" : ABSENT],
    ], [
      told("Stance", p.words, p.cites), ...list(p.reservations).map((r) => told("Reservation", r.words, r.cites)),
      ...earlier(p).map((h) => told(`${shortDay(h.day)}: ${inWords(h.stance)}`, h.words, h.cites)),
    ], [p.party, p.proposal, p.by])),
    moves: list(data.moves).map((m) => entry(m, "Move", `${actorName(m.party)} on ${proposalName(m.proposal)}`, [
      ["Day", dayText(m.day)], ["From", m.from ? inWords(m.from) : ABSENT], ["To", inWords(m.to)], ["In the words of", m.by ?? ABSENT],
    ], [told("Move", m.words, m.cites)], [m.party, m.proposal, m.by])),
    proposals: list(data.proposals).map((p) => entry(p, "Proposal", p.name, [
      ["Kind", inWords(p.kind)], ["Also called", list(p.names).filter((name) => name !== p.name).join("; ")],
      ...list(p.terms).map((t) => [inWords(t.term), `${t.value ?? ABSENT}${t.words ? ` (“${t.words}”)` : ""}`]),
    ], asQuotes(p.cites), [p.key])),
    timeline: list(data.timeline).map((t) => entry(t, "Happening", t.label, [
      ["Status", inWords(t.status)], ["Kind", kindOf(t.type, t.mode)], ["When", period(t)], ["Known since", dayText(t.known)], ["Where", t.place ?? ABSENT],
      ["Who", joined(t.actors)], ["To or with", joined(t.recipients)], ["Told in", ofReports(t.accounts, t.origins)],
    ], [
      ...list(t.differences).flatMap((d) => list(d.sides).map((s) => told(`${VALUES[d.what] ?? inWords(d.what)}: ${s.value ?? ABSENT}, ${s.by ?? "the report"}`, "", s.cites))),
      ...asQuotes(t.cites),
    ], [...list(t.actors), ...list(t.recipients)])),
    contacts: list(data.contacts).map((c) => entry(c, KINDS[c.mode] ?? "Contact", joined(c.parties), [
      ["State", inWords(c.state)], ["When", dayText(c.day)], ["Where", c.place ?? ABSENT],
    ], [
      ...list(c.accounts).map((a) => told(`${a.by ?? "The report"}, ${shortDay(a.day)}`, a.words, a.cites)),
      ...list(c.left_out).map((l) => told(`Left out by ${l.side ?? ABSENT}, told by ${l.by ?? "the report"}`, l.words, l.cites)), ...asQuotes(c.cites),
    ], list(c.parties))),
    incidents: list(data.incidents).map((i) => entry(i, "Incident", i.label, [
      ["Status", inWords(i.status)], ["Kind", kindOf(i.type, i.mode)], ["When", dayText(i.day)], ["Where", i.place ?? ABSENT], ["By whom", joined(i.actors)],
      ["Toll", list(i.tolls).map(tollText).join("; ") || ABSENT], ["Told in", ofReports(i.accounts, i.origins)],
    ], [
      ...list(i.tolls).flatMap((toll) => list(toll.by).map((b) => told(`${b.value} ${inWords(toll.of)}, ${b.who ?? "the report"}`, "", b.cites))), ...asQuotes(i.cites),
    ], list(i.actors))),
    pledges: list(data.pledges).map((p) => entry(p, p.kind === "forecast" ? "Forecast" : "Pledge", p.by ?? ABSENT, [
      ["State", inWords(p.state)], ["Made", dayText(p.made)], ["Due", dayText(p.due)],
    ], [told(p.kind === "forecast" ? "Forecast" : "Pledge", p.words, p.cites), ...list(p.outcome).map((o) => told("What became of it", o.words, o.cites))], [p.by])),
    threats: list(data.threats).map((t) => entry(t, "Threat", `${t.by ?? ABSENT} against ${joined(t.against)}`, [
      ["State", inWords(t.state)], ["Day", dayText(t.day)], ["Condition", t.condition ?? ABSENT],
    ], [told("Threat", t.words, t.cites), ...list(t.outcome).map((o) => told("What became of it", o.words, o.cites))], [t.by, ...list(t.against)])),
    disputed: list(data.disputed).map((d) => entry(d, "Disputed claim", `Claimed by ${d.by ?? ABSENT}`, [["Denied by", joined(list(d.denials).map((x) => x.by))]], [
      told(`Claim, ${d.by ?? ABSENT}`, d.claim, d.cites), ...list(d.denials).map((x) => told(`Denial, ${x.by ?? ABSENT}`, x.words, x.cites)),
    ], [d.by, ...list(d.denials).map((x) => x.by)])),
    edges: list(data.network?.edges).map((e) => {
      const [a, b] = [e.a, e.b].map((key) => list(data.network.nodes).find((node) => node.key === key)?.name ?? actorName(key));
      return entry(e, "Contacts", `${a} and ${b}`, [["Contacts told", String(e.n)], ["Of which held", String(e.held)]], asQuotes(e.cites), [a, b, e.a, e.b]);
    }),
    sources: list(data.sources).map((s) => {
      const own = list(data.reports).filter((report) => (report.publisher ?? report.source) === s.name || report.source === s.name);
      return { ...entry(s, "Source", s.name ?? ABSENT, [], [], []), own, find: bare([s.name, ...own.map((r) => r.title ?? "")].join(" ")) };
    }),
  };

  // ---------------------------------------------------------------- Filter

  let wanted = [];
  let tally = [0, 0];
  const matches = (one) => wanted.every((word) => one.find.includes(word));
  /** The entries that the filter lets through, counted for the line below the box. */
  function keep(entries) {
    const kept = entries.filter(matches);
    tally = [tally[0] + kept.length, tally[1] + entries.length];
    return kept;
  }

  // ---------------------------------------------------------------- Openers, hints and lists

  /** A button that opens an entry at one of its quotes. */
  function opener(one, quote, attributes, ...children) {
    if (!one.steps.length) return make("span", { class: "unopened" }, children);
    return make("button", { type: "button", "aria-haspopup": "dialog", "data-entry": one.number, ...attributes, click: (event) => panel.open(one, one.indexOf(quote), event.currentTarget) }, children);
  }
  /** The words of a quote, in quotation marks, as a button that opens them. */
  const words = (one, quote) => (quote ? opener(one, quote, { class: "words", dir: "auto" }, "“", said(quote.words), "”") : make("span", { class: "absent" }, ABSENT));
  /** A link around parts of a picture that opens an entry. */
  function point(one, label, attributes, ...children) {
    const first = one.steps[0]?.cite;
    const link = draw("a", { href: first ? address(first) : "#main", "aria-label": label, "data-entry": one.number, ...attributes, click: (event) => {
      event.preventDefault();
      if (first) panel.open(one, 0, event.currentTarget);
    } }, children);
    return hinted(link, one);
  }

  const tip = byId("tip");
  let tipOf = null;
  let tipTimer = 0;
  function hideTip() {
    tipOf?.removeAttribute("aria-describedby");
    tipOf = null;
    tip.hidden = true;
  }
  function showTip(element, one) {
    clearTimeout(tipTimer);
    tipOf?.removeAttribute("aria-describedby");
    tipOf = element;
    const shown = one.quotes.slice(0, 4);
    tip.replaceChildren(
      make("p", { class: "tip-title" }, said(one.title)),
      make("p", { class: "tip-facts" }, one.facts.slice(0, 4).map(([name, text], i) => [i ? " · " : "", `${name}: `, said(text)])),
      ...shown.map((quote) => make("p", { class: "tip-quote" }, make("span", {}, said(quote.label)), " “", said(quote.words), "”")),
      one.quotes.length > 4 ? make("p", { class: "tip-facts" }, `and ${one.quotes.length - 4} more`) : "");
    tip.hidden = false;
    element.setAttribute("aria-describedby", "tip");
    placeTip(element);
  }
  function placeTip(element) {
    const box = element.getBoundingClientRect();
    const [width, height] = [tip.offsetWidth, tip.offsetHeight];
    const below = box.bottom + 8 + height < innerHeight || box.top - 8 - height < 0;
    tip.style.left = `${Math.max(8, Math.min(box.left, document.documentElement.clientWidth - width - 8))}px`;
    tip.style.top = `${below ? Math.min(box.bottom + 8, Math.max(8, innerHeight - height - 8)) : box.top - 8 - height}px`;
  }
  const hideSoon = () => { clearTimeout(tipTimer); tipTimer = setTimeout(hideTip, 160); };
  tip.addEventListener("pointerenter", () => clearTimeout(tipTimer));
  tip.addEventListener("pointerleave", hideSoon);
  addEventListener("scroll", () => { if (tipOf && tipOf === document.activeElement) placeTip(tipOf); else hideTip(); }, { passive: true });
  addEventListener("keydown", (event) => { if (event.key === "Escape" && tipOf) hideTip(); });
  /** Shows what an entry says while the pointer rests on an element or it has the focus by keyboard. */
  function hinted(element, one) {
    element.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") showTip(element, one); });
    element.addEventListener("pointerleave", hideSoon);
    element.addEventListener("focus", () => { if (element.matches(":focus-visible")) showTip(element, one); });
    element.addEventListener("blur", hideTip);
    return element;
  }

  const unfolded = new Set();
  /** The first items of a long list, and a button for the rest. */
  function long(name, items, limit, render, wrap = (children) => make("ul", { class: "plain" }, children)) {
    const cut = !unfolded.has(name) && items.length > limit + 2;
    const body = wrap((cut ? items.slice(0, limit) : items).map(render));
    if (!cut) return body;
    return [body, make("button", { type: "button", class: "more", click: (event) => {
      const home = event.currentTarget.closest("section");
      const at = home.querySelectorAll("button, a").length ? [...home.querySelectorAll("button, a")].indexOf(event.currentTarget) : 0;
      unfolded.add(name);
      redraw(home.id);
      home.querySelectorAll("button, a")[at]?.focus();
    } }, make("span", { class: "on-screen" }, `Show all ${items.length}`), make("span", { class: "on-paper", "aria-hidden": "true" }, `${limit} of ${items.length} are printed.`))];
  }
  const nothing = (text) => make("p", { class: "nothing" }, wanted.length ? "Nothing here matches the filter." : text);
  const row = (children, attributes) => make("li", { class: "row", ...attributes }, children);

  /** A table that turns into labelled blocks where there is no room. Columns are pairs of heading and cell maker. */
  function table(caption, columns, entries, limit = 60) {
    return long(caption, entries, limit,
      (one) => make("tr", { role: "row" }, columns.map(([heading, cell], i) => make(i ? "td" : "th", { role: i ? "cell" : "rowheader", scope: i ? null : "row" },
        make("span", { class: "column", "aria-hidden": "true" }, heading), make("span", { class: "value" }, cell(one))))),
      (rows) => make("table", { role: "table", class: "data" }, make("caption", {}, caption),
        make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, columns.map(([heading]) => make("th", { role: "columnheader", scope: "col" }, heading)))),
        make("tbody", { role: "rowgroup" }, rows)));
  }
  const folded = (summary, ...children) => make("details", { class: "fold" }, make("summary", {}, summary), children);
  const text = (value) => (value === ABSENT || !value ? make("span", { class: "absent" }, ABSENT) : said(value));

  // ---------------------------------------------------------------- Section: state of play

  /** Groups entries by a key, in order of first appearance. */
  function grouped(entries, keyOf) {
    const groups = new Map();
    for (const one of entries) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
    return groups;
  }
  const newest = (field) => (a, b) => (dayNumber(b.item[field]) ?? -Infinity) - (dayNumber(a.item[field]) ?? -Infinity) || a.number - b.number;

  function drawState() {
    const positions = keep(all.positions).sort(newest("since"));
    const moves = keep(all.moves).sort(newest("day"));
    const threats = all.threats.filter((one) => one.item.state === "open" && matches(one)).sort(newest("day"));
    const due = all.pledges.filter((one) => ["made", "revised", "due"].includes(one.item.state) && matches(one))
      .sort((a, b) => (dayNumber(a.item.due) ?? Infinity) - (dayNumber(b.item.due) ?? Infinity));
    const parties = [...grouped(positions, (one) => one.item.party)].sort((a, b) => b[1].length - a[1].length);
    return [
      make("h3", {}, "Where each party stands"),
      parties.length ? long("parties", parties, 12, ([party, ones]) => make("div", { class: "party" },
        make("h4", {}, said(actorName(party))),
        long(`party ${party}`, ones, 3, (one) => row([
          make("p", { class: "line" }, stanceSign(one.item.stance), " ", make("span", { class: "on" }, said(proposalName(one.item.proposal)))),
          make("p", { class: "quote" }, words(one, one.quotes[0])),
          make("p", { class: "small" }, one.item.by ? [said(one.item.by), ", "] : "", `since ${dayText(one.item.since)}`,
            list(one.item.reservations).length ? ` · with ${count(one.item.reservations.length, "reservation")}` : ""),
        ]))), (children) => make("div", { class: "parties" }, children)) : nothing("No report states where a party stands."),
      make("div", { class: "pair" },
        make("div", {}, make("h3", {}, "What moved last"), moves.length ? long("moves", moves, 6, (one) => row([
          make("p", { class: "line" }, make("time", { datetime: one.item.day }, shortDay(one.item.day)), " ", make("strong", {}, said(actorName(one.item.party))), " on ", said(proposalName(one.item.proposal))),
          make("p", { class: "line" }, one.item.from ? stanceSign(one.item.from) : make("span", { class: "absent" }, "before: not stated"), make("span", { class: "arrow", "aria-label": "to" }, " → "), stanceSign(one.item.to)),
          make("p", { class: "quote" }, words(one, one.quotes[0])),
        ])) : nothing("No stance has moved.")),
        make("div", {},
          make("h3", {}, "Pledges still to be kept"), due.length ? long("due", due, 5, (one) => row([
            make("p", { class: "line" }, state(one.item.state), " ", make("strong", {}, said(one.title)), one.item.due ? `, due ${dayText(one.item.due)}` : ", no day stated"),
            make("p", { class: "quote" }, words(one, one.quotes[0])), list(one.item.outcome).length ? outcome(one, one.item).at(-1) : "",
          ])) : nothing("No pledge is open."),
          make("h3", {}, "Open threats"), threats.length ? long("open threats", threats, 5, (one) => row([
            make("p", { class: "line" }, make("time", {}, shortDay(one.item.day)), " ", make("strong", {}, said(one.item.by ?? ABSENT)), " against ", said(joined(one.item.against))),
            make("p", { class: "quote" }, words(one, one.quotes[0])),
          ])) : nothing("No threat is open."))),
    ];
  }

  // ---------------------------------------------------------------- Section: stance matrix

  function stanceCell(one) {
    const p = one.item;
    const reserved = list(p.reservations).length;
    const past = earlier(p);
    return hinted(opener(one, one.quotes[0], { class: "stance", "data-side": p.side, "aria-label":
      `${one.title}: ${SIDES[p.side] ?? p.side}, ${inWords(p.stance)}${reserved ? `, ${count(reserved, "reservation")}` : ""}, since ${dayText(p.since)}` },
      sided(p.side), make("span", { class: "stance-word" }, inWords(p.stance)),
      make("span", { class: "small" }, shortDay(p.since), reserved ? ` · ${count(reserved, "reservation")}` : ""),
      reserved ? make("span", { class: "on-paper", "aria-hidden": "true" }, list(p.reservations).map((r) => make("span", { class: "quote" }, "“", said(r.words), "” "))) : "",
      past.length ? make("span", { class: "past small" }, "before ", past.slice(-5).map((h) => make("span", { class: "side", "data-side": SIDE_OF[h.stance] ?? "open" }, sign(SIDE_OF[h.stance] ?? "open")))) : ""), one);
  }

  /** Moves the focus to the next filled cell in the direction of an arrow key, or to the ends of the row. */
  function walk(event) {
    const here = event.target.closest("td, th");
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!here || (!step && event.key !== "Home" && event.key !== "End")) return;
    const rows = [...here.closest("table").rows].map((line) => [...line.cells]);
    const buttons = (cells) => cells.map((cell) => cell?.querySelector("button")).filter(Boolean);
    let next = null;
    if (!step) next = buttons(here.parentElement ? [...here.parentElement.cells] : []).at(event.key === "Home" ? 0 : -1);
    else {
      let [y, x] = [here.parentElement.rowIndex + step[0], here.cellIndex + step[1]];
      while (!next && rows[y]?.[x]) {
        next = buttons([rows[y][x]])[0];
        y += step[0];
        x += step[1];
      }
    }
    event.preventDefault();
    next?.focus();
  }

  function drawMatrix() {
    const positions = all.positions.filter(matches);
    if (!positions.length) return nothing("No report states where a party stands.");
    const most = (keyOf) => [...grouped(positions, keyOf)].sort((a, b) => b[1].length - a[1].length).map(([key]) => key);
    const order = [...proposals.keys()];
    const wide = unfolded.has("matrix");
    const [parties, asked] = [most((one) => one.item.party), most((one) => one.item.proposal)];
    const rows = wide ? parties : parties.slice(0, 24);
    const columns = (wide ? asked : asked.slice(0, 10)).sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const silent = all.proposals.filter((one) => !all.positions.some((p) => p.item.proposal === one.item.key) && matches(one));
    const head = (key) => {
      const one = all.proposals.find((made) => made.item.key === key);
      return one ? hinted(opener(one, null, { class: "heading" }, said(one.title)), one) : said(proposalName(key));
    };
    return [
      make("ul", { class: "legend" }, Object.keys(SIDES).map((side) => make("li", {}, sided(side)))),
      make("div", { class: columns.length > 6 ? "scroller broad" : "scroller", role: "region", "aria-label": "Stance matrix", tabindex: "0" },
        make("table", { role: "table", class: "matrix", keydown: walk }, make("caption", {}, "The latest stance of each party on each proposal"),
          make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, make("th", { role: "columnheader", scope: "col" }, "Party"), columns.map((key) => make("th", { role: "columnheader", scope: "col" }, head(key))))),
          make("tbody", { role: "rowgroup" }, rows.map((party) => make("tr", { role: "row" },
            make("th", { role: "rowheader", scope: "row" }, said(actorName(party))),
            columns.map((key) => {
              const here = positions.filter((one) => one.item.party === party && one.item.proposal === key);
              return make("td", { role: "cell", class: here.length ? null : "empty" }, make("span", { class: "column", "aria-hidden": "true" }, said(proposalName(key))),
                here.length ? here.map(stanceCell) : make("span", { class: "absent" }, ABSENT));
            })))))),
      rows.length < parties.length || columns.length < asked.length ? make("button", { type: "button", class: "more", click: () => {
        unfolded.add("matrix");
        redraw("stances");
        byId("stances").querySelector(".matrix button").focus();
      } }, make("span", { class: "on-screen" }, `Show all ${count(parties.length, "party", "parties")} and ${count(asked.length, "proposal")}`),
        make("span", { class: "on-paper", "aria-hidden": "true" }, `${rows.length} of ${parties.length} parties and ${columns.length} of ${asked.length} proposals are printed.`)) : "",
      silent.length ? make("p", { class: "small" }, "No stance is stated on: ", silent.map((one, i) => [i ? "; " : "", hinted(opener(one, null, { class: "words" }, said(one.title)), one)]), ".") : "",
    ];
  }

  // ---------------------------------------------------------------- Section: timeline

  const LANES = [
    ["Talks", "talks", ["CONSULT"]],
    ["Agreement, easing, aid", "ease", ["AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"]],
    ["Demands and pressure", "press", ["REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "PROTEST"]],
    ["Force", "force", ["MOBILIZE", "COERCE", "ASSAULT"]],
    ["Other", "other", []],
  ];
  const laneOf = (type) => Math.max(0, LANES.findIndex(([, , types], i) => types.includes(type) || i === LANES.length - 1));
  const ink = document.createElement("canvas").getContext("2d");
  const FACE = getComputedStyle(document.documentElement).getPropertyValue("--sans").trim() || "sans-serif";
  /** Width of a text in pixels, at a size, as the pictures draw it. */
  function widthOf(string, size) {
    ink.font = `${size}px ${FACE}`;
    return ink.measureText(string).width;
  }
  /** A text cut to a width, with an ellipsis. */
  function clipped(string, size, most) {
    const signs = Array.from(String(string).replace(/\s+/g, " "));
    if (widthOf(signs.join(""), size) <= most) return signs.join("");
    let [low, high] = [0, signs.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (widthOf(`${signs.slice(0, middle).join("")}…`, size) <= most) low = middle;
      else high = middle - 1;
    }
    return `${signs.slice(0, low).join("").trimEnd()}…`;
  }

  /** The days that get a line: pairs of day and label, so many that labels stand apart. */
  function ticks(first, last, most) {
    const out = [];
    const step = [1, 2, 7, 14].find((days) => (last - first) / days <= most);
    if (step) {
      for (let day = step < 7 ? first : first + ((7 - ((first + 3) % 7)) % 7); day <= last; day += step) {
        const date = new Date(day * DAY);
        out.push([day, `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()].slice(0, 3)}`]);
      }
      return out;
    }
    const months = [1, 3, 6, 12, 24, 60, 120].find((n) => (last - first) / (30.4 * n) <= most) ?? 240;
    const start = new Date(first * DAY);
    for (let month = start.getUTCFullYear() * 12 + start.getUTCMonth(); ; month += 1) {
      const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
      if (day > last) return out;
      if (day < first || month % months) continue;
      out.push([day, months < 12 ? `${MONTHS[month % 12].slice(0, 3)}${month % 12 ? "" : ` ${Math.floor(month / 12)}`}` : String(Math.floor(month / 12))]);
    }
  }

  /** Sorts entries into those on the picture and those too early, too late or undated for it. */
  function windowed(entries) {
    const days = entries.map((one) => dayNumber(one.item.known)).filter((day) => day !== null).sort((a, b) => a - b);
    const dated = entries.filter((one) => dayNumber(one.item.from) !== null);
    const [low, high] = days.length ? [days[0], days.at(-1)] : [-Infinity, Infinity];
    const margin = Math.max(21, (high - low) / 3);
    const early = dated.filter((one) => (dayNumber(one.item.to, true) ?? dayNumber(one.item.from, true)) < low - margin);
    const late = dated.filter((one) => dayNumber(one.item.from) > high + margin);
    const out = new Set([...early, ...late]);
    return { shown: dated.filter((one) => !out.has(one)), early, late, undated: entries.filter((one) => dayNumber(one.item.from) === null), floor: low - margin, ceiling: high + margin };
  }

  function timelinePicture(chosen, frame, full) {
    const width = Math.max(full, 640);
    const begin = (one) => Math.max(frame.floor, dayNumber(one.item.from));
    const end = (one) => Math.min(frame.ceiling, Math.max(begin(one), dayNumber(one.item.to, true) ?? dayNumber(one.item.from, true)));
    const asOf = dayNumber(data.as_of);
    const first = Math.min(...chosen.map(begin)) - 1;
    const last = Math.max(...chosen.map(end), asOf !== null && asOf < frame.ceiling ? asOf : -Infinity) + 2;
    const x = (day) => 14 + ((day - first) / (last - first)) * (width - 28);
    const [size, line, r] = [13, 25, 6];
    let y = 34;
    const lanes = [];
    for (const [number, [name, family]] of LANES.entries()) {
      const here = chosen.filter((one) => laneOf(one.item.type) === number).sort((a, b) => begin(a) - begin(b) || a.number - b.number);
      if (!here.length) continue;
      const rows = [];
      const free = (from, to, most) => {
        for (let n = 0; n < most; n += 1) {
          rows[n] ??= [];
          if (rows[n].every(([a, b]) => to < a || from > b)) return n;
        }
        return -1;
      };
      const placed = here.map((one) => {
        const [a, b] = [x(begin(one)), x(end(one))];
        const label = clipped(one.title, size, Math.min(250, width * 0.34)) + (one.item.disputed ? "  ≠" : "");
        const wide = widthOf(label, size);
        const fits = b + r + 6 + wide < width - 4;
        const [from, to] = fits ? [a - r - 5, b + r + 8 + wide + 6] : [a - r - 8 - wide - 6, b + r + 5];
        let n = free(from, to, 14);
        if (n >= 0) {
          rows[n].push([from, to]);
          return { one, a, b, n, label, fits };
        }
        n = free(a - r - 2, b + r + 2, 200);
        rows[n].push([a - r - 2, b + r + 2]);
        return { one, a, b, n, label: "", fits };
      });
      lanes.push({ name, family, y, placed });
      y += 30 + rows.length * line + 8;
    }
    const height = y + 4;
    const names = draw("g", { class: "lane-names", "aria-hidden": "true" }, lanes.map((lane) => draw("text", { x: 8, y: lane.y + 20 }, lane.name)));
    const picture = draw("svg", { class: "picture timeline", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Timeline, drawn; the same entries follow as a table" },
      lanes.map((lane, i) => draw("rect", { class: "lane", x: 0, y: lane.y, width, height: (lanes[i + 1]?.y ?? height) - lane.y - 4, rx: 4 })),
      ticks(Math.ceil(first), Math.floor(last), width / 74).map(([day, label]) => draw("g", { class: "tick", "aria-hidden": "true" },
        draw("line", { x1: x(day), x2: x(day), y1: 26, y2: height - 4 }),
        draw("text", { x: Math.min(x(day), width - 22), y: 17, "text-anchor": "middle" }, label))),
      asOf !== null && asOf >= first && asOf <= last ? draw("g", { class: "as-of", "aria-hidden": "true" }, draw("line", { x1: x(asOf), x2: x(asOf), y1: 26, y2: height - 4 })) : "",
      names,
      lanes.map((lane) => draw("g", { class: `family-${lane.family}` }, lane.placed.map(({ one, a, b, n, label, fits }) => {
        const middle = lane.y + 30 + n * line + 10;
        return point(one, `${one.title}, ${inWords(one.item.status)}, ${period(one.item)}${one.item.disputed ? ", accounts differ" : ""}`, { class: "happening" },
          draw("rect", { class: "hit", x: fits ? a - r - 4 : a - r - 10 - widthOf(label, size), y: middle - 12, width: b - a + 2 * r + 14 + widthOf(label, size), height: 24, rx: 4 }),
          b - a > 3 ? draw("line", { class: "span", x1: a, x2: b, y1: middle, y2: middle }) : "",
          draw("circle", { class: "ground", cx: a, cy: middle, r: r + 1.5 }), shape(one.item.status, a, middle, r),
          label ? draw("text", { x: fits ? b + r + 6 : a - r - 6, y: middle + 4.5, "text-anchor": fits ? "start" : "end" }, label) : "");
      }))));
    return make("div", { class: "scroller", role: "region", "aria-label": "Timeline", tabindex: "0", scroll: (event) => names.setAttribute("transform", `translate(${event.currentTarget.scrollLeft} 0)`) }, picture);
  }

  const inLine = (title, entries) => (entries.length ? make("div", { class: "aside" }, make("h3", {}, title), long(title, entries, 6,
    (one) => row([opener(one, null, { class: "words", dir: "auto" }, said(one.title)), make("span", { class: "small" }, ` ${inWords(one.item.status)}${one.item.from ? `, ${period(one.item)}` : ""}, known since ${dayText(one.item.known)}`)]))) : "");

  /** What accounts of one happening say differently, side by side. */
  function differing(one) {
    return row([make("p", { class: "line" }, make("strong", {}, said(one.title))),
      list(one.item.differences).map((d) => make("dl", { class: "sides" }, make("dt", {}, VALUES[d.what] ?? inWords(d.what)), list(d.sides).map((s) => {
        const quote = one.quotes.find((q) => q.cites === s.cites || q.cites[0] === list(s.cites)[0]);
        return make("dd", {}, make("span", { class: "small" }, said(s.by ?? "the report"), ": "), opener(one, quote, { class: "words" }, said(s.value ?? ABSENT)));
      })))]);
  }

  function drawTimeline(width) {
    const entries = keep(all.timeline);
    if (!entries.length) return nothing("No report tells of a happening.");
    const frame = windowed(entries);
    const most = 120;
    const chosen = frame.shown.length > most ? [...frame.shown].sort((a, b) => b.item.origins - a.item.origins || newest("from")(a, b)).slice(0, most) : frame.shown;
    const states = [...new Set(chosen.map((one) => one.item.status))];
    const different = entries.filter((one) => list(one.item.differences).length);
    return [
      chosen.length ? [
        make("ul", { class: "legend" }, [...grouped(states, (kind) => SIGN_OF[kind])].map(([, kinds]) => make("li", {}, sign(kinds[0]), kinds.map(inWords).join(", "))), different.length ? make("li", {}, make("b", { "aria-hidden": "true" }, "≠ "), "accounts differ") : "", data.as_of ? make("li", {}, make("span", { class: "key-line", "aria-hidden": "true" }), `as of ${dayText(data.as_of)}`) : ""),
        timelinePicture(chosen, frame, width),
        chosen.length < frame.shown.length ? make("p", { class: "small" }, `The picture shows the ${chosen.length} happenings with most origins, of ${frame.shown.length}; the table has all. The filter narrows both.`) : "",
      ] : "",
      inLine("Before this time", frame.early), inLine("After this time", frame.late), inLine("On a day not stated", frame.undated),
      different.length ? [make("h3", {}, "Where accounts differ"), long("differences", different, 8, differing)] : "",
      folded("Timeline as a table", table("Happenings by day", [
        ["What", (one) => opener(one, null, { class: "words", dir: "auto" }, said(one.title))], ["When", (one) => text(period(one.item))], ["Known since", (one) => dayText(one.item.known)], ["Status", (one) => state(one.item.status)],
        ["Who", (one) => [text(joined(one.item.actors)), list(one.item.recipients).length ? [" → ", said(joined(one.item.recipients))] : ""]], ["Where", (one) => text(one.item.place)], ["Told in", (one) => ofReports(one.item.accounts, one.item.origins)],
      ], [...entries].sort((a, b) => (dayNumber(a.item.from) ?? Infinity) - (dayNumber(b.item.from) ?? Infinity) || a.number - b.number))),
    ];
  }

  // ---------------------------------------------------------------- Section: network

  /** Places of nodes in a box: forces from a fixed start, then labels pushed apart. The same nodes always get the same places. */
  function arranged(nodes, edges, width, height) {
    const at = nodes.map((node, i) => {
      const turn = (i / nodes.length) * 2 * Math.PI;
      return { x: Math.cos(turn), y: Math.sin(turn), dx: 0, dy: 0 };
    });
    const ideal = 1.5 / Math.sqrt(Math.max(1, nodes.length));
    for (let round = 0; round < 400; round += 1) {
      const heat = 0.12 * (1 - round / 400);
      for (const p of at) [p.dx, p.dy] = [-p.x * 0.35, -p.y * 0.35];
      for (let i = 0; i < at.length; i += 1) {
        for (let j = i + 1; j < at.length; j += 1) {
          const [dx, dy] = [at[i].x - at[j].x || 1e-4 * (i - j), at[i].y - at[j].y || 1e-4];
          const push = (ideal * ideal) / Math.max(1e-4, dx * dx + dy * dy);
          at[i].dx += dx * push; at[i].dy += dy * push; at[j].dx -= dx * push; at[j].dy -= dy * push;
        }
      }
      for (const edge of edges) {
        const [a, b] = [at[edge.from], at[edge.to]];
        const [dx, dy] = [a.x - b.x, a.y - b.y];
        const pull = (Math.hypot(dx, dy) / ideal) * (0.6 + 0.2 * Math.min(3, edge.n));
        a.dx -= dx * pull; a.dy -= dy * pull; b.dx += dx * pull; b.dy += dy * pull;
      }
      for (const p of at) {
        const far = Math.hypot(p.dx, p.dy) || 1;
        const go = Math.min(heat, far) / far;
        p.x += p.dx * go; p.y += p.dy * go;
      }
    }
    const [xs, ys] = [at.map((p) => p.x), at.map((p) => p.y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const both = Math.min((width - 130) / (right - left || 1), (height - 66) / (bottom - top || 1));
    for (const [i, p] of at.entries()) {
      const half = nodes[i].wide / 2;
      p.x = width / 2 + (p.x - (left + right) / 2) * Math.min((width - 130) / (right - left || 1), 1.7 * both);
      p.y = (height - 22) / 2 + (p.y - (top + bottom) / 2) * Math.min((height - 66) / (bottom - top || 1), 1.7 * both);
      p.x = Math.max(half, Math.min(width - half, p.x));
    }
    for (let round = 0; round < 200; round += 1) {
      for (let i = 0; i < at.length; i += 1) {
        for (let j = i + 1; j < at.length; j += 1) {
          const [a, b] = [at[i], at[j]];
          const over = [(nodes[i].wide + nodes[j].wide) / 2 + 10 - Math.abs(a.x - b.x), 62 - Math.abs(a.y - b.y)];
          if (over[0] <= 0 || over[1] <= 0) continue;
          const axis = over[0] < over[1] ? "x" : "y";
          const shift = (Math.min(...over) / 2) * (a[axis] <= b[axis] ? -1 : 1);
          a[axis] += shift; b[axis] -= shift;
        }
      }
      for (const [i, p] of at.entries()) {
        p.x = Math.max(nodes[i].wide / 2, Math.min(width - nodes[i].wide / 2, p.x));
        p.y = Math.max(22, Math.min(height - 44, p.y));
      }
    }
    return at;
  }

  /** Arranges each group of nodes that hang together in a box of its own, and sets the boxes side by side; also the height needed. */
  function packed(nodes, edges, width) {
    const group = nodes.map((_, i) => i);
    for (let round = 0; round < nodes.length; round += 1) for (const edge of edges) group[edge.from] = group[edge.to] = Math.min(group[edge.from], group[edge.to]);
    const parts = [...grouped(nodes.map((_, i) => i), (i) => group[i]).values()].sort((a, b) => b.length - a.length || a[0] - b[0]);
    const at = [];
    let [left, top, tall] = [0, 0, 0];
    for (const part of parts) {
      const wide = Math.min(width, part.length < 3 ? 250 : 110 + 135 * Math.sqrt(part.length));
      const high = part.length < 3 ? 84 : 60 + 82 * Math.sqrt(part.length);
      if (left + wide > width) [left, top, tall] = [0, top + tall + 12, 0];
      const inner = edges.filter((edge) => part.includes(edge.from)).map((edge) => ({ ...edge, from: part.indexOf(edge.from), to: part.indexOf(edge.to) }));
      arranged(part.map((i) => nodes[i]), inner, wide, high).forEach((p, i) => { at[part[i]] = { x: left + p.x, y: top + p.y }; });
      left += wide + 16;
      tall = Math.max(tall, high);
    }
    return { at, across: Math.max(...at.map((p, i) => p.x + nodes[i].wide / 2)) + 4, height: Math.max(...at.map((p) => p.y)) + 44 };
  }

  function drawNetwork(width) {
    const edges = keep(all.edges);
    if (!edges.length) return nothing("No report tells of a contact between parties.");
    const used = new Set(edges.flatMap((one) => [one.item.a, one.item.b]));
    const most = width < 500 ? 14 : 36;
    const everyone = list(data.network.nodes).filter((node) => used.has(node.key)).sort((a, b) => b.n - a.n || (a.key < b.key ? -1 : 1));
    const size = width < 500 ? 12 : 13;
    const largest = Math.max(...everyone.map((node) => node.n), 1);
    const nodes = everyone.slice(0, most).map((node) => {
      const label = clipped(node.name, size, Math.min(150, width / 3));
      const r = 7 + 11 * Math.sqrt(node.n / largest);
      return { ...node, label, r, wide: Math.max(widthOf(label, size), 2 * r) + 4 };
    });
    const index = new Map(nodes.map((node, i) => [node.key, i]));
    const drawn = edges.filter((one) => index.has(one.item.a) && index.has(one.item.b));
    const { at, across, height } = packed(nodes, drawn.map((one) => ({ from: index.get(one.item.a), to: index.get(one.item.b), n: one.item.n })), width);
    return [
      make("ul", { class: "legend" }, make("li", {}, make("span", { class: "key-edge", "aria-hidden": "true" }), "at least one contact held"), make("li", {}, make("span", { class: "key-edge not-held", "aria-hidden": "true" }), "told of, none held"), make("li", {}, "the thicker, the more contacts")),
      draw("svg", { class: "picture network", viewBox: `0 0 ${across} ${height}`, width: across, height, role: "group", "aria-label": "Contact network, drawn; the same contacts follow as a table" },
        drawn.map((one) => {
          const [a, b] = [at[index.get(one.item.a)], at[index.get(one.item.b)]];
          const ends = { x1: a.x, y1: a.y, x2: b.x, y2: b.y };
          return point(one, `${one.title}: ${count(one.item.n, "contact")}, ${one.item.held} held`, { class: one.item.held ? "edge" : "edge not-held" },
            draw("line", { class: "hit", ...ends }), draw("line", { class: "wire", ...ends, "stroke-width": 1.5 + Math.min(6, one.item.n) * 0.9 }));
        }),
        nodes.map((node, i) => draw("g", { class: "node", "aria-hidden": "true" }, draw("circle", { cx: at[i].x, cy: at[i].y, r: node.r }),
          draw("text", { x: at[i].x, y: at[i].y + node.r + size + 2, "text-anchor": "middle", "font-size": size }, node.label)))),
      everyone.length > nodes.length ? make("p", { class: "small" }, `The picture shows the ${nodes.length} with most contacts, of ${everyone.length}; the table has all.`) : "",
      folded("Contact network as a table", table("Who had contact with whom", [
        ["Between", (one) => opener(one, null, { class: "words", dir: "auto" }, said(one.title))], ["Contacts told", (one) => String(one.item.n)], ["Held", (one) => String(one.item.held)],
      ], edges)),
    ];
  }

  // ---------------------------------------------------------------- Section: contacts

  function drawContacts() {
    const entries = keep(all.contacts).sort(newest("day"));
    if (!entries.length) return nothing("No report tells of a meeting, call or visit.");
    return long("contacts", entries, 20, (one) => {
      const c = one.item;
      const quoteOf = (cites, own) => one.quotes.find((q) => q.words === own && q.cites[0] === list(cites)[0]) ?? null;
      const sides = [...new Set([...list(c.accounts).map((a) => a.by ?? null), ...list(c.left_out).map((l) => l.side ?? null)])];
      return make("article", { class: "contact" },
        make("h3", {}, opener(one, null, { class: "heading" }, said(joined(c.parties)))),
        make("p", { class: "line" }, state(c.state), ` · ${KINDS[c.mode] ?? "Contact"} · `, text(dayText(c.day)), " · ", c.place ? said(c.place) : make("span", { class: "absent" }, "place not stated")),
        sides.length ? make("div", { class: "accounts" }, sides.map((by) => {
          const own = list(c.accounts).filter((a) => (a.by ?? null) === by);
          const missing = list(c.left_out).filter((l) => (l.side ?? null) === by);
          return make("div", { class: "account" },
            make("h4", {}, by ? ["As told by ", said(by)] : "As the reports tell it"),
            own.length ? own.map((a) => make("p", { class: "quote" }, words(one, quoteOf(a.cites, a.words)), make("span", { class: "small" }, ` ${shortDay(a.day)}`))) : make("p", { class: "absent" }, "No account of its own."),
            missing.length ? [make("p", { class: "leaves" }, "Leaves out"), missing.map((l) => make("p", { class: "quote" }, words(one, quoteOf(l.cites, l.words)), make("span", { class: "small" }, " told by ", said(l.by ?? "the report"))))] : "");
        })) : make("p", { class: "absent" }, "No side’s account is stated."));
    }, (children) => make("div", {}, children));
  }

  // ---------------------------------------------------------------- Section: incidents

  const outlineKept = new Map();
  /** The rings of a country as lists of [longitude, latitude]; steps in hundredths of a degree are added up. */
  function rings(code) {
    if (!outlineKept.has(code)) {
      outlineKept.set(code, list(data.outlines[code].rings).map((steps) => {
        const ring = [];
        let [lon, lat] = [0, 0];
        for (let i = 0; i + 1 < steps.length; i += 2) {
          lon += steps[i];
          lat += steps[i + 1];
          ring.push([lon / 100, lat / 100]);
        }
        return ring;
      }));
    }
    return outlineKept.get(code);
  }
  /** The part of a ring within a box, after Sutherland and Hodgman. */
  function within(ring, [left, bottom, right, top]) {
    let out = ring;
    for (const [axis, edge, sense] of [[0, left, 1], [0, right, -1], [1, bottom, 1], [1, top, -1]]) {
      const from = out;
      out = [];
      from.forEach((b, i) => {
        const a = from[(i + from.length - 1) % from.length];
        const [inA, inB] = [(a[axis] - edge) * sense >= 0, (b[axis] - edge) * sense >= 0];
        if (inA !== inB) {
          const t = (edge - a[axis]) / (b[axis] - a[axis]);
          out.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]);
        }
        if (inB) out.push(b);
      });
    }
    return out;
  }
  /** Area (signed) and centre of a ring. */
  function middle(ring) {
    let [area, x, y] = [0, 0, 0];
    ring.forEach((b, i) => {
      const a = ring[(i + ring.length - 1) % ring.length];
      const cross = a[0] * b[1] - b[0] * a[1];
      area += cross / 2;
      x += (a[0] + b[0]) * cross;
      y += (a[1] + b[1]) * cross;
    });
    return { area, x: x / (6 * area), y: y / (6 * area) };
  }
  const killed = (one) => list(one.item.tolls).find((toll) => toll.of === "killed") ?? list(one.item.tolls)[0] ?? null;
  const radius = (n) => (n > 0 ? Math.min(46, 4 + 2.6 * Math.sqrt(n)) : 4);
  const placedOn = (one) => typeof one.item.lat === "number" && typeof one.item.lon === "number";

  /** The view that holds most points: those far from the rest are left out and named below the map. */
  function view(entries, width, height) {
    const mid = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
    const [lon, lat] = [mid(entries.map((one) => one.item.lon)), mid(entries.map((one) => one.item.lat))];
    const far = (one) => Math.max(Math.abs(one.item.lon - lon), Math.abs(one.item.lat - lat));
    const reach = Math.max(6, 6 * mid(entries.map(far)));
    const inside = entries.filter((one) => far(one) <= reach);
    const squeeze = Math.max(0.2, Math.cos((lat * Math.PI) / 180));
    const extent = (values) => [Math.min(...values), Math.max(...values)];
    const [[west, east], [south, north]] = [extent(inside.map((one) => one.item.lon)), extent(inside.map((one) => one.item.lat))];
    const scale = Math.min(width / Math.max(9, (east - west) * squeeze * 1.35), height / Math.max(6, (north - south) * 1.4));
    const [cx, cy] = [(west + east) / 2, (south + north) / 2];
    const [halfX, halfY] = [width / 2 / scale / squeeze, height / 2 / scale];
    return { inside, outside: entries.filter((one) => far(one) > reach), box: [cx - halfX, cy - halfY, cx + halfX, cy + halfY], x: (l) => width / 2 + (l - cx) * scale * squeeze, y: (l) => height / 2 - (l - cy) * scale };
  }

  function map(entries, full) {
    const width = Math.min(full, 860);
    const height = Math.round(width < 500 ? width * 1.05 : width * 0.6);
    const seen = view(entries, width, height);
    const [left, bottom, right, top] = seen.box;
    const wider = [left - 1, bottom - 1, right + 1, top + 1];
    const path = (ring) => `M${ring.map(([lon, lat]) => `${seen.x(lon).toFixed(1)} ${seen.y(lat).toFixed(1)}`).join("L")}Z`;
    const boxes = [];
    const clear = (box) => boxes.every((b) => box[2] < b[0] || box[0] > b[2] || box[3] < b[1] || box[1] > b[3]) && box[0] > 0 && box[2] < width && box[1] > 0 && box[3] < height;
    const at = new Map();
    const points = [...seen.inside].sort((a, b) => (killed(b)?.high ?? 0) - (killed(a)?.high ?? 0) || a.number - b.number).map((one) => {
      const spot = `${one.item.lat} ${one.item.lon}`;
      const n = at.get(spot) ?? 0;
      at.set(spot, n + 1);
      const [x, y] = [seen.x(one.item.lon) + 9 * Math.sqrt(n) * Math.cos(n * 2.4), seen.y(one.item.lat) + 9 * Math.sqrt(n) * Math.sin(n * 2.4)];
      const toll = killed(one);
      const [low, high] = [toll?.low ?? 0, toll?.high ?? toll?.low ?? 0];
      const reach = Math.max(radius(high), 5);
      boxes.push([x - reach, y - reach, x + reach, y + reach]);
      return { one, x, y, low, high, first: n === 0 };
    });
    const labels = points.filter((p) => p.first && p.one.item.place).flatMap((p) => {
      const name = clipped(p.one.item.place, 13, 140);
      const [wide, reach] = [widthOf(name, 13), Math.max(radius(p.high), 5) + 4];
      const tries = [[p.x + reach, p.y + 4], [p.x - reach - wide, p.y + 4], [p.x - wide / 2, p.y - reach - 2], [p.x - wide / 2, p.y + reach + 11]];
      const spot = tries.find(([x, y]) => clear([x - 2, y - 12, x + wide + 2, y + 4]));
      if (!spot) return [];
      boxes.push([spot[0] - 2, spot[1] - 12, spot[0] + wide + 2, spot[1] + 4]);
      return [draw("text", { class: "place", x: spot[0], y: spot[1] }, name)];
    });
    const lands = [];
    const countries = [];
    for (const code of Object.keys(data.outlines ?? {})) {
      const parts = rings(code).map((ring) => within(ring, wider)).filter((ring) => ring.length > 2);
      if (!parts.length) continue;
      lands.push(draw("path", { class: "land", d: parts.map(path).join(""), "fill-rule": "evenodd" }));
      const shown = parts.map((ring) => within(ring, seen.box)).filter((ring) => ring.length > 2).map(middle).sort((a, b) => Math.abs(b.area) - Math.abs(a.area))[0];
      if (!shown || Math.abs(shown.area) < (right - left) * (top - bottom) * 0.02) continue;
      const name = (data.outlines[code].name ?? code).toUpperCase();
      const wide = widthOf(name, 11) * 1.2;
      const spot = [0, -30, 30, -60, 60].map((down) => [seen.x(shown.x) - wide / 2, seen.y(shown.y) + down]).find(([x, y]) => clear([x, y - 10, x + wide, y + 3]));
      if (!spot) continue;
      boxes.push([spot[0], spot[1] - 10, spot[0] + wide, spot[1] + 3]);
      countries.push(draw("text", { class: "country", x: spot[0], y: spot[1] }, name));
    }
    const picture = draw("svg", { class: "picture map", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": "Incident map, drawn; the same incidents follow as a table" },
      draw("g", { "aria-hidden": "true" }, lands, countries),
      points.map(({ one, x, y, low, high }) => point(one, `${one.title}, ${one.item.place ?? "place not stated"}, ${dayText(one.item.day)}: ${list(one.item.tolls).map(tollText).join("; ") || "toll not stated"}`, { class: `incident status-${inWords(one.item.status)}` },
        draw("circle", { class: "hit", cx: x, cy: y, r: Math.max(13, radius(high)) }),
        high > low ? draw("circle", { class: "high", cx: x, cy: y, r: radius(high) }) : "",
        high > 0 ? draw("circle", { class: "low", cx: x, cy: y, r: radius(low) }) : draw("g", { class: "no-toll" }, draw("circle", { class: "ground", cx: x, cy: y, r: 6 }), shape(one.item.status, x, y, 5.5)))),
      draw("g", { "aria-hidden": "true" }, labels));
    return { picture, outside: seen.outside };
  }

  function drawIncidents(width) {
    const entries = keep(all.incidents).sort(newest("day"));
    if (!entries.length) return nothing("No report tells of an incident of force.");
    const placed = entries.filter(placedOn);
    const located = placed.length > 300 ? [...placed].sort((a, b) => (killed(b)?.high ?? 0) - (killed(a)?.high ?? 0) || b.item.origins - a.item.origins).slice(0, 300) : placed;
    const drawn = located.length ? map(located, width) : null;
    const off = [...(drawn?.outside ?? []), ...entries.filter((one) => !placedOn(one))];
    return [
      drawn ? [
        make("ul", { class: "legend" }, make("li", {}, make("span", { class: "key-toll", "aria-hidden": "true" }), "disc: the lowest toll told; ring: the highest"), make("li", {}, sign("occurred"), "small: no toll told")),
        make("div", { class: "mapped" }, drawn.picture),
        make("p", { class: "small" }, "Outlines by Natural Earth, coarse, and drawn by who is in control. They settle no border.", located.length < placed.length ? ` The map shows ${located.length} of ${placed.length} incidents, those with the highest tolls and most origins; the table has all.` : ""),
      ] : make("p", { class: "nothing" }, "No incident has a place that could be found on the map."),
      off.length ? make("p", { class: "small" }, "Not on the map: ", off.slice(0, 12).map((one, i) => [i ? "; " : "", opener(one, null, { class: "words" }, said(one.title)), " (", text(one.item.place), ")"]), off.length > 12 ? `; and ${off.length - 12} more in the table.` : ".") : "",
      table("Incidents, the latest first", [
        ["What", (one) => opener(one, null, { class: "words", dir: "auto" }, said(one.title))], ["When", (one) => text(dayText(one.item.day))], ["Where", (one) => text(one.item.place)], ["Status", (one) => state(one.item.status)],
        ["Toll, and who says so", (one) => (list(one.item.tolls).length ? list(one.item.tolls).map((toll) => make("span", { class: "toll" }, make("strong", {}, said(tollText(toll))),
          list(toll.by).map((b) => {
            const quote = one.quotes.find((q) => q.cites[0] === list(b.cites)[0]);
            return make("span", { class: "small" }, said(b.who ?? "the report"), ": ", opener(one, quote, { class: "words" }, said(b.value)));
          }))) : text(""))],
        ["Told in", (one) => ofReports(one.item.accounts, one.item.origins)],
      ], entries, 20),
    ];
  }

  // ---------------------------------------------------------------- Sections: pledges and threats, disputed claims, sources

  const outcome = (one, item) => (list(item.outcome).length
    ? list(item.outcome).map((o) => make("p", { class: "quote outcome" }, make("span", { class: "small" }, "What became of it: "), words(one, one.quotes.find((q) => q.cites[0] === list(o.cites)[0] && q.words === o.words))))
    : make("p", { class: "small" }, "What became of it: ", make("span", { class: "absent" }, ABSENT)));

  function drawPledges() {
    const [pledges, threats] = [keep(all.pledges).sort(newest("made")), keep(all.threats).sort(newest("day"))];
    return [
      make("h3", {}, "Pledges and forecasts"), pledges.length ? long("pledges", pledges, 20, (one) => row([
        make("p", { class: "line" }, state(one.item.state), " ", make("strong", {}, said(one.title)), make("span", { class: "small" }, ` ${inWords(one.item.kind)}, ${dayText(one.item.made)} · due: ${dayText(one.item.due)}`)),
        make("p", { class: "quote" }, words(one, one.quotes[0])), outcome(one, one.item),
      ])) : nothing("No report tells of a pledge."),
      make("h3", {}, "Threats"), threats.length ? long("threats", threats, 20, (one) => row([
        make("p", { class: "line" }, state(one.item.state), " ", make("strong", {}, said(one.item.by ?? ABSENT)), " against ", said(joined(one.item.against)), make("span", { class: "small" }, ` ${dayText(one.item.day)}`)),
        make("p", { class: "quote" }, words(one, one.quotes[0])),
        make("p", { class: "small" }, "Condition: ", one.item.condition ? ["“", said(one.item.condition), "”"] : text("")), outcome(one, one.item),
      ])) : nothing("No report tells of a threat."),
    ];
  }

  function drawDisputed() {
    const entries = keep(all.disputed);
    if (!entries.length) return nothing("No report tells of a claim that another denies.");
    return long("disputed", entries, 20, (one) => row(make("div", { class: "accounts" },
      make("div", { class: "account" }, make("p", { class: "leaves" }, "Claimed by ", said(one.item.by ?? ABSENT)), make("p", { class: "quote" }, words(one, one.quotes[0]))),
      make("div", { class: "account" }, list(one.item.denials).map((d, i) => [make("p", { class: "leaves" }, "Denied by ", said(d.by ?? ABSENT)), make("p", { class: "quote" }, words(one, one.quotes[i + 1]))])))));
  }

  /** A bare entry for a report, opened at no words or at one cite. */
  const bareEntry = (report, cite) => ({ kicker: "Report", title: report.title ?? "Report without a title", facts: [], quotes: [], steps: cite ? [{ cite, label: "Words" }] : [], report, number: -1 });
  const reportButton = (report, label) => make("button", { type: "button", class: "words", "aria-haspopup": "dialog", "data-report": report.key, dir: "auto", click: (event) => panel.open(bareEntry(report), 0, event.currentTarget) }, said(label ?? report.title ?? "Report without a title"));

  function drawSources() {
    const entries = keep(all.sources);
    if (!entries.length) return nothing("No report has been read.");
    return [
      make("p", { class: "note" }, "Copies and light rewrites of one dispatch have one origin and count once as evidence."),
      table("Sources", [
        ["Source", (one) => said(one.title)], ["Reports", (one) => String(one.item.reports)], ["Origins", (one) => String(one.item.origins)], ["First", (one) => dayText(one.item.first)], ["Last", (one) => dayText(one.item.last)],
        ["Its reports", (one) => (one.own.length ? folded(count(one.own.length, "report"), make("ul", { class: "plain" }, one.own.map((report) => row([reportButton(report),
          make("span", { class: "small" }, ` ${published(report)}`, report.origin && report.origin !== report.key ? [" · copy of ", said(outlet(reports.get(report.origin) ?? report))] : "")])))) : text(""))],
      ], entries),
    ];
  }

  // ---------------------------------------------------------------- Panel

  const address = (cite) => `#at/${encodeURIComponent(cite.report)}/${cite.at[0]}-${cite.at[1]}`;

  /** The text of a report in paragraphs and sentences, with the words of the cites marked; `now` is the one looked at. */
  function marked(report, cites, now) {
    const signs = points(report);
    const spans = [...cites].filter((cite) => cite.report === report.key);
    const pieces = (from, to) => {
      const cuts = [...new Set([from, to, ...spans.flatMap((cite) => cite.at).filter((n) => n > from && n < to)])].sort((a, b) => a - b);
      return cuts.slice(0, -1).map((a, i) => {
        const own = spans.filter((cite) => cite.at[0] <= a && cite.at[1] >= cuts[i + 1]);
        const string = signs.slice(a, cuts[i + 1]).join("");
        return own.length ? make("mark", { class: own.includes(now) ? "now" : null }, string) : string;
      });
    };
    const paragraphs = [];
    for (let i = 0, start = 0; i <= signs.length; i += 1) {
      if (i < signs.length && signs[i] !== "\n") continue;
      if (i > start) paragraphs.push([start, i]);
      start = i + 1;
    }
    return paragraphs.map(([from, to]) => {
      const parts = [];
      let done = from;
      for (const [a, b] of list(report.sentences).filter(([a, b]) => a < to && b > from)) {
        const [start, end] = [Math.max(a, done), Math.min(b, to)];
        if (end <= start) continue;
        if (start > done) parts.push(...pieces(done, start));
        const here = now && now.report === report.key && now.at[0] < end && now.at[1] > start;
        parts.push(make("span", { class: here ? "sentence here" : "sentence" }, pieces(start, end)));
        done = end;
      }
      if (done < to) parts.push(...pieces(done, to));
      return make("p", { dir: "auto" }, parts);
    });
  }

  const panel = (() => {
    const dialog = byId("panel");
    let shown = null;
    let step = 0;
    let from = null;

    function go(to) {
      step = to;
      const { cite, label } = shown.steps[step] ?? {};
      const report = cite ? reports.get(cite.report) : shown.report;
      const text = dialog.querySelector(".text");
      const last = shown.steps.length - 1;
      dialog.querySelector(".where")?.replaceChildren(last > 0 ? `${step + 1} of ${last + 1} · ` : "", said(label ?? ""));
      for (const [name, edge] of [["before", 0], ["after", last]]) dialog.querySelector(`.${name}`)?.setAttribute("aria-disabled", step === edge);
      dialog.querySelectorAll(".told").forEach((button) => button.setAttribute("aria-current", Number(button.dataset.step) === step));
      if (!report) {
        text.replaceChildren(make("p", { class: "fault" }, "The report of these words is not part of this dossier."));
        return;
      }
      const origin = report.origin && report.origin !== report.key ? reports.get(report.origin) : null;
      text.replaceChildren(
        make("h3", {}, said(report.title ?? "Report without a title")),
        make("p", { class: "small" }, said(outlet(report)), " · ", published(report), report.known_from && report.known_from !== report.published ? ` · known from ${dayText(report.known_from)}` : "",
          report.publisher && report.source && report.source !== report.publisher ? [" · ", said(report.source)] : "",
          cite ? [" · ", make("a", { class: "here-link", href: address(cite) }, "link to these words")] : ""),
        report.copies > 1 || origin ? make("p", { class: "small" }, report.copies > 1 ? `One of ${report.copies} copies of one dispatch. ` : "", origin ? ["The earliest: ", reportButton(origin, `${outlet(origin)}, ${published(origin)}`)] : "This one is the earliest.") : "",
        cite && !stands(cite) ? make("p", { class: "fault", role: "alert" }, "The words “", said(cite.words), "” do not stand where the entry says. Do not rely on it.") : "",
        ...marked(report, shown.steps.map((one) => one.cite), cite));
      const target = text.querySelector("mark.now") ?? text.querySelector(".here");
      text.scrollTop = target ? target.getBoundingClientRect().top - text.getBoundingClientRect().top + text.scrollTop - text.clientHeight * 0.32 : 0;
      dialog.querySelector(".spoken").textContent = cite ? `${label}: “${cite.words}”, ${outlet(report)}` : outlet(report);
      remember(cite ? address(cite) : `#at/${encodeURIComponent(report.key)}`);
    }

    function open(one, to, opener) {
      hideTip();
      shown = one;
      if (opener && !dialog.contains(opener)) from = opener;
      const move = (by) => () => { if (shown.steps[step + by]) go(step + by); };
      dialog.replaceChildren(
        make("div", { class: "panel-head" }, make("p", { class: "kicker" }, one.kicker), make("h2", { id: "panel-title" }, said(one.title)),
          make("button", { type: "button", class: "close", "aria-label": "Close", click: shut }, draw("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, shape("against", 8, 8, 6)))),
        one.facts.length || one.quotes.length > 1 ? make("div", { class: "card", tabindex: "0", role: "group", "aria-label": "The entry" },
          make("dl", { class: "facts" }, one.facts.map(([name, value]) => make("div", {}, make("dt", {}, said(name)), make("dd", {}, text(value))))),
          one.quotes.length ? make("ul", { class: "plain" }, one.quotes.map((quote) => make("li", {}, quote.first === undefined ? [make("span", { class: "small" }, said(quote.label)), " “", said(quote.words), "”"]
            : make("button", { type: "button", class: "told", "data-step": one.indexOf(quote), dir: "auto", click: () => go(one.indexOf(quote)) }, make("span", { class: "small" }, said(quote.label)), " “", said(quote.words), "”")))) : "") : "",
        one.steps.length ? make("div", { class: "steps", role: "group", "aria-label": "Words cited" },
          one.steps.length > 1 ? make("button", { type: "button", class: "before", click: move(-1) }, "← Previous") : "",
          make("p", { class: "where" }),
          one.steps.length > 1 ? make("button", { type: "button", class: "after", click: move(1) }, "Next →") : "") : "",
        make("p", { class: "spoken", role: "status" }),
        make("div", { class: "text", tabindex: "0", role: "region", "aria-label": "Report" }));
      if (!dialog.open) dialog.showModal();
      dialog.querySelector(".close").focus();
      go(to);
    }

    // the browser tells of a closed panel only after a while: by then another entry may be open in it
    function leave() {
      if (dialog.open || !shown) return;
      const again = from?.isConnected ? from : [...document.querySelectorAll("[data-entry]")].find((one) => one.dataset.entry === String(shown.number));
      dialog.replaceChildren();
      shown = null;
      from = null;
      remember("#");
      (again ?? byId("filter")).focus();
    }
    function shut() {
      dialog.close();
      leave();
    }
    dialog.addEventListener("click", (event) => { if (event.target === dialog) shut(); });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); shut(); });
    dialog.addEventListener("close", leave);
    return { open, get isOpen() { return dialog.open; }, close: shut };
  })();

  /** Puts an address into the bar without a step in the history; a page that may not do so stays as it is. */
  function remember(hash) {
    try {
      history.replaceState(null, "", hash === "#" ? location.pathname + location.search : hash);
    } catch { /* some viewers of local files forbid it */ }
  }

  /** Follows an address: words in a report open the panel; the browser itself goes to a section. */
  function follow() {
    const m = /^#at\/([^/]+)(?:\/(\d+)-(\d+))?$/.exec(location.hash);
    if (!m) return;
    let key = m[1];
    try { key = decodeURIComponent(key); } catch { return; }
    const report = reports.get(key);
    if (!report) return;
    if (!m[2]) return panel.open(bareEntry(report), 0, null);
    const at = [Number(m[2]), Number(m[3])];
    const same = ({ cite }) => cite.report === key && cite.at[0] === at[0] && cite.at[1] === at[1];
    const one = known.find((made) => made.steps.some(same));
    panel.open(one ?? bareEntry(report, { report: key, at, words: points(report).slice(...at).join("") }), one ? one.steps.findIndex(same) : 0, null);
  }

  // ---------------------------------------------------------------- The page

  const SECTIONS = [
    ["state", "State of play", "The latest stance of each party, in the words of the reports, and what is open.", drawState],
    ["stances", "Who stands where", "Rest on a cell, or open it, for the reservations and the words.", drawMatrix],
    ["timeline", "What happened when", "Each sign is a happening on its own day, not on the day it was reported. Its shape tells its status.", drawTimeline],
    ["network", "Contact network", "Each line is a pair between whom a meeting, call or visit was told of. Open a line for the words.", drawNetwork],
    ["contacts", "Contacts, side by side", "What each side says of a contact, and what it leaves out that another tells.", drawContacts],
    ["incidents", "Incidents", "Tolls are ranges with who says so. They are neither averaged nor decided.", drawIncidents],
    ["pledges", "Pledges and threats", "What was promised or threatened, and what later reports say became of it.", drawPledges],
    ["disputed", "Disputed claims", "A claim, and who denies it. Which of them is true is not decided here.", drawDisputed],
    ["sources", "Sources", "", drawSources],
  ];
  const bodies = new Map();

  function redraw(only) {
    hideTip();
    if (!only) tally = [0, 0];
    const width = Math.floor(byId("main").clientWidth);
    for (const [id, , , drawSection] of SECTIONS) if (!only || only === id) bodies.get(id).replaceChildren(...[drawSection(width)].flat(Infinity).filter(Boolean));
  }

  function masthead() {
    const days = list(data.reports).map((report) => report.published ?? report.known_from).filter((day) => dayNumber(day) !== null).sort((a, b) => dayNumber(a) - dayNumber(b));
    const origins = new Set(list(data.reports).map((report) => report.origin ?? report.key)).size;
    document.title = `${data.title ?? "Dossier"} · Rapporteur`;
    byId("masthead").append(
      make("p", { class: "kicker" }, "Dossier", data.as_of ? `, as of ${dayText(data.as_of)}` : ""),
      make("h1", { dir: "auto" }, data.title ?? "Dossier"),
      make("p", { class: "lede" }, `From ${count(reports.size, "report")} of ${count(origins, "independent origin")} and ${count(list(data.sources).length, "source")}`, days.length ? `, ${dayText(days[0])} to ${dayText(days.at(-1))}` : "",
        ". Each entry rests on exact words: open it to read them in their report. What no report states is shown as not stated, and nothing is decided here that reports dispute."));
    byId("colophon").append(
      make("p", {}, "Made by ", said(data.made?.engine ?? "Rapporteur"), data.made?.model ? [", model ", said(data.made.model)] : "", ". Read by a program, which misses things and errs: rely on the words, not on the entry. This page is whole in itself and asks nothing of any network."));
  }

  function begin() {
    masthead();
    for (const [id, title, note] of SECTIONS) {
      const body = make("div", { class: "body" });
      bodies.set(id, body);
      byId("main").append(make("section", { id, "aria-labelledby": `${id}-title`, tabindex: "-1" }, make("h2", { id: `${id}-title` }, title), note ? make("p", { class: "note" }, note) : "", body));
      byId("sections").append(make("li", {}, make("a", { href: `#${id}` }, title)));
    }
    redraw();

    const filter = byId("filter");
    let timer = 0;
    const apply = () => {
      wanted = bare(filter.value).split(/\s+/).filter(Boolean);
      redraw();
      byId("found").textContent = wanted.length ? `${tally[0]} of ${tally[1]} entries` : "";
    };
    filter.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
    filter.addEventListener("keydown", (event) => { if (event.key === "Escape" && filter.value) { filter.value = ""; apply(); event.preventDefault(); } });

    const contents = byId("contents");
    const wide = matchMedia("(min-width: 70rem)");
    const unfold = () => { contents.open = wide.matches; };
    wide.addEventListener("change", unfold);
    unfold();
    byId("sections").addEventListener("click", () => { if (!wide.matches) contents.open = false; });
    const watch = new IntersectionObserver((seen) => {
      for (const one of seen) if (one.isIntersecting) for (const link of byId("sections").querySelectorAll("a")) {
        if (link.hash === `#${one.target.id}`) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    }, { rootMargin: "-20% 0px -70% 0px" });
    document.querySelectorAll("main > section").forEach((section) => watch.observe(section));

    let last = byId("main").clientWidth;
    new ResizeObserver(() => {
      const width = byId("main").clientWidth;
      if (Math.abs(width - last) < 12 || matchMedia("print").matches) return;
      last = width;
      for (const id of ["timeline", "network", "incidents"]) redraw(id);
    }).observe(byId("main"));
    addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((fold) => { fold.open = true; }));
    addEventListener("hashchange", follow);
    if (location.hash.startsWith("#at/")) follow();
    else if (location.hash) byId(location.hash.slice(1))?.scrollIntoView();
  }
  begin();
})();
