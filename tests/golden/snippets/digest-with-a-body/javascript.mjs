import { createHash, randomBytes } from "node:crypto";

// fetch knows no digest authentication: this answers the server's challenge (RFC 7616).
async function fetchWithDigest(url, options, user, password) {
  const first = await fetch(url, options);
  const [, challenge] = (first.headers.get("WWW-Authenticate") ?? "").split(/\bDigest /i);
  if (first.status !== 401 || !challenge) return first;
  const said = (name) => challenge.match(new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, "i"))?.slice(1).join("");
  const algorithm = said("algorithm") ?? "MD5";
  const hash = (...texts) =>
    createHash(algorithm.startsWith("SHA-256") ? "sha256" : "md5").update(texts.join(":")).digest("hex");
  const { pathname, search } = new URL(url);
  const uri = pathname + search;
  const cnonce = randomBytes(8).toString("hex");
  const counted = said("qop") ? ["00000001", cnonce, "auth"] : [];
  let secret = hash(user, said("realm"), password);
  if (algorithm.endsWith("-sess")) secret = hash(secret, said("nonce"), cnonce);
  const response = hash(secret, said("nonce"), ...counted, hash(options.method, uri));
  let answer = `Digest username="${Buffer.from(user).toString("latin1")}", realm="${said("realm")}", nonce="${said("nonce")}"`;
  answer += `, uri="${uri}", algorithm=${algorithm}, response="${response}"`;
  if (said("opaque")) answer += `, opaque="${said("opaque")}"`;
  if (said("qop")) answer += `, qop=auth, nc=00000001, cnonce="${cnonce}"`;
  return fetch(url, { ...options, headers: { ...options.headers, Authorization: answer } });
}

const response = await fetchWithDigest("https://api.example.com/v1/call", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ x: "é" }),
}, process.env.CHALLENGED_USER, process.env.CHALLENGED_PASSWORD);
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
