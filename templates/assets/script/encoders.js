// How values are written in each language: what apispec/literals.py and apispec/snippets/encoders.py do, in JavaScript.
// A test feeds both the same values. An object is a Map (order is kept), a number a `Num` (digits are kept).

var apispec = globalThis.apispec ?? {};

(() => {
  "use strict";

  /** A number by the text that Python's `repr` gives it. */
  class Num {
    /** @param {string} source as in JSON */
    constructor(source) {
      this.text = /^-?\d+$/.test(source) ? String(BigInt(source)) : floatText(source);
    }
  }
  /** Text with environment variables in it: strings, and a list of one name for each variable. */
  class EnvText {
    /** @param {(string | [string])[]} parts */
    constructor(parts) {
      this.parts = parts;
    }
  }
  class BasicAuth {
    constructor(user, password) {
      Object.assign(this, { user, password });
    }
  }
  class HeaderText {
    constructor(text) {
      this.text = text;
    }
  }
  /** A file that snippets send along; `content` null = one that the reader has, too large to be written down. */
  class LocalFile {
    constructor(filename, content, mediaType, isBase64) {
      Object.assign(this, { filename, content, mediaType, isBase64 });
    }
  }
  class FilePart {
    constructor(name, file) {
      Object.assign(this, { name, file });
    }
  }

  /** A float as Python writes it: the same shortest digits, but an exponent from 1e16 and below 1e-4. */
  function floatText(source) {
    const value = Number(source);
    if (value === 0) return source.startsWith("-") ? "-0.0" : "0.0";
    const [, sign, digits, power] = value.toExponential().replace(".", "").match(/^(-?)(\d+)e(.+)$/);
    const exponent = Number(power);
    if (exponent < -4 || exponent >= 16) {
      const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
      return `${sign}${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
    }
    if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
    const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
    return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
  }

  const TOKEN = /\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([[\]{},:]))/y;

  /** Read JSON; throws a SyntaxError as `JSON.parse` does. */
  function parse(text) {
    JSON.parse(text);
    TOKEN.lastIndex = 0;
    const next = () => TOKEN.exec(text);
    const read = ([, string, number, word, mark]) => {
      if (string !== undefined) return JSON.parse(string);
      if (number !== undefined) return new Num(number);
      if (word !== undefined) return JSON.parse(word);
      return mark === "[" ? list() : object();
    };
    const list = () => {
      const items = [];
      for (let token = next(); token[4] !== "]"; token = next()) if (token[4] !== ",") items.push(read(token));
      return items;
    };
    const object = () => {
      const items = new Map();
      for (let token = next(); token[4] !== "}"; token = next()) {
        if (token[4] === ",") continue;
        next(); // the colon
        items.set(JSON.parse(token[1]), read(next()));
      }
      return items;
    };
    return read(next());
  }

  const KINDS = {
    object: (pairs) => new Map(pairs.map(([key, value]) => [key, revive(value)])),
    env: (...parts) => new EnvText(parts),
    basic: (user, password) => new BasicAuth(user, password),
    header: (text) => new HeaderText(text),
    file: (...fields) => new LocalFile(...fields),
    part: (name, file) => new FilePart(name, revive(file)),
  };

  /** A value as `apispec/snippets/wire.py` sends it: `{"": [kind, …]}` is what JSON has no notation for. */
  function revive(value) {
    if (Array.isArray(value)) return value.map(revive);
    if (!(value instanceof Map)) return value;
    const special = value.get("");
    if (special) return KINDS[special[0]](...special.slice(1));
    return new Map([...value].map(([key, item]) => [key, revive(item)]));
  }

  // ── Characters ──

  const UNPRINTABLE = /[\p{C}\p{Z}]/u;
  const printable = (char) => char === " " || !UNPRINTABLE.test(char);
  const allPrintable = (text) => [...text].every(printable);
  const wide = (text) => [...text].length;
  const hex = (code, size) => code.toString(16).padStart(size, "0");
  const LETTERS = { "\n": "\\n", "\r": "\\r", "\t": "\\t", '"': '\\"', "\\": "\\\\" };

  const string = (escape, letters = LETTERS) => (text) =>
    `"${[...text].map((c) => letters[c] ?? (printable(c) ? c : escape(c))).join("")}"`;

  function pythonEscape(char) {
    const code = char.codePointAt(0);
    return code < 0x100 ? `\\x${hex(code, 2)}` : code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
  }
  const utf16Escape = (char) => char.split("").map((unit) => `\\u${hex(unit.charCodeAt(0), 4)}`).join("");

  const pythonString = string(pythonEscape);
  const scriptString = string(utf16Escape);

  function scriptKey(text) {
    if (text === "__proto__") return '["__proto__"]';
    return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text) ? text : scriptString(text);
  }

  function scriptOwnFile({ filename, mediaType }) {
    const content = `await (await import("node:fs/promises")).readFile(${scriptString(filename)})`;
    return `new File([${content}], ${scriptString(filename)}, { type: ${scriptString(mediaType)} })`;
  }
  function scriptFile(file) {
    if (file.content === null) return scriptOwnFile(file);
    const text = scriptString(file.content);
    const content = file.isBase64 ? `Uint8Array.from(atob(${text}), (c) => c.charCodeAt(0))` : text;
    return `new File([${content}], ${scriptString(file.filename)}, { type: ${scriptString(file.mediaType)} })`;
  }

  const PYTHON = {
    constants: { null: "None", true: "True", false: "False" },
    string: pythonString,
    key: pythonString,
    env: (name) => `os.environ["${name}"]`,
    header: (text) => `${pythonString(text)}.encode()`,
    file: (file) => `handle_file(${pythonString(file.filename)})`,
    step: 4,
    inner: false,
    last: true,
  };
  const SCRIPT = {
    constants: { null: "null", true: "true", false: "false" },
    string: scriptString,
    key: scriptKey,
    env: (name) => `process.env.${name}`,
    header: (text) => `String.fromCharCode(...new TextEncoder().encode(${scriptString(text)}))`,
    file: scriptFile,
    step: 2,
    inner: true,
    last: true,
  };
  const PLAIN_JSON = { ...SCRIPT, key: scriptString, inner: false, last: false };

  // ── Literals ──

  function flat(value, language) {
    if (value === null || typeof value === "boolean") return language.constants[value];
    if (typeof value === "string") return language.string(value);
    if (value instanceof Num) return value.text;
    if (value instanceof EnvText) {
      return value.parts.map((p) => (typeof p === "string" ? language.string(p) : language.env(p[0]))).join(" + ");
    }
    if (value instanceof BasicAuth) {
      return `"Basic " + Buffer.from(${language.env(value.user)} + ":" + ${language.env(value.password)}).toString("base64")`;
    }
    if (value instanceof LocalFile) return language.file(value);
    if (value instanceof HeaderText) return language.header(value.text);
    if (Array.isArray(value)) return `[${value.map((item) => flat(item, language)).join(", ")}]`;
    if (!(value instanceof Map)) throw new TypeError(`no literal for ${typeof value}`);
    const inner = [...value].map(([key, item]) => `${language.key(key)}: ${flat(item, language)}`).join(", ");
    return inner && language.inner ? `{ ${inner} }` : `{${inner}}`;
  }

  function layout(value, language, column, indent, width = 88) {
    const line = flat(value, language);
    const isMap = value instanceof Map;
    const size = isMap ? value.size : Array.isArray(value) ? value.length : 0;
    if (!size || (column + wide(line) <= width && !line.includes("\n"))) return line;
    const step = indent + language.step;
    const pad = " ".repeat(step);
    const rows = isMap
      ? [...value].map(([key, item]) => {
          const head = `${pad}${language.key(key)}: `;
          return head + layout(item, language, wide(head), step, width - 1);
        })
      : value.map((item) => pad + layout(item, language, step, step, width - 1));
    const body = rows.join(",\n") + (language.last ? "," : "");
    const [opening, closing] = isMap ? "{}" : "[]";
    return `${opening}\n${body}\n${" ".repeat(indent)}${closing}`;
  }

  const python = (value, column = 0, indent = 0) => layout(value, PYTHON, column, indent);
  const javascript = (value, column = 0, indent = 0) => layout(value, SCRIPT, column, indent);

  /** Percent-encode all but unreserved characters (RFC 3986, 2.3). */
  function percentEncode(text) {
    return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  }

  // ── Shell ──

  const singleQuoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

  /** Runs of a text: as they are, or (true) as a command substitution that prints what should not stand there. */
  function shellRuns(text) {
    const runs = [];
    for (const char of text.replaceAll("\0", "\ufffd").toWellFormed()) {
      const escaped = !(char === "\n" || printable(char));
      if (runs.length && runs.at(-1)[0] === escaped) runs.at(-1)[1] += char;
      else runs.push([escaped, char]);
    }
    const octal = (run) => [...new TextEncoder().encode(run)].map((b) => `\\${b.toString(8).padStart(3, "0")}`).join("");
    return runs.map(([escaped, run]) => [escaped, escaped ? `$(printf '${octal(run)}')` : run]);
  }

  function doubleQuoted(part) {
    if (typeof part !== "string") return `\${${part[0]}}`;
    return shellRuns(part)
      .map(([escaped, text]) => {
        if (escaped) return text;
        return text.includes("!") ? `"${singleQuoted(text)}"` : text.replace(/[\\"$`]/g, "\\$&");
      })
      .join("");
  }

  function shellQuote(text) {
    if (text instanceof EnvText) return `"${text.parts.map(doubleQuoted).join("")}"`;
    if (allPrintable(text.replaceAll("\n", ""))) return singleQuoted(text);
    return shellRuns(text).map(([escaped, part]) => (escaped ? `"${part}"` : singleQuoted(part))).join("");
  }

  const shellWord = (text) => (/^[A-Za-z0-9_@%+:,./-]+$/.test(text) ? text : shellQuote(text));
  const uploadVariable = (name) =>
    [...name].map((c) => (/^[A-Za-z0-9]$/.test(c) ? c.toUpperCase() : "_")).join("");

  function shellJson(value, column) {
    const variables = [];
    const variable = (name) => `\0${variables.push(name) - 1}\0`;
    const plain = (node) => {
      if (node instanceof LocalFile) {
        return new Map([["path", variable(uploadVariable(node.filename))], ["meta", new Map([["_type", "gradio.FileData"]])]]);
      }
      if (node instanceof EnvText) return node.parts.map((p) => (typeof p === "string" ? p : variable(p[0]))).join("");
      if (Array.isArray(node)) return node.map(plain);
      if (node instanceof Map) return new Map([...node].map(([key, item]) => [key, plain(item)]));
      return node;
    };
    const word = shellQuote(layout(plain(value), PLAIN_JSON, column, 0));
    return variables.reduce((text, name, i) => text.replaceAll(`\\u0000${i}\\u0000`, () => `'"$${name}"'`), word);
  }

  // ── Encoders, by name ──

  const PYTHON_KEYWORDS = new Set(
    ("False None True and as assert async await break class continue def del elif else except finally for from " +
      "global if import in is lambda nonlocal not or pass raise return try while with yield").split(" "),
  );

  function pythonArgument([name, value], column, indent) {
    if (/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name) && !PYTHON_KEYWORDS.has(name)) {
      return `${name}=${python(value, column + wide(name) + 1, indent)}`;
    }
    return `**${python(new Map([[name, value]]), column + 2, indent)}`;
  }
  function pythonBytes(file) {
    if (file.content === null) return `open(${python(file.filename)}, "rb")`;
    const text = python(file.content);
    return file.isBase64 ? `base64.b64decode(${text})` : `${text}.encode()`;
  }
  function pythonFile({ name, file }) {
    const plain = !file.isBase64 && file.content !== null;
    const content = plain ? python(file.content) : pythonBytes(file);
    return `(${python(name)}, (${python(file.filename || null)}, ${content}, ${python(file.mediaType)}))`;
  }
  function pythonSample(file) {
    const path = `Path(${python(file.filename)})`;
    return `if not ${path}.exists():\n    ${path}.write_bytes(${pythonBytes(file)})`;
  }
  function javascriptFile({ name, file }) {
    if (file.filename) return `${javascript(name)}, ${scriptFile(file)}`;
    return `${javascript(name)}, new Blob([${javascript(file.content)}], { type: ${javascript(file.mediaType)} })`;
  }
  function javascriptUrl(value) {
    if (typeof value === "string") return javascript(value);
    const part = (p) => (typeof p === "string" ? javascript(p) : `encodeURIComponent(${SCRIPT.env(p[0])})`);
    return value.parts.map(part).join(" + ");
  }
  function shellFile({ name, file }) {
    if (file.filename) return shellQuote(`${name}=@${file.filename};type=${file.mediaType}`);
    const content = file.content.replace(/[\\"]/g, "\\$&");
    return shellQuote(`${name}="${content}";type=${file.mediaType}`);
  }
  function shellHeader([name, value]) {
    if (value instanceof EnvText) return shellQuote(new EnvText([`${name}: `, ...value.parts]));
    return shellQuote(value ? `${name}: ${value}` : `${name};`);
  }
  function shellMakeFile(file) {
    const name = shellWord(file.filename);
    const print = `printf %s ${shellQuote(file.content)}`;
    return `[ -e ${name} ] || ${print}${file.isBase64 ? " | base64 -d" : ""} > ${name}`;
  }
  function shellUpload([url, file]) {
    const name = uploadVariable(file.filename);
    const form = shellQuote(`files=@${file.filename};type=${file.mediaType}`);
    return (
      `${name}=$(curl --fail-with-body --silent --show-error ${shellQuote(url)} \\\n  --form ${form}) &&\n` +
      `${name}=\${${name}#*\\"} && ${name}=\${${name}%%\\"*}`
    );
  }
  const env = (name) => new EnvText([[name]]);

  /** @type {Record<string, (value: any, column: number, indent: number) => string>} */
  /** A text in double quotes as C#, Go, Java, Kotlin and Ruby read it, none of which finds a value to put in. */
  function quoted(text) {
    const plain = text instanceof EnvText ? text.parts.map((part) => (Array.isArray(part) ? part[0] : part)).join("") : text;
    return jsonText(plain).replaceAll("#", "\\u0023").replaceAll("$", "\\u0024");
  }

  const ENCODERS = {
    "javascript": javascript,
    "javascript-field": ([name, value]) => `${javascript(name)}, ${javascript(value)}`,
    "javascript-file": javascriptFile,
    "javascript-url": javascriptUrl,
    "python": python,
    "python-argument": pythonArgument,
    "python-basic": ({ user, password }) => `(${python(env(user))}.encode(), ${python(env(password))}.encode())`,
    "python-bytes": pythonBytes,
    "python-field": ([name, value]) => `(${python(name)}, (None, ${python(value)}))`,
    "python-file": pythonFile,
    "python-sample": pythonSample,
    "quoted": quoted,
    "quoted-json": (value) => quoted(jsonText(value)),
    "shell": (text) => shellQuote(text),
    "shell-at-file": (file) => shellWord(`@${file.filename}`),
    "shell-basic": ({ user, password }) => shellQuote(new EnvText([[user], ":", [password]])),
    "shell-field": ([name, value]) => shellQuote(`${name}=${value}`),
    "shell-file": shellFile,
    "shell-header": shellHeader,
    "shell-json": shellJson,
    "shell-make-file": shellMakeFile,
    "shell-query": ([name, value]) => shellQuote(new EnvText([`${percentEncode(name)}=`, ...value.parts])),
    "shell-upload": shellUpload,
    "shell-urlencoded": ([name, value]) => shellWord(`${percentEncode(name)}=${percentEncode(value)}`),
    "shell-word": (text) => shellWord(text),
  };

  const listed = (value) => (value instanceof Map ? [...value] : value);

  /**
   * The text of each section of a snippet: what `fill_sections` in apispec/snippets/parts.py does. A slot is
   * `[name, encoder, before, after, each]`, the beginning of a section `[section]`.
   */
  function fillSections(parts, values) {
    let out = "";
    const starts = [["setup", 0]];
    for (const part of parts) {
      if (typeof part === "string") {
        out += part;
        continue;
      }
      if (part.length === 1) {
        starts.push([part[0], out.length]);
        continue;
      }
      const [name, encoder, before, after, each] = part;
      if (!values.has(name)) continue;
      for (const item of each ? listed(values.get(name)) : [values.get(name)]) {
        out += before;
        const line = out.slice(out.lastIndexOf("\n") + 1);
        out += ENCODERS[encoder](item, wide(line), line.match(/^ */)[0].length) + after;
      }
    }
    return new Map(starts.map(([name, start], i) => [name, out.slice(start, starts[i + 1]?.[1])]));
  }
  const fill = (parts, values) => [...fillSections(parts, values).values()].join("");

  // JSON's own letters: `json.dumps` has \b and \f as well.
  const jsonString = string(utf16Escape, { ...LETTERS, "\b": "\\b", "\f": "\\f" });
  const JSON_TEXT = { ...PLAIN_JSON, string: jsonString, key: jsonString };
  /** JSON as `json_text` in apispec/literals.py writes it; over several lines if asked to. */
  const jsonText = (value, indented = false) =>
    indented ? layout(value, { ...JSON_TEXT, step: 2 }, 0, 0) : flat(value, JSON_TEXT);

  Object.assign(apispec, {
    ...{ parse, revive, fill, fillSections, jsonText, percentEncode },
    ...{ Num, EnvText, BasicAuth, HeaderText, LocalFile, FilePart },
  });
  globalThis.apispec = apispec;
})();
