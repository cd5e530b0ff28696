// Reads lines `{"parts": …, "values": …}` and prints each filled text as a line of JSON.
import { readFileSync } from "node:fs";
import vm from "node:vm";

vm.runInThisContext(readFileSync(process.argv[2], "utf8"));
const { parse, revive, fill } = globalThis.apispec;
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const task = JSON.parse(line);
  console.log(JSON.stringify(fill(task.parts, revive(parse(task.values)))));
}
