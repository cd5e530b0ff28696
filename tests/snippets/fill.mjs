// The first line is the script, as JSON; then lines `{"parts": …, "values": …}` and prints each filled text as a line of JSON,
// `["why"]` of one that is refused.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const [script, ...tasks] = readFileSync(0, "utf8").split("\n").filter(Boolean);
vm.runInThisContext(JSON.parse(script));
const { parse, revive, fill } = globalThis.apispec;
for (const line of tasks) {
  const task = JSON.parse(line);
  let text;
  try {
    text = fill(task.parts, revive(parse(task.values)));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    text = [error.message];
  }
  console.log(JSON.stringify(text));
}
