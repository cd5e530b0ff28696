// How values are written in each language: what apispec/literals does, in JavaScript, from the same tables
// (`apispec.tables`, templates/languages/). A test feeds both the same values. An object is a Map (order is kept), a
// number a `Num` (digits are kept).

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

  const hexes = (char, before, digits) =>
    char.split("").map((unit) => before + hex(unit.charCodeAt(0), digits)).join("");

  /** A text between quotes, with letters and code points for what cannot stand there. */
  function escaped({ letters = {}, escapes = [], quote = '"', utf16, utf8, bytes }) {
    const escape = (char) => {
      if (utf16) return hexes(char, escapes[0][1], 4);
      if (bytes) return [...new TextEncoder().encode(char)].map((byte) => bytes + hex(byte, 2)).join("");
      const code = char.codePointAt(0);
      const [, before, digits, after] = escapes.find(([most]) => code <= most);
      return before + hex(code, digits) + after;
    };
    const letter = (char) => letters[char] ?? (printable(char) ? char : escape(char));
    return (text) => quote + [...(utf8 || bytes ? text.toWellFormed() : text)].map(letter).join("") + quote;
  }

  /** Percent-encode all but unreserved characters (RFC 3986, 2.3). */
  function percentEncode(text) {
    return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  }

  // ── Shell ──

  const command = /(?<=\n)([ \t]*:)(?=:)|(#)(?=#\[)/g; // to the runner of GitHub Actions, as in `shell.py`
  const singleQuoted = (text) => `'${text.replaceAll("'", "'\\''").replace(command, "$1$2''")}'`;

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

  const uploadVariable = (name) =>
    [...name].map((c) => (/^[A-Za-z0-9]$/.test(c) ? c.toUpperCase() : "_")).join("");

  // ── Languages ──

  const whole = (pattern) => (pattern ? new RegExp(`^(?:${pattern})$`) : { test: () => false });
  /** What leads into a value: numbers into lists, names to fields. */
  const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  const field = (at, step) => (at instanceof BasicAuth ? new EnvText([[at[step]]]) : at[camel(step)]);
  const path = (text) => (value) => text.split(".").filter(Boolean).reduce(field, value);

  /** JSON with marks for the paths of uploaded files and for environment variables. */
  function spliced(node, variable, uploaded) {
    if (node instanceof LocalFile) {
      return new Map([["path", uploaded(node.filename)], ["meta", new Map([["_type", "gradio.FileData"]])]]);
    }
    if (node instanceof EnvText) return node.parts.map((p) => (typeof p === "string" ? p : variable(p[0], "env"))).join("");
    if (Array.isArray(node)) return node.map((item) => spliced(item, variable, uploaded));
    if (node instanceof Map) return new Map([...node].map(([key, item]) => [key, spliced(item, variable, uploaded)]));
    return node;
  }

  /** How values are written in one language, from its table: what apispec/literals/notation.py does. */
  class Notation {
    constructor(table, json) {
      const { step = 2, constants = {}, string = {}, key = {}, name = {}, values = {} } = table;
      Object.assign(this, { step, constants, table, values, last: table["last-comma"], spaced: table.spaced });
      this.json = json ?? this;
      this.brackets = { list: "[]", map: "{}", between: ": ", ...table.brackets };
      this.posix = string.style === "posix";
      this.string = this.posix ? shellQuote : escaped(string);
      this.plainText = whole(string.plain);
      this.plainKey = whole(key.plain);
      this.keys = new Map(key.special);
      this.name = name.letters === "unicode" ? /^[\p{XID_Start}_]\p{XID_Continue}*$/u : whole(name.letters);
      this.reserved = new Set(name.reserved);
      this.encoders = new Map();
    }

    encoder(name) {
      if (!this.encoders.has(name)) {
        const defined = this.table.encoders?.[name];
        this.encoders.set(name, defined === undefined ? this.own(name) : this.made(defined));
      }
      return this.encoders.get(name);
    }

    own(name) {
      const letters = this.table.filters?.[name];
      if (letters) return (value) => [...value].map((c) => letters[c] ?? c).join("");
      return {
        value: (value, column, indent) => this.literal(value, column, indent),
        word: (value) => (typeof value === "string" && this.plainText.test(value) ? value : this.flat(value)),
        block: (value) => (typeof value === "string" ? this.block(value) : this.flat(value)),
        raw: (value) => value,
        percent: percentEncode,
        variable: uploadVariable,
        optional: (value) => this.flat(value || null),
        entry: (value, column, indent) => this.literal(new Map([value]), column, indent),
      }[name];
    }

    literal(value, column = 0, indent = 0, width = 88) {
      const line = this.flat(value);
      const isMap = value instanceof Map;
      const size = isMap ? value.size : Array.isArray(value) ? value.length : 0;
      if (!size || (column + wide(line) <= width && !line.includes("\n"))) return line;
      const step = indent + this.step;
      const pad = " ".repeat(step);
      const rows = isMap
        ? [...value].map(([key, item]) => {
            const head = pad + this.key(key) + this.brackets.between;
            return head + this.literal(item, wide(head), step, width - 1);
          })
        : value.map((item) => pad + this.literal(item, step, step, width - 1));
      const body = rows.join(",\n") + (this.last ? "," : "");
      const [opening, closing] = this.brackets[isMap ? "map" : "list"];
      return `${opening}\n${body}\n${" ".repeat(indent)}${closing}`;
    }

    flat(value) {
      if (value === null || typeof value === "boolean") return this.constants[value];
      if (typeof value === "string") return this.string(value);
      if (value instanceof Num) return value.text;
      if (value instanceof EnvText) return this.environment(value, this.values.env);
      const list = (items, [opening, closing], spaced) =>
        items.length && spaced ? `${opening} ${items.join(", ")} ${closing}` : opening + items.join(", ") + closing;
      if (Array.isArray(value)) return list(value.map((item) => this.flat(item)), this.brackets.list);
      if (value instanceof Map) {
        const items = [...value].map(([key, item]) => this.key(key) + this.brackets.between + this.flat(item));
        return list(items, this.brackets.map, this.spaced);
      }
      const kind = value instanceof BasicAuth ? "basic" : value instanceof LocalFile ? "file" : "header";
      if (!(kind in this.values)) throw new TypeError(`no literal for ${kind}`);
      return this.made(this.values[kind])(value, 0, 0);
    }

    key(text) {
      return this.keys.get(text) ?? (this.plainKey.test(text) ? text : this.string(text));
    }

    environment(text, pattern) {
      if (this.posix) return shellQuote(text);
      const { join } = this.values;
      if (join === undefined) return this.string(text.parts.flat().join(""));
      return text.parts.map((p) => (typeof p === "string" ? this.string(p) : pattern.replace("«»", () => p[0]))).join(join);
    }

    /** An encoder from what a table says: a pattern, cases, or a table of its own. */
    made(definition) {
      if (typeof definition === "string") return this.pattern(definition);
      if (Array.isArray(definition)) {
        const cases = definition.map(({ when = "", ...rest }) => [this.condition(when), this.made(rest)]);
        return (value, column, indent) => cases.find(([holds]) => holds(value))[1](value, column, indent);
      }
      const { text, as, env, file, json, refuse, join = this.values.join } = definition;
      if (refuse !== undefined) {
        return () => {
          throw new RangeError(refuse);
        };
      }
      if (text !== undefined) return this.pattern(text, as);
      if (env !== undefined && json === undefined) {
        return (value, ...at) => (value instanceof EnvText ? this.environment(value, env) : this.literal(value, ...at));
      }
      if (json === undefined) return (value) => this.string(jsonText(value));
      return (value, column) => {
        let names, marked;
        let tag = -1;
        const variable = (...found) => `\0${tag}.${names.push(found) - 1}\0`;
        const uploaded = (name) => variable(file ? file.replaceAll("«»", () => this.string(name)) : uploadVariable(name), "file");
        do {
          tag++; // one that no text of the value holds
          names = [];
          marked = spliced(value, variable, uploaded);
        } while (names.length && this.json.flat(marked).split(`\\u0000${tag}.`).length - 1 !== names.length);
        const spliceable = typeof json === "string";
        const plain = this.json.literal(marked, spliceable ? column : 0);
        let out = this.block(plain);
        const inBlock = out !== this.string(plain);
        if (!spliceable && !inBlock) out = this.string(this.json.flat(marked));
        const [opening, closing] = inBlock ? [this.table.block.open, this.table.block.close] : ['"', '"'];
        const pattern = env ?? this.values.env;
        return names.reduce((all, [name, kind], i) => {
          const mark = `\\u0000${tag}.${i}\\u0000`;
          const inner = (kind === "env" && pattern ? pattern : "«»").replaceAll("«»", () => name);
          const splice = spliceable ? json.replaceAll("«»", () => name) : closing + join + inner + join + opening;
          return all.replaceAll(inBlock ? this.inBlock(mark) : this.string(mark).slice(1, -1), () => splice);
        }, out);
      };
    }

    /** A text in the notation for long ones, in which next to nothing is escaped, where there is one that holds it. */
    block(text) {
      const plain = this.string(text);
      const { block } = this.table;
      if (!block || plain.slice(1, -1) === text || !allPrintable(text.replaceAll("\n", ""))) return plain;
      const ended = text + block.close.slice(0, -1); // a quotation mark before three of them would be one of the three
      if ((block.never ?? []).some((mark) => ended.includes(mark))) return plain;
      return block.open + this.inBlock(text) + block.close;
    }

    /** What stands between the marks of a long text. */
    inBlock(text) {
      return [...text].map((c) => this.table.block?.letters?.[c] ?? c).join("");
    }

    pattern(text, as) {
      const [start, ...rest] = text.split(/«([^«»|]*)(?:[|]([^«»]+))?»/);
      const fields = [];
      for (let i = 0; i < rest.length; i += 3) fields.push([path(rest[i]), rest[i + 1] ?? (as ? "" : "value"), rest[i + 2]]);
      if (!as) {
        return (value, column, indent) => {
          let out = start;
          for (const [at, name, after] of fields) {
            const line = out.slice(out.lastIndexOf("\n") + 1);
            const place = wide(line) + (line.length < out.length ? 0 : column);
            out += this.encoder(name)(at(value), place, indent) + after;
          }
          return out;
        };
      }
      return (value, column, indent) => {
        const parts = [start];
        for (const [at, name, after] of fields) {
          const item = at(value);
          if (name) parts.push(this.encoder(name)(item, 0, 0));
          else parts.push(...(item instanceof EnvText ? item.parts : [item]));
          parts.push(after);
        }
        const runs = [];
        for (const part of parts) {
          if (typeof part === "string" && typeof runs.at(-1) === "string") runs[runs.length - 1] += part;
          else runs.push(part);
        }
        const all = runs.length === 1 ? runs[0] : new EnvText(runs.filter((part) => part !== ""));
        return this.encoder(as)(all, column, indent);
      };
    }

    condition(text) {
      const [, where, kind, wanted] = text.match(/^(?:no )?(\S*?)(?: is (null|a name|from the environment)| matches (.+))?$/);
      const at = path(where);
      if (!text) return () => true;
      if (wanted) return (value) => typeof at(value) === "string" && new RegExp(wanted).test(at(value));
      if (kind === "null") return (value) => at(value) === null;
      if (kind === "a name") return (value) => this.name.test(at(value)) && !this.reserved.has(at(value));
      if (kind) return (value) => at(value) instanceof EnvText;
      return (value) => Boolean(at(value)) !== text.startsWith("no ");
    }
  }

  const notations = new Map();
  function notation(name) {
    if (!notations.has(name)) notations.set(name, new Notation(apispec.tables[name], name === "json" ? null : notation("json")));
    return notations.get(name);
  }

  /** An encoder by the name that templates give it: `python` writes literals, `python-file` what the table calls so. */
  function encoder(name) {
    const [language, ...own] = name.split("-");
    return notation(language).encoder(own.join("-") || "value");
  }

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
      const [name, written, before, after, each] = part;
      if (!values.has(name)) continue;
      for (const item of each ? listed(values.get(name)) : [values.get(name)]) {
        out += before;
        const line = out.slice(out.lastIndexOf("\n") + 1);
        out += encoder(written)(item, wide(line), line.match(/^ */)[0].length) + after;
      }
    }
    return new Map(starts.map(([name, start], i) => [name, out.slice(start, starts[i + 1]?.[1])]));
  }
  const fill = (parts, values) => [...fillSections(parts, values).values()].join("");

  let plainJson;
  /** JSON as `json_text` in apispec/literals/text.py writes it, with the letters of `json.dumps`; over lines if asked to. */
  function jsonText(value, indented = false) {
    const { json } = apispec.tables;
    const letters = { ...json.string.letters, "\b": "\\b", "\f": "\\f" };
    plainJson ??= new Notation({ ...json, string: { ...json.string, letters } });
    return indented ? plainJson.literal(value) : plainJson.flat(value);
  }

  Object.assign(apispec, {
    ...{ parse, revive, fill, fillSections, jsonText, percentEncode },
    ...{ Num, EnvText, BasicAuth, HeaderText, LocalFile, FilePart },
  });
  globalThis.apispec = apispec;
})();
