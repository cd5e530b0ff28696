// API Recorder: keeps the calls that were sent with Try it, from page to page, and shows the script that makes them again.
//
// What is kept holds no credentials; it lives in sessionStorage, so it ends with the tab.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const ui = (apispec.ui ??= {});
  const KEY = `apispec.recorder:${typeof __md_scope === "undefined" ? "" : __md_scope.pathname}`;

  let state = { on: false, open: false, language: "", calls: [] };
  let button = null;
  let panel = null;

  function load() {
    try {
      state = { ...state, ...JSON.parse(sessionStorage.getItem(KEY) ?? "{}") };
    } catch {
      // no storage, or not ours: the recording lives as long as this page
    }
  }

  /** Keep the state for the next page; says false where there is no room. */
  function keep() {
    try {
      sessionStorage.setItem(KEY, JSON.stringify(state));
      return true;
    } catch {
      return false;
    }
  }

  const counted = () => _n("Recorded: {count} call", "Recorded: {count} calls", state.calls.length);

  function change(more) {
    Object.assign(state, more);
    keep();
    draw();
  }

  const start = () => change({ on: true, open: false });

  function stop() {
    change({ on: false, open: state.calls.length > 0 });
    (panel?.querySelector("h2") ?? button)?.focus();
  }

  function close() {
    change({ open: false });
    button?.focus();
  }

  function onButton() {
    if (state.on) stop();
    else if (state.calls.length) {
      change({ open: !state.open });
      panel?.querySelector("h2")?.focus();
    } else start();
  }

  const recording = () => state.calls.length ? _n("Recording: {count} call", "Recording: {count} calls", state.calls.length) : _("Recording: send calls with Try it");

  /** The small panel while calls are recorded. */
  function pill() {
    return [
      ui.el("span", { class: "api-record-dot", "aria-hidden": "true" }),
      ui.el("span", { role: "status" }, recording()),
      ui.button(_("Stop"), stop, { class: "api-mini" }),
    ];
  }

  function remove(i) {
    const calls = state.calls.filter((_, n) => n !== i);
    change({ calls, open: calls.length > 0 });
    (panel?.querySelectorAll(".api-record-calls button")[Math.min(i, calls.length - 1)] ?? button)?.focus();
  }

  /** What was recorded, and the script. */
  function sheet() {
    const records = state.calls.map((call) => call.record);
    const languages = apispec.scriptLanguages(records);
    const chosen = languages.find((language) => language.id === state.language) ?? languages[0];
    const text = chosen ? apispec.script(records, chosen.id) : "";
    const list = ui.el(
      "ol",
      { class: "api-record-calls" },
      ...state.calls.map((call, i) =>
        ui.el("li", {}, ui.el("code", {}, call.title), ui.button("×", () => remove(i), { class: "api-mini api-remove", "aria-label": _("Delete call {number}, {title}", { number: i + 1, title: call.title }) })),
      ),
    );
    const group = ui.id();
    const tabs = ui.el(
      "div",
      { class: "api-record-tabs", role: "radiogroup", "aria-label": _("Language of the script") },
      ...languages.map(({ id, name }) => {
        const input = ui.el("input", {
          type: "radio",
          name: group,
          change: () => {
            change({ language: id });
            panel.querySelector(".api-record-tabs :checked").focus();
          },
        });
        input.checked = id === chosen.id;
        return ui.el("label", {}, input, ui.el("span", {}, name));
      }),
    );
    const name = `recorded.${chosen?.extension ?? "txt"}`;
    const save = () => ui.save(new Blob([text], { type: "text/plain" }), name);
    return [
      ui.el(
        "div",
        { class: "api-record-head" },
        ui.el("h2", { tabindex: "-1" }, counted()),
        ui.button("×", close, { class: "api-mini api-remove", "aria-label": _("Close the recorder") }),
      ),
      list,
      tabs,
      chosen ? ui.block(text, chosen.lexer) : ui.el("p", { class: "api-hint" }, _("No language has a script for these calls.")),
      ui.el(
        "div",
        { class: "api-actions" },
        ui.button(_("Copy"), (event) => ui.copy(event.target, text), { class: "api-mini" }),
        ui.button(_("Download {name}", { name }), save, { class: "api-mini" }),
        ui.button(_("Record more"), start, { class: "api-mini" }),
        ui.button(_("Clear"), () => (change({ calls: [], open: false }), button?.focus()), { class: "api-mini" }),
      ),
    ];
  }

  /** Bring button and panel up to date. */
  function draw() {
    if (button) {
      button.textContent = state.on ? _("Stop recording") : state.calls.length ? counted() : _("Record");
      button.title = state.on ? "" : _("API Recorder: one script of the calls that you send with Try it");
      button.classList.toggle("api-recording", state.on);
    }
    const shown = state.on || state.open;
    if (!shown) {
      panel?.remove();
      panel = null;
      return;
    }
    if (!panel) {
      const onKey = (event) => {
        if (event.key === "Escape" && state.open && !state.on) close();
      };
      panel = ui.el("section", { "aria-label": _("API Recorder"), keydown: onKey });
      document.body.append(panel);
    }
    const told = state.on && panel.querySelector("[role=status]");
    if (told) {
      told.textContent = recording(); // the same element, so that it is read aloud
      return;
    }
    panel.className = `api-recorder ${state.on ? "api-recorder-small" : "md-typeset"}`;
    panel.replaceChildren(...(state.on ? pill() : sheet()));
  }

  ui.recorder = {
    /** Keep a call that succeeded, if the recorder is on. */
    note(endpoint, args, base) {
      const record = state.on && apispec.record(endpoint, args, base);
      if (!record) return;
      state.calls.push({ title: endpoint.get("name"), record });
      if (!keep()) {
        state.calls.pop();
        draw();
        panel.querySelector("[role=status]").textContent = _("No room for more calls");
        return;
      }
      draw();
    },
  };

  load();
  apispec.onPage(() => {
    button = null;
    if (apispec.page()) {
      let tools = document.querySelector("article .api-page-tools");
      if (!tools) {
        tools = ui.el("p", { class: "api-page-tools", "data-search-exclude": true });
        document.querySelector("article h1")?.after(tools);
      }
      button = tools.querySelector(".api-record");
      if (!button) {
        button = ui.button(_("Record"), onButton, { class: "api-record" });
        tools.prepend(button, " ");
      }
    }
    draw();
  });
})();
