// Shows what became of a call: status, time and size, headers, and the answer as it comes in.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const ui = (apispec.ui ??= {});
  const ROWS = 1000; // events that are kept in view
  const KEPT = 50_000_000; // bytes of a stream that can be saved at its end

  const duration = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`);

  /**
   * The place for answers of one endpoint.
   * @returns {{element, asText, begin, clear, finish, report}} `report` is what `ui.send` tells.
   */
  ui.result = (endpoint) => {
    const words = ui.el("span", { role: "status", class: "api-result-words" });
    const facts = ui.el("span", { class: "api-result-facts" });
    const status = ui.el("p", { class: "api-result-status" }, words, facts);
    const failure = ui.el("div", { role: "alert" });
    const headers = ui.el("div");
    const answer = ui.el("div", { class: "api-answer" });
    const actions = ui.el("p", { class: "api-actions" });
    const element = ui.el("section", { class: "api-result", "aria-label": _("Answer of {name}", { name: endpoint.get("name") }) }, status, failure, answer, actions, headers);
    let [urls, chunks, size, started, response, events, saved, tools] = [[], [], 0, 0, null, 0, null, []];
    let [list, text, outputs, older] = [null, null, null, null];

    const time = () => `${duration(performance.now() - started)} · ${ui.bytes(size)}`;

    function badge() {
      const kind = { 2: "success", 3: "redirect", 4: "client-error", 5: "server-error" }[String(response.status)[0]] ?? "other";
      return ui.el("span", { class: `api-status api-status-${kind}` }, `${response.status} ${response.statusText}`.trim());
    }

    function say(...parts) {
      words.replaceChildren(...parts);
    }

    /** As before any call. The places that are read aloud stay, so that they are read when something comes. */
    function clear() {
      urls.forEach((url) => URL.revokeObjectURL(url));
      [urls, chunks, size, started, response, events, saved, tools] = [[], [], 0, performance.now(), null, 0, null, []];
      [list, text, outputs, older] = [null, null, null, null];
      for (const part of [failure, headers, answer, actions, facts]) part.replaceChildren();
      delete element.dataset.sample;
      say();
    }

    function begin() {
      clear();
      say(_("Sending …"));
    }

    function showHeaders() {
      const found = [...response.headers];
      if (!found.length) return;
      headers.replaceChildren(
        ui.el(
          "details",
          { class: "api-nested" },
          ui.el("summary", {}, _("Response headers")),
          ui.el("dl", { class: "api-headers" }, ...found.flatMap(([name, value]) => [ui.el("dt", {}, name), ui.el("dd", {}, value)])),
        ),
      );
    }

    /** Buttons to copy and to save what came. */
    function offer() {
      const found = saved ?? (chunks.length ? { blob: new Blob(chunks), name: `${endpoint.get("name")}.txt` } : null);
      if (!found || !found.blob.size) return;
      const buttons = [];
      if (!answer.querySelector(".api-media")) {
        buttons.push(ui.button(_("Copy"), async (event) => ui.copy(event.target, await found.blob.text()), { class: "api-mini" }));
      }
      buttons.push(ui.button(_("Download"), () => ui.save(found.blob, found.name), { class: "api-mini" }));
      actions.replaceChildren(...buttons, ...tools);
    }

    /** What came, as text; nothing of what is shown as a picture or played. */
    async function asText() {
      const found = saved?.blob ?? new Blob(chunks);
      return answer.querySelector(".api-media") ? `${found.type} · ${ui.bytes(found.size)}` : found.slice(0, 200_000).text();
    }

    /** The end, good or bad: `problem` is a Failure, or null. */
    function finish(problem, cancelled = false) {
      if (response) showHeaders();
      const tail = response && size ? time() : duration(performance.now() - started);
      if (cancelled) say(_("Cancelled. The server may still be at work."));
      else if (response) say(badge(), " ", problem && problem.code === "event" ? _("but failed") : "");
      else say(_("Failed"));
      facts.textContent = tail + (events ? ` · ${_n("{count} event", "{count} events", events)}` : "");
      if (problem) {
        failure.replaceChildren(
          ui.el(
            "div",
            { class: "api-failure", "data-code": problem.code ?? null },
            ui.el("p", {}, ui.el("strong", {}, problem.message)),
            ...[problem.detail, problem.advice].filter(Boolean).map((words) => ui.el("p", {}, words)),
            problem.problems?.length
              ? ui.el("ul", {}, ...problem.problems.map(([keys, message]) => ui.el("li", {}, keys.length ? ui.el("code", {}, keys.join(".")) : "", ` ${message}`)))
              : null,
          ),
        );
      }
      offer();
    }

    const report = {
      sending(unsent) {
        if (unsent?.length) answer.append(ui.el("p", { class: "api-hint" }, _("Sent without {what}: no browser sends that.", { what: unsent.join("; ") })));
      },
      step: (text) => say(text),
      head(found) {
        response = found;
        say(badge(), " ", _("Receiving …"));
      },
      bytes(chunk) {
        size += chunk.length;
        if (chunk instanceof Uint8Array && size < KEPT) chunks.push(chunk);
      },
      event({ name, data }) {
        if (data === "null" && name === "complete") return;
        events += 1;
        if (!list) {
          older = ui.el("p", { class: "api-hint", hidden: true });
          list = ui.el("ol", { class: "api-events", tabindex: "0", "aria-label": _("Events") });
          answer.append(older, list);
        }
        const follow = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
        let shown = data;
        try {
          shown = apispec.highlight(data.length < 5000 ? ui.pretty(data).replace(/\n */g, " ") : data, "json");
        } catch {
          // text
        }
        list.append(ui.el("li", {}, ["generating", "message"].includes(name) ? null : ui.el("strong", {}, `${name} `), ui.el("code", {}, shown)));
        if (list.childElementCount > ROWS) {
          list.firstElementChild.remove();
          older.hidden = false;
          older.textContent = _("The last {count} events; download them to see all.", { count: ROWS });
        }
        if (follow) list.scrollTop = list.scrollHeight;
      },
      text(piece) {
        if (!text) {
          const block = ui.block("");
          text = block.querySelector("code");
          answer.append(block);
        }
        if (text.textContent.length < 200_000) text.append(piece);
      },
      outputs(values, final) {
        events += final ? 0 : 1;
        const names = endpoint.get("outputs") ?? [];
        const silent = new Set((endpoint.get("silentOutputs") ?? []).map((position) => Number(position.text)));
        const shown = (Array.isArray(values) ? values : [values]).filter((_, i) => !silent.has(i));
        outputs ??= answer.appendChild(ui.el("dl", { class: "api-outputs" }));
        outputs.replaceChildren(
          ...shown.flatMap((value, i) => [ui.el("dt", {}, names[i] ?? _("Output {number}", { number: i + 1 })), ui.el("dd", {}, ui.valueView(endpoint, value, urls, final))]),
        );
        if (final) {
          saved = { blob: new Blob([apispec.jsonText(shown.length === 1 ? shown[0] : shown, true)], { type: "application/json" }), name: `${endpoint.get("name")}.json` };
          if (!shown.length) answer.append(ui.el("p", { class: "api-hint" }, _("The call gives no values.")));
        }
      },
      async body(blob, name, folded = false) {
        const suffix = blob.type.startsWith("text/plain") ? "txt" : (blob.type.match(/\/([a-z]{2,4})(?![a-z])/)?.[1] ?? "bin");
        saved = { blob, name: name || `${endpoint.get("name")}.${suffix}` };
        const view = await ui.blobView(blob, saved.name, urls);
        tools = view.tools ?? [];
        answer.append(folded && blob.size ? ui.el("details", { class: "api-nested" }, ui.el("summary", {}, _("Answer")), view) : view);
      },
    };
    return { element, asText, begin, clear, finish, report };
  };
})();
