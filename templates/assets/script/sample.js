// Sample answers: what the description says that comes back, where no server is asked. Loaded when somebody wants one; the
// examples are those that the page shows.

(() => {
  "use strict";

  const { _ } = apispec;
  const { ui } = apispec;

  /** Answers to what does not fit, the likeliest first. */
  const REFUSALS = ["422", "400", "4XX", "default"];
  const TYPES = { __proto__: null, json: "application/json", xml: "application/xml", yaml: "application/yaml" };

  /** An example as the page shows it. */
  function example(block, name = "") {
    const language = block?.closest("[data-language]")?.dataset.language ?? block?.querySelector("[data-language]")?.dataset.language;
    const text = block?.querySelector("code")?.textContent.replace(/\n$/, "");
    return text === undefined ? null : { name, text, language };
  }

  /** Examples with names, of one answer. Those of a single one are folded, those of several stand in tabs. */
  function named(answer) {
    const folded = [...answer.querySelectorAll("details:has(> .api-block)")].map((one) => example(one.querySelector(":scope > .api-block"), one.querySelector("summary").textContent));
    return [...folded, ...[...answer.querySelectorAll("[data-example]")].map((one) => example(one, one.dataset.example))];
  }

  function add(answer, found) {
    if (!found) return;
    const same = answer.examples.find((one) => one.text === found.text);
    if (same) same.name ||= found.name;
    else answer.examples.push(found);
  }

  /** The answers that the page describes around an endpoint, in its order: `{status, phrase, type, empty, examples}`. */
  function described(home) {
    const found = new Map();
    for (const place of home?.querySelectorAll("[data-status]") ?? []) {
      if (place.closest("[data-callback]")) continue;
      const { status } = place.dataset;
      if (!found.has(status)) found.set(status, { status, phrase: "", type: "", empty: false, examples: [] });
      const answer = found.get(status);
      if (place.matches(".api-response")) {
        const head = place.querySelector(":scope > .api-field-head");
        answer.type = head.querySelector(".api-mark")?.textContent ?? "";
        answer.empty = !head.querySelector(".api-type") && !answer.examples.length;
        named(place).forEach((one) => add(answer, one));
      } else {
        const title = place.matches(".api-card-title") ? place : place.querySelector(".api-block-label");
        answer.phrase = title.textContent.replace(status, "").trim();
        add(answer, example(place === title ? place.nextElementSibling : place));
      }
    }
    return [...found.values()];
  }

  const succeeds = ({ status }) => status.startsWith("2");

  /** The answer to a request that fits, or to one that does not. */
  function likeliest(answers, fits) {
    if (!fits) return REFUSALS.map((status) => answers.find((one) => one.status === status)).find(Boolean);
    return answers.find((one) => succeeds(one) && one.examples.length) ?? answers.find(succeeds) ?? answers.find((one) => one.status === "default") ?? answers[0];
  }

  async function* once(text) {
    yield `${text}\n\n`;
  }

  /** A file that an app would keep: there is none to be fetched. */
  const unfetched = (value) => {
    if (Array.isArray(value)) return value.map(unfetched);
    return ui.isFileData(value) ? new Map([...value].filter(([key]) => key !== "meta")) : value;
  };

  /** Events of an example, as those of a server are shown. */
  async function stream(endpoint, text, report) {
    report.bytes(new TextEncoder().encode(text));
    for await (const event of ui.events(once(text))) {
      if (endpoint.get("protocol") !== "gradio") report.event(event);
      else report.outputs(unfetched(apispec.parse(event.data)), event.name === "complete");
    }
  }

  async function body(endpoint, answer, shown, result) {
    const { report } = result;
    const events = endpoint.get("protocol") === "gradio" || /^text\/event-stream/.test(answer.type);
    if (!shown && !answer.empty) {
      result.element.querySelector(".api-answer").append(ui.el("p", { class: "api-hint" }, _("The description has no example of this answer.")));
    } else if (shown && succeeds(answer) && events) {
      await stream(endpoint, shown.text, report);
    } else if (shown && succeeds(answer) && endpoint.get("result") === "lines") {
      report.bytes(new TextEncoder().encode(shown.text));
      report.text(shown.text);
    } else {
      const type = TYPES[shown?.language] ?? (answer.type || "text/plain");
      await report.body(new Blob(shown ? [shown.text] : [], { type }), "");
    }
  }

  /** What a reader chooses from: each answer, and each example of it. */
  const choices = (answers) => answers.flatMap((answer) => (answer.examples.length ? answer.examples : [null]).map((shown) => ({ answer, shown })));

  const called = ({ answer, shown }) => [`${answer.status} ${answer.phrase}`.trim(), shown?.name].filter(Boolean).join(" · ");

  /**
   * Show what would come back, as the description has it.
   *
   * @param {Map} endpoint of the page's data
   * @param {Element | null} home the part of the page that describes the endpoint
   * @param {object} result as `ui.result` makes it
   * @param {Array<[string[], string]>} flaws what does not fit in the request, `[keys, message]`
   */
  ui.sample = async (endpoint, home, result, flaws) => {
    const answers = described(home);
    const refusal = flaws.length ? likeliest(answers, false) : undefined;
    const all = choices(answers).sort((a, b) => (a.answer.status < b.answer.status ? -1 : Number(a.answer.status > b.answer.status)));
    const first = flaws.length ? refusal : likeliest(answers, true);
    const start = all.findIndex(({ answer }) => answer === first);
    const [words, facts, answer] = [".api-result-words", ".api-result-facts", ".api-answer"].map((one) => result.element.querySelector(one));
    let shownLast = Promise.resolve();

    const id = ui.id();
    const select = ui.el("select", { id, change: () => (shownLast = shownLast.then(() => show(all[select.value]))) });
    if (start < 0) select.append(ui.el("option", { value: "-1" }, _("Refused")));
    select.append(...all.map((one, i) => ui.el("option", { value: i }, called(one))));
    select.value = start;
    const picker = ui.el("div", { class: "api-input" }, ui.el("label", { class: "api-type", for: id }, _("Another answer")), select);

    async function show(one) {
      const focused = document.activeElement === select;
      result.clear();
      result.element.dataset.sample = one?.answer.status ?? "";
      if (all.length > 1 || (all.length && start < 0)) answer.append(picker);
      if (one) {
        result.report.head({ status: one.answer.status, statusText: one.answer.phrase, headers: [] });
        await body(endpoint, one.answer, one.shown, result);
      }
      const refused = flaws.length && one?.answer === refusal;
      const advice = one || !flaws.length ? "" : _("The description does not say what is answered then.");
      result.finish(refused ? new ui.Failure(_("A server would refuse this"), { code: "refused", problems: flaws, advice }) : null);
      const said = one ? [...words.childNodes] : [flaws.length ? _("Refused") : _("The description has no answer.")];
      words.replaceChildren(ui.el("span", { class: "api-badge" }, _("Sample")), " ", ...said);
      facts.textContent = _("Made from the description; nothing was sent.");
      if (focused) select.focus();
    }

    await show(all[start]);
  };
})();
