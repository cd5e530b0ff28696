// The window of environments: making, choosing, saving and sharing them. Loaded with the console.
//
// A file and a link hold no credentials: these are kept apart (auth-store.js), and values whose names sound like one stay here.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const { ui } = apispec;
  const SECRET = /token|secret|passw|api[-_]?key|credential|authorization|cookie|private[-_]?key/i;
  const { environments } = ui;

  const isText = (value) => typeof value === "string";

  /** An environment out of what somebody else wrote; null where it is none. Postman's files have `values`. */
  function clean(given) {
    if (!given || typeof given !== "object" || !isText(given.name) || !given.name.trim()) return null;
    const pairs = Array.isArray(given.values)
      ? given.values.filter((one) => one?.enabled !== false && one?.type !== "secret").map((one) => [one?.key, one?.value])
      : Object.entries(given.variables ?? {});
    const variables = Object.fromEntries(pairs.filter(([name]) => isText(name) && name).map(([name, value]) => [name, isText(value) ? value : JSON.stringify(value ?? "")]));
    let base = isText(given.base) ? given.base.trim() : "";
    if (!base) {
      const named = Object.keys(variables).find((name) => /^(base[-_]?)?url$/i.test(name));
      if (named && Array.isArray(given.values)) {
        base = variables[named];
        delete variables[named];
      }
    }
    return { name: given.name.trim(), base, way: isText(given.way) ? given.way : "", variables };
  }

  /** What others may see of it. */
  const open = (environment) => ({ ...environment, variables: Object.fromEntries(Object.entries(environment.variables).filter(([name]) => !SECRET.test(name))) });

  const fileOf = (list) => `${JSON.stringify({ "apispec-environments": 1, environments: list.map(open) }, null, 2)}\n`;

  /** @throws {SyntaxError | TypeError} where a text holds none, in words for a reader */
  function readFile(text) {
    let given;
    try {
      given = JSON.parse(text);
    } catch (error) {
      throw new TypeError(_("This is no JSON: {problem}", { problem: error.message }));
    }
    const found = (Array.isArray(given?.environments) ? given.environments : [given]).map(clean).filter(Boolean);
    if (!found.length) throw new TypeError(_("No environment is in this file: it needs a name, and a base URL or variables."));
    return found;
  }

  const encode = (environment) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(open(environment))))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const decode = (text) => new TextDecoder().decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0)));

  const linkTo = (environment) => `${location.href.split("#")[0]}#environment=${encode(environment)}`;

  /** Put one in the place of that of its name. */
  const withOne = (list, one, before = one.name) => {
    const at = list.findIndex(({ name }) => name === before);
    const others = list.filter(({ name }, i) => i === at || name !== one.name);
    return at < 0 ? [...others, one] : others.map((other) => (other.name === before ? one : other));
  };

  function row(label, input, ...more) {
    const id = ui.id();
    input.id = id;
    return ui.el("div", { class: "api-input" }, ui.el("div", { class: "api-input-head" }, ui.el("label", { class: "api-name", for: id }, label), ...more), input);
  }

  const text = (value, attributes = {}) => {
    const input = ui.el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...attributes });
    input.value = value;
    return input;
  };

  /** The ways to authenticate that this page's endpoints have. */
  const ways = () => [...new Set([...(apispec.page()?.get("endpoints").values() ?? [])].flatMap((endpoint) => endpoint.get("ways").map((way) => [...way.keys()].join(" + "))))].filter(Boolean);

  /** The names of parameters on this page, to suggest. */
  const parameters = () => [...new Set([...(apispec.page()?.get("endpoints").values() ?? [])].flatMap((endpoint) => endpoint.get("parameters").map((one) => one.get("name"))))].sort();

  /** A window over the page, which gives the focus back. */
  function windowOf(title, opener) {
    const heading = ui.el("h2", { tabindex: "-1" }, title);
    const place = ui.el("div", {});
    const close = () => dialog.close();
    const dialog = ui.el("dialog", { class: "api-environments md-typeset", "aria-label": title }, ui.el("div", { class: "api-record-head" }, heading, ui.button("×", close, { class: "api-mini api-remove", "aria-label": _("Close") })), place);
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    heading.focus();
    return { place, close };
  }

  /** The form of one environment. */
  function editor(environment, save, cancel) {
    const name = text(environment.name, { required: true });
    const base = text(environment.base, { inputmode: "url", placeholder: apispec.defaultBaseUrl });
    const found = [...new Set([...ways(), environment.way])].filter(Boolean);
    const way = ui.el("select", {}, ui.el("option", { value: "" }, _("as it is")), ...found.map((one) => ui.el("option", { value: one }, one)));
    way.value = environment.way;
    const list = ui.el("datalist", { id: ui.id() }, ...parameters().map((value) => ui.el("option", { value })));
    const rows = ui.el("ul", { class: "api-variables" });
    const problem = ui.el("p", { class: "api-problem", role: "alert" });
    function variable(key = "", value = "") {
      const [left, right] = [text(key, { "aria-label": _("Name of the variable"), list: list.id }), text(value, { "aria-label": _("Value") })];
      const hint = ui.el("span", { class: "api-hint" }, "");
      const judge = () => (hint.textContent = SECRET.test(left.value) ? _("stays on this computer: in no file and no link") : "");
      left.addEventListener("input", judge);
      judge();
      const one = ui.el("li", {}, left, right, ui.button("×", () => {
        one.remove();
        add.focus();
      }, { class: "api-mini api-remove", "aria-label": _("Delete the variable") }), hint);
      rows.append(one);
      return left;
    }
    for (const [key, value] of Object.entries(environment.variables)) variable(key, value);
    const add = ui.button(_("Add a variable"), () => variable().focus(), { class: "api-mini" });
    const form = ui.el(
      "form",
      { novalidate: true, class: "api-environment-form" },
      row(_("Name"), name),
      row(_("Base URL"), base, ui.el("span", { class: "api-type" }, "https://{region}.example.com")),
      found.length ? row(_("Authenticate by"), way) : null,
      ui.el("p", { class: "api-name" }, _("Variables")),
      ui.el("p", { class: "api-hint" }, _("Values for parameters of these names, in every snippet and form, and for the parts of the base URL in braces.")),
      rows,
      list,
      ui.el("p", { class: "api-actions" }, add),
      problem,
      ui.el("p", { class: "api-actions" }, ui.el("button", { type: "submit", class: "api-send" }, _("Save and use")), ui.button(_("Cancel"), cancel, { class: "api-mini" })),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const pairs = [...rows.children].map((one) => [...one.querySelectorAll("input")].map((input) => input.value));
      const made = { name: name.value.trim(), base: base.value.trim(), way: way.value, variables: Object.fromEntries(pairs.map(([key, value]) => [key.trim(), value]).filter(([key]) => key)) };
      problem.textContent = made.name ? "" : _("An environment needs a name.");
      if (!made.name) return name.focus();
      const open = made.base && environments.baseOf(made).match(/\{[^{}]+\}/)?.[0];
      if (open) {
        problem.textContent = _("No variable has a value for {part}.", { part: open });
        return base.focus();
      }
      try {
        if (made.base) apispec.normalBase(environments.baseOf(made));
      } catch (error) {
        problem.textContent = error.message;
        return base.focus();
      }
      save(made);
    });
    return [form, name];
  }

  /** The window of all environments. */
  ui.manageEnvironments = (opener) => {
    const { place } = windowOf(_("Environments"), opener);
    const note = ui.el("p", { class: "api-hint", role: "status" });

    function edit(environment) {
      const [form, first] = editor(environment, (made) => {
        environments.use(withOne(environments.all(), made, environment.name), made.name);
        list();
        place.querySelector("input:checked")?.focus();
      }, () => {
        list();
        place.querySelector("button,input")?.focus();
      });
      place.replaceChildren(form);
      first.focus();
    }

    function take(found) {
      const all = found.reduce((before, one) => withOne(before, one), environments.all());
      environments.use(all, environments.active()?.name ?? "");
      list();
      note.textContent = _n("{count} environment was read.", "{count} environments were read.", found.length);
    }

    const input = ui.el("input", { type: "file", accept: ".json,application/json", hidden: true });
    input.addEventListener("change", async () => {
      try {
        take(readFile(await input.files[0].text()));
      } catch (error) {
        note.textContent = error.message;
      }
      input.value = "";
    });

    function list() {
      const all = environments.all();
      const active = environments.active()?.name ?? "";
      const group = ui.id();
      const choice = (name, words, ...more) => {
        const radio = ui.el("input", { type: "radio", name: group, value: name, change: () => environments.use(environments.all(), name) });
        radio.checked = name === active;
        return ui.el("li", {}, ui.el("label", {}, radio, " ", words), ...more);
      };
      const rows = all.map((one) => {
        const share = ui.button(_("Copy link"), () => ui.copy(share, linkTo(one)), { class: "api-mini", "aria-label": _("Copy a link to {name}", { name: one.name }) });
        return choice(
          one.name,
          ui.el("strong", {}, one.name),
          one.base ? ui.el("code", {}, one.base) : null,
          ui.el("span", { class: "api-actions" },
            ui.button(_("Edit"), () => edit(one), { class: "api-mini", "aria-label": _("Edit {name}", { name: one.name }) }),
            share,
            ui.button(_("Delete"), () => {
              environments.use(environments.all().filter(({ name }) => name !== one.name), active === one.name ? "" : active);
              list();
              place.querySelector("input")?.focus();
            }, { class: "api-mini", "aria-label": _("Delete {name}", { name: one.name }) })),
        );
      });
      place.replaceChildren(
        ui.el("ul", { class: "api-environment-list" }, choice("", _("None: as the description has it")), ...rows),
        ui.el("p", { class: "api-actions" },
          ui.button(_("New environment"), () => edit({ name: "", base: apispec.baseUrl === apispec.defaultBaseUrl ? "" : apispec.baseUrl, way: "", variables: {} }), { class: "api-mini" }),
          ui.button(_("Read from a file"), () => input.click(), { class: "api-mini" }),
          all.length ? ui.button(_("Save as a file"), () => ui.save(new Blob([fileOf(all)], { type: "application/json" }), "environments.json"), { class: "api-mini" }) : null),
        note,
        ui.el("p", { class: "api-hint" }, _("Kept on this computer. Credentials are in none of them: neither in the file nor in a link.")),
        input,
      );
    }

    list();
  };

  /** Ask whether an environment that a link brought is to be used. */
  ui.receiveEnvironment = (shared) => {
    let found = null;
    try {
      found = clean(JSON.parse(decode(shared)));
      if (found?.base) apispec.normalBase(environments.baseOf(found));
    } catch {
      found = null; // told below
    }
    const { place, close } = windowOf(_("A shared environment"));
    if (!found) {
      place.append(ui.el("p", { class: "api-problem" }, _("This link holds no environment that can be read; ask for it again.")));
      return;
    }
    const facts = [[_("Base URL"), found.base], [_("Authenticate by"), found.way], ...Object.entries(found.variables)].filter(([, value]) => value);
    const use = ui.el("button", { type: "button", class: "api-send" }, _("Save and use"));
    use.addEventListener("click", () => {
      environments.use(withOne(environments.all(), found), found.name);
      close();
    });
    const again = environments.all().some(({ name }) => name === found.name);
    place.append(
      ui.el("p", {}, _("The link brings the environment {name}. Calls would go to its base URL, with what you type.", { name: found.name })),
      ui.el("dl", { class: "api-headers" }, ...facts.flatMap(([name, value]) => [ui.el("dt", {}, name), ui.el("dd", {}, value)])),
      again ? ui.el("p", { class: "api-hint" }, _("It takes the place of yours of the same name.")) : "",
      ui.el("p", { class: "api-actions" }, use, ui.button(_("Ignore it"), close, { class: "api-mini" })),
    );
  };
})();
