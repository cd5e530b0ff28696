// The calls of an endpoint in this session: each to be made again, two of them to be compared. Loaded with the console.
//
// They are kept in this tab alone, without credentials; files that were sent are not kept. What was answered to a call that had
// credentials may hold them, or what they protect: it is forgotten with the document.

(() => {
  "use strict";

  const { _ } = apispec;
  const { ui } = apispec;
  const MOST = 20; // calls of an endpoint
  const LONGEST = 100_000; // characters of an answer
  const ROOM = 2_000_000; // characters of all

  const held = new Map(); // by API: a site may have several; and for pages that may keep nothing

  const api = () => new URL(apispec.page()?.get("root") ?? "", location.href).href;

  /** The calls by endpoint's name, the last first. */
  function all() {
    if (!held.has(api())) held.set(api(), new Map(Object.entries(ui.kept.get("calls") ?? {})));
    return held.get(api());
  }

  const lasting = (calls) => calls.map((call) => (call.secret ? { ...call, text: null } : call));

  function keep() {
    const found = all();
    const size = () => JSON.stringify([...found]).length;
    while (size() > ROOM) {
      const oldest = [...found.values()].flat().sort((a, b) => a.at - b.at)[0];
      for (const [name, calls] of found) found.set(name, calls.filter((call) => call !== oldest));
    }
    const entries = [...found].map(([name, calls]) => [name, lasting(calls)]);
    ui.kept.set("calls", entries.length ? Object.fromEntries(entries) : null);
  }

  /** What was sent, as a reader would write it. */
  const sentOf = (args) => apispec.jsonText(apispec.parse(apispec.store(new Map([...args].filter(([, value]) => !hasFile(value))))), true);
  const hasFile = (value) => value instanceof apispec.LocalFile || value instanceof apispec.FilePart || (Array.isArray(value) && value.some(hasFile)) || (value instanceof Map && [...value.values()].some(hasFile));

  /**
   * @param {Map} endpoint of the page's data
   * @param {(args: Map) => void} again fills the form
   * @returns {{element: HTMLElement, add: (args: Map, said: string, text: string, secret: boolean) => void}}
   *   `secret`: the call had credentials
   */
  ui.history = (endpoint, again) => {
    const name = endpoint.get("name");
    const element = ui.el("div", { class: "api-history" });
    const inMemory = new Map(); // calls whose files are kept as long as the form is
    let picked = [];
    let open = false;

    const calls = () => all().get(name) ?? [];
    const saidOf = ({ at, said }) => `${new Date(at).toLocaleTimeString()} · ${said}`;

    function row(call) {
      const words = saidOf(call);
      const compare = ui.button(_("Compare"), () => {
        picked = picked.includes(call) ? picked.filter((one) => one !== call) : [...picked, call].slice(-2);
        draw();
        element.querySelectorAll("[data-compare]")[calls().indexOf(call)]?.focus();
      }, { class: "api-mini", "data-compare": "", "aria-pressed": String(picked.includes(call)), "aria-label": _("Compare: {call}", { call: words }) });
      const repeat = ui.button(_("Again"), () => again(inMemory.get(call) ?? apispec.restore(call.args)), { class: "api-mini", "aria-label": _("Again: {call}", { call: words }) });
      return ui.el("li", {}, words, " ", repeat, " ", compare);
    }

    function compared() {
      if (picked.length < 2) return ui.el("p", { class: "api-hint", role: "status" }, picked.length ? _("Choose a second call to compare with.") : "");
      const [one, other] = [...picked].sort((a, b) => a.at - b.at);
      const side = (call) => ({ said: saidOf(call), sent: sentOf(inMemory.get(call) ?? apispec.restore(call.args)), text: call.text ?? _("Not kept: the call had credentials.") });
      return ui.compare(side(one), side(other));
    }

    function draw() {
      const found = calls();
      picked = picked.filter((call) => found.includes(call));
      if (!found.length) {
        element.replaceChildren();
        return;
      }
      const details = ui.el("details", { class: "api-nested", open }, ui.el("summary", {}, _("Calls so far: {count}", { count: found.length })), ui.el("ol", {}, ...found.map(row)), compared());
      details.addEventListener("toggle", () => (open = details.open));
      element.replaceChildren(details);
    }

    ui.whileShown(element, "apispec:forgotten", () => {
      all().clear();
      inMemory.clear();
      keep();
      draw();
    });
    draw();
    return {
      element,
      add(args, said, text, secret) {
        const plain = new Map([...args].filter(([, value]) => !hasFile(value)));
        const call = { at: Date.now(), said, args: apispec.store(plain), text: text.slice(0, LONGEST), secret };
        inMemory.set(call, args);
        all().set(name, [call, ...calls()].slice(0, MOST));
        keep();
        draw();
      },
    };
  };
})();
