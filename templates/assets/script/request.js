// An endpoint and its arguments as one request, and that request's values for snippets: what apispec/call.py and
// apispec/snippets/context.py do, in JavaScript. A test holds the two equal. Endpoints are those of the page's data
// (apispec/rendering/pages/data.py); nothing is sent here.

(() => {
  "use strict";

  const { BasicAuth, EnvText, FilePart, HeaderText, LocalFile, jsonText, percentEncode } = apispec;
  const { asItIs, cookiePairs, encodeBut, encodeReserved, headerText, pathText, queryPairs, scalarText } = apispec.styles;

  const FORM = "application/x-www-form-urlencoded";

  function isJson(mediaType = "") {
    const essence = mediaType.split(";")[0].trim().toLowerCase();
    return essence === "application/json" || essence.endsWith("+json");
  }

  function bytesToBase64(bytes) {
    let text = "";
    for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
    return btoa(text);
  }

  // ── What can be sent: apispec/requests/sendable.py ──

  const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
  const COOKIE_NAME = /^[^\0-\x20\x7f(),;:<>=@"\\/?{}]+$/;
  const PART_NAME = /^[^\0-\x1f\x7f=]+$/;
  const MEDIA_TYPE =
    /^[!#$%&'*+.^_`|~0-9A-Za-z-]+\/[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]*;[ \t]*(?!(?:filename|headers|encoder|type)[ \t]*=)[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[^"\\\0-\x1f\x7f]*"))*(?:[ \t]*;)?$/i;
  const headerValue = (text) => text.replace(/[\0-\x08\n-\x1f\x7f]+/g, " ").replace(/^[ \t]+|[ \t]+$/g, "");

  // ── Arguments → request ──

  const contentText = (parameter, value) =>
    isJson(parameter.get("mediaType")) ? jsonText(value) : scalarText(value);

  const PLACES = {
    __proto__: null, // asked by names of others
    path(request, parameter, value, inPath) {
      const name = parameter.get("name");
      const text = parameter.has("mediaType")
        ? percentEncode(contentText(parameter, value))
        : pathText(name, value, parameter.get("style"), parameter.get("explode") ?? false);
      inPath.set(name, text);
    },
    query(request, parameter, value) {
      const encode = parameter.get("reserved") ? encodeReserved : percentEncode;
      const name = parameter.get("name");
      if (parameter.get("style") === "querystring") {
        if (parameter.get("mediaType") !== FORM || !(value instanceof Map)) request.query.push(["", percentEncode(contentText(parameter, value))]);
        else for (const [key, item] of value) request.query.push(...queryPairs(key, item instanceof Map ? jsonText(item) : item, "form", undefined, percentEncode));
      } else if (parameter.has("mediaType")) request.query.push([percentEncode(name), encode(contentText(parameter, value))]);
      else request.query.push(...queryPairs(name, value, parameter.get("style") ?? "form", parameter.get("explode"), encode));
    },
    header(request, parameter, value) {
      const name = parameter.get("name");
      if (["accept", "content-type"].includes(name.toLowerCase()) || !TOKEN.test(name)) return;
      const text = parameter.has("mediaType") ? contentText(parameter, value) : headerText(value, parameter.get("explode"));
      request.headers.set(name, headerValue(text.toWellFormed()));
    },
    cookie(request, parameter, value) {
      const name = parameter.get("name");
      const pairs = parameter.has("mediaType")
        ? [[name, percentEncode(contentText(parameter, value))]]
        : cookiePairs(name, value, parameter.get("style"), parameter.get("explode"));
      request.cookies.push(...pairs.filter(([key]) => COOKIE_NAME.test(key)));
    },
    form(request, parameter, value) {
      const values = parameter.get("multiple") && Array.isArray(value) ? value : [value];
      for (const item of values) request.form.push([parameter.get("name"), scalarText(item).toWellFormed()]);
    },
  };

  const encodedPair = (pair) => pair.map(percentEncode).join("=");

  /** What a value may be, as `apispec.schemas.alternatives` has it: unions, `allOf` and references looked through. */
  function alternatives(schema, resolve, depth = 8) {
    const found = resolve(schema);
    if (!(found instanceof Map)) return [];
    const groups = ["anyOf", "oneOf"].filter((key) => Array.isArray(found.get(key))).map((key) => found.get(key).flatMap((part) => alternatives(part, resolve, depth - 1)));
    if (Array.isArray(found.get("allOf"))) groups.push(...found.get("allOf").map((part) => alternatives(part, resolve, depth - 1)));
    const types = [found.get("type") ?? []].flat();
    if (types.length === 1 && types[0] === "null") return [];
    let all = [{ types, properties: found.get("properties") ?? new Map() }];
    for (const group of depth > 0 ? groups : []) {
      if (!group.length) continue;
      const joined = all.flatMap((one) => group.map((other) => ({
        types: one.types.length ? one.types : other.types,
        properties: new Map([...other.properties, ...one.properties]),
      })));
      all = joined.slice(0, 32);
    }
    return all;
  }

  /** Add one property of a form as its Encoding Object says. */
  function addField(request, name, value, isArray, encoding) {
    const values = isArray && Array.isArray(value) ? value : [value];
    if (value === null) return;
    if (values.length && values.every((item) => item instanceof FilePart)) {
      request.files.push(...values);
      return;
    }
    if (request.mediaType === FORM && ["style", "explode", "allowReserved"].some((key) => encoding.has(key))) {
      const pairs = queryPairs(name, value, encoding.get("style") ?? "form", encoding.get("explode") ?? undefined, asItIs);
      request.form.push(...pairs.map(([key, text]) => [key, text.toWellFormed()]));
      const encode = encoding.get("allowReserved") === true ? encodeReserved : percentEncode;
      request.encoded.push(...queryPairs(name, value, encoding.get("style") ?? "form", encoding.get("explode") ?? undefined, encode).map((pair) => pair.join("=")));
      return;
    }
    const said = (encoding.get("contentType") ?? "").split(",")[0].trim();
    for (const item of values) {
      const text = scalarText(item).toWellFormed();
      const type = said && !said.includes("*") && MEDIA_TYPE.test(said) ? said : item instanceof Map || Array.isArray(item) ? "application/json" : "text/plain";
      if (request.mediaType !== FORM && type !== "text/plain") {
        request.files.push(new FilePart(name, new LocalFile("", text, type, false)));
      } else {
        request.form.push([name, text]);
        request.encoded.push(encodedPair([name, text]));
      }
    }
  }

  /** The body that a document describes by a media type. */
  function addBody(request, body, value, resolve) {
    Object.assign(request, { mediaType: body.get("mediaType"), json: null, form: [], encoded: [], files: [], content: "" });
    const wild = request.mediaType.includes("*");
    if (value instanceof FilePart) {
      if (wild) request.mediaType = value.file.mediaType;
      request.content = value.file;
      return;
    }
    if (wild) request.mediaType = typeof value === "string" ? "text/plain" : "application/json";
    if (isJson(request.mediaType)) {
      request.json = value;
    } else if (value instanceof Map && (request.mediaType === FORM || request.mediaType.startsWith("multipart/"))) {
      const wholes = alternatives(body.get("schema"), resolve);
      for (const [name, item] of value) {
        const property = wholes.find(({ properties }) => properties.has(name))?.properties.get(name) ?? new Map();
        const isArray = Array.isArray(item) && alternatives(property, resolve).some(({ types }) => types.includes("array"));
        addField(request, name, item, isArray, body.get("encoding")?.get(name) ?? new Map());
      }
      if (request.mediaType === FORM && request.encoded.join("&") !== request.form.map(encodedPair).join("&")) {
        request.content = request.encoded.join("&");
      }
    } else {
      request.content = scalarText(value).toWellFormed();
      if (request.content.includes("\0")) {
        const bytes = new TextEncoder().encode(request.content);
        request.content = new LocalFile("body.bin", bytesToBase64(bytes), request.mediaType, true);
      }
    }
  }

  function pathAndQuery(template, values) {
    const text = template
      .split(/\{([^{}]*)\}/)
      .map((piece, i) => (i % 2 ? values.get(piece) ?? percentEncode(piece) : encodeBut(piece, "/:@!$&'()*+,;=%?#")))
      .join("");
    const [, path, query] = text.split("#")[0].match(/^([^?]*)\??([^]*)$/);
    const pairs = query.split("&").filter(Boolean).map((pair) => pair.match(/^([^=]*)=?([^]*)$/).slice(1));
    return [path.startsWith("/") ? path : `/${path}`, pairs];
  }

  /**
   * The request that calls an http endpoint: `apispec.call.request`.
   * @param {Map} endpoint
   * @param {Map} args
   * @param {string} base
   * @param {(schema: any) => any} resolve follows references
   */
  function httpCall(endpoint, args, base, resolve) {
    const request = { method: endpoint.get("method"), query: [], headers: new Map(), cookies: [], mediaType: "" };
    Object.assign(request, { json: null, form: [], files: [], content: "" });
    const inPath = new Map();
    const mediaType = endpoint.get("mediaType");
    for (const parameter of endpoint.get("parameters") ?? []) {
      const place = parameter.get("in");
      const given = args.has(parameter.get("argument"));
      const value = args.get(parameter.get("argument"));
      if (place === "body") {
        Object.assign(request, { mediaType, json: request.json ?? new Map() });
        if (given) request.json.set(parameter.get("name"), value);
      } else if (place === "file") {
        if (given) Object.assign(request, { mediaType, files: request.files.concat(value) });
      } else if (given && (value !== null || parameter.get("required"))) {
        if (place === "form") request.mediaType = mediaType;
        PLACES[place](request, parameter, value, inPath);
      }
    }
    const body = endpoint.get("body");
    if (body && args.has(body.get("argument"))) addBody(request, body, args.get(body.get("argument")), resolve);
    if (request.mediaType.startsWith("multipart/")) {
      request.form = request.form.filter(([name]) => PART_NAME.test(name));
      request.files = request.files.filter(({ name }) => PART_NAME.test(name));
    }
    request.mediaType = headerValue(request.mediaType);
    if (!TOKEN.test(request.method)) request.method = "GET";
    if (endpoint.has("accept")) request.headers.set("Accept", headerValue(endpoint.get("accept")));
    const secrets = endpoint.get("secrets") ?? new Map();
    const secretHeaders = secrets.get("headers") ?? new Map();
    const secretNames = [...secretHeaders.keys()].map((name) => name.toLowerCase());
    const open = [...request.headers].filter(([name]) => !secretNames.includes(name.toLowerCase()));
    request.headers = new Map([...open, ...secretHeaders]);
    const secretCookies = secrets.get("cookies") ?? new Map();
    request.cookies = [...request.cookies.filter(([name]) => !secretCookies.has(name)), ...secretCookies];
    request.secretQuery = secrets.get("query") ?? new Map();
    request.basic = secrets.get("basic") ?? null;
    request.digest = secrets.get("digest") === true;
    const [path, pairs] = pathAndQuery(endpoint.get("path"), inPath);
    const declared = new Set(request.query.map(([name]) => name));
    request.query.unshift(...pairs.filter(([name]) => !declared.has(name))); // which the path writes, too
    request.query = request.query.filter(([name]) => !request.secretQuery.has(decodeURIComponent(name)));
    request.url = request.bare = base.replace(/\/+$/, "") + path;
    if (request.query.length) request.url += "?" + request.query.map(([key, text]) => (key ? `${key}=${text}` : text)).join("&");
    return request;
  }

  /** How the body travels; `file` = the bytes of one file. */
  function bodyKind({ mediaType, content }) {
    if (!mediaType) return "none";
    if (content instanceof LocalFile) return "file";
    if (isJson(mediaType)) return "json";
    if (mediaType === FORM) return content ? "text" : "form";
    return mediaType.startsWith("multipart/") ? "multipart" : "text";
  }

  /** The URL with API keys: text, or `EnvText` where there are some. */
  function fullUrl({ url, query, secretQuery }) {
    const parts = [];
    let text = url;
    let joiner = query.length ? "&" : "?";
    for (const [name, value] of secretQuery) {
      parts.push(`${text}${joiner}${percentEncode(name)}=`, ...value.parts);
      [text, joiner] = ["", "&"];
    }
    return parts.length ? new EnvText(parts) : text;
  }

  // ── Request → values of slots, and the shape ──

  const BOUNDARY = "part-8d3f51c2a7e94b06";
  const inQuotes = (name) => name.replaceAll('"', "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

  /** Each part of a multipart body as the head that tells it, and its content. */
  const writtenParts = ({ form, files }) => [
    ...form.map(([name, text]) => [`name="${inQuotes(name)}"`, text]),
    ...files.map(({ name, file }) => [
      `name="${inQuotes(name)}"${file.filename ? `; filename="${inQuotes(file.filename)}"` : ""}\r\nContent-Type: ${file.mediaType}`,
      file.filename ? file : file.content,
    ]),
  ];

  /** Whether `JSON.stringify` of the value's JavaScript literal is the same JSON value again. */
  function exact(value) {
    if (value instanceof apispec.Num) {
      if (value.text === "-0.0") return false;
      return !/^-?\d+$/.test(value.text) || Number.isSafeInteger(Number(value.text));
    }
    if (Array.isArray(value)) return value.every(exact);
    return !(value instanceof Map) || [...value.values()].every(exact);
  }

  const inHeader = (value) => (typeof value === "string" && /[^\0-\x7f]/.test(value) ? new HeaderText(value) : value);

  function joined(cookies) {
    const parts = [];
    for (const [name, value] of cookies) {
      parts.push(`${parts.length ? "; " : ""}${name}=`, ...(value instanceof EnvText ? value.parts : [value]));
    }
    return parts.every((part) => typeof part === "string") ? parts.join("") : new EnvText(parts);
  }

  function grouped(pairs) {
    const out = new Map();
    for (const [name, value] of pairs) out.set(name, out.has(name) ? [out.get(name), value].flat() : value);
    return out;
  }

  /** Names and values as a client takes them that encodes them itself; null where it would send another text. */
  function plainQuery({ bare, query, secretQuery }) {
    if (bare.includes("?")) return null;
    const pairs = [];
    for (const pair of query) {
      let decoded;
      try {
        decoded = pair.map(decodeURIComponent);
      } catch {
        return null; // what a path writes may be no UTF-8
      }
      if (!pair[0] || decoded[1].includes("\0") || decoded.some((text, i) => percentEncode(text) !== pair[i])) return null;
      pairs.push(decoded);
    }
    return [...pairs, ...secretQuery];
  }

  /** URL and query, in each of the ways that clients take them: `_query_values`. */
  function queryValues(request) {
    const { bare, query, secretQuery, url } = request;
    const plain = plainQuery(request);
    const keys = [...secretQuery];
    const left = plain ?? keys;
    const hard = plain && ([...url].length > 76 || query.some((pair) => pair.join("").includes("%")));
    const values = [
      ["url", plain ? bare : url],
      ["params", grouped(left)],
      ["pairs", left],
      ["open_url", url],
      ["keys", secretQuery],
      ["full_url", fullUrl(request)],
      ["easy_url", hard ? bare : url],
      ["hard_query", hard ? left : keys],
    ];
    if (!plain?.length) values.push(["whole_url", fullUrl(request)], ["unmapped_url", fullUrl(request)]);
    else {
      const byName = new Map(plain);
      const mapped = byName.size === plain.length && !plain.some(([name]) => /^\p{Nd}+$/u.test(name));
      values.push(["query", plain], mapped ? ["query_map", byName] : ["query_list", plain], ["query_fields", grouped(plain)]);
      values.push(["query_url", bare], ["query_start", `${bare}?`]);
      if (mapped) values.push(["mapped_url", bare], ["mapped_start", `${bare}?`]);
      else values.push(["unmapped_url", fullUrl(request)]);
    }
    return values.filter(([, value]) => value.size || value.length || value instanceof EnvText);
  }

  const unique = (files) => [...new Map(files.map((file) => [file.filename, file])).values()];
  /** Those that a snippet makes: not what the reader has. */
  const made = (files) => unique(files).filter((file) => file.content !== null);
  const isBinary = (file) => file.isBase64;

  /** Where a shape is found in the page's data: the body's kind and what else templates branch on. */
  const variant = (kind, flags) => [kind, ...Object.keys(flags).filter((name) => flags[name])].join(" ");

  /** `http_values`, and the variant of `http_context`. */
  function httpValues(endpoint, request) {
    const kind = bodyKind(request);
    const values = new Map([["method", request.method], ...queryValues(request)]);
    const headers = new Map();
    if (["json", "text", "file"].includes(kind)) headers.set("Content-Type", request.mediaType);
    for (const [name, value] of request.headers) headers.set(name, value);
    const sent = new Map([...headers].map(([name, value]) => [name, inHeader(value)]));
    const fetched = new Map(sent);
    if (kind === "json" && request.json !== null && request.mediaType === "application/json") sent.delete("Content-Type");
    if (request.cookies.length) {
      const cookie = joined(request.cookies);
      const cookies = new Map(request.cookies);
      if (cookies.size === request.cookies.length) values.set("cookies", cookies);
      else sent.set("Cookie", cookie);
      headers.set("Cookie", cookie);
      fetched.set("Cookie", cookie);
    }
    if (request.basic) {
      values.set("basic", request.basic);
      if (!request.digest) fetched.set("Authorization", request.basic);
    }
    const files = request.files.map((part) => part.file).filter((file) => file.filename);
    if (request.content instanceof LocalFile) files.push(request.content);
    const found = {
      ...{ headers: sent, all_headers: headers, fetch_headers: fetched },
      ...{ form: request.form, fields: grouped(request.form), files: request.files, local_files: made(files) },
    };
    for (const [name, value] of Object.entries(found)) if (value.size || value.length) values.set(name, value);
    const inexact = kind === "json" && !exact(request.json);
    if (kind === "json") values.set("json", request.json);
    if (inexact) values.set("json_text", jsonText(request.json));
    if (kind === "text" || kind === "file") values.set("content", request.content);
    if (endpoint.has("download")) values.set("download", endpoint.get("download"));
    const typed = kind === "multipart" && request.files.some(({ file }) => !file.filename);
    if (typed) {
      values.set("boundary", BOUNDARY);
      values.set("parts", writtenParts(request));
    }
    const flags = { null: kind === "json" && request.json === null, inexact };
    return [values, variant(kind, { ...flags, files: files.length, binary_files: files.some(isBinary), typed_parts: typed }) + (endpoint.get("ending") ?? "")];
  }

  function localFiles(value) {
    if (value instanceof FilePart) return [value.file];
    if (value instanceof LocalFile) return [value];
    if (value instanceof Map) return [...value.values()].flatMap(localFiles);
    return Array.isArray(value) ? value.flatMap(localFiles) : [];
  }

  function plainFiles(value) {
    if (value instanceof FilePart) return value.file;
    if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, plainFiles(item)]));
    return Array.isArray(value) ? value.map(plainFiles) : value;
  }

  /** A value for every parameter, in order; defaults stand in for what is not given. */
  const ordered = (endpoint, args) =>
    (endpoint.get("parameters") ?? []).map((p) => (args.has(p.get("name")) ? args.get(p.get("name")) : p.get("default") ?? null));

  /** The `data` array: `ordered`, with null for what stays on the server. */
  function positional(endpoint, args) {
    const data = ordered(endpoint, args);
    for (const position of endpoint.get("silentInputs") ?? []) data.splice(Number(position.text), 0, null);
    return data;
  }

  /** `gradio_values`, and the variant of `gradio_context`. */
  function gradioValues(endpoint, args, base) {
    const given = plainFiles(args);
    const root = base.replace(/\/+$/, "");
    const prefix = root + (endpoint.get("prefix") ?? "");
    const named = (endpoint.get("parameters") ?? []).map((p) => p.get("name")).filter((name) => given.has(name));
    const payload = new Map([["data", positional(endpoint, given)]]);
    if (endpoint.get("state")) payload.set("session_hash", new EnvText([["SESSION_HASH"]]));
    const values = new Map([
      ["base_url", `${root}/`],
      ["api_name", `/${endpoint.get("apiName")}`],
      ["call_url", `${prefix}/call/${percentEncode(endpoint.get("apiName"))}`],
      ["arguments", new Map(named.map((name) => [name, given.get(name)]))],
      ["payload", payload],
    ]);
    const files = localFiles(given);
    if (files.length) {
      if (made(files).length) values.set("local_files", made(files));
      values.set("uploads", unique(files).map((file) => [`${prefix}/upload`, file]));
    }
    if (!named.length) values.delete("arguments");
    if (endpoint.get("positional")) values.set("ordered", ordered(endpoint, given));
    return [values, variant("json", { files: files.length, binary_files: files.some(isBinary) })];
  }

  /** A call's values of slots, and the variant of its shape. */
  function callValues(endpoint, args, base, resolve) {
    if (endpoint.get("protocol") === "gradio") return gradioValues(endpoint, args, base);
    return httpValues(endpoint, httpCall(endpoint, args, base, resolve));
  }

  Object.assign(apispec, { BOUNDARY, BasicAuth, bodyKind, callValues, fullUrl, httpCall, localFiles, plainFiles, positional, writtenParts });
})();
