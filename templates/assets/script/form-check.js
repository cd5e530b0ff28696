// Whether a typed value fits its schema, in words that stand beside the input. The server judges again, and its word counts.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const ui = (apispec.ui ??= {});
  const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

  /** What was typed as a JSON number; null where it is none. */
  ui.number = (typed) => {
    const match = typed.trim().match(NUMBER);
    if (!match || !(match[2] || match[3])) return null;
    const [, sign, whole, fraction, power] = match;
    const text = (whole || "0").replace(/^0+(?=\d)/, "") + (fraction ? `.${fraction}` : "") + (power ? `e${power}` : "");
    const number = new apispec.Num((sign === "-" ? "-" : "") + text);
    const digits = (whole + (fraction ?? "")).replace(/^0+/, "");
    if (fraction && digits.length > 15) number.text = (sign === "-" ? "-" : "") + text; // more than a float holds
    return number;
  };

  /** A number as digits and a power of ten. */
  function decimal(text) {
    const [, sign, whole, fraction = "", power = "0"] = text.match(NUMBER);
    return [BigInt(`${sign === "-" ? "-" : ""}${whole || "0"}${fraction}`), Number(power) - fraction.length];
  }

  /** Two numbers as integers of one scale; plain floats where their powers are far apart. */
  function scaled(a, b) {
    const [[x, p], [y, q]] = [decimal(a), decimal(b)];
    const low = Math.min(p, q);
    if (Math.abs(p - q) > 400) return [Number(a), Number(b)];
    return [x * 10n ** BigInt(p - low), y * 10n ** BigInt(q - low)];
  }

  const BOUNDS = [
    ["minimum", _("at least {bound}"), _("This must be at least {bound}."), (a, b) => a >= b],
    ["exclusiveMinimum", _("more than {bound}"), _("This must be more than {bound}."), (a, b) => a > b],
    ["maximum", _("at most {bound}"), _("This must be at most {bound}."), (a, b) => a <= b],
    ["exclusiveMaximum", _("less than {bound}"), _("This must be less than {bound}."), (a, b) => a < b],
  ];

  /** A bound as it is said: some frameworks write 1 as 1.0. */
  const said = (bound) => bound.text.replace(/\.0$/, "");

  function numberProblem(schema, value) {
    if (!(value instanceof apispec.Num)) return _("This must be a number.");
    if (schema.get("type") === "integer" && !/^-?\d+(\.0*)?$/.test(value.text)) return _("This must be a whole number.");
    for (const [key, , words, holds] of BOUNDS) {
      const bound = schema.get(key);
      if (bound instanceof apispec.Num && !holds(...scaled(value.text, bound.text))) return words.replace("{bound}", () => said(bound));
    }
    const step = schema.get("multipleOf");
    if (step instanceof apispec.Num && Number(step.text)) {
      const [x, y] = scaled(value.text, step.text);
      if (typeof x === "bigint" && x % y) return _("This must be a multiple of {bound}.", { bound: said(step) });
    }
    return "";
  }

  const FORMATS = {
    __proto__: null, // asked by names of others
    date: [/^\d{4}-\d\d-\d\d$/, _("This must be a date such as {example}.", { example: "2026-05-01" })],
    "date-time": [/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/, _("This must be a date and time such as {example}.", { example: "2026-05-01T12:30:00Z" })],
    email: [/^[^\s@]+@[^\s@]+$/, _("This must be an e-mail address.")],
    uuid: [/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i, _("This must be a UUID such as {example}.", { example: "123e4567-e89b-12d3-a456-426614174000" })],
  };

  const UNITS = {
    character: (count) => _n("{count} character", "{count} characters", count),
    item: (count) => _n("{count} item", "{count} items", count),
    key: (count) => _n("{count} key", "{count} keys", count),
    file: (count) => _n("{count} file", "{count} files", count),
  };

  function sizeProblem(schema, size, suffix, unit) {
    const [low, high] = [schema.get(`min${suffix}`)?.text, schema.get(`max${suffix}`)?.text];
    if (low !== undefined && size < Number(low)) return _("This must have at least {bound}.", { bound: UNITS[unit](low) });
    if (high !== undefined && size > Number(high)) return _("This must have at most {bound}; it has {size}.", { bound: UNITS[unit](high), size });
    return "";
  }

  function textProblem(schema, value) {
    const size = sizeProblem(schema, [...value].length, "Length", "character");
    if (size) return size;
    const source = schema.get("pattern");
    if (typeof source === "string" && !ui.matches(source, value)) return _("This must match {pattern}.", { pattern: source });
    const format = FORMATS[schema.get("format")];
    return format && !format[0].test(value) ? format[1] : "";
  }

  /** What is wrong with the value itself, not with what is inside it; empty where nothing is. */
  ui.problem = (kind, schema, value) => {
    if (kind === "number") return numberProblem(schema, value);
    if (kind === "text") return textProblem(schema, value);
    if (kind === "array") {
      const texts = schema.get("uniqueItems") === true && !ui.hasFiles(value) ? value.map((item) => apispec.jsonText(item)) : [];
      const twice = texts.findIndex((text, i) => texts.indexOf(text) < i);
      return sizeProblem(schema, value.length, "Items", "item") || (twice < 0 ? "" : _("No item may be there twice: {item}.", { item: texts[twice] }));
    }
    return kind === "object" ? sizeProblem(schema, value.size, "Properties", "key") || keyProblem(schema, value) : "";
  };

  /** What is wrong with an object's keys: one is not called as keys must be, or lacks another that comes with it. */
  function keyProblem(schema, value) {
    const names = ui.look(schema.get("propertyNames"));
    for (const key of value.keys()) {
      const wrong = names.kind === "choice" && !names.values.includes(key);
      const flaw = wrong ? _("There is no “{key}” here.", { key }) : names.kind === "text" || names.kind === "json" ? textProblem(names.schema, key) : "";
      if (flaw) return wrong ? flaw : `${key}: ${flaw}`;
    }
    for (const [key, wanted] of schema.get("dependentRequired") ?? []) {
      const missing = value.has(key) && wanted.find((name) => !value.has(name));
      if (missing) return _("“{key}” is missing.", { key: missing });
    }
    return "";
  }

  /** Bounds in words, as a hint; of what may be there often, once. */
  ui.limits = (kind, schema) => {
    const found = [];
    const each = (part, words) => {
      const info = part instanceof Map ? ui.look(part) : null;
      for (const limit of info ? ui.limits(info.kind, info.schema).split(" · ").filter(Boolean) : []) found.push(words.replace("{limit}", () => limit));
    };
    const number = (key) => (schema.get(key) instanceof apispec.Num ? said(schema.get(key)) : null);
    if (kind === "number") {
      for (const [key, words] of BOUNDS) if (number(key)) found.push(words.replace("{bound}", () => number(key)));
      if (number("multipleOf")) found.push(_("a multiple of {bound}", { bound: number("multipleOf") }));
    }
    const [suffix, unit] = { text: ["Length", "character"], array: ["Items", "item"], files: ["Items", "file"], object: ["Properties", "key"] }[kind] ?? [];
    const [low, high] = suffix ? [number(`min${suffix}`), number(`max${suffix}`)] : [];
    if (Number(low) && high) found.push(low === high ? _("exactly {count}", { count: UNITS[unit](low) }) : _("{low} to {high}", { low, high: UNITS[unit](high) }));
    else if (Number(low)) found.push(_("at least {bound}", { bound: UNITS[unit](low) }));
    else if (high) found.push(_("at most {bound}", { bound: UNITS[unit](high) }));
    if (kind === "text" && typeof schema.get("pattern") === "string") found.push(_("matches {pattern}", { pattern: schema.get("pattern") }));
    if (kind === "text" && schema.has("contentEncoding")) found.push(_("encoded as {encoding}", { encoding: schema.get("contentEncoding") }));
    if (kind === "array" && !schema.has("prefixItems")) each(schema.get("items"), _("each {limit}"));
    const told = kind === "union" && schema.get("discriminator")?.get("propertyName");
    if (told) found.push(_("{choice}, told apart by {name}", { choice: _("One of"), name: told }));
    if (kind === "object") {
      const names = schema.get("propertyNames");
      each(names instanceof Map ? new Map([["type", "string"], ...names]) : null, _("each key {limit}"));
      each(schema.get("additionalProperties"), _("each {limit}"));
      for (const [pattern, part] of schema.get("patternProperties") ?? []) {
        found.push(_("each key {limit}", { limit: _("matches {pattern}", { pattern }) }));
        each(part, _("each {limit}"));
      }
      for (const [key, names] of schema.get("dependentRequired") ?? []) found.push(_("with {key} also {names}", { key, names: names.join(", ") }));
    }
    return found.join(" · ");
  };
})();
