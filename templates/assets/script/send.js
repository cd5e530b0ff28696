// Sends a call and reports what comes back, step by step. What is shown of it is result.js's matter.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const STREAMED = /^(text\/(?!html|csv)|application\/(x-ndjson|ndjson|jsonl|json-seq|jsonlines|x-jsonlines))/;

  /** One for each load of the page, so that Gradio keeps the state of a reader's calls apart from others'. */
  const session = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  /** `fetch`, its failure explained. */
  async function request(endpoint, url, init, signal) {
    const obstacle = ui.obstacle(url);
    if (obstacle) throw obstacle;
    try {
      return await fetch(url, { ...init, signal, cache: "no-store" });
    } catch (error) {
      if (signal.aborted) throw error;
      if (error instanceof TypeError && /header|method|body/i.test(error.message)) {
        throw new ui.Failure(_("This can't be sent from a browser"), { detail: error.message, advice: _("Run the snippet.") });
      }
      throw await ui.explain(endpoint, url, error);
    }
  }

  /** A body that breaks off is a failure of its own. */
  async function* guarded(texts, signal) {
    try {
      yield* texts;
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ui.Failure(_("The connection broke"), { detail: _("The answer ended before it was complete."), advice: _("What came so far is shown.") });
    }
  }

  const parsed = (text) => {
    try {
      return apispec.parse(text);
    } catch {
      return text;
    }
  };

  /** The name that an answer's bytes are saved under. */
  function fileName(response, endpoint) {
    const said = response.headers.get("content-disposition") ?? "";
    const extended = said.match(/filename\*=\s*[\w-]+'[^']*'([^;]+)/i);
    try {
      if (extended) return decodeURIComponent(extended[1].trim());
    } catch {
      // not encoded as it says
    }
    return said.match(/filename="?([^";]+)/i)?.[1] ?? endpoint.get("download") ?? "";
  }

  /** Send an http call. */
  async function http(endpoint, args, secrets, signal, report) {
    const made = apispec.request(endpoint, args, undefined, secrets);
    report.sending(made.unsent);
    let response = await request(endpoint, made.url, made.init, signal);
    if (made.digest && response.status === 401) {
      const answer = await ui.answerDigest({ ...made.digest, method: made.init.method, url: made.url }, response.headers);
      const headers = [...made.init.headers, ["Authorization", apispec.bytesOf(answer)]];
      response = await request(endpoint, made.url, { ...made.init, headers }, signal);
    }
    report.head(response);
    const type = (response.headers.get("content-type") ?? "").toLowerCase();
    if (response.ok && type.startsWith("text/event-stream")) {
      const texts = ui.texts(response, report.bytes);
      for await (const event of ui.events(guarded(texts, signal))) {
        if (event.name === "error" && endpoint.get("result") === "stream") {
          const { detail, problems } = ui.readProblem(event.data);
          throw new ui.Failure(_("The call failed on the way"), { detail, problems, code: "event" });
        }
        if (event.name !== "heartbeat") report.event(event);
      }
      return;
    }
    if (response.ok && (STREAMED.test(type) || endpoint.get("result") === "lines")) {
      for await (const text of guarded(ui.texts(response, report.bytes), signal)) report.text(text);
      return;
    }
    let blob;
    try {
      blob = await response.blob();
    } catch (error) {
      if (signal.aborted) throw error;
      throw new ui.Failure(_("The connection broke"), { detail: _("The answer ended before it was complete.") });
    }
    report.bytes({ length: blob.size });
    if (!response.ok) {
      const text = await blob.text();
      await report.body(blob, fileName(response, endpoint), true);
      throw ui.refusal(response.status, response.statusText, text);
    }
    await report.body(blob, fileName(response, endpoint));
  }

  /** The JSON of a Gradio answer that must succeed. */
  async function answered(endpoint, url, init, signal, report) {
    const response = await request(endpoint, url, init, signal);
    report.head(response);
    const text = await response.text();
    if (!response.ok) throw ui.refusal(response.status, response.statusText, text);
    return parsed(text);
  }

  /** Send a Gradio call: the files, the arguments, then follow the events. */
  async function gradio(endpoint, args, secrets, signal, report) {
    const made = apispec.gradioRequest(endpoint, args);
    report.sending([]);
    const paths = new Map();
    for (const file of made.files) {
      report.step(_("Uploading {name} …", { name: file.filename }));
      const body = new FormData();
      body.append("files", apispec.blob(file), file.filename);
      const found = await answered(endpoint, made.uploadUrl, { method: "POST", body }, signal, report);
      paths.set(file, found[0]);
    }
    report.step(_("Waiting for the app …"));
    const own = endpoint.get("state") ? session : undefined;
    const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: made.payload(paths, own) };
    const joined = await answered(endpoint, made.callUrl, init, signal, report);
    const response = await request(endpoint, made.eventsUrl(joined.get("event_id"), own), {}, signal);
    report.head(response);
    if (!response.ok) throw ui.refusal(response.status, response.statusText, await response.text());
    for await (const event of ui.events(guarded(ui.texts(response, report.bytes), signal))) {
      const data = parsed(event.data);
      if (event.name === "error") throw gradioFailure(data);
      if (event.name === "generating") report.outputs(data, false);
      if (event.name === "complete") {
        report.outputs(data, true);
        return;
      }
    }
    throw new ui.Failure(_("The events ended early"), { detail: _("The app closed the stream before the call was complete.") });
  }

  function gradioFailure(data) {
    const said = data instanceof Map ? data.get("error") : data;
    const silent = _("It says why only if it was launched with show_error=True, or raises gr.Error.");
    return new ui.Failure(_("The app raised an error"), {
      code: "event",
      detail: said ? String(said) : _("The app gives no reason."),
      advice: said ? "" : silent,
    });
  }

  /**
   * Make a call.
   *
   * @param {Map} endpoint of the page's data
   * @param {Map} args
   * @param {Map<string, string>} secrets typed credentials by variable
   * @param {AbortSignal} signal
   * @param {object} report told what happens: sending(unsent) step(words) head(response) bytes(chunk) event({name, data})
   *   text(piece) outputs(values, final) body(blob, name)
   * @throws {ui.Failure | DOMException} the latter where `signal` ended it
   */
  ui.send = (endpoint, args, secrets, signal, report) =>
    (endpoint.get("protocol") === "gradio" ? gradio : http)(endpoint, args, secrets, signal, report);
})();
