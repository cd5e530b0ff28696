// How a value becomes text in a path, query, form, header or cookie: what apispec/requests/styles.py does, from the same table.

(() => {
  "use strict";

  const { jsonText, percentEncode, styleTable: STYLES } = apispec;

  /** @type {(text: string, safe: string) => string} percent-encode all but unreserved characters and `safe` */
  const encodeBut = (text, safe) =>
    [...text].map((char) => (safe.includes(char) ? char : percentEncode(char))).join("");

  /** A value as text in a URL, header or form: JSON notation for all but strings. */
  const scalarText = (value) => (typeof value === "string" ? value : jsonText(value));

  const asItIs = (text) => text;
  const TRIPLE = /(%[0-9A-Fa-f]{2})/;
  const encodeReserved = (text) =>
    text.split(TRIPLE).map((piece, i) => (i % 2 ? piece : encodeBut(piece, ":/?@!$'()*,;"))).join("");

  /** The texts between which delimiters go; the pairs of an object are `k=v` where it is exploded, else `k`, `v`. */
  function texts(value, explode, encode) {
    if (Array.isArray(value)) return value.map((item) => encode(scalarText(item)));
    if (!(value instanceof Map)) return [encode(scalarText(value))];
    const pairs = [...value].map(([key, item]) => [encode(key), encode(scalarText(item))]);
    return explode ? pairs.map(([key, text]) => `${key}=${text}`) : pairs.flat();
  }

  function deep(name, value) {
    if (value instanceof Map) return [...value].flatMap(([key, item]) => deep(`${name}[${key}]`, item));
    if (Array.isArray(value)) return value.flatMap((item) => deep(name, item));
    return [[name, value]];
  }

  function pathText(name, value, style, explode) {
    const how = "before" in (STYLES[style] ?? {}) ? STYLES[style] : STYLES.simple;
    let found = texts(value, explode, percentEncode);
    if (how.named) {
      if (explode && (value instanceof Map || Array.isArray(value)) && !found.length) return "";
      if (!(explode && value instanceof Map)) {
        if (!(explode && Array.isArray(value))) found = [found.join(",")];
        found = found.map((text) => percentEncode(name) + (text && "=") + text);
      }
    }
    return how.before + found.join(explode ? how.exploded : how.between);
  }

  /** @type {(explode: boolean | undefined) => [string, string][]} pairs of a query or of a form */
  function queryPairs(name, value, style, explode, encode = percentEncode) {
    const encodeName = encode === asItIs ? encode : percentEncode;
    const pair = ([key, item]) => [encodeName(key), encode(scalarText(item))];
    const how = STYLES[style] ?? { between: "," };
    if (how.deep && value instanceof Map) return deep(name, value).map(pair);
    if (explode ?? how.explodes) {
      if (value instanceof Map) return [...value].map(pair);
      if (Array.isArray(value)) return value.map((item) => pair([name, item]));
    }
    const delimiter = how.encoded ? encode(how.between) : how.between;
    return [[encodeName(name), texts(value, false, encode).join(delimiter)]];
  }

  const cookiePairs = (name, value, style, explode) =>
    queryPairs(name, value, "form", explode, style === "cookie" ? asItIs : percentEncode);

  const headerText = (value, explode) => texts(value, explode, asItIs).join(",");

  apispec.styles = { asItIs, cookiePairs, encodeBut, encodeReserved, headerText, pathText, queryPairs, scalarText };
})();
