// The search as readers see it: a dialog with one row per operation, grouped, answered at the first keystroke.

(() => {
  "use strict";

  const { _ } = apispec;
  const GROUPS = [["operation", _("Operations")], ["schema", _("Schemas")], ["webhook", _("Webhooks")], ["tag", _("Topics")], ["page", _("Pages")]];
  const MOST = { operation: 40, schema: 8, webhook: 6, tag: 6, page: 8 };
  const key = `apispec:recent:${apispec.root.pathname}`;
  const shards = {};

  let dialog = null;
  let engine = null;
  let whole = false;
  let rows = [];
  let chosen = -1;
  let asked = "";
  let apis = [];
  let within = -1;

  const el = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  const recent = () => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? "[]");
    } catch {
      return [];
    }
  };
  function remember(entry) {
    const { kind, title, method, path, href, api } = entry;
    const others = recent().filter((one) => one.href !== href);
    try {
      localStorage.setItem(key, JSON.stringify([{ kind, title, method, path, href, api }, ...others].slice(0, 8)));
    } catch {
      // it is forgotten
    }
  }

  /** A text with the words of the query marked. */
  function marked(text) {
    const words = asked.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1);
    if (!words.length) return [text];
    const found = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|")})`, "gi");
    return String(text).split(found).map((part, at) => (at % 2 ? el("mark", {}, part) : part));
  }

  function row(entry, at) {
    const href = new URL(entry.href, apispec.root).href;
    const link = el("a", { href, tabindex: "-1", role: "option", id: `api-found-${at}`, "aria-selected": "false", class: "api-found" });
    if (entry.method) link.append(el("span", { class: `api-method api-method-${entry.method.toLowerCase()}` }, entry.method));
    link.append(el("span", { class: `api-found-title${entry.deprecated ? " api-deprecated" : ""}` }, ...marked(entry.title)));
    if (entry.path) link.append(el("code", { class: "api-found-path" }, ...marked(entry.path)));
    const below = [within < 0 ? apis[entry.api]?.[0] : "", entry.where || entry.summary].filter(Boolean).join(" · ");
    if (below) link.append(el("span", { class: "api-found-where" }, ...marked(below)));
    link.addEventListener("click", () => {
      remember(entry);
      dialog.close();
    });
    link.addEventListener("pointermove", () => choose(at));
    return link;
  }

  function choose(at) {
    const links = dialog.querySelectorAll(".api-found");
    links[chosen]?.setAttribute("aria-selected", "false");
    chosen = links.length ? (at + links.length) % links.length : -1;
    links[chosen]?.setAttribute("aria-selected", "true");
    links[chosen]?.scrollIntoView({ block: "nearest" });
    const input = dialog.querySelector("input");
    if (chosen < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `api-found-${chosen}`);
  }

  function show(entries, title = "") {
    const list = dialog.querySelector("[role=listbox]");
    const parts = [];
    rows = [];
    const exact = entries.find((entry) => entry.exact)?.kind; // what is called so comes first
    const groups = exact ? [...GROUPS].sort((a, b) => (b[0] === exact) - (a[0] === exact)) : GROUPS;
    for (const [kind, name] of title ? [[null, title]] : groups) {
      const own = kind ? entries.filter((entry) => entry.kind === kind).slice(0, MOST[kind]) : entries;
      if (!own.length) continue;
      const group = el("div", { role: "group", "aria-label": name }, el("p", { class: "api-found-group", "aria-hidden": "true" }, name));
      for (const entry of own) {
        group.append(row(entry, rows.length));
        rows.push(entry);
      }
      parts.push(group);
    }
    const words = !asked ? (rows.length ? "" : _("Names, methods and paths, parameters, fields, statuses: type what you know.")) : rows.length ? "" : _("Nothing is found for “{words}”.", { words: asked });
    dialog.querySelector("[role=status]").textContent = words;
    list.replaceChildren(...parts);
    chosen = -1;
    choose(0);
  }

  const found = () => (within < 0 ? engine.search(asked, shards) : engine.search(asked, shards, Infinity).filter((one) => one.api === within).slice(0, 60));

  /** Of a site of several APIs: which one to search. */
  function choice(input) {
    if (!apis.length) return [];
    const made = el("select", { class: "api-search-in", "aria-label": _("Search in") });
    for (const [at, name] of [_("All APIs"), ...apis.map(([name]) => name)].entries()) made.append(el("option", { value: at - 1 }, name));
    made.addEventListener("change", () => {
      within = Number(made.value);
      ask(input.value);
      input.focus();
    });
    return [made];
  }

  async function ask(query) {
    asked = query.trim();
    if (!asked) {
      show(recent(), _("Recent"));
      return;
    }
    show(found());
    const wanted = (whole ? ["words"] : [...engine.shards(asked), "places"]).filter((name) => !(name in shards));
    if (asked.length < 3 || !wanted.length) return;
    await Promise.all(wanted.map(async (name) => {
      shards[name] = (await apispec.index(name)) ?? (name === "places" ? [] : {});
      if (whole) Object.assign(shards, shards[name]);
    }));
    if (asked === query.trim() && dialog.open) show(found());
  }

  function make() {
    const input = el("input", { type: "search", role: "combobox", "aria-expanded": "true", "aria-controls": "api-found", "aria-autocomplete": "list",
      "aria-label": _("Search"), placeholder: _("Search"), autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "go" });
    const close = el("button", { type: "button", class: "api-search-close", "aria-label": _("Close") }, "Esc");
    dialog = el("dialog", { class: "api-search md-typeset", "aria-label": _("Search") }, el("div", { class: "api-search-head" }, input, ...choice(input), close),
      el("p", { role: "status", class: "api-search-status" }), el("div", { role: "listbox", id: "api-found", "aria-label": _("Found") }));
    input.addEventListener("input", () => ask(input.value));
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === "Escape") {
        event.preventDefault();
        dialog.close();
      } else if (step) {
        event.preventDefault();
        choose(chosen + step);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        const link = dialog.querySelectorAll(".api-found")[chosen];
        if (event.ctrlKey || event.metaKey) window.open(link.href);
        else link.click();
      }
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    document.body.append(dialog);
    return input;
  }

  /** Open the search. The index has been loaded before. */
  apispec.openSearch = async (query) => {
    if (!engine) {
      const index = await apispec.index();
      if (!index) return;
      whole = Boolean(index.whole);
      apis = index.apis ?? [];
      engine = apispec.searchEngine({ ...index, pages: (await (index.more ? apispec.index("pages") : null)) ?? [] });
    }
    const input = dialog?.isConnected ? dialog.querySelector("input") : make();
    if (!dialog.open) dialog.showModal();
    if (query) input.value = query;
    input.focus();
    input.select();
    ask(input.value);
  };
})();
