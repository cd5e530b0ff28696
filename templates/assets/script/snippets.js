// Snippets of a call, on the page and as text. Credentials stay environment variables, whatever the reader typed.

(() => {
  "use strict";

  const { _ } = apispec;
  const { authenticate, callValues, fill, highlight, onPage, page, resolve } = apispec;

  /** @returns {{languages: object[], parts: any[], values: Map} | null} null where no snippet was made for the shape */
  function prepare(endpoint, args, base) {
    const [values, variant] = callValues(endpoint, args, base, resolve);
    const places = page().get("shapes")[Number(endpoint.get("shapes").text)].get(variant);
    if (!places) return null;
    const parts = places.map((place) => page().get("parts")[place]);
    return { languages: page().get("languages").get(endpoint.get("protocol")), parts, values };
  }

  const defaultBase = (endpoint) => endpoint.get("base") ?? page().get("base");
  /** Where an endpoint is: at its own servers, unless the reader has chosen a base URL; then at what of them is relative to that. */
  function baseOf(endpoint) {
    const base = apispec.baseUrl;
    if (base === apispec.defaultBaseUrl) return endpoint.get("base") ?? base;
    return endpoint.has("under") ? new URL(endpoint.get("under"), `${base}/`).href.replace(/\/+$/, "") : base;
  }

  /** The text of a call; what the language cannot say is said. */
  function written(parts, values, language) {
    try {
      if (parts?.length) return fill(parts, values);
    } catch (error) {
      if (error instanceof RangeError) return _("This call cannot be made in {language}: {problem}.", { language, problem: error.message });
      throw error;
    }
    return _("This call cannot be made in {language}.", { language });
  }

  /** `[[language's id, text], …]` of a call; none where the page has no snippet of such a shape. */
  function snippets(endpoint, args = apispec.argumentsOf?.(endpoint) ?? endpoint.get("arguments"), base = baseOf(endpoint)) {
    const found = prepare(endpoint, args, base);
    return found ? found.parts.map((parts, i) => [found.languages[i].id, written(parts, found.values, found.languages[i].name)]) : [];
  }

  let current = null;
  /** Endpoint's name → arguments, for those that are not the page's own. */
  let typed = new Map();
  /** Code elements that were rewritten → their own children. */
  let originals = new WeakMap();

  function write(block, text, original, lexer) {
    const code = block.querySelector("code");
    const changed = text !== original;
    if (!originals.has(code)) {
      if (!changed) return;
      originals.set(code, [...code.childNodes]);
    }
    code.replaceChildren(...(changed ? [highlight(text, lexer)] : originals.get(code)));
    const verified = block.querySelector(".api-verified");
    if (verified) verified.hidden = changed;
  }

  function update(tabs) {
    const endpoint = page().get("endpoints").get(tabs.dataset.snippets);
    if (!endpoint) return;
    const made = new Map(snippets(endpoint, typedOf(endpoint)));
    const way = endpoint.get("way");
    authenticate(endpoint, 0);
    const own = new Map(snippets(endpoint, endpoint.get("arguments"), defaultBase(endpoint))); // as the page was made
    authenticate(endpoint, way);
    for (const { id, lexer } of page().get("languages").get(endpoint.get("protocol"))) {
      const block = tabs.querySelector(`.tabbed-block[data-language="${CSS.escape(id)}"]`);
      if (block && made.has(id)) write(block, made.get(id), own.get(id), lexer);
    }
    apispec.refreshMore?.(tabs);
  }

  const updateAll = () => page() && document.querySelectorAll("[data-snippets]").forEach(update);

  /**
   * Let an endpoint's code tabs show a call.
   * @param {string} name
   * @param {Map | null} args null = the page's own example
   */
  function showSnippets(name, args) {
    if (args) typed.set(name, args);
    else typed.delete(name);
    document.querySelectorAll(`[data-snippets="${CSS.escape(name)}"]`).forEach(update);
  }

  /** Show a call again, as its endpoint is now. */
  const refreshSnippets = (name) => document.querySelectorAll(`[data-snippets="${CSS.escape(name)}"]`).forEach(update);

  /** The arguments that an endpoint's snippets show. */
  const typedOf = (endpoint) => typed.get(endpoint.get("name")) ?? apispec.argumentsOf(endpoint);

  onPage(() => {
    if (page() !== current) [current, typed, originals] = [page(), new Map(), new WeakMap()];
  });
  document.addEventListener("apispec:base", updateAll);

  Object.assign(apispec, { baseOf, prepare, refreshSnippets, showSnippets, snippets, typedOf, written });
})();
