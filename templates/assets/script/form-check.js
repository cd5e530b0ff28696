// Whether a typed value fits its schema, in words that stand beside the input. The server judges again, and its word counts.

(() => {
  "use strict";

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
    ["minimum", "at least", (a, b) => a >= b],
    ["exclusiveMinimum", "more than", (a, b) => a > b],
    ["maximum", "at most", (a, b) => a <= b],
    ["exclusiveMaximum", "less than", (a, b) => a < b],
  ];

  /** A bound as it is said: some frameworks write 1 as 1.0. */
  const said = (bound) => bound.text.replace(/\.0$/, "");

  function numberProblem(schema, value) {
    if (!(value instanceof apispec.Num)) return "This must be a number.";
    if (schema.get("type") === "integer" && !/^-?\d+(\.0*)?$/.test(value.text)) return "This must be a whole number.";
    for (const [key, words, holds] of BOUNDS) {
      const bound = schema.get(key);
      if (bound instanceof apispec.Num && !holds(...scaled(value.text, bound.text))) return `This must be ${words} ${said(bound)}.`;
    }
    const step = schema.get("multipleOf");
    if (step instanceof apispec.Num && Number(step.text)) {
      const [x, y] = scaled(value.text, step.text);
      if (typeof x === "bigint" && x % y) return `This must be a multiple of ${said(step)}.`;
    }
    return "";
  }

  const FORMATS = {
    date: [/^\d{4}-\d\d-\d\d$/, "a date such as 2026-05-01"],
    "date-time": [/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?$/, "a date and time such as 2026-05-01T12:30:00Z"],
    email: [/^[^\s@]+@[^\s@]+$/, "an e-mail address"],
    uuid: [/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i, "a UUID such as 123e4567-e89b-12d3-a456-426614174000"],
  };

  const counted = (count, unit) => `${count} ${unit}${Number(count) === 1 ? "" : "s"}`;

  function sizeProblem(schema, size, suffix, unit) {
    const [low, high] = [schema.get(`min${suffix}`)?.text, schema.get(`max${suffix}`)?.text];
    if (low !== undefined && size < Number(low)) return `This must have at least ${counted(low, unit)}.`;
    if (high !== undefined && size > Number(high)) return `This must have at most ${counted(high, unit)}; it has ${size}.`;
    return "";
  }

  function textProblem(schema, value) {
    const size = sizeProblem(schema, [...value].length, "Length", "character");
    if (size) return size;
    const source = schema.get("pattern");
    if (typeof source === "string" && !ui.matches(source, value)) return `This must match ${source}.`;
    const format = FORMATS[schema.get("format")];
    return format && !format[0].test(value) ? `This must be ${format[1]}.` : "";
  }

  /** What is wrong with the value itself, not with what is inside it; empty where nothing is. */
  ui.problem = (kind, schema, value) => {
    if (kind === "number") return numberProblem(schema, value);
    if (kind === "text") return textProblem(schema, value);
    if (kind === "array") {
      const texts = schema.get("uniqueItems") === true && !ui.hasFiles(value) ? value.map((item) => apispec.jsonText(item)) : [];
      const twice = texts.findIndex((text, i) => texts.indexOf(text) < i);
      return sizeProblem(schema, value.length, "Items", "item") || (twice < 0 ? "" : `No item may be there twice: ${texts[twice]}.`);
    }
    return kind === "object" ? sizeProblem(schema, value.size, "Properties", "key") : "";
  };

  /** Bounds in words, as a hint. */
  ui.limits = (kind, schema) => {
    const found = [];
    const number = (key) => (schema.get(key) instanceof apispec.Num ? said(schema.get(key)) : null);
    if (kind === "number") {
      for (const [key, words] of BOUNDS) if (number(key)) found.push(`${words} ${number(key)}`);
    }
    const [suffix, unit] = { text: ["Length", "character"], array: ["Items", "item"], files: ["Items", "file"] }[kind] ?? [];
    const [low, high] = suffix ? [number(`min${suffix}`), number(`max${suffix}`)] : [];
    if (Number(low) && high) found.push(low === high ? `exactly ${counted(low, unit)}` : `${low} to ${counted(high, unit)}`);
    else if (Number(low)) found.push(`at least ${counted(low, unit)}`);
    else if (high) found.push(`at most ${counted(high, unit)}`);
    if (kind === "text" && typeof schema.get("pattern") === "string") found.push(`matches ${schema.get("pattern")}`);
    return found.join(" · ");
  };
})();
