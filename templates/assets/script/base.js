// The base URL: a field on each page, remembered for the site, followed by every snippet and by what MCP clients are told.

(() => {
  "use strict";

  const { _ } = apispec;
  const { onPage, page } = apispec;
  const LOCAL = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

  let chosen = null;

  const key = () => `apispec:base:${new URL(page().get("root") ?? "", location.href).pathname}`;

  /** The page's own base URL; where `apispec serve` shows the page, that is where the reader reaches it. */
  function defaultBaseUrl() {
    const base = page()?.get("base") ?? "";
    if (!URL.canParse?.(base) || !location.protocol.startsWith("http")) return base;
    const { hostname, pathname, port } = new URL(base);
    const same = LOCAL.includes(hostname) && port !== "" && port === location.port;
    return same ? location.origin + pathname.replace(/\/$/, "") : base;
  }

  /** A base URL as it is used: no slash at its end, nothing that a shell or a quote could take for its own. */
  function normal(text) {
    const written = text.trim();
    const missing = written.startsWith("/") ? location.origin : /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? "" : "http://";
    let url;
    try {
      url = new URL(missing + written);
    } catch {
      throw new TypeError(_("This is not a URL. Write it like {example}.", { example: "https://example.com/api" }));
    }
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(_("A base URL begins with http:// or https://."));
    if (url.username || url.password) throw new TypeError(_("A base URL holds no user name or password."));
    if (url.search || url.hash) throw new TypeError(_("A base URL has no ? or #."));
    const path = url.pathname.replace(/[^A-Za-z0-9\-._/%@+:,]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    return url.origin + path.replace(/\/+$/, "");
  }

  function remembered() {
    try {
      return localStorage.getItem(key());
    } catch {
      return null; // storage is not allowed here
    }
  }
  function remember(value) {
    try {
      if (value) localStorage.setItem(key(), value);
      else localStorage.removeItem(key());
    } catch {
      // it lasts as long as the page does
    }
  }

  apispec.normalBase = normal;
  Object.defineProperty(apispec, "defaultBaseUrl", { get: defaultBaseUrl });
  Object.defineProperty(apispec, "baseUrl", {
    get: () => chosen ?? defaultBaseUrl(),
    set(value) {
      const next = value ? normal(value) : null;
      chosen = next === defaultBaseUrl() ? null : next;
      remember(chosen);
      document.dispatchEvent(new Event("apispec:base"));
    },
  });

  // ── What shows it ──

  let showField = () => {};

  /** The field, at the top of a page. */
  function field() {
    const form = document.createElement("form");
    form.className = "api-base";
    form.noValidate = true;
    form.dataset.searchExclude = "";
    form.innerHTML =
      `<label>${_("Base URL")} <input type="url" name="base" spellcheck="false" autocomplete="off" list="api-servers"></label>` +
      `<datalist id="api-servers"></datalist><button type="button" hidden>${_("Reset")}</button><p role="alert"></p>`;
    const [input, reset] = form.elements;
    const problem = form.querySelector("p");
    for (const server of page().get("servers") ?? []) {
      const option = document.createElement("option");
      option.value = server;
      form.querySelector("datalist").append(option);
    }
    const show = () => {
      input.value = apispec.baseUrl;
      reset.hidden = apispec.baseUrl === apispec.defaultBaseUrl;
      complain("");
    };
    const complain = (words) => {
      problem.textContent = words;
      input.setAttribute("aria-invalid", String(Boolean(words)));
    };
    const apply = () => {
      try {
        apispec.baseUrl = input.value;
      } catch (error) {
        complain(error.message);
      }
    };
    input.addEventListener("change", apply);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      apply();
    });
    reset.addEventListener("click", () => {
      apispec.baseUrl = null;
      input.focus();
    });
    showField = show;
    show();
    return form;
  }

  /** Elements that name the MCP server → what they said at first. */
  let originals = new Map();

  function inLink(href, from, to) {
    const url = new URL(href);
    for (const [name, value] of url.searchParams) {
      const encoded = /^[A-Za-z0-9+/]{16,}=*$/.test(value);
      const text = encoded ? atob(value) : value;
      if (!text.includes(from)) continue;
      const changed = text.replaceAll(from, to);
      url.searchParams.set(name, encoded ? btoa(changed) : changed);
    }
    return url.href;
  }

  /** Let the MCP page name the server's address as the base URL has it. */
  function showServer() {
    const from = page()?.get("mcp");
    if (!from) return;
    const to = apispec.baseUrl === page().get("base") ? from : `${apispec.baseUrl}/mcp`;
    for (const code of document.querySelectorAll('[data-transport="http"] :is(code, .api-client-note)')) {
      if (!originals.has(code)) originals.set(code, [code.textContent, [...code.childNodes]]);
      const [text, nodes] = originals.get(code);
      const changed = text.replaceAll(from, to);
      const lexer = code.closest("[class*=language-]")?.className.match(/language-(\w+)/)[1];
      if (code.textContent !== changed) {
        code.replaceChildren(...(changed === text ? nodes : [apispec.highlight(changed, lexer)]));
      }
    }
    for (const link of document.querySelectorAll('[data-transport="http"] a.api-install')) {
      if (!originals.has(link)) originals.set(link, link.href);
      link.href = to === from ? originals.get(link) : inLink(originals.get(link), from, to);
    }
  }

  function showBase() {
    const shown = document.querySelector("[data-base-url]");
    if (shown && page()) shown.textContent = apispec.baseUrl;
    showServer();
  }

  document.addEventListener("apispec:base", () => {
    showField();
    showBase();
  });
  onPage(() => {
    if (!page() || document.querySelector(".api-base")) return;
    originals = new Map();
    const stored = remembered();
    chosen = stored && stored !== defaultBaseUrl() ? stored : null;
    const place = document.querySelector(".api-page-tools") ?? document.querySelector("h1");
    place?.after(field());
    if (apispec.baseUrl !== page().get("base")) document.dispatchEvent(new Event("apispec:base"));
  });
})();
