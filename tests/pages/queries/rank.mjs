// Asks the search as a reader's browser does, without a page: node rank.mjs FOLDER < [[query, [right answer, …]], …]
// Prints [[query, place of the right answer or -1, [the first three]], …] and the milliseconds of the slowest first answer.
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [folder, engine] = process.argv.slice(2);
const data = {};
globalThis.apispec = { found: (name, value) => (data[name] = value) };
const load = (path) => runInThisContext(readFileSync(path, "utf8"));
load(engine.replace(/search.engine\.js$/, "script/words.js"));
load(engine);
load(`${folder}/index.js`);
const search = apispec.searchEngine(data.index);
const KINDS = ["operation", "schema", "webhook", "tag", "page"];
let slowest = 0;
const ranked = JSON.parse(readFileSync(0, "utf8")).map(([query, right]) => {
  const began = performance.now();
  search.search(query);
  slowest = Math.max(slowest, performance.now() - began);
  const shards = {};
  for (const name of data.index.whole ? ["words"] : [...search.shards(query), "places"]) {
    try {
      load(`${folder}/${name}.js`);
      shards[name] = data[name];
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  if (data.index.whole) Object.assign(shards, shards.words);
  const found = search.search(query, shards);
  const exact = found.find((entry) => entry.exact)?.kind;
  const order = [...KINDS].sort((a, b) => (b === exact) - (a === exact));
  const names = order.flatMap((kind) => found.filter((entry) => entry.kind === kind)).map((entry) => entry.name);
  return [query, names.findIndex((name) => right.includes(name)), names.slice(0, 3)];
});
console.log(JSON.stringify({ ranked, slowest }));
