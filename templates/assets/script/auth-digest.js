// HTTP digest (RFC 7616): the answer to a server's challenge, computed here. MD5 is our own, since browsers have none.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});

  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const bytesOf = (text) => new TextEncoder().encode(text);

  const SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];
  const SINES = Array.from({ length: 64 }, (_each, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32) >>> 0);

  /** MD5 (RFC 1321) of bytes, as hexadecimal text. */
  ui.md5 = (bytes) => {
    const size = (((bytes.length + 8) >> 6) + 1) << 6;
    const padded = new DataView(new ArrayBuffer(size));
    bytes.forEach((byte, i) => padded.setUint8(i, byte));
    padded.setUint8(bytes.length, 0x80);
    padded.setUint32(size - 8, bytes.length * 8, true);
    padded.setUint32(size - 4, Math.floor(bytes.length / 2 ** 29), true);
    const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
    for (let block = 0; block < size; block += 64) {
      let [a, b, c, d] = state;
      for (let i = 0; i < 64; i += 1) {
        const round = i >> 4;
        const mixed = [(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)][round];
        const at = [i, 5 * i + 1, 3 * i + 5, 7 * i][round] % 16;
        const sum = (a + mixed + SINES[i] + padded.getUint32(block + at * 4, true)) | 0;
        const by = SHIFTS[round][i % 4];
        [a, d, c, b] = [d, c, b, (b + ((sum << by) | (sum >>> (32 - by)))) | 0];
      }
      [a, b, c, d].forEach((word, i) => (state[i] = (state[i] + word) | 0));
    }
    const out = new DataView(new ArrayBuffer(16));
    state.forEach((word, i) => out.setInt32(i * 4, word, true));
    return hex(new Uint8Array(out.buffer));
  };

  const HASHES = {
    MD5: (text) => ui.md5(bytesOf(text)),
    "SHA-256": async (text) => hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOf(text)))),
  };
  const hashOf = (challenge) => HASHES[(challenge.algorithm ?? "MD5").toUpperCase().replace(/-SESS$/, "")];
  const computed = (challenge) => hashOf(challenge) && (!/SHA/i.test(challenge.algorithm ?? "") || Boolean(crypto.subtle));
  const protections = (challenge) => (challenge.qop ?? "").toLowerCase().split(/[\s,]+/).filter(Boolean);

  /** The digest challenges of a `WWW-Authenticate`, the strongest first. */
  function challenges(header) {
    const found = [];
    let own = null;
    for (const [, scheme, name, quoted, bare] of header.matchAll(/([A-Za-z][\w-]*)[ \t]+(?=[\w-]+[ \t]*=)|([\w-]+)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
      if (scheme) {
        own = scheme.toLowerCase() === "digest" ? {} : null;
        if (own) found.push(own);
      } else if (own) own[name.toLowerCase()] = quoted?.replace(/\\(.)/g, "$1") ?? bare;
    }
    return found.sort((a, b) => /sha/i.test(b.algorithm ?? "") - /sha/i.test(a.algorithm ?? ""));
  }

  const quoted = (text) => `"${text.replace(/["\\]/g, "\\$&")}"`;

  /**
   * The value of `Authorization` that answers a challenge.
   *
   * @param {{method: string, url: string, user: string, password: string}} call
   * @param {Headers} headers of the answer 401
   */
  ui.answerDigest = async ({ method, url, user, password }, headers) => {
    const said = headers.get("www-authenticate");
    if (!said) {
      throw new ui.Failure(_("The server's challenge can't be read"), {
        code: "digest",
        detail: _("For HTTP digest this page must see the header WWW-Authenticate of the answer; a server of another origin has to name it in Access-Control-Expose-Headers."),
        advice: _("Run the snippet."),
      });
    }
    const known = challenges(said);
    const challenge = known.find((one) => computed(one) && (!one.qop || protections(one).includes("auth")));
    if (!challenge) {
      const wanted = known.map((one) => [one.algorithm ?? "MD5", one.qop].filter(Boolean).join(", ")).join("; ") || said;
      throw new ui.Failure(_("This page cannot compute what the server asks for"), { code: "digest", detail: wanted, advice: _("Run the snippet.") });
    }
    const hash = hashOf(challenge);
    const { pathname, search } = new URL(url);
    const [uri, count] = [pathname + search, "00000001"];
    const own = hex(crypto.getRandomValues(new Uint8Array(16)));
    let secret = await hash(`${user}:${challenge.realm ?? ""}:${password}`);
    if (/-sess$/i.test(challenge.algorithm ?? "")) secret = await hash(`${secret}:${challenge.nonce}:${own}`);
    const request = await hash(`${method}:${uri}`);
    const middle = challenge.qop ? `${count}:${own}:auth:` : "";
    const hashed = challenge.userhash === "true" ? await hash(`${user}:${challenge.realm ?? ""}`) : user;
    const parts = {
      username: quoted(hashed),
      realm: quoted(challenge.realm ?? ""),
      nonce: quoted(challenge.nonce ?? ""),
      uri: quoted(uri),
      response: quoted(await hash(`${secret}:${challenge.nonce}:${middle}${request}`)),
      ...(challenge.algorithm && { algorithm: challenge.algorithm }),
      ...(challenge.opaque !== undefined && { opaque: quoted(challenge.opaque) }),
      ...(challenge.qop && { qop: "auth", nc: count, cnonce: quoted(own) }),
      ...(challenge.userhash === "true" && { userhash: "true" }),
    };
    return `Digest ${Object.entries(parts).map(([name, value]) => `${name}=${value}`).join(", ")}`;
  };
})();
