// An identity server (oidc-provider) and, beside it, an API that its tokens open. Usage: node identity.mjs PORT CALLBACK
// Prints "ready". /api/me answers who a token is for; /api/seen counts what the token endpoint was asked.
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, callback] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "docs",
      token_endpoint_auth_method: "none",
      redirect_uris: [callback],
      grant_types: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
      response_types: ["code"],
      application_type: "native",
    },
    { client_id: "service", client_secret: "service-secret", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] },
  ],
  clientBasedCORS: () => true,
  scopes: ["openid", "offline_access", "read:books", "write:books"],
  pkce: { required: () => true },
  ttl: { AccessToken: () => 31, ClientCredentials: 600, DeviceCode: 600, Session: 3600, Grant: 3600, Interaction: 3600, RefreshToken: 3600, IdToken: 3600 },
  features: { devInteractions: { enabled: true }, deviceFlow: { enabled: true }, clientCredentials: { enabled: true } },
  cookies: { keys: ["tests"] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
});
provider.proxy = true;

const grants = [];
provider.on("grant.success", (context) => grants.push(context.oidc.params.grant_type));
const app = provider.callback();

const server = createServer(async (request, response) => {
  if (!request.url.startsWith("/api/")) return app(request, response);
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Allow-Headers", "*, Authorization");
  if (request.method === "OPTIONS") return response.writeHead(204).end();
  response.setHeader("Content-Type", "application/json");
  if (request.url === "/api/seen") return response.end(JSON.stringify(grants));
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const found = token && ((await provider.AccessToken.find(token)) ?? (await provider.ClientCredentials.find(token)));
  if (found) return response.end(JSON.stringify({ who: found.accountId ?? found.clientId, scope: found.scope ?? "" }));
  const key = request.headers["x-key"] ?? new URL(request.url, issuer).searchParams.get("key");
  if (key === "sesame" || request.headers.authorization === `Basic ${Buffer.from("ann:päss").toString("base64")}`) return response.end(JSON.stringify({ who: key ? "key" : "ann" }));
  response.writeHead(401).end(JSON.stringify({ detail: "no" }));
});
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
