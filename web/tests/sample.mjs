// Writes sample.json: an invented process between Peru and Ecuador, as the contract in ../dossier/README.md wants it.
//
// In: nothing. Out: sample.json. Reports are written here as text, entries name the words they rest on, and the offsets are looked up,
// so that they cannot be wrong by hand. Some names, titles and words are hostile on purpose: markup, quotes, endless words, Arabic.
// All people, groups, outlets and events are invented.
//
// Invariant: a cite whose words are not in its report, or stand there twice, stops the script.
import { readFileSync, writeFileSync } from "node:fs";

const here = (name) => new URL(name, import.meta.url);
const reports = [];

function report(key, publisher, published, title, paragraphs, more = {}) {
  const text = paragraphs.join("\n\n");
  const points = Array.from(text);
  const sentences = [];
  let start = 0;
  points.forEach((point, i) => {
    const next = points[i + 1];
    const closes = /[.!?”]/.test(point) && (next === undefined || next === " " || next === "\n") && !(point !== "”" && next === "”");
    if (!closes && next !== undefined && next !== "\n") return;
    const from = start + points.slice(start, i + 1).findIndex((one) => !/\s/.test(one));
    if (from >= start && i + 1 > from) sentences.push([from, i + 1]);
    start = i + 1;
  });
  reports.push({ key, source: `reports/${key}.txt`, publisher, title, published, known_from: published ?? "2026-04-20", origin: key, copies: 1, text, sentences, ...more });
}

/** A cite of words that stand once in a report. */
function cite(key, words) {
  const { text } = reports.find((one) => one.key === key);
  const at = text.indexOf(words);
  if (at < 0 || text.indexOf(words, at + 1) >= 0) throw new Error(`${key}: “${words}” stands ${at < 0 ? "nowhere" : "twice"}`);
  const start = Array.from(text.slice(0, at)).length;
  return { report: key, at: [start, start + Array.from(words).length], words };
}
const cites = (...pairs) => pairs.map(([key, words]) => cite(key, words));

report("r01", "Andes Wire", "2026-03-21", "Shelling on the Zarumilla line kills at least 12", [
  "HUAQUILLAS, March 21 — Artillery fire struck the market of Huaquillas overnight, killing at least 12 people, Ecuador’s civil defence said on Saturday. Peru’s Defence Ministry denied that its guns had fired. “We do not shell markets,” said its spokesman, Colonel Bruno Salas.",
  "Ecuador’s foreign minister, Mateo Cevallos, called for a thirty-day truce along the whole line. “Thirty days, no conditions, beginning tonight,” he told reporters in Quito. Lima did not answer at once.",
]);
report("r02", "El Faro del Sur", "2026-03-22", "Hospital counts fifteen dead after market strike 🕯️🕯️", [
  "🕊️ MACHALA — The provincial hospital has counted fifteen dead and forty wounded from the shelling of the Huaquillas market on Friday night, its director said. Lima rejects the truce “as long as the Condor Front keeps its posts on our bank of the canal”, Foreign Minister Lucía Quispe said on Sunday.",
  "Brazil offered to host talks in Brasília. President Quispe’s party said an observer mission would be “a foreign army with clipboards”.",
]);
report("r03", "Andes Wire", "2026-03-27", "Ministers speak by phone for the first time", [
  "The foreign ministers of Peru and Ecuador spoke by telephone on Thursday, March 26, both ministries said. Cevallos said the two had agreed that prisoners would be exchanged by April 10. The Peruvian ministry’s statement spoke of “a frank exchange on the situation at the canal” and did not mention prisoners.",
  "“If a single patrol crosses the Zarumilla again, we will close every crossing from Tumbes to Macará,” Quispe warned.",
]);
report("r04", "Ministry of Foreign Affairs of Peru", "2026-03-26", "Readout of the call with Minister Cevallos", [
  "The Minister of Foreign Affairs, Lucía Quispe Arana, held a telephone conversation today with her counterpart of Ecuador, Mateo Cevallos. They had a frank exchange on the situation at the canal. The Minister underlined that demining of the Cenepa road must come before any truce.",
], { source: "https://cancilleria.example/readout/114" });
report("r05", "Quito Bulletin", "2026-03-28", "Cevallos: prisoners home by 10 April", [
  "Ecuador will free all 31 Peruvian soldiers by April 10, Foreign Minister Mateo Cevallos promised on Friday. “They will sleep at home by the tenth,” he said.",
  "Ecuador supports a joint border commission, he added, “provided that it sits in neither capital”. The Condor Front said it had not been asked and would not leave its posts.",
]);
report("r06", "Andes Wire", "2026-04-02", "Drone hits bridge at Aguas Verdes; Lima closes crossings", [
  "TUMBES, April 2 — A drone damaged the bridge at Aguas Verdes on Wednesday night. Nobody was reported hurt. Lima closed all crossings from Tumbes to Macará on Thursday, as it had threatened after an Ecuadorian patrol crossed the canal.",
  "The Condor Front claimed the drone. Ecuador denied that any patrol had crossed. “There was no patrol. There was a lost goat,” Cevallos said.",
]);
report("r07", "El Faro del Sur", "2026-04-02", "Drone hits bridge at Aguas Verdes", [
  "TUMBES, April 2 — A drone damaged the bridge at Aguas Verdes on Wednesday night. Nobody was reported hurt. Lima closed all crossings from Tumbes to Macará on Thursday.",
], { origin: "r06", copies: 2 });
reports.find((one) => one.key === "r06").copies = 2;
report("r08", "Quito Bulletin", "2026-04-09", "Talks in Brasília: Lima would accept a truce, with two conditions", [
  "Delegations of Peru and Ecuador met in Brasília on Tuesday and Wednesday under Brazilian mediation. Peru would accept a truce of thirty days “if the Front withdraws ten kilometres and the Cenepa road is cleared”, its delegate Ana Huamán said. Ecuador’s delegation called the first condition reasonable and the second “a road to nowhere”.",
  "Brazil’s mediator, Paulo Reis, proposed an observer mission of 200 people for ninety days. Ecuador welcomed it. Peru has not decided, Huamán said. The exchange of prisoners is put off to April 24, Cevallos said.",
]);
report("r09", "Brazilian Foreign Ministry", "2026-04-09", "Joint note of the mediation", [
  "The mediation took note of the readiness of both delegations to meet again in Guayaquil on April 22. The parties discussed an exchange of prisoners and the reopening of two crossings. No document was signed.",
], { source: "https://itamaraty.example/nota/88" });
report("r10", "Andes Wire", "2026-04-17", "Landmine kills three deminers near Cenepa", [
  "LOJA, April 17 — A landmine killed three deminers on the Cenepa road on Thursday, Peru’s army said. The army of Ecuador said it knew of one dead. Demining goes on, Peru’s ministry said, and Peru will have cleared the road by May 15.",
  "Peru now supports the joint border commission “with a seat for the people of the canal”, Quispe said on Friday. The Condor Front rejects the truce. “A truce over our heads is no truce,” its commander said.",
]);
report("r11", "<b>Radio</b> \"onmouseover=alert(2)", null, "</script><img src=x onerror=alert(1)> <script>alert(1)</script>", [
  "A post signed <script>alert(1)</script> said: </script><img src=x onerror=\"alert(1)\"> & the ceasefire &lt;is over&gt;. The word Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftspräsidentenkandidat was used.",
  "قال المتحدث باسم اللجنة إن الهدنة قائمة. The committee “اللجنة الحدودية” opposes the law 30\"onmouseover=\"alert(3)\" in full 😀😀 and says so.",
]);

const hostile = "<script>alert(1)</script>";
const longest = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftspräsidentenkandidat";

const actors = [
  ["a-per", "Peru", "state", "PER", "PERGOV", ["Peru", "Lima", "Peruvian government"]],
  ["a-ecu", "Ecuador", "state", "ECU", "ECUGOV", ["Ecuador", "Quito"]],
  ["a-bra", "Brazil", "state", "BRA", "BRAGOV", ["Brazil", "Brasília", "the mediation"]],
  ["a-con", "Condor Front", "armed_group", null, null, ["Condor Front", "the Front"]],
  ["a-qui", "Lucía Quispe", "person", "PER", null, ["Lucía Quispe", "Quispe", "Lucía Quispe Arana"]],
  ["a-cev", "Mateo Cevallos", "person", "ECU", null, ["Mateo Cevallos", "Cevallos"]],
  ["a-rei", "Paulo Reis", "person", "BRA", null, ["Paulo Reis"]],
  ["a-bad", hostile, "unnamed", null, null, [hostile]],
  ["a-rtl", "اللجنة الحدودية", "organisation", null, null, ["اللجنة الحدودية"]],
].map(([key, name, kind, country, code, names]) => ({ key, name, kind, country, code, names }));

const proposals = [
  { key: "p-truce", name: "Thirty-day truce", kind: "ceasefire", names: ["Thirty-day truce", "truce of thirty days"], terms: [{ term: "duration", value: "P30D", words: "thirty-day" }], cites: cites(["r01", "a thirty-day truce along the whole line"], ["r08", "a truce of thirty days"]) },
  { key: "p-comm", name: "Joint border commission", kind: "agreement", names: ["Joint border commission"], terms: [], cites: cites(["r05", "a joint border commission"]) },
  { key: "p-obs", name: "Observer mission", kind: "other", names: ["Observer mission"], terms: [{ term: "size", value: "200", words: "200 people" }, { term: "duration", value: "P90D", words: "for ninety days" }], cites: cites(["r08", "an observer mission of 200 people for ninety days"]) },
  { key: "p-mine", name: "Demining of the Cenepa road", kind: "other", names: ["Demining of the Cenepa road"], terms: [], cites: cites(["r04", "demining of the Cenepa road"]) },
  { key: "p-bad", name: `Law 30"onmouseover="alert(3)"`, kind: "vote", names: [], terms: [], cites: cites(["r11", `law 30"onmouseover="alert(3)"`]) },
  { key: "p-silent", name: "Reopening of two crossings", kind: "other", names: [], terms: [], cites: cites(["r09", "the reopening of two crossings"]) },
];

const position = (party, proposal, stance, side, since, by, words, own, reservations = [], history = []) => ({ party, proposal, stance, side, reservations, since, by, words, history, cites: own });
const positions = [
  position("a-per", "p-truce", "conditional", "for-but", "2026-04-09", "Ana Huamán", "Peru would accept a truce of thirty days", cites(["r08", "Peru would accept a truce of thirty days"]), [
    { words: "if the Front withdraws ten kilometres", cites: cites(["r08", "if the Front withdraws ten kilometres"]) },
    { words: "the Cenepa road is cleared", cites: cites(["r08", "the Cenepa road is cleared"]) },
  ], [
    { day: "2026-03-22", stance: "rejects", words: "Lima rejects the truce", cites: cites(["r02", "Lima rejects the truce"]) },
    { day: "2026-03-26", stance: "conditional", words: "must come before any truce", cites: cites(["r04", "must come before any truce"]) },
    { day: "2026-04-09", stance: "conditional", words: "Peru would accept a truce of thirty days", cites: cites(["r08", "Peru would accept a truce of thirty days"]) },
  ]),
  position("a-ecu", "p-truce", "proposes", "for", "2026-03-21", "Mateo Cevallos", "Thirty days, no conditions, beginning tonight", cites(["r01", "Thirty days, no conditions, beginning tonight"], ["r01", "called for a thirty-day truce"])),
  position("a-con", "p-truce", "rejects", "against", "2026-04-17", null, "The Condor Front rejects the truce", cites(["r10", "The Condor Front rejects the truce"], ["r10", "A truce over our heads is no truce"])),
  position("a-per", "p-comm", "supports_with_reservations", "for-but", "2026-04-17", "Lucía Quispe", "Peru now supports the joint border commission", cites(["r10", "Peru now supports the joint border commission"]), [{ words: "with a seat for the people of the canal", cites: cites(["r10", "with a seat for the people of the canal"]) }]),
  position("a-ecu", "p-comm", "supports_with_reservations", "for-but", "2026-03-28", "Mateo Cevallos", "Ecuador supports a joint border commission", cites(["r05", "Ecuador supports a joint border commission"]), [{ words: "provided that it sits in neither capital", cites: cites(["r05", "provided that it sits in neither capital"]) }]),
  position("a-bra", "p-obs", "proposes", "for", "2026-04-09", "Paulo Reis", "proposed an observer mission of 200 people", cites(["r08", "proposed an observer mission of 200 people"])),
  position("a-ecu", "p-obs", "supports", "for", "2026-04-09", null, "Ecuador welcomed it", cites(["r08", "Ecuador welcomed it"])),
  position("a-per", "p-obs", "undecided", "open", "2026-04-09", "Ana Huamán", "Peru has not decided", cites(["r08", "Peru has not decided"]), [], [
    { day: "2026-03-22", stance: "opposes", words: "a foreign army with clipboards", cites: cites(["r02", "a foreign army with clipboards"]) },
    { day: "2026-04-09", stance: "undecided", words: "Peru has not decided", cites: cites(["r08", "Peru has not decided"]) },
  ]),
  position("a-per", "p-mine", "demands", "for", "2026-03-26", "Lucía Quispe", "demining of the Cenepa road must come before any truce", cites(["r04", "demining of the Cenepa road must come before any truce"])),
  position("a-ecu", "p-mine", "doubts", "against", "2026-04-09", null, "a road to nowhere", cites(["r08", "a road to nowhere"])),
  position("a-rtl", "p-bad", "opposes", "against", "2026-04-20", null, `opposes the law 30"onmouseover="alert(3)" in full 😀😀`, cites(["r11", `opposes the law 30"onmouseover="alert(3)" in full 😀😀 and says so`])),
  position("a-bad", "p-truce", "rejects", "against", "2026-04-20", hostile, `</script><img src=x onerror="alert(1)">`, cites(["r11", `</script><img src=x onerror="alert(1)"> & the ceasefire &lt;is over&gt;`])),
];

const moves = [
  { day: "2026-03-26", party: "a-per", proposal: "p-truce", from: "rejects", to: "conditional", words: "must come before any truce", by: "Lucía Quispe", cites: cites(["r04", "must come before any truce"]) },
  { day: "2026-04-09", party: "a-per", proposal: "p-obs", from: "opposes", to: "undecided", words: "Peru has not decided", by: "Ana Huamán", cites: cites(["r08", "Peru has not decided"]) },
  { day: "2026-04-17", party: "a-per", proposal: "p-comm", from: null, to: "supports_with_reservations", words: "Peru now supports the joint border commission", by: "Lucía Quispe", cites: cites(["r10", "Peru now supports the joint border commission"]) },
];

const happening = (key, from, known, type, mode, status, label, who, recipients, place, counts, own, differences = [], to = null) => ({
  key, from, to, known, type, mode, status, label, actors: who, recipients, place, accounts: counts[0], origins: counts[1], disputed: differences.length > 0, differences, cites: own });
const timeline = [
  happening("h1", "2026-03-20TNI", "2026-03-21", "ASSAULT", "artillery", "occurred", "Shelling of the Huaquillas market", [], ["Ecuador"], "Huaquillas", [2, 2], cites(["r01", "Artillery fire struck the market of Huaquillas overnight"], ["r02", "the shelling of the Huaquillas market on Friday night"]), [
    { what: "toll", sides: [{ value: "at least 12", by: "Ecuador’s civil defence", cites: cites(["r01", "killing at least 12 people"]) }, { value: "15", by: "the hospital’s director", cites: cites(["r02", "fifteen dead and forty wounded"]) }] },
    { what: "status", sides: [{ value: "told as having happened", by: "Ecuador’s civil defence", cites: cites(["r01", "Ecuador’s civil defence said"]) }, { value: "denied", by: "Peru’s Defence Ministry", cites: cites(["r01", "Peru’s Defence Ministry denied that its guns had fired"]) }] },
  ]),
  happening("h2", "2026-03-21", "2026-03-21", "REQUEST", "yield", "demanded", "Call for a thirty-day truce", ["Mateo Cevallos"], ["Peru"], "Quito", [1, 1], cites(["r01", "called for a thirty-day truce along the whole line"])),
  happening("h3", "2026-03-22", "2026-03-22", "REJECT", "proposal", "occurred", "Truce rejected", ["Lucía Quispe"], ["Ecuador"], null, [1, 1], cites(["r02", "Lima rejects the truce"])),
  happening("h4", "2026-03-22", "2026-03-22", "CONSULT", "talks", "offered", "Talks in Brasília offered", ["Brazil"], ["Peru", "Ecuador"], "Brasília", [1, 1], cites(["r02", "Brazil offered to host talks in Brasília"])),
  happening("h5", "2026-03-26", "2026-03-26", "CONSULT", "phone", "occurred", "Foreign ministers speak by telephone", ["Lucía Quispe"], ["Mateo Cevallos"], null, [2, 2], cites(["r03", "spoke by telephone on Thursday, March 26"], ["r04", "held a telephone conversation today"])),
  happening("h6", "2026-03-27", "2026-03-27", "THREATEN", "restrict", "conditional", "Threat to close every crossing", ["Lucía Quispe"], ["Ecuador"], "Zarumilla", [1, 1], cites(["r03", "we will close every crossing from Tumbes to Macará"])),
  happening("h7", "2026-04-01TNI", "2026-04-02", "ASSAULT", "drone", "occurred", "Drone strike on the bridge at Aguas Verdes", ["Condor Front"], ["Peru"], "Aguas Verdes", [2, 1], cites(["r06", "A drone damaged the bridge at Aguas Verdes on Wednesday night"], ["r07", "A drone damaged the bridge at Aguas Verdes on Wednesday night"])),
  happening("h8", "2026-04-02", "2026-04-02", "COERCE", "restrict", "ongoing", "Crossings closed from Tumbes to Macará", ["Peru"], ["Ecuador"], "Tumbes", [2, 1], cites(["r06", "Lima closed all crossings"], ["r07", "Lima closed all crossings"]), [], "2026-04-20"),
  happening("h9", "2026-04-07", "2026-04-09", "CONSULT", "talks", "occurred", "Delegations meet in Brasília", ["Peru", "Ecuador"], ["Brazil"], "Brasília", [2, 2], cites(["r08", "met in Brasília on Tuesday and Wednesday"], ["r09", "The mediation took note of the readiness of both delegations"]), [], "2026-04-08"),
  happening("h10", "2026-04-22", "2026-04-09", "CONSULT", "talks", "planned", "Second round in Guayaquil", ["Peru", "Ecuador"], ["Brazil"], "Guayaquil", [1, 1], cites(["r09", "to meet again in Guayaquil on April 22"])),
  happening("h11", "2026-04-10", "2026-03-27", "CONCEDE", "release", "failed", "Exchange of prisoners", ["Ecuador"], ["Peru"], null, [3, 3], cites(["r03", "prisoners would be exchanged by April 10"], ["r08", "The exchange of prisoners is put off to April 24"])),
  happening("h12", "2026-04-16", "2026-04-17", "ASSAULT", "explosives", "occurred", "Landmine on the Cenepa road", [], ["Peru"], "Cenepa", [2, 1], cites(["r10", "A landmine killed three deminers on the Cenepa road on Thursday"]), [
    { what: "toll", sides: [{ value: "3", by: "Peru’s army", cites: cites(["r10", "killed three deminers"]) }, { value: "1", by: "the army of Ecuador", cites: cites(["r10", "it knew of one dead"]) }] }]),
  happening("h13", null, "2026-04-02", "MOBILIZE", "troops", "denied", "Patrol across the canal", ["Ecuador"], ["Peru"], "Zarumilla", [1, 1], cites(["r06", "after an Ecuadorian patrol crossed the canal"], ["r06", "There was no patrol"])),
  happening("h14", "2026-04-20", "2026-04-20", "ACCUSE", "allege", "possible", `A post by ${hostile} with ${longest}`, [hostile], [], `"onmouseover=alert(1)`, [1, 1], cites(["r11", `A post signed <script>alert(1)</script> said`])),
  happening("h15", "1995-01", "2026-04-17", "ASSAULT", "ground", "ended", "War of the Cenepa", ["Peru"], ["Ecuador"], "Cenepa", [1, 1], cites(["r10", "on the Cenepa road"])),
  happening("h16", "2026-04-17", "2026-04-17", "RETREAT", "disarm", "ongoing", "Demining of the Cenepa road", ["Peru"], [], "Cenepa", [1, 1], cites(["r10", "Demining goes on"])),
];

const contacts = [
  { key: "c1", parties: ["Peru", "Ecuador"], mode: "phone", day: "2026-03-26", place: null, state: "held", accounts: [
    { by: "Ecuador", words: "the two had agreed that prisoners would be exchanged by April 10", day: "2026-03-27", cites: cites(["r03", "the two had agreed that prisoners would be exchanged by April 10"]) },
    { by: "Peru", words: "They had a frank exchange on the situation at the canal", day: "2026-03-26", cites: cites(["r04", "They had a frank exchange on the situation at the canal"]) },
  ], left_out: [
    { side: "Peru", by: "Ecuador", words: "prisoners would be exchanged by April 10", cites: cites(["r03", "prisoners would be exchanged by April 10"]) },
    { side: "Ecuador", by: "Peru", words: "demining of the Cenepa road must come before any truce", cites: cites(["r04", "demining of the Cenepa road must come before any truce"]) },
  ], cites: cites(["r03", "spoke by telephone on Thursday, March 26"]) },
  { key: "c2", parties: ["Peru", "Ecuador", "Brazil"], mode: "talks", day: "2026-04-07", place: "Brasília", state: "held", accounts: [
    { by: "Brazil", words: "No document was signed", day: "2026-04-09", cites: cites(["r09", "No document was signed"]) },
    { by: null, words: "met in Brasília on Tuesday and Wednesday under Brazilian mediation", day: "2026-04-09", cites: cites(["r08", "met in Brasília on Tuesday and Wednesday under Brazilian mediation"]) },
  ], left_out: [], cites: cites(["r08", "Delegations of Peru and Ecuador met in Brasília"]) },
  { key: "c3", parties: ["Peru", "Ecuador"], mode: "meeting", day: "2026-04-22", place: "Guayaquil", state: "planned", accounts: [], left_out: [], cites: cites(["r09", "to meet again in Guayaquil on April 22"]) },
  { key: "c4", parties: ["Brazil", "Condor Front"], mode: null, day: null, place: null, state: "denied", accounts: [
    { by: "Condor Front", words: "it had not been asked", day: "2026-03-28", cites: cites(["r05", "it had not been asked"]) }], left_out: [], cites: cites(["r05", "The Condor Front said it had not been asked"]) },
];

const network = {
  nodes: [["a-per", 2], ["a-ecu", 2], ["a-bra", 3], ["a-qui", 1], ["a-cev", 2], ["a-con", 1], ["a-rei", 2], ["a-bad", 1], ["a-rtl", 1]].map(([key, n]) => {
    const actor = actors.find((one) => one.key === key);
    return { key, name: actor.name, country: actor.country, n };
  }),
  edges: [
    ["a-per", "a-ecu", 3, 2, ["r08", "Delegations of Peru and Ecuador met in Brasília"]], ["a-qui", "a-cev", 1, 1, ["r03", "spoke by telephone on Thursday, March 26"]],
    ["a-per", "a-bra", 1, 1, ["r08", "under Brazilian mediation"]], ["a-ecu", "a-bra", 1, 1, ["r08", "under Brazilian mediation"]],
    ["a-bra", "a-con", 1, 0, ["r05", "The Condor Front said it had not been asked"]], ["a-rei", "a-per", 1, 1, ["r08", "Brazil’s mediator, Paulo Reis"]],
    ["a-rei", "a-ecu", 1, 1, ["r08", "Brazil’s mediator, Paulo Reis"]], ["a-bad", "a-rtl", 1, 0, ["r11", `A post signed <script>alert(1)</script> said`]],
  ].map(([a, b, n, held, own]) => ({ a, b, n, held, cites: cites(own) })),
};

const toll = (of, low, high, by, none_reported = false) => ({ of, low, high, none_reported, by: by.map(([value, who, ...own]) => ({ value, who, cites: cites(own) })) });
const incidents = [
  { key: "i1", type: "ASSAULT", mode: "artillery", status: "occurred", label: "Shelling of the Huaquillas market", day: "2026-03-20TNI", place: "Huaquillas", lat: -3.48, lon: -80.23, actors: [], tolls: [
    toll("killed", 12, 15, [["at least 12", "Ecuador’s civil defence", "r01", "killing at least 12 people"], ["15", "the hospital’s director", "r02", "fifteen dead and forty wounded"]]),
    toll("wounded", 40, 40, [["40", "the hospital’s director", "r02", "fifteen dead and forty wounded"]])], accounts: 2, origins: 2, cites: cites(["r01", "Artillery fire struck the market of Huaquillas overnight"]) },
  { key: "i2", type: "ASSAULT", mode: "drone", status: "occurred", label: "Drone strike on the bridge at Aguas Verdes", day: "2026-04-01TNI", place: "Aguas Verdes", lat: -3.482, lon: -80.247, actors: ["Condor Front"], tolls: [
    toll("wounded", null, null, [["nobody", null, "r06", "Nobody was reported hurt"]], true)], accounts: 2, origins: 1, cites: cites(["r06", "A drone damaged the bridge at Aguas Verdes on Wednesday night"]) },
  { key: "i3", type: "ASSAULT", mode: "explosives", status: "occurred", label: "Landmine on the Cenepa road", day: "2026-04-16", place: "Cenepa", lat: -3.75, lon: -78.4, actors: [], tolls: [
    toll("killed", 1, 3, [["three", "Peru’s army", "r10", "killed three deminers"], ["one", "the army of Ecuador", "r10", "it knew of one dead"]])], accounts: 2, origins: 1, cites: cites(["r10", "A landmine killed three deminers on the Cenepa road on Thursday"]) },
  { key: "i4", type: "COERCE", mode: "restrict", status: "ongoing", label: "Crossings closed", day: "2026-04-02", place: "Macará", lat: -4.38, lon: -79.94, actors: ["Peru"], tolls: [], accounts: 2, origins: 1, cites: cites(["r06", "Lima closed all crossings"]) },
  { key: "i5", type: "ASSAULT", mode: null, status: "possible", label: `Post of ${hostile}`, day: null, place: null, lat: null, lon: null, actors: [hostile], tolls: [], accounts: 1, origins: 1, cites: cites(["r11", `A post signed <script>alert(1)</script> said`]) },
];

const pledges = [
  { by: "Ecuador", kind: "pledge", words: "Ecuador will free all 31 Peruvian soldiers by April 10", made: "2026-03-28", due: "2026-04-10", state: "revised", outcome: [{ words: "The exchange of prisoners is put off to April 24", cites: cites(["r08", "The exchange of prisoners is put off to April 24"]) }], cites: cites(["r05", "Ecuador will free all 31 Peruvian soldiers by April 10"]) },
  { by: "Peru", kind: "pledge", words: "Peru will have cleared the road by May 15", made: "2026-04-17", due: "2026-05-15", state: "made", outcome: [], cites: cites(["r10", "Peru will have cleared the road by May 15"]) },
  { by: "Mateo Cevallos", kind: "forecast", words: "They will sleep at home by the tenth", made: "2026-03-28", due: "2026-04-10", state: "broken", outcome: [{ words: "put off to April 24", cites: cites(["r08", "put off to April 24"]) }], cites: cites(["r05", "They will sleep at home by the tenth"]) },
];
const threats = [
  { by: "Lucía Quispe", against: ["Ecuador"], words: "we will close every crossing from Tumbes to Macará", condition: "If a single patrol crosses the Zarumilla again", day: "2026-03-27", state: "carried out", outcome: [{ words: "Lima closed all crossings from Tumbes to Macará on Thursday, as it had threatened", cites: cites(["r06", "Lima closed all crossings from Tumbes to Macará on Thursday, as it had threatened"]) }], cites: cites(["r03", "we will close every crossing from Tumbes to Macará"]) },
  { by: "Condor Front", against: ["Peru", "Ecuador"], words: "would not leave its posts", condition: null, day: "2026-03-28", state: "open", outcome: [], cites: cites(["r05", "would not leave its posts"]) },
];
const disputed = [
  { claim: "Artillery fire struck the market of Huaquillas overnight", by: "Ecuador’s civil defence", cites: cites(["r01", "Artillery fire struck the market of Huaquillas overnight"]), denials: [{ by: "Peru’s Defence Ministry", words: "We do not shell markets", cites: cites(["r01", "We do not shell markets"]) }] },
  { claim: "an Ecuadorian patrol crossed the canal", by: "Peru", cites: cites(["r06", "an Ecuadorian patrol crossed the canal"]), denials: [{ by: "Mateo Cevallos", words: "There was no patrol. There was a lost goat", cites: cites(["r06", "There was no patrol. There was a lost goat"]) }] },
];

const reviewed = [{ ...positions[0].cites[0], told: "corrected by Ana Ruiz", reason: "the <b>minister</b> spoke for himself" }];

const named = new Map();
for (const one of reports) named.set(one.publisher, [...(named.get(one.publisher) ?? []), one]);
const sources = [...named].map(([name, own]) => {
  const days = own.map((one) => one.published ?? one.known_from).sort();
  return { name, reports: own.length, origins: own.filter((one) => one.origin === one.key).length, first: days[0], last: days.at(-1) };
});

const sample = {
  title: "The Zarumilla canal: Peru and Ecuador", as_of: "2026-04-20", made: { engine: "rapporteur 0.3.0", model: "weights 1" },
  reports, actors, moves, proposals, positions, timeline, contacts, network, incidents, pledges, threats, disputed, sources, reviewed,
};
writeFileSync(here("sample.json"), `${JSON.stringify({ ...sample, outlines: {} }, null, 1)}\n`);
console.log(`sample.json: ${reports.length} reports, outlines left out (${JSON.parse(readFileSync(here("../dossier/outlines.json"), "utf8")).PER.name} and the others are put in by fill.mjs)`);
