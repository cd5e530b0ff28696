// "Try it": a button below each endpoint's snippets, the form that it opens, and the call.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const ui = (apispec.ui ??= {});
  const PATIENCE = 10_000; // ms without a sign of life, after which the reader is told so
  const LIMIT = 120_000; // ms after which the call is given up
  const UNANSWERED = new Set(["unreachable", "cors", "mixed-content", "policy", "timeout"]);

  /** Watch for signs of life: tells after a while, gives up after a longer one. */
  function watch(controller, say) {
    let [soon, late] = [0, 0];
    const stop = () => [soon, late].forEach(clearTimeout);
    const alive = () => {
      stop();
      soon = setTimeout(() => say(_("Still waiting after {seconds} s. Cancel ends it.", { seconds: PATIENCE / 1000 })), PATIENCE);
      late = setTimeout(() => {
        const advice = _("Send again later, or run the snippet.");
        controller.abort(new ui.Failure(_("The server took too long"), { code: "timeout", detail: _("Nothing came for {seconds} s.", { seconds: LIMIT / 1000 }), advice }));
      }, LIMIT);
    };
    return { alive, stop };
  }

  /** The open form of an endpoint, with its answers; it begins with the arguments `given`, or with the page's own. */
  function panel(endpoint, close, card, given) {
    const name = endpoint.get("name");
    const home = card.closest("[data-endpoint], .api-overview");
    const result = ui.result(endpoint);
    const place = ui.el("div");
    const more = ui.el("span");
    const note = ui.el("p", { class: "api-try-note", role: "status" });
    const send = ui.el("button", { type: "submit", class: "api-send" }, _("Send"));
    const anyway = ui.button(_("Send anyway"), () => call(), { class: "api-mini", hidden: true });
    const sampler = ui.button(_("Sample answer"), sample, { class: "api-mini", title: _("An answer made from the description; nothing is sent") });
    const cancel = ui.button(_("Cancel"), () => running?.abort(), { class: "api-mini", hidden: true });
    const widen = ui.button(_("Wide"), () => (dialog ? narrow() : wide()), { class: "api-mini", "aria-pressed": "false", title: _("As wide as the window") });
    const copyAs = ui.copyAs(endpoint, () => form.read());
    const calls = ui.el("div");
    const past = apispec.load("console.js").then(() => {
      const made = ui.history(endpoint, again);
      calls.append(made.element);
      return made;
    }, () => null);
    apispec.load("console.css").catch(() => {});
    const reset = ui.button(_("Reset"), onReset, { class: "api-mini", title: _("Back to the example") });
    const element = ui.el(
      "form",
      { class: "api-card api-try", novalidate: true, "aria-label": _("Try {name}", { name }), submit: onSubmit, input: onInput, change: onInput, keydown: onKey },
      place,
      ui.el("div", { class: "api-try-actions" }, send, cancel, anyway, sampler, note, ui.el("span", { class: "api-try-more" }, copyAs, more, widen, reset)),
      result.element,
      calls,
    );
    let dialog = null;
    let form = null;
    let running = null;
    let sampled = null;
    let drawn = 0;

    /** Fill the window: the request on one side, snippet and answer on the other. */
    function wide() {
      const [home, spot] = [document.createComment(""), document.createComment("")];
      card.before(home);
      element.before(spot);
      dialog = ui.el(
        "dialog",
        { class: "api-console md-typeset", "aria-label": _("Try {name}, wide", { name }) },
        ui.el("div", { class: "api-console-side" }, element),
        ui.el("div", { class: "api-console-side" }, card, result.element),
      );
      dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        narrow();
      });
      dialog.back = () => {
        home.replaceWith(card);
        calls.before(result.element);
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
      widen.textContent = dialog ? _("Narrow") : _("Wide");
      widen.setAttribute("aria-pressed", String(Boolean(dialog)));
      widen.focus({ preventScroll: Boolean(dialog) });
    }

    /** Keep the call for this session. */
    async function remember(args, secret) {
      const said = [result.element.querySelector(".api-result-words"), result.element.querySelector(".api-result-facts")].map((one) => one.textContent.trim()).filter(Boolean).join(" · ");
      (await past)?.add(args, said, await result.asText(), secret);
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

    /** The fields whose values do not fit, each of which says so. */
    async function checked() {
      await form.settle(); // files that are still being read
      form.check(false);
      await ui.matched();
      const wrong = form.check();
      note.textContent = wrong.length ? _n("One value does not fit.", "{count} values do not fit.", wrong.length) : "";
      return wrong;
    }

    async function onSubmit(event) {
      event.preventDefault();
      if (running) return;
      const wrong = await checked();
      if (!wrong.length) {
        await call();
        return;
      }
      anyway.hidden = form.broken();
      wrong[0].focus();
    }

    /** Show what the description says that comes back. Nothing is sent, so nothing is remembered or recorded. */
    async function sample() {
      if (running) return;
      const inside = result.element.contains(document.activeElement);
      const wrong = await checked();
      try {
        await apispec.load("sample.js");
      } catch (error) {
        failed(error);
        return;
      }
      if (running) return; // sent in between
      sampled = ui.sample(endpoint, home, result, wrong.map((field) => field.flaw()));
      await sampled;
      if (inside) sampler.focus();
      result.element.scrollIntoView({ block: "nearest" });
    }

    function busy(yes) {
      element.setAttribute("aria-busy", String(yes));
      for (const one of [send, sampler]) one.setAttribute("aria-disabled", String(yes)); // they keep the focus
      cancel.hidden = !yes;
    }

    async function call() {
      const controller = new AbortController();
      running = controller;
      let secret = false;
      const args = form.read();
      const base = apispec.baseOf(endpoint);
      anyway.hidden = true;
      note.textContent = "";
      busy(true);
      await sampled;
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
        const secrets = await ui.secrets(endpoint);
        secret = secrets.size > 0;
        await ui.send(endpoint, args, secrets, controller.signal, report);
        result.finish(null);
        ui.recorder.note(endpoint, args, base);
      } catch (error) {
        failed(controller.signal.aborted ? controller.signal.reason : error);
      } finally {
        watched.stop();
        remember(args, secret);
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
        result.finish(new ui.Failure(_("This page failed"), { detail: String(error?.message ?? error), advice: _("Run the snippet.") }));
        return;
      }
      const { rest, first } = form.say(error.problems);
      const marked = error.problems.length - rest.length;
      if (marked) note.textContent = _n("One value is marked above.", "{count} values are marked above.", marked);
      result.finish(Object.assign(error, { problems: rest }));
      if (UNANSWERED.has(error.code)) {
        const instead = ui.button(_("Show a sample answer"), sample, { class: "api-mini" });
        result.element.querySelector(".api-failure").append(ui.el("p", {}, instead));
      }
      first?.focus();
    }

    function again(args) {
      build(args);
      onInput();
    }

    ui.whileShown(element, "apispec:environment", () => {
      const ours = ui.environments.valuesFor(endpoint);
      if (ours.length && !running) again(new Map([...form.read(), ...ours]));
    });
    const leaving = ({ detail }) => {
      if (element.isConnected) detail.form = { name, args: apispec.store(form.read()) };
      else document.removeEventListener("apispec:leaving", leaving);
    };
    document.addEventListener("apispec:leaving", leaving);
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
    const button = ui.button(_("Try it"), () => (open ? close() : show(picked)), { class: "api-try-open", "aria-expanded": "false", "aria-label": _("Try it: {name}", { name }) });
    function show(args) {
      open = panel(endpoint, close, card, args);
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
      button.textContent = open ? _("Close") : _("Try it");
      button.setAttribute("aria-label", open ? _("Close {name}", { name }) : _("Try it: {name}", { name }));
      button.setAttribute("aria-expanded", String(Boolean(open)));
      if (open) button.setAttribute("aria-controls", id);
      else button.removeAttribute("aria-controls");
    }
    card.append(ui.el("div", { class: "api-try-bar", "data-search-exclude": true }, button));
    const comeBack = () => {
      const left = ui.kept.get("return");
      if (left?.name !== name) return;
      ui.kept.set("return", null);
      const args = apispec.restore(left.args);
      if (open) open.again(args);
      else show(args);
      apispec.showSnippets(name, args);
      open.element.scrollIntoView({ block: "nearest" });
    };
    ui.whileShown(button, "apispec:return", comeBack);
    comeBack();
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
        take(new Map([...apispec.argumentsOf(endpoint), [argument, apispec.parse(code.textContent)]]));
      } catch {
        // cut, because it is long
      }
    });
  }

  apispec.onPage(() => {
    for (const endpoint of apispec.page()?.get("endpoints").values() ?? []) offer(endpoint);
  });
})();
