// The first line is the script, as JSON; then lines `{"parts": …, "values": …}` and prints each filled text as a line of JSON.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const [script, ...tasks] = readFileSync(0, "utf8").split("\n").filter(Boolean);
vm.runInThisContext(JSON.parse(script));
const { parse, revive, fill } = globalThis.apispec;
for (const line of tasks) {
  const task = JSON.parse(line);
  console.log(JSON.stringify(fill(task.parts, revive(parse(task.values)))));
}
