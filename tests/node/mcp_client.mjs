// One of the npm clients, old or new, at an MCP server: node mcp_client.mjs old|legacy|auto URL. Prints what it got.
const [kind, url] = process.argv.slice(2);
const said = { name: "test", version: "1" };
const progress = [];
const watch = { onprogress: (p) => progress.push(p.message) };
let client, transport;
if (kind === "old") {
  const { Client } = await import("@modelcontextprotocol/sdk/client/index.js");
  const { StreamableHTTPClientTransport } = await import("@modelcontextprotocol/sdk/client/streamableHttp.js");
  client = new Client(said);
  transport = new StreamableHTTPClientTransport(new URL(url));
} else {
  const { Client, StreamableHTTPClientTransport } = await import("@modelcontextprotocol/client");
  client = new Client(said, { versionNegotiation: { mode: kind } });
  transport = new StreamableHTTPClientTransport(new URL(url));
}
await client.connect(transport);
const tools = (await client.listTools()).tools.map((tool) => tool.name);
const mixed = await client.callTool({ name: "test_multiple_content_types", arguments: {} });
const counting = { name: "test_tool_with_progress", arguments: {} };
const steps = await (kind === "old" ? client.callTool(counting, undefined, watch) : client.callTool(counting, watch));
const taken = new AbortController();
const slow = { name: "test_slow", arguments: {} };
const options = { signal: taken.signal };
setTimeout(() => taken.abort("enough"), 300);
const ended = await (kind === "old" ? client.callTool(slow, undefined, options) : client.callTool(slow, options)).then(
  () => "answered", () => "taken back");
console.log(JSON.stringify({
  tools, ended, progress, blocks: mixed.content.map((block) => block.type), steps: steps.structuredContent,
}));
await client.close();
