// The menu of more languages. A language is loaded when it is chosen, and holds for the whole site.

(() => {
  "use strict";

  const { _ } = apispec;
  const { callValues, highlight, onPage, page, resolve, ui } = apispec;
  const KEY = "apispec:language";
  const known = new Map();
  const arrived = new Map();

  /** Called by the language's own file: its table, and its parts by shape. */
  apispec.learn = (language) => {
    Object.assign(apispec.tables, language.tables);
    arrived.set(language.id, language);
  };

  /** Where an API's own file is: a portal has several APIs, each with shapes of its own. */
  const place = (id) => new URL(`assets/languages/${id}.js`, new URL(page().get("root") ?? "", location.href)).href;

  async function load(id) {
    const url = place(id);
    await apispec.load(url);
    if (!known.has(url)) known.set(url, arrived.get(id));
    return known.get(url);
  }

  const remembered = () => {
    try {
      return localStorage.getItem(KEY) ?? "";
    } catch {
      return ""; // storage is switched off
    }
  };
  const remember = (id) => {
    try {
      if (id) localStorage.setItem(KEY, id);
      else localStorage.removeItem(KEY);
    } catch {
      // the choice holds for this page
    }
  };

  /** The text of a call in a language of the menu; what the language cannot say is said. */
  function textOf(endpoint, args, language) {
    const [values, variant] = callValues(endpoint, args, apispec.baseOf(endpoint), resolve);
    const key = page().get("keys")?.[Number(endpoint.get("shapes").text)]?.get(variant);
    return apispec.written(language.parts[key], values, language.name);
  }

  function write(tabs, language) {
    const endpoint = page().get("endpoints").get(tabs.dataset.snippets);
    const block = tabs.querySelector(".tabbed-block[data-more]");
    block.dataset.language = language.id;
    const text = textOf(endpoint, apispec.typedOf(endpoint), language);
    block.querySelector("code").replaceChildren(highlight(text, language.lexer));
    const needs = block.querySelector(".api-needs");
    needs.hidden = !language.needs;
    needs.querySelector("code").textContent = language.needs;
  }

  /** A place for the chosen language beside those that the page has. */
  function prepare(tabs) {
    if (tabs.querySelector(".tabbed-block[data-more]")) return;
    const [set, count] = tabs.dataset.tabs.split(":");
    const number = Number(count) + 1;
    const input = ui.el("input", { type: "radio", name: set, id: `${set}-${number}`, "data-more": true, "aria-label": _("More languages") });
    tabs.querySelector(".api-more-label").htmlFor = input.id; // the theme looks for one
    [...tabs.querySelectorAll(":scope > input")].at(-1).after(input);
    const code = ui.el("div", { class: "highlight" }, ui.el("pre", {}, ui.el("code")));
    const needs = ui.el("p", { class: "api-needs", hidden: "" }, ...ui.said(_("Needs {what}"), { what: ui.el("code") }));
    tabs.querySelector(".tabbed-content").append(ui.el("div", { class: "tabbed-block", "data-more": "" }, code, needs));
  }

  async function choose(tabs, id) {
    const language = await load(id);
    prepare(tabs);
    write(tabs, language);
    [...tabs.querySelectorAll(":scope > input")].at(-1).checked = true;
  }

  function everywhere(id) {
    document.querySelectorAll(".api-tabs[data-snippets]").forEach((tabs) => choose(tabs, id).catch(() => {}));
  }

  function offer(tabs) {
    const endpoint = page().get("endpoints").get(tabs.dataset.snippets);
    if (!endpoint || tabs.querySelector(".api-more")) return;
    const select = ui.el("select", { class: "api-more", "aria-label": _("More languages") });
    select.append(ui.el("option", { value: "" }, _("More languages…")));
    for (const [id, name] of page().get("more")) select.append(ui.el("option", { value: id }, name));
    select.addEventListener("change", () => {
      remember(select.value);
      if (select.value) everywhere(select.value);
      document.querySelectorAll(".api-more").forEach((other) => (other.value = select.value));
    });
    tabs.querySelector(".tabbed-labels").append(ui.el("label", { class: "api-more-label" }, select));
  }

  function refresh(tabs) {
    const id = tabs.querySelector(".tabbed-block[data-more]")?.dataset.language;
    const language = id && known.get(place(id));
    if (language) write(tabs, language);
  }

  /** A call in a language of the menu, whether it is shown or not. */
  apispec.inLanguage = async (endpoint, args, id) => textOf(endpoint, args, await load(id));

  /** Follow what is typed, the base URL and the way to authenticate. */
  apispec.refreshMore = (tabs) => refresh(tabs);

  onPage(() => {
    if (!page()?.get("more").length) return;
    const tabs = document.querySelectorAll(".api-tabs[data-snippets]");
    tabs.forEach(offer);
    const id = remembered();
    if (!id || !page().get("more").some(([other]) => other === id)) return;
    document.querySelectorAll(".api-more").forEach((select) => (select.value = id));
    everywhere(id);
  });
})();
