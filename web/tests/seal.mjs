// Writes the checksums of style.css and dossier.js into the policy of page.html. Run it after a change of either (`npm run seal`).
//
// In: the files of ../dossier. Out: page.html. The browser runs only the script whose checksum the page names.
//
// Invariant: nothing but the two checksums changes.
import { writeFileSync } from "node:fs";
import { part, seal } from "./fill.mjs";

const page = part("page.html")
  .replace(/script-src '[^']*'/, `script-src ${seal(part("dossier.js"))}`)
  .replace(/style-src '[^']*'/, `style-src ${seal(part("style.css"))}`);
writeFileSync(new URL("../dossier/page.html", import.meta.url), page);
