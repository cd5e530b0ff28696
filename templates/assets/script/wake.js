// What makes pages callable (`assets/calls.js`: snippets that follow, Try it, the recorder) is loaded when somebody is there:
// at the first sign of a hand on this page, or where something of theirs is kept from another one. Until then stand-ins
// hold its places.

(() => {
  "use strict";

  const { _ } = apispec;
  const { ui } = apispec;
  const LOCAL = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];
  const SIGNS = ["pointermove", "pointerdown", "touchstart", "keydown", "focusin", "wheel"];

  let woken = null;

  const data = () => document.getElementById("api-data");

  /** What a stand-in stands for, once it is there. */
  const twin = (standIn) => document.querySelector(standIn.dataset.for);

  /** Load the scripts, and put what they make in the place of the stand-ins. */
  function wake() {
    woken ??= common().then(() => apispec.load("calls.js")).catch(() => {
      woken = null;
    });
    return woken;
  }

  /** What the page shares with others about its calls, where they are so many that it is not on each. */
  async function common() {
    const name = data() && JSON.parse(data().dataset.json).common;
    if (name) await apispec.load(`calls/${name}.js`);
  }

  apispec.wake = wake;
  /** The scripts are there: they are about to show what they make. */
  apispec.awake = () => {
    woken ??= Promise.resolve();
    const standIns = [...document.querySelectorAll(".api-stand-in")];
    const focused = standIns.find((one) => one.contains(document.activeElement));
    for (const one of standIns) one.remove();
    apispec.release();
    if (focused) twin(focused)?.focus();
  };

  function standIn(element, selector, then) {
    element.classList.add("api-stand-in");
    element.dataset.for = selector;
    element.addEventListener("click", async (event) => {
      event.preventDefault();
      event.stopPropagation();
      await wake();
      const there = twin(element);
      if (there && then) there.click();
      else there?.focus();
    });
    return element;
  }

  /** Whether the reader has something kept: another base URL, credentials, recorded calls; or comes back from logging in. */
  function kept() {
    if (/[?&#](?:code|state|error|access_token|environment)=/.test(location.search + location.hash)) return true;
    try {
      return [localStorage, sessionStorage].some((store) => Object.keys(store).some((key) => (/^apispec[:.](?!nav|recent)/).test(key)));
    } catch {
      return false;
    }
  }

  /** Whether this server is the one that the page would call: `apispec serve` is reached under several names. */
  function elsewhere(base) {
    if (!URL.canParse?.(base) || !location.protocol.startsWith("http")) return false;
    const { hostname, port, origin } = new URL(base);
    return LOCAL.includes(hostname) && port !== "" && port === location.port && origin !== location.origin;
  }

  function show() {
    const known = data() && JSON.parse(data().dataset.json);
    if (known?.common && woken && !apispec.known(known.common)) common().then(apispec.start, () => {});
    if (!known || woken) return;
    if (kept() || elsewhere(known.base ?? "")) {
      wake();
      return;
    }
    let tools = document.querySelector("article .api-page-tools");
    if (!tools) {
      tools = ui.el("p", { class: "api-page-tools", "data-search-exclude": true });
      document.querySelector("article h1")?.after(tools);
    }
    if (!tools.querySelector(".api-record")) tools.prepend(standIn(ui.el("button", { type: "button", class: "api-record" }, _("Record")), ".api-record", true), " ");
    if (!document.querySelector(".api-base")) {
      const input = ui.el("input", { type: "url", value: known.base ?? "", readonly: true, "aria-label": _("Base URL") });
      tools.after(standIn(ui.el("div", { class: "api-base", "data-search-exclude": true }, ui.el("label", {}, `${_("Base URL")} `, input), standIn(ui.el("button", { type: "button" }, _("Environments")), ".api-environment", true)), ".api-base input", false));
    }
    for (const tabs of document.querySelectorAll(".api-request [data-snippets]")) {
      const name = tabs.dataset.snippets;
      if (!Object.hasOwn(known.endpoints ?? {}, name) || known.endpoints[name].clientsOnly) continue;
      const selector = `[data-snippets="${CSS.escape(name)}"]`;
      const button = ui.el("button", { type: "button", class: "api-try-open", "aria-expanded": "false", "aria-label": _("Try it: {name}", { name }) }, _("Try it"));
      const bar = ui.el("div", { class: "api-try-bar", "data-search-exclude": true }, button);
      tabs.closest(".api-request").append(standIn(bar, `.api-request:has(${selector}) .api-try-open`, true));
    }
  }

  apispec.onPage(show);
  for (const sign of SIGNS) window.addEventListener(sign, () => data() && wake(), { capture: true, passive: true });
})();
