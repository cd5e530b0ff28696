// Calls for the browser to make: what `fetch` takes, with credentials as they were typed. Nothing is sent here.

(() => {
  "use strict";

  const { _ } = apispec;
  const { EnvText, LocalFile } = apispec;
  const { baseOf, bodyKind, fullUrl, httpCall, jsonText, localFiles, percentEncode, plainFiles, positional, resolve } = apispec;

  /** Files up to so many bytes are written into snippets; larger ones are read from the reader's folder by name. */
  const LARGEST = 16384;

  // ── Files ──

  /** A file's bytes, in the browser's own form. */
  function blob(file) {
    if (file.blob) return file.blob;
    const content = file.isBase64 ? Uint8Array.from(atob(file.content), (c) => c.charCodeAt(0)) : file.content;
    return new Blob([content], { type: file.mediaType });
  }

  /** A `File` of the reader's as a value of arguments. */
  async function localFile(file) {
    const made = new LocalFile(file.name, null, file.type || "application/octet-stream", false);
    made.blob = file;
    if (file.size > LARGEST) return made;
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      made.content = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
      made.isBase64 = made.content.includes("\0"); // which no shell can print
    } catch {
      made.isBase64 = true;
    }
    if (made.isBase64) made.content = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    return made;
  }

  // ── Credentials ──

  const said = (text, typed) =>
    text instanceof EnvText ? text.parts.map((p) => (typeof p === "string" ? p : typed.get(p[0]))).join("") : text;
  /** Whether the reader has typed what a text needs; what they have not is left out. */
  const isKnown = (text, typed) => !(text instanceof EnvText) || text.parts.every((p) => typeof p === "string" || typed.get(p[0]));

  // ── Requests ──

  /** Text as `fetch` takes it for a header: bytes as characters, UTF-8. */
  const bytesOf = (text) => Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

  const BODIES = {
    none: () => undefined,
    json: ({ json }) => jsonText(json),
    text: ({ content }) => content,
    file: ({ content }) => blob(content),
    form: ({ form }) => new URLSearchParams(form),
    multipart({ form, files }) {
      if (files.some(({ file }) => !file.filename)) { // which FormData would send as files
        const parts = apispec.writtenParts({ form, files }).flatMap(([head, content]) => [
          `--${apispec.BOUNDARY}\r\nContent-Disposition: form-data; ${head}\r\n\r\n`,
          content instanceof LocalFile ? blob(content) : content,
          "\r\n",
        ]);
        return new Blob([...parts, `--${apispec.BOUNDARY}--\r\n`], { type: `multipart/form-data; boundary=${apispec.BOUNDARY}` });
      }
      const data = new FormData();
      for (const [name, value] of form) data.append(name, value);
      for (const { name, file } of files) {
        data.append(name, new File([blob(file)], file.filename, { type: file.mediaType }));
      }
      return data;
    },
  };

  /**
   * The request of an http call.
   * @param {Map} typed credentials by name of the environment variable
   * @returns {{url: string, init: RequestInit, unsent: string[]}} `unsent`: what no browser sends, in words
   */
  function request(endpoint, args, base = baseOf(endpoint), typed = new Map()) {
    const call = httpCall(endpoint, args, base, resolve);
    const kind = bodyKind(call);
    const unsent = [];
    const headers = new Headers();
    if (["json", "text", "file"].includes(kind)) headers.set("Content-Type", call.mediaType);
    for (const [name, value] of call.headers) {
      if (!isKnown(value, typed)) continue;
      try {
        headers.set(name, bytesOf(said(value, typed)));
      } catch {
        unsent.push(_("the header {name}, which no request can hold", { name }));
      }
    }
    const { user, password } = call.basic ?? {};
    const wanted = Boolean(typed.get(user) || typed.get(password));
    if (wanted && !call.digest) {
      headers.set("Authorization", `Basic ${btoa(bytesOf(`${typed.get(user) ?? ""}:${typed.get(password) ?? ""}`))}`);
    }
    if (call.cookies.length) unsent.push(_("the cookies {names}", { names: call.cookies.map(([name]) => name).join(", ") }));
    const bare = kind === "none" || ["GET", "HEAD"].includes(call.method);
    if (bare && kind !== "none") unsent.push(_("the body, which {method} has none of in a browser", { method: call.method }));
    const init = { method: call.method, headers: [...headers], body: bare ? undefined : BODIES[kind](call) };
    // HTTP digest answers a challenge, and no browser is to ask the reader for what the page knows
    const digest = wanted && call.digest ? { user: typed.get(user) ?? "", password: typed.get(password) ?? "" } : null;
    if (digest) init.credentials = "omit";
    const keys = [...call.secretQuery].filter(([, value]) => isKnown(value, typed));
    const encoded = keys.map(([name, value]) => [name, new EnvText([percentEncode(said(value, typed))])]);
    return { url: said(fullUrl({ ...call, secretQuery: new Map(encoded) }), typed), init, unsent, digest };
  }

  /** What a Gradio call needs: the files to upload first, then the payload to post and where its events are. */
  function gradioRequest(endpoint, args, base = baseOf(endpoint)) {
    const given = plainFiles(args);
    const prefix = base.replace(/\/+$/, "") + (endpoint.get("prefix") ?? "");
    const callUrl = `${prefix}/call/${percentEncode(endpoint.get("apiName"))}`;
    const meta = new Map([["_type", "gradio.FileData"]]);
    return {
      callUrl,
      uploadUrl: `${prefix}/upload`,
      files: [...new Set(localFiles(given))],
      /** The JSON to post. @param {Map} paths file → the server's path of it */
      payload(paths, sessionHash) {
        const uploaded = (value) => {
          if (value instanceof LocalFile) return new Map([["path", paths.get(value)], ["meta", meta]]);
          if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, uploaded(item)]));
          return Array.isArray(value) ? value.map(uploaded) : value;
        };
        const payload = new Map([["data", uploaded(positional(endpoint, given))]]);
        if (endpoint.get("state") && sessionHash) payload.set("session_hash", sessionHash);
        return jsonText(payload);
      },
      /** Where the events are; Gradio 5 names those of a session by the session. */
      eventsUrl(eventId, sessionHash) {
        const bySession = endpoint.get("state") && endpoint.get("revision") === "v1" && sessionHash;
        return `${callUrl}/${encodeURIComponent(bySession ? sessionHash : eventId)}`;
      },
    };
  }

  Object.assign(apispec, { blob, bytesOf, gradioRequest, localFile, request });
})();
