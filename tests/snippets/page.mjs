// The page's script without a page. The first argument is the joined script; each line of the input is a task:
// {data, calls: [[endpoint, arguments, base]], languages} → a line of JSON with what the script makes of it.
// `send` in a task: make the requests, with these credentials.
import { readFileSync } from "node:fs";
import vm from "node:vm";

let block = null;
globalThis.document = { getElementById: () => block, addEventListener() {}, dispatchEvent() {} };
vm.runInThisContext(readFileSync(process.argv[2], "utf8"));
const { apispec } = globalThis;

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  const task = JSON.parse(line);
  block = { dataset: { json: task.data } };
  const endpoints = apispec.page().get("endpoints");
  const calls = task.calls.map(([name, args, base]) => [endpoints.get(name), apispec.restore(args), base]);
  const answer = { snippets: calls.map((call) => apispec.snippets(...call)) };
  if (task.languages) {
    const records = JSON.parse(JSON.stringify(calls.map((call) => apispec.record(...call))));
    answer.languages = apispec.scriptLanguages(records).map(({ id }) => id);
    answer.scripts = task.languages.map((id) => apispec.script(records, id));
  }
  if (task.send) {
    answer.unsent = [];
    for (const call of calls) {
      const { url, init, unsent } = apispec.request(...call, new Map(Object.entries(task.send)));
      answer.unsent.push(unsent);
      await (await fetch(url, init)).arrayBuffer();
    }
  }
  console.log(JSON.stringify(answer));
}
