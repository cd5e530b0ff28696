import { createHash, randomBytes } from "node:crypto";

// fetch knows no digest authentication: this answers the server's challenge (RFC 7616).
async function fetchWithDigest(url, options, user, password) {
  const first = await fetch(url, options);
  const header = first.headers.get("WWW-Authenticate") ?? "";
  const [, challenge] = header.split(/\bDigest /i);
  if (first.status !== 401 || !challenge) return first;
  const said = (name) => {
    const found = challenge.match(new RegExp(`\\b${name}=(?:"([^"]*)"|([^\\s,]+))`, "i"));
    return found?.[1] ?? found?.[2];
  };
  const algorithm = said("algorithm") ?? "MD5";
  const kind = algorithm.startsWith("SHA-256") ? "sha256" : "md5";
  const hash = (...texts) =>
    createHash(kind).update(texts.join(":")).digest("hex");
  const { pathname, search } = new URL(url);
  const uri = pathname + search;
  const cnonce = randomBytes(8).toString("hex");
  const counted = said("qop") ? ["00000001", cnonce, "auth"] : [];
  let secret = hash(user, said("realm"), password);
  if (algorithm.endsWith("-sess")) secret = hash(secret, said("nonce"), cnonce);
  const request = hash(options.method, uri);
  const response = hash(secret, said("nonce"), ...counted, request);
  let answer = `Digest username="${Buffer.from(user).toString("latin1")}", uri="${uri}"`;
  answer += `, realm="${said("realm")}", nonce="${said("nonce")}"`;
  answer += `, algorithm=${algorithm}, response="${response}"`;
  if (said("opaque")) answer += `, opaque="${said("opaque")}"`;
  if (said("qop")) answer += `, qop=auth, nc=00000001, cnonce="${cnonce}"`;
  const headers = { ...options.headers, Authorization: answer };
  return fetch(url, { ...options, headers });
}

const query = new URLSearchParams({ q: "a b&c" });
const url = "https://api.example.com/v1/call?" + query;
const options = {
  method: "GET",
};
const [user, password] = [process.env.CHALLENGED_USER, process.env.CHALLENGED_PASSWORD];
const response = await fetchWithDigest(url, options, user, password);
if (!response.ok) {
  throw new Error(`${response.status} ${await response.text()}`);
}
console.log(await response.json());
