// Recorded calls, and one script of them: what apispec/snippets/assemble.py does, in JavaScript. A test holds them equal.

(() => {
  "use strict";

  const { BasicAuth, EnvText, FilePart, HeaderText, LocalFile } = apispec;
  const { baseOf, fillSections, jsonText, parse, prepare, revive } = apispec;

  // ── Values as text and back: what apispec/snippets/wire.py does ──

  function wire(value) {
    const tagged = (...fields) => new Map([["", fields]]);
    if (value instanceof EnvText) return tagged("env", ...value.parts);
    if (value instanceof BasicAuth) return tagged("basic", value.user, value.password);
    if (value instanceof HeaderText) return tagged("header", value.text);
    if (value instanceof LocalFile) {
      return tagged("file", value.filename, value.content, value.mediaType, Boolean(value.isBase64));
    }
    if (value instanceof FilePart) return tagged("part", value.name, wire(value.file));
    if (Array.isArray(value)) return value.map(wire);
    if (!(value instanceof Map)) return value;
    const pairs = [...value].map(([key, item]) => [key, wire(item)]);
    return value.has("") ? tagged("object", pairs) : new Map(pairs);
  }
  const store = (value) => jsonText(wire(value));
  const restore = (text) => revive(parse(text));

  const begins = (parts, section) => parts.some((part) => part.length === 1 && part[0] === section);

  /** Whether a language's client can make a call. */
  function sayable(parts, values) {
    try {
      return Boolean(apispec.fill(parts, values));
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }

  /** A call as plain data that makes scripts on any page; credentials are names of environment variables in it. */
  function record(endpoint, args, base = baseOf(endpoint)) {
    const found = prepare(endpoint, args, base);
    if (!found) return null;
    const languages = found.languages
      .map((language, i) => ({ ...language, parts: found.parts[i] }))
      .filter(({ parts }) => begins(parts, "call") && sayable(parts, found.values));
    return { name: endpoint.get("name"), languages, values: store(found.values) };
  }

  /** The languages that all of the calls can be written in. */
  function scriptLanguages(records) {
    const [first, ...others] = records;
    const inAll = ({ id }) => others.every(({ languages }) => languages.some((language) => language.id === id));
    return (first?.languages ?? []).filter(inAll).map(({ id, name, lexer, extension }) => ({ id, name, lexer, extension }));
  }

  // ── The script ──

  const trim = (text) => text.replace(/^\n+|\n+$/g, "");
  const longest = (texts) => texts.reduce((best, text) => (text.length > best.length ? text : best), "");

  /** The calls, with a number in the name of each file on disk that would take the place of another. */
  function toldApart(calls) {
    const names = new Map();
    const apart = (filename, key) => {
      const [, stem, suffix] = filename.match(/^([^]*)(\.[^.]*)$/) ?? [null, filename, ""];
      let candidate = filename;
      for (let number = 2; names.has(candidate) && (key === null || names.get(candidate) !== key); number++) {
        candidate = `${stem}-${number}${suffix}`;
      }
      names.set(candidate, key);
      return candidate;
    };
    const renamed = (value) => {
      if (value instanceof LocalFile) {
        const { filename, content, mediaType, isBase64 } = value;
        return filename ? new LocalFile(apart(filename, store(value)), content, mediaType, isBase64) : value;
      }
      if (value instanceof FilePart) return new FilePart(value.name, renamed(value.file));
      if (Array.isArray(value)) return value.map(renamed);
      return value instanceof Map ? new Map([...value].map(([key, item]) => [key, renamed(item)])) : value;
    };
    return calls.map(([parts, values]) => {
      const changed = begins(parts, "files") ? renamed(values) : new Map(values);
      if (values.has("download")) changed.set("download", apart(values.get("download"), null));
      return [parts, changed];
    });
  }

  const lastWord = (line) => line.slice(line.lastIndexOf(" ") + 1).toLowerCase();

  /** The lines of both, each once; new ones before the next that both have, in the order of their last words. */
  function merged(first, second) {
    const out = [...first];
    let at = 0;
    second.forEach((line, i) => {
      const known = out.indexOf(line, at);
      if (known >= 0) {
        at = known + 1;
        return;
      }
      const common = second.slice(i + 1).map((later) => out.indexOf(later, at)).find((place) => place >= 0);
      const end = common ?? out.length;
      let place = at;
      while (place < end && lastWord(out[place]) <= lastWord(line)) place++;
      out.splice(place, 0, line);
      at = place + 1;
    });
    return out;
  }

  /** The section that makes the files of all calls. */
  function files(calls) {
    const all = new Map(calls.flatMap(([, values]) => (values.get("local_files") ?? []).map((file) => [file.filename, file])));
    const making = calls.find(([parts, values]) => begins(parts, "files") && values.has("local_files"));
    if (!making) return "";
    const values = new Map([...making[1], ["local_files", [...all.values()]]]);
    return trim(fillSections(making[0], values).get("files"));
  }

  function scoped(text, scope, flat) {
    if (!scope.length) return text;
    return [scope[0], ...text.split("\n").map((line) => (line && !flat ? `  ${line}` : line)), ...scope.slice(1)].join("\n");
  }

  /** The calls, those of one connection together, which is made in the way that says most. */
  function groups(texts, bases, scope, after, flat) {
    const connection = (base) => longest(texts.filter((text, i) => bases[i] === base).map((text) => text.get("connect") ?? ""));
    const found = [[]];
    let connected = "";
    texts.forEach((text, i) => {
      if (text.has("connect") && connection(bases[i]) !== connected) {
        if (connected) found.push([]);
        connected = connection(bases[i]);
        found.at(-1).unshift(connected);
      }
      found.at(-1).push(scoped(text.get("call") + (after ? ` ${after}` : ""), scope, flat));
    });
    return found;
  }

  /** The script of parts and values of each call. */
  function assemble(calls, scope = [], after = "", flat = false) {
    const told = toldApart(calls);
    if (told.length === 1) return apispec.fill(...told[0]);
    const texts = told.map((call) => new Map([...fillSections(...call)].map(([name, text]) => [name, trim(text)])));
    const setup = texts.reduce((lines, text) => merged(lines, text.get("setup") ? text.get("setup").split("\n") : []), []);
    const once = setup.filter((line) => !(line && setup.some((other) => other.startsWith(`${line},`))));
    const found = groups(texts, told.map(([, values]) => values.get("base_url") ?? ""), scope, after, flat);
    const end = longest(texts.map((text) => text.get("end") ?? ""));
    if (end) found.at(-1).push(end);
    let bodies = found.map((group) => group.join("\n\n"));
    if (bodies.length > 1) bodies = bodies.map((body) => scoped(body, scope, flat));
    return [once.join("\n"), files(told), ...bodies].filter(Boolean).join("\n\n") + "\n";
  }

  /** The script that does recorded calls again. */
  function script(records, id) {
    const inLanguage = records.map(({ languages }) => languages.find((language) => language.id === id));
    const calls = inLanguage.map(({ parts }, i) => [parts, restore(records[i].values)]);
    return assemble(calls, inLanguage[0].scope, inLanguage[0].after, inLanguage[0].flat);
  }

  Object.assign(apispec, { assemble, record, restore, script, scriptLanguages, store, wire });
})();
