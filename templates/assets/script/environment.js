// Environments: a base URL, the way to authenticate, and values for parameters, under a name. What is chosen is followed
// by every snippet and form; saving, sharing and reading them from files is the console's (environments.js). Credentials
// are in none of them.

(() => {
  "use strict";

  const { _, onPage, page } = apispec;
  const ui = (apispec.ui ??= {});
  const LINK = /^#environment=([\w-]+)$/;

  const kept = () => ({ list: [], active: "", ...ui.kept.get("environments", "computer") });
  /** The base URL, with its `{variables}` filled in. */
  const baseOf = ({ base, variables }) => base.replace(/\{([^{}]+)\}/g, (place, name) => (Object.hasOwn(variables, name) ? variables[name] : place));

  ui.environments = {
    all: () => kept().list,
    baseOf,
    /** The one that is followed now; null where the reader has gone to another base URL since. */
    active() {
      const { list, active } = kept();
      const found = list.find(({ name }) => name === active);
      return found && page() && (!found.base || sameBase(found)) ? found : null;
    },
    /** Keep a list of them, and follow one by its name; none where it is "". */
    use(list, name) {
      const before = ui.environments.active();
      ui.kept.set("environments", list.length ? { list, active: name } : null, "computer");
      const found = list.find((one) => one.name === name);
      if (found?.way) ui.choose(found.way);
      if (found?.base) apispec.baseUrl = baseOf(found);
      else if (before?.base && !found) apispec.baseUrl = null;
      document.dispatchEvent(new Event("apispec:base"));
      document.dispatchEvent(new Event("apispec:environment"));
    },
  };

  /** The arguments of an endpoint that the environment has values for, in pairs. */
  ui.environments.valuesFor = (endpoint) => {
    const variables = ui.environments.active()?.variables ?? {};
    const found = (endpoint.get("parameters") ?? []).filter((one) => Object.hasOwn(variables, one.get("name")) && one.get("in") !== "file");
    return found.map((one) => [one.get("argument"), valueOf(variables[one.get("name")], one.get("schema"))]);
  };

  function sameBase(environment) {
    try {
      return apispec.normalBase(baseOf(environment)) === apispec.baseUrl;
    } catch {
      return false;
    }
  }

  /** A variable's text as a value of a schema. */
  function valueOf(text, schema) {
    const types = [apispec.resolve(schema)].map((one) => (one instanceof Map ? one.get("type") : undefined)).flat();
    if (types.includes("string") || !types[0]) return text;
    try {
      return apispec.parse(text);
    } catch {
      return text;
    }
  }

  /** The arguments that an endpoint's page begins with: its own, but for those that the environment has values for. */
  apispec.argumentsOf = (endpoint) => {
    const own = endpoint.get("arguments");
    const ours = ui.environments.valuesFor(endpoint);
    return ours.length ? new Map([...own, ...ours]) : own;
  };

  const desk = () => Promise.all([apispec.load("console.js"), apispec.load("console.css").catch(() => {})]);

  /** The button beside the base URL. */
  function offer() {
    const field = document.querySelector(".api-base:not(.api-stand-in)");
    if (!field || field.querySelector(".api-environment")) return;
    const button = ui.button("", () => desk().then(() => ui.manageEnvironments(button)), { class: "api-environment", "aria-haspopup": "dialog" });
    const show = () => {
      const name = ui.environments.active()?.name;
      button.textContent = name ?? _("Environments");
      if (name) button.setAttribute("aria-label", _("Environment: {name}", { name }));
      else button.removeAttribute("aria-label");
    };
    field.querySelector("label").after(button);
    show();
    for (const kind of ["apispec:base", "apispec:environment"]) ui.whileShown(button, kind, show);
  }

  /** Ask about an environment that a link brings. */
  function arrive() {
    const shared = location.hash.match(LINK)?.[1];
    if (!shared || !page()) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    desk().then(() => ui.receiveEnvironment(shared));
  }

  window.addEventListener("hashchange", arrive);
  onPage(() => {
    offer();
    if (ui.environments.active()) document.dispatchEvent(new Event("apispec:base"));
    arrive();
  });
})();
