// "Try it": a button below each endpoint's snippets, the form that it opens, and the call.

(() => {
  "use strict";

  const ui = (apispec.ui ??= {});
  const PATIENCE = 10_000; // ms without a sign of life, after which the reader is told so
  const LIMIT = 120_000; // ms after which the call is given up

  /** Watch for signs of life: tells after a while, gives up after a longer one. */
  function watch(controller, say) {
    let [soon, late] = [0, 0];
    const stop = () => [soon, late].forEach(clearTimeout);
    const alive = () => {
      stop();
      soon = setTimeout(() => say(`Still waiting after ${PATIENCE / 1000} s. Cancel ends it.`), PATIENCE);
      late = setTimeout(() => {
        const advice = "Send again later, or run the snippet.";
        controller.abort(new ui.Failure("The server took too long", { code: "timeout", detail: `Nothing came for ${LIMIT / 1000} s.`, advice }));
      }, LIMIT);
    };
    return { alive, stop };
  }

  /** The open form of an endpoint, with its answers; it begins with the arguments `given`, or with the page's own. */
  function panel(endpoint, close, card, given) {
    const name = endpoint.get("name");
    const result = ui.result(endpoint);
    const place = ui.el("div");
    const more = ui.el("span");
    const note = ui.el("p", { class: "api-try-note", role: "status" });
    const send = ui.el("button", { type: "submit", class: "api-send" }, "Send");
    const anyway = ui.button("Send anyway", () => call(), { class: "api-mini", hidden: true });
    const cancel = ui.button("Cancel", () => running?.abort(), { class: "api-mini", hidden: true });
    const widen = ui.button("Wide", () => (dialog ? narrow() : wide()), { class: "api-mini", "aria-pressed": "false", title: "As wide as the window" });
    const past = ui.el("div", { class: "api-history" });
    const reset = ui.button("Reset", onReset, { class: "api-mini", title: "Back to the example" });
    const element = ui.el(
      "form",
      { class: "api-card api-try", novalidate: true, "aria-label": `Try ${name}`, submit: onSubmit, input: onInput, change: onInput, keydown: onKey },
      place,
      ui.el("div", { class: "api-try-actions" }, send, cancel, anyway, note, ui.el("span", { class: "api-try-more" }, more, widen, reset)),
      result.element,
      past,
    );
    const calls = [];
    let dialog = null;
    let form = null;
    let running = null;
    let drawn = 0;

    /** Fill the window: the request on one side, snippet and answer on the other. */
    function wide() {
      const [home, spot] = [document.createComment(""), document.createComment("")];
      card.before(home);
      element.before(spot);
      dialog = ui.el(
        "dialog",
        { class: "api-console md-typeset", "aria-label": `Try ${name}, wide` },
        ui.el("div", { class: "api-console-side" }, element),
        ui.el("div", { class: "api-console-side" }, card, result.element),
      );
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        narrow();
      });
      dialog.back = () => {
        home.replaceWith(card);
        past.before(result.element);
        spot.replaceWith(element);
      };
      document.body.append(dialog);
      dialog.showModal();
      arrange();
    }

    function narrow() {
      dialog.close();
      dialog.back();
      dialog.remove();
      dialog = null;
      arrange();
    }

    function arrange() {
      widen.textContent = dialog ? "Narrow" : "Wide";
      widen.setAttribute("aria-pressed", String(Boolean(dialog)));
      widen.focus({ preventScroll: Boolean(dialog) });
    }

    /** The calls of this form so far, each to be made again. */
    function remember(args) {
      const said = result.element.querySelector(".api-result-status").textContent;
      calls.unshift({ args, said: `${new Date().toLocaleTimeString()} · ${said}` });
      calls.length = Math.min(calls.length, 20);
      const items = calls.map((call) => ui.el("li", {}, call.said, " ", ui.button("Again", () => again(call.args), { class: "api-mini", "aria-label": `Again: ${call.said}` })));
      past.replaceChildren(ui.el("details", { class: "api-nested" }, ui.el("summary", {}, `Calls so far: ${calls.length}`), ui.el("ol", {}, ...items)));
    }

    function build(given) {
      form = ui.form(endpoint, given);
      place.replaceChildren(form.element);
      more.replaceChildren(...(form.toggle ? [form.toggle] : []));
    }

    /** The snippets above follow what is typed. */
    function follow() {
      cancelAnimationFrame(drawn);
      drawn = requestAnimationFrame(() => {
        if (element.isConnected) apispec.showSnippets(name, form.read()); // taking it away may be a last change
      });
    }

    function onInput() {
      anyway.hidden = true;
      note.textContent = "";
      follow();
    }

    function onReset() {
      running?.abort();
      cancelAnimationFrame(drawn);
      build();
      anyway.hidden = true;
      note.textContent = "";
      result.clear();
      apispec.showSnippets(name, null);
    }

    function onKey(event) {
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        if (running) running.abort();
        else if (dialog) narrow();
        else close();
      } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        onSubmit(event);
      }
    }

    async function onSubmit(event) {
      event.preventDefault();
      if (running) return;
      await form.settle(); // files that are still being read
      form.check(false);
      await ui.matched();
      const wrong = form.check();
      if (!wrong.length) {
        await call();
        return;
      }
      note.textContent = wrong.length === 1 ? "One value does not fit." : `${wrong.length} values do not fit.`;
      anyway.hidden = form.broken();
      wrong[0].focus();
    }

    function busy(yes) {
      element.setAttribute("aria-busy", String(yes));
      send.setAttribute("aria-disabled", String(yes)); // it keeps the focus
      cancel.hidden = !yes;
    }

    async function call() {
      const controller = new AbortController();
      running = controller;
      const args = form.read();
      const base = apispec.baseOf(endpoint);
      anyway.hidden = true;
      note.textContent = "";
      busy(true);
      result.begin();
      const watched = watch(controller, result.report.step);
      watched.alive();
      const report = { ...result.report };
      for (const step of ["head", "bytes"]) {
        report[step] = (...given) => {
          watched.alive();
          result.report[step](...given);
        };
      }
      try {
        await ui.send(endpoint, args, await ui.secrets(endpoint), controller.signal, report);
        result.finish(null);
        ui.recorder.note(endpoint, args, base);
      } catch (error) {
        failed(controller.signal.aborted ? controller.signal.reason : error);
      } finally {
        watched.stop();
        remember(args);
        const focused = document.activeElement === cancel;
        busy(false);
        running = null;
        if (focused) send.focus();
        result.element.scrollIntoView({ block: "nearest" });
      }
    }

    function failed(error) {
      if (error?.name === "AbortError") {
        result.finish(null, true);
        return;
      }
      if (!(error instanceof ui.Failure)) {
        result.finish(new ui.Failure("This page failed", { detail: String(error?.message ?? error), advice: "Run the snippet." }));
        return;
      }
      const { rest, first } = form.say(error.problems);
      const marked = error.problems.length - rest.length;
      if (marked) note.textContent = marked === 1 ? "One value is marked above." : `${marked} values are marked above.`;
      result.finish(Object.assign(error, { problems: rest }));
      first?.focus();
    }

    const again = (args) => {
      build(args);
      onInput();
    };

    build(given);
    return {
      element,
      again,
      stop() {
        running?.abort();
        if (dialog) narrow();
        cancelAnimationFrame(drawn);
      },
      focus: () => (place.querySelector("input, textarea, select") ?? send).focus({ preventScroll: true }),
    };
  }

  /** Put the button below an endpoint's snippets. */
  function offer(endpoint) {
    const name = endpoint.get("name");
    const card = document.querySelector(`[data-snippets="${CSS.escape(name)}"]`)?.closest(".api-request");
    if (!card || endpoint.get("clientsOnly") || card.querySelector(".api-try-bar")) return;
    let open = null;
    let picked; // arguments with an example of the body that the reader picked
    const id = ui.id();
    const button = ui.button("Try it", () => (open ? close() : show()), { class: "api-try-open", "aria-expanded": "false", "aria-label": `Try it: ${name}` });
    function show() {
      open = panel(endpoint, close, card, picked);
      open.element.id = id;
      card.after(open.element);
      card.closest(".api-code")?.classList.add("api-trying");
      arrange();
      open.focus();
    }
    function close() {
      open.stop();
      open.element.remove();
      open = null;
      card.closest(".api-code")?.classList.remove("api-trying");
      apispec.showSnippets(name, null);
      arrange();
      button.focus();
    }
    function arrange() {
      button.textContent = open ? "Close" : "Try it";
      button.setAttribute("aria-label", open ? `Close ${name}` : `Try it: ${name}`);
      button.setAttribute("aria-expanded", String(Boolean(open)));
      if (open) button.setAttribute("aria-controls", id);
      else button.removeAttribute("aria-controls");
    }
    card.append(ui.el("div", { class: "api-try-bar", "data-search-exclude": true }, button));
    pickable(endpoint, card, (args) => {
      picked = args;
      if (open) open.again(args);
      else apispec.showSnippets(name, args);
    });
  }

  /** Let the snippets and the form take the named example of the body that is picked. */
  function pickable(endpoint, card, take) {
    const argument = endpoint.get("body")?.get("argument");
    const body = card.closest("[data-endpoint]")?.querySelector(".api-body");
    if (!argument || !body || !/json/.test(endpoint.get("body").get("mediaType"))) return;
    const type = body.querySelector(".api-media-types > .tabbed-content > .tabbed-block") ?? body;
    const set = type.querySelector(".api-examples > .tabbed-set");
    set?.addEventListener("change", () => {
      const inputs = [...set.querySelectorAll(":scope > input")];
      const code = set.querySelectorAll("[data-example] code")[inputs.findIndex((one) => one.checked)];
      try {
        take(new Map([...endpoint.get("arguments"), [argument, apispec.parse(code.textContent)]]));
      } catch {
        // cut, because it is long
      }
    });
  }

  apispec.onPage(() => {
    for (const endpoint of apispec.page()?.get("endpoints").values() ?? []) offer(endpoint);
  });
})();
