// What went wrong with a call, in words: what it is, and what to do about it.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});

  /** A call that gave no result. `detail` and `advice` are sentences; `problems` are `[keys, message]` of arguments. */
  ui.Failure = class Failure extends Error {
    constructor(title, { detail = "", advice = "", code = "", problems = [] } = {}) {
      super(title);
      Object.assign(this, { detail, advice, code, problems });
    }
  };

  const LOCAL = /^(|localhost|127(\.\d+){3}|\[::1\])$/; // a file's page has no host
  const isLocal = (url) => LOCAL.test(url.hostname) || url.hostname.endsWith(".localhost");

  /** Whether this page's own policy forbids a request; the browser tells nobody else. */
  let forbidden = "";
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.effectiveDirective === "connect-src") forbidden = event.blockedURI;
  });

  /** Whether a server answers at all (`no-cors`), or so that this page may read it (`cors`). */
  const answers = (url, mode) =>
    fetch(url, { mode, cache: "no-store", signal: AbortSignal.timeout(4000) }).then(() => true, () => false);

  function corsAdvice(endpoint, origin, url) {
    if (endpoint.get("protocol") === "gradio" && isLocal(url)) {
      return _("A Gradio app on this computer answers pages of localhost only: serve this site there (python -m http.server).");
    }
    const allowed = origin === "null" ? "*" : origin;
    return _("{command} lets this page in; another server needs the header {header}.", { command: `apispec serve TARGET --cors '${allowed}'`, header: `Access-Control-Allow-Origin: ${allowed}` });
  }

  /** Say before a request what no browser will let through; null where nothing is in the way. */
  ui.obstacle = (address) => {
    const url = new URL(address);
    if (window.location.protocol !== "https:" || url.protocol !== "http:" || isLocal(url)) return null;
    return new ui.Failure(_("This page is secure, the API is not"), {
      code: "mixed-content",
      detail: _("Browsers send nothing from a page on https:// to {origin}.", { origin: url.origin }),
      advice: _("Give the API's https:// address as base URL, or run the snippet."),
    });
  };

  /** Why `fetch` failed: browsers say only that it did. */
  ui.explain = async (endpoint, address, error) => {
    const url = new URL(address);
    await new Promise((done) => setTimeout(done)); // what the policy forbids is told after the failure
    if (forbidden) {
      forbidden = "";
      return new ui.Failure(_("This site's own policy forbids the call"), {
        code: "policy",
        detail: _("The Content-Security-Policy of this page does not allow requests to {origin}.", { origin: url.origin }),
        advice: _("Whoever publishes the site can add {origin} to connect-src.", { origin: url.origin }),
      });
    }
    const { origin } = window; // "null" for files
    if (url.origin !== origin && (await answers(url.origin + "/", "no-cors"))) {
      if (await answers(url.origin + "/", "cors")) {
        return new ui.Failure(_("The answer can't be read"), {
          code: "cors",
          detail: _("{origin} lets this page in, but not this call. Perhaps it failed (many servers send no CORS headers with 500), or its method or a header is not allowed.", { origin: url.origin }),
          advice: _("See the server's log, or run the snippet."),
        });
      }
      const callers = origin === "null" ? _("files") : origin;
      return new ui.Failure(_("The server does not let this page call it"), {
        code: "cors",
        detail: _("{origin} answers, but allows no calls from pages of {page} (CORS). The call may have arrived there all the same.", { origin: url.origin, page: callers }),
        advice: corsAdvice(endpoint, origin, url),
      });
    }
    let advice = _("See whether the base URL is right and the server runs.");
    if (isLocal(url)) advice = _("Start it (apispec serve TARGET, or python app.py for a Gradio app), then send again.");
    if (isLocal(url) && !isLocal(window.location)) {
      advice += ` ${_("If it runs, let this site reach your computer (in the browser's site settings).")}`;
    }
    return new ui.Failure(_("No answer from the server"), {
      code: "unreachable",
      detail: _("Nothing answers at {origin}, or the connection broke ({problem}).", { origin: url.origin, problem: error.message }),
      advice,
    });
  };

  const STATUS = {
    401: _("Credentials are missing or wrong. Type them in under Credentials."),
    404: _("There is no such thing at this address. See whether the base URL and the path are right."),
    413: _("What was sent is too large for the server."),
    429: _("Too many calls; wait a little."),
    503: _("The server is busy; wait a little."),
  };

  const plain = (value) => value?.text ?? value;

  /** A JSON Pointer, or FastAPI's `loc`, as keys. */
  const pointer = (text) => text.replace(/^#/, "").split("/").slice(1).map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const PLACES = new Set(["body", "query", "path", "header", "cookie", "form"]);
  const location = (keys) => keys.map((key) => String(plain(key))).filter((key, i) => i || !PLACES.has(key));

  /** What an error's body says: `{detail, problems}`. Problem details (RFC 9457), FastAPI's list, or a plain message. */
  ui.readProblem = (text) => {
    let body;
    try {
      body = apispec.parse(text);
    } catch {
      return { detail: "", problems: [] };
    }
    if (typeof body === "string") return { detail: body, problems: [] };
    if (!(body instanceof Map)) return { detail: "", problems: [] };
    const errors = body.get("errors");
    const detail = body.get("detail");
    const problems = [];
    for (const error of Array.isArray(errors) ? errors : Array.isArray(detail) ? detail : []) {
      if (!(error instanceof Map)) continue;
      const keys = typeof error.get("pointer") === "string" ? pointer(error.get("pointer")) : location([error.get("loc") ?? []].flat());
      problems.push([keys, String(error.get("message") ?? error.get("detail") ?? error.get("msg") ?? _("Not valid"))]);
    }
    const words = [detail, body.get("message"), body.get("error"), body.get("title")].find((one) => typeof one === "string");
    return { detail: words ?? "", problems };
  };

  /** An answer of 400 and above. */
  ui.refusal = (status, statusText, text) => {
    const { detail, problems } = ui.readProblem(text);
    return new ui.Failure(`${status} ${statusText}`.trim(), { code: "status", detail, problems, advice: STATUS[status] ?? "" });
  };
})();
