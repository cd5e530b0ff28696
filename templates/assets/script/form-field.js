// One field of a form: its label, whether it is sent, whether it is null, hints, and what is wrong with it.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const DEEPEST = 8;
  const GROUPS = new Set(["object", "array", "union"]);

  /**
   * A field for a value of a schema.
   *
   * @param {object} options
   *   name (shown), path (how a screen reader calls it), schema, required, value (undefined = left out), depth, note,
   *   context: {files, nulls, part, waiting}, bare (no label), keyed (the name is typed), remove (how it goes away)
   * @returns {{element, read, write, check, flaw, at, say, focus, key, included}}
   */
  ui.field = (options) => {
    const { schema, required, value, depth = 0, note, context, bare, keyed, remove } = options;
    let path = options.path ?? options.name;
    let info = ui.look(schema, context.files);
    if (depth > DEEPEST && GROUPS.has(info.kind)) info = { ...info, kind: "json" };
    const grouped = GROUPS.has(info.kind);
    const nullable = info.nullable && context.nulls;
    const id = ui.id();
    const words = info.kind.startsWith("file") ? info.kind : ui.typeWords(schema);
    const typeWords = nullable ? words.replace(/ \| null$/, "") : words;
    const body = ui.el("div", { class: "api-input-body" });
    const problem = ui.el("p", { class: "api-problem", id: `${id}-problem`, hidden: true });
    let control = null;
    let raw = null; // the JSON editor that stands in for a group
    let [problemShown, touched] = [false, false];

    const use = required ? null : ui.el("input", { type: "checkbox", "aria-label": _("Send {name}", { name: path }), title: _("Send it, or leave it out"), change: onUse });
    const none = nullable ? ui.el("input", { type: "checkbox", "aria-label": _("{name} is null", { name: path }), change: onNull }) : null;
    const label = keyed
      ? ui.el("input", { type: "text", class: "api-key", "aria-label": _("Key of {name}", { name: path }), placeholder: _("key"), autocomplete: "off", spellcheck: "false" })
      : ui.el(grouped ? "span" : "label", { class: "api-name", ...(grouped ? { id: `${id}-label` } : { for: id }) }, options.name);
    if (keyed) label.value = options.name;
    const toggle = grouped ? ui.button("JSON", onToggle, { class: "api-mini", "aria-pressed": "false", title: _("Write {name} as JSON", { name: path }) }) : null;
    const away = remove ? ui.button("×", () => remove(field), { class: "api-mini api-remove", "aria-label": _("Remove {name}", { name: path }), title: _("Remove") }) : null;
    const head = ui.el(
      "div",
      { class: "api-input-head" },
      use,
      label,
      ui.el("span", { class: "api-type" }, typeWords),
      required && !keyed && !remove ? ui.el("span", { class: "api-mark api-required" }, _("required")) : null,
      ui.el("span", { class: "api-input-tools" }, none ? ui.el("label", { class: "api-null" }, none, " null") : null, toggle, away),
    );
    const about = remove ? "" : [note, ui.limits(info.kind, info.schema)].filter(Boolean).join(" · ");
    const hint = about ? ui.el("p", { class: "api-hint", id: `${id}-hint` }, about) : null;
    const element = ui.el(
      "div",
      { class: `api-input${grouped ? " api-input-group" : ""}`, ...(grouped && !bare ? { role: "group", "aria-labelledby": keyed ? null : `${id}-label`, "aria-label": keyed ? path : null } : {}) },
      bare ? null : head,
      ...(grouped ? [hint, body] : [body, hint]),
      problem,
    );

    const included = () => !use || use.checked;
    const isNull = () => Boolean(none?.checked);
    const wrap = (file) => (context.files === "part" ? new apispec.FilePart(context.part ?? options.name, file) : file);

    function build(given) {
      const make = grouped ? ui.groups[info.kind] : ui.input;
      control = make(info, given, { depth, context, path, wrap, waiting: context.waiting });
      body.replaceChildren(control.element);
      const input = control.focusable;
      if (grouped) return;
      input.id = id;
      if (keyed) input.setAttribute("aria-label", _("Value of {name}", { name: path }));
      else if (bare || path !== options.name) input.setAttribute("aria-label", path);
      input.setAttribute("aria-describedby", [hint?.id, problem.id].filter(Boolean).join(" "));
      if (required) input.setAttribute("aria-required", "true");
      input.addEventListener("input", () => {
        if (use && !use.checked) use.checked = true;
        arrange();
      });
    }

    /** Show what the boxes say. */
    function arrange() {
      const open = included() && !isNull();
      element.classList.toggle("api-left-out", !included());
      element.classList.toggle("api-is-null", included() && isNull());
      if (open && !control) build(ui.starter(schema));
      body.hidden = isNull() || (grouped && !included());
      if (toggle) toggle.hidden = !open;
      if (none) none.parentElement.hidden = !included();
    }

    function onUse() {
      const start = ui.starter(schema);
      if (use.checked && !isNull() && !grouped && start !== undefined && control.read() === undefined) control.write(start);
      arrange();
      clear();
      ui.changed(element);
    }

    function onNull() {
      arrange();
      clear();
      ui.changed(element);
    }

    function onToggle() {
      if (!raw) {
        const now = control.read();
        if (ui.hasFiles(now)) return show(_("A file can't be written as JSON."));
        raw = ui.input({ kind: "json", schema: info.schema }, now, {});
        raw.focusable.setAttribute("aria-label", path ? _("{name} as JSON", { name: path }) : _("Body as JSON"));
        raw.focusable.setAttribute("aria-describedby", problem.id);
        body.replaceChildren(raw.element);
        raw.focusable.focus();
      } else {
        const now = raw.read();
        if (raw.syntax() || strange(now)) return show(raw.problem() || strange(now));
        if (info.kind === "union" && !ui.fits(info.schema, now)) return show(raw.problem() || _("This is none of the kinds."));
        if (info.kind !== "union" && !ui.fits(new Map([["type", info.kind]]), now)) return show(raw.problem() || _("This must be of the type {type}.", { type: info.kind }));
        raw = null;
        build(now);
      }
      toggle.setAttribute("aria-pressed", String(Boolean(raw)));
      clear();
      ui.changed(element);
    }

    function show(message) {
      problemShown = Boolean(message);
      problem.textContent = message;
      problem.hidden = !message;
      const input = (raw ?? control)?.focusable;
      if (message && input) input.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
    const clear = () => show("");

    /** A key that has no place. */
    function strange(value) {
      const known = info.schema.get("properties");
      if (!(value instanceof Map) || !known || info.schema.get("additionalProperties") !== false) return "";
      const key = [...value.keys()].find((name) => !known.has(name));
      return key === undefined ? "" : _("There is no “{key}” here.", { key });
    }

    function ownProblem() {
      if (!included() || isNull()) return "";
      if (raw) return raw.problem();
      return control.problem();
    }

    const field = {
      element,
      toggle,
      included,
      get key() {
        return keyed ? label.value : options.name;
      },
      read() {
        if (!included()) return undefined;
        if (isNull()) return null;
        return (raw ?? control).read();
      },
      /** Fields with something wrong, this and those inside; each says so where `tell`. */
      check(tell = true) {
        const own = ownProblem();
        if (tell) show(own);
        const inside = grouped && !raw && included() && !isNull() ? control.check(tell) : [];
        return [...(own ? [field] : []), ...inside];
      },
      /** What it says to be wrong, as servers do: `[keys, message]`. */
      flaw: () => [path ? [path] : [], problem.textContent],
      /** Whether what is typed can't be sent at all. */
      broken: () => included() && !isNull() && Boolean((raw ?? control).broken?.()),
      /** The field at a path of keys and positions, or the nearest one around it. */
      at: (keys) => (keys.length && grouped && !raw && control?.child ? (control.child(keys[0])?.at(keys.slice(1)) ?? field) : field),
      say: show,
      focus() {
        const input = (raw ?? control)?.focusable;
        if (input && !body.hidden) input.focus();
        else (use ?? none ?? toggle)?.focus();
      },
      /** Change the number of an item. */
      rename(name, called) {
        options.name = name;
        path = called;
        if (!keyed) label.textContent = name;
        away?.setAttribute("aria-label", _("Remove {name}", { name: called }));
        if (!grouped) control?.focusable.setAttribute("aria-label", called);
      },
    };

    if (use) use.checked = value !== undefined;
    if (none) none.checked = value === null;
    const start = value === undefined ? ui.starter(schema) : value;
    if (value !== undefined || required || !grouped) {
      if (required && start === null && none) none.checked = true;
      build(start === null && nullable ? undefined : start);
    }
    arrange();
    element.addEventListener("focusout", (event) => {
      event.stopPropagation(); // an outer field is not left when an inner one is
      if (!grouped && touched && !element.contains(event.relatedTarget)) ui.whenReleased(() => show(ownProblem()));
    });
    const hasPattern = info.kind === "text" && info.schema.has("pattern");
    if (hasPattern) ui.whileShown(element, "apispec:pattern", () => (problemShown || (touched && !element.contains(document.activeElement))) && show(ownProblem()));
    element.addEventListener("input", () => {
      touched = true;
      if (problemShown) show(ownProblem());
    });
    return field;
  };
})();
