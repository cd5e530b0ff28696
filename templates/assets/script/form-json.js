// Values written as JSON: what does not fit the schema is told at its line while it is typed, and keys and values that fit
// are suggested where the cursor stands.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const ui = (apispec.ui ??= {});
  const MOST = 8; // problems told at once
  const OFFERED = 12; // suggestions

  // ── The text ──

  const placeOf = (path) => JSON.stringify(path);

  /**
   * What is where in a text that may not be JSON yet.
   *
   * @returns {{places: Map<string, number>, here: ?{kind: "key" | "value", path: any[], from: number, to: number, keys: Set<string>}}}
   *   places: where the value at each path begins; here: what the cursor is in
   */
  ui.scanJson = (text, cursor) => {
    const places = new Map();
    let at = 0;
    let here = null;

    const space = () => {
      while (at < text.length && /\s/.test(text[at])) at += 1;
    };
    function token() {
      const from = at;
      if (text[at] === '"') {
        at += 1;
        while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
        if (text[at] === '"') at += 1;
        else if (from < cursor && cursor <= at) at = cursor; // it is being typed: what follows is not of it
        at = Math.min(at, text.length);
      } else while (at < text.length && !/[\s,:[\]{}"]/.test(text[at])) at += 1;
      return text.slice(from, at);
    }
    const mark = (kind, path, from, keys) => {
      if (from <= cursor && cursor <= at) here = { kind, path, from, to: at, keys };
    };
    /** The space between two items: something may begin there. */
    function gap(kind, path, keys) {
      const from = at;
      space();
      if (from <= cursor && cursor <= at) here = { kind, path, from: cursor, to: cursor, keys };
    }

    function value(path) {
      gap("value", path);
      places.set(placeOf(path), at);
      const from = at;
      if (path.length > 60) at = text.length;
      else if (text[at] === "{" || text[at] === "[") inside(path, text[at] === "{");
      else if (at < text.length && !/[,\]}]/.test(text[at])) {
        if (!token()) at += 1;
        mark("value", path, from);
      }
    }
    function inside(path, isObject) {
      const keys = new Set();
      at += 1;
      for (let [item, fresh] = [0, true]; ; ) {
        if (!fresh) space();
        else if (isObject) gap("key", path, keys);
        else gap("value", [...path, item]);
        fresh = false;
        if (at >= text.length) return;
        const sign = text[at];
        if (sign === "}" || sign === "]") {
          at += 1;
          return;
        }
        if (sign === ",") {
          at += 1;
          item += 1;
          fresh = true;
        } else if (isObject) {
          const from = at;
          if (!token()) at += 1;
          mark("key", path, from, keys);
          const name = text.slice(from, at).replace(/^"|"$/g, "");
          if (!(from <= cursor && cursor <= at)) keys.add(name);
          space();
          if (text[at] === ":") {
            at += 1;
            value([...path, name]);
          }
        } else value([...path, item]);
      }
    }

    value([]);
    return { places, here };
  };

  const lineAt = (text, offset) => text.slice(0, offset).split("\n").length;

  // ── The schema ──

  /** The schemas of which one is to hold, references followed. */
  function shapes(schema, depth = 0) {
    const info = ui.look(schema);
    return info.kind === "union" && depth < 4 ? info.variants.flatMap((one) => shapes(one, depth + 1)) : [info];
  }

  /** What a schema says of the value behind a key or a number. */
  function step(info, key) {
    const { schema } = info;
    if (typeof key === "number") return schema.get("prefixItems")?.[key] ?? schema.get("items");
    return schema.get("properties")?.get(key) ?? ui.further(schema, key);
  }

  const within = (schema, path) =>
    path.reduce((found, key) => found.flatMap((info) => { const next = step(info, key); return next instanceof Map ? shapes(next) : []; }), shapes(schema)); // prettier-ignore

  const same = (one, other) => apispec.jsonText(one) === apispec.jsonText(other);
  const TYPES = { __proto__: null, number: (value) => value instanceof apispec.Num, text: (value) => typeof value === "string", array: Array.isArray, object: (value) => value instanceof Map };

  /** Whatever does not fit: `[path, words]`, the first few. */
  ui.jsonProblems = (schema, value) => {
    const found = [];
    function look(part, at, path) {
      if (found.length >= MOST || !(part instanceof Map) || path.length > 40) return;
      const info = ui.look(part);
      const say = (words) => words && found.push([path, words]);
      if (at === null && (info.nullable || info.kind === "json")) return;
      if (info.kind === "choice") {
        if (!info.values.some((one) => same(one, at))) say(_("This must be one of {values}.", { values: info.values.slice(0, 10).map((one) => apispec.jsonText(one)).join(", ") }));
      } else if (info.kind === "union") {
        const fit = info.variants.find((one) => ui.fits(one, at));
        if (fit) look(fit, at, path);
        else say(_("This is none of the kinds."));
      } else if (!TYPES[info.kind]) {
        if (info.kind === "json" && !ui.fits(part, at)) say(_("This must be of the type {type}.", { type: ui.typeWords(part) }));
      } else if (!TYPES[info.kind](at)) {
        say(_("This must be of the type {type}.", { type: ui.typeWords(new Map([["type", info.schema.get("type") ?? info.kind]])) }));
      } else {
        say(ui.problem(info.kind, info.schema, at));
        if (info.kind === "array") at.forEach((item, i) => look(step(info, i), item, [...path, i]));
        if (info.kind !== "object") return;
        for (const [name, , must] of ui.properties(info.schema)) if (must && !at.has(name)) say(_("“{key}” is missing.", { key: name }));
        for (const [name, inner] of at) {
          const known = step(info, name);
          if (known === undefined && info.schema.get("additionalProperties") === false && info.schema.has("properties")) found.push([[...path, name], _("There is no “{key}” here.", { key: name })]);
          else look(known, inner, [...path, name]);
        }
      }
    }
    look(schema, value, []);
    return found.slice(0, MOST);
  };

  /** What may be written where the cursor stands: `[[text to insert, name, what it is]]`. */
  ui.jsonSuggestions = (schema, text, cursor) => {
    const { here } = ui.scanJson(text, cursor);
    if (!here) return { here, offered: [] };
    const typed = text.slice(here.from, cursor).replace(/^"/, "").toLowerCase();
    const known = new Map();
    const infos = within(schema, here.path);
    if (here.kind === "key") {
      const colon = /^\s*:/.test(text.slice(here.to));
      for (const info of infos) {
        for (const [name, part, must] of ui.properties(info.schema)) {
          if (here.keys.has(name) || known.has(name)) continue;
          const key = JSON.stringify(name);
          known.set(name, [colon ? key : `${key}: ${first(part)}`, name, `${ui.typeWords(part)}${must ? ` · ${_("required")}` : ""}`]);
        }
      }
    } else {
      for (const info of infos) {
        const start = ui.starter(info.schema);
        const values = [...(info.values ?? []), ...(start === undefined ? [] : [start]), ...(info.nullable ? [null] : [])];
        for (const value of values) known.set(apispec.jsonText(value), [apispec.jsonText(value), apispec.jsonText(value), ""]);
      }
    }
    const fits = ([, name]) => name.replace(/^"/, "").toLowerCase();
    const offered = [...known.values()].filter((one) => fits(one).includes(typed)).sort((a, b) => fits(b).startsWith(typed) - fits(a).startsWith(typed));
    return { here, offered: offered.slice(0, OFFERED) };
  };

  /** What a value begins with. */
  function first(schema) {
    const start = ui.starter(schema);
    if (start !== undefined) return apispec.jsonText(start);
    const info = ui.look(schema);
    return { text: '""', object: "{}", array: "[]", choice: apispec.jsonText(info.values?.[0] ?? null) }[info.kind] ?? "";
  }

  // ── The editor ──

  /** Any value, written as JSON. While it is none, the last good value stands. */
  ui.jsonInput = (info, value) => {
    const id = ui.id();
    const input = ui.el("textarea", { class: "api-json", rows: 2, autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-controls": id, keydown: onKey, blur: () => setTimeout(close) });
    const list = ui.el("ul", { id, class: "api-hint api-json-list", role: "listbox", "aria-label": _("What fits here"), hidden: true });
    const problems = ui.el("ul", { class: "api-hint api-json-problems", hidden: true });
    const told = ui.el("p", { class: "api-hint", role: "status" });
    const suggest = ui.button(_("Suggest"), () => { input.focus(); offer(true); }, { class: "api-mini", title: _("Keys and values that fit here (Ctrl+Space)") }); // prettier-ignore
    const tidy = ui.button(_("Tidy up"), onTidy, { class: "api-mini" });
    const element = ui.el("div", { class: "api-json-editor" }, input, list, problems, ui.el("p", { class: "api-json-tools" }, suggest, " ", tidy), told);
    let last = value;
    let shown = { here: null, offered: [] };
    let chosen = 0;

    const read = () => {
      if (input.value.trim() === "") return undefined;
      try {
        last = apispec.parse(input.value);
      } catch {
        // said by `syntax`
      }
      return last;
    };
    const syntax = () => {
      if (input.value.trim() === "") return _("Type JSON, such as {example}.", { example: "null, 1, \"text\", [], {}" });
      try {
        JSON.parse(input.value);
        return "";
      } catch (error) {
        return _("This is not JSON: {problem}.", { problem: error.message });
      }
    };
    const wrong = () => (syntax() ? [] : ui.jsonProblems(info.schema, read()));
    function problem() {
      const count = syntax() ? 0 : wrong().length;
      return syntax() || (count ? _n("One value does not fit.", "{count} values do not fit.", count) : "");
    }
    function said([path, words]) {
      return path.length ? `${path.join(".")}: ${words}` : words;
    }
    const write = (next) => {
      input.value = next === undefined ? "" : apispec.jsonText(next, true);
      tell();
    };

    /** Each problem, with a button that leads to its line. */
    function tell() {
      const found = wrong();
      const { places } = ui.scanJson(input.value, -1);
      problems.hidden = !found.length;
      problems.replaceChildren(...found.map((one) => {
        const offset = places.get(placeOf(one[0])) ?? 0;
        const go = () => {
          input.focus();
          input.setSelectionRange(offset, offset);
        };
        return ui.el("li", {}, ui.button(_("Line {number}", { number: lineAt(input.value, offset) }), go, { class: "api-mini" }), " ", said(one));
      }));
    }

    function offer(asked) {
      shown = ui.jsonSuggestions(info.schema, input.value, input.selectionStart);
      const typed = shown.here ? input.value.slice(shown.here.from, input.selectionStart) : "";
      if (!shown.offered.length || (!asked && (!typed || shown.offered.some(([, name]) => name === typed)))) {
        close();
        if (asked) told.textContent = _("Nothing is known to fit here.");
        return;
      }
      list.replaceChildren(...shown.offered.map(([, name, what], i) =>
        ui.el("li", { role: "option", id: `${id}-${i}`, mousedown: (event) => { event.preventDefault(); take(i); } }, ui.el("code", {}, name), what ? ` ${what}` : ""))); // prettier-ignore
      list.hidden = false;
      told.textContent = _n("{count} suggestion", "{count} suggestions", shown.offered.length);
      choose(0);
    }
    function choose(to) {
      chosen = (to + shown.offered.length) % shown.offered.length;
      [...list.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === chosen)));
      input.setAttribute("aria-activedescendant", `${id}-${chosen}`);
    }
    function close() {
      list.hidden = true;
      told.textContent = "";
      input.removeAttribute("aria-activedescendant");
    }
    function take(i) {
      const [text] = shown.offered[i];
      put(text, shown.here.from, shown.here.to);
      close();
      if (/[}\]"]$/.test(text) && /: (""|\{\}|\[\])$/.test(text)) input.setSelectionRange(input.selectionStart - 1, input.selectionStart - 1);
    }
    /** Write into the text as if it were typed, so that it can be taken back. */
    function put(text, from, to) {
      input.focus();
      input.setSelectionRange(from, to);
      if (!document.execCommand("insertText", false, text)) {
        input.setRangeText(text, from, to, "end");
        ui.changed(input);
      }
    }
    function onTidy() {
      if (!syntax()) put(apispec.jsonText(read(), true), 0, input.value.length);
      else ui.flash(tidy, _("This is not JSON"));
    }

    function onKey(event) {
      const open = !list.hidden;
      if (event.key === " " && event.ctrlKey) offer(true);
      else if (open && event.key === "ArrowDown") choose(chosen + 1);
      else if (open && event.key === "ArrowUp") choose(chosen - 1);
      else if (open && (event.key === "Enter" || event.key === "Tab") && !event.ctrlKey && !event.metaKey && !event.shiftKey) take(chosen);
      else if (open && event.key === "Escape") close();
      else if (!open && event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        const line = input.value.slice(0, input.selectionStart).split("\n").at(-1);
        put(`\n${line.match(/^\s*/)[0]}${/[[{]\s*$/.test(line) ? "  " : ""}`, input.selectionStart, input.selectionEnd);
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }

    input.addEventListener("input", () => {
      tell();
      offer(false);
    });
    write(value);
    return { element, focusable: input, read, write, syntax, problem, broken: () => input.value.trim() !== "" && syntax() !== "" };
  };
})();
