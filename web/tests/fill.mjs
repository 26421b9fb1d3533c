// Fills the template as the program does, for the tests and for looking at it.
//
// In: the files of ../dossier and the object of the contract. Out: the page as one string. The template is cut at its three
// placeholders and joined once, so a placeholder that stands in the data is text like any other.
//
// Invariant: no "<" and no line separator of the data reaches the page unescaped.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

export const part = (name) => readFileSync(new URL(`../dossier/${name}`, import.meta.url), "utf8");
export const outlines = () => JSON.parse(part("outlines.json"));
export const sample = () => ({ ...JSON.parse(readFileSync(new URL("sample.json", import.meta.url), "utf8")), outlines: outlines() });
/** The source expression by which the page's policy allows an inline script or style. */
export const seal = (text) => `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;

export function fill(data) {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const values = { "/*STYLE*/": part("style.css"), "/*SCRIPT*/": part("dossier.js"), "/*DATA*/": json };
  return part("page.html").split(/(\/\*(?:STYLE|SCRIPT|DATA)\*\/)/).map((piece) => values[piece] ?? piece).join("");
}
