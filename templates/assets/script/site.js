// The frame around every page: what opens the search, and the navigation beyond what the page holds. What both need is
// loaded when it is wanted, from `assets/`.

(() => {
  "use strict";

  const { _ } = apispec;
  const assets = new URL(".", document.currentScript?.src ?? location.href);
  const root = new URL("..", assets);
  const seek = apispec.seek;
  const found = new Map();
  const loading = new Map();

  /** Load a script or stylesheet of ours, once. */
  function load(path) {
    if (!loading.has(path)) {
      loading.set(path, new Promise((done, failed) => {
        const style = path.endsWith(".css");
        const tag = document.createElement(style ? "link" : "script");
        Object.assign(tag, style ? { rel: "stylesheet", href: new URL(path, assets).href } : { src: new URL(path, assets).href });
        tag.onload = () => done();
        tag.onerror = () => {
          loading.delete(path);
          failed(new Error(`${path} cannot be loaded`));
        };
        document.body.append(tag); // instant navigation tidies the head
      }));
    }
    return loading.get(path);
  }

  apispec.root = root;
  apispec.load = load;
  apispec.found = (name, data) => found.set(name, data);
  apispec.known = (name) => found.get(name);
  /** What a script of the search index holds; undefined where there is none. */
  apispec.index = (name = "index") => load(`search/${name}.js`).then(() => found.get(name), () => undefined);

  // ── The search ──

  const icon = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.5 6.5 0 1 1 9.5 3m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9"/></svg>';
  const modules = () => [load("search.css"), load("search.js"), apispec.index()];
  const preload = () => modules().forEach((one) => one.catch(() => {}));

  async function open(query = "") {
    try {
      await Promise.all(modules());
    } catch {
      return;
    }
    apispec.openSearch(query);
  }

  /** The button: in the header where the site has no search of its own, else beside the page's tools. */
  function button() {
    if (!seek || document.querySelector(".api-seek")) return;
    const own = document.querySelector("[data-md-component=search]");
    const place = own ? document.querySelector(".api-page-tools") : document.querySelector(".md-header__inner");
    if (!place) return;
    const made = document.createElement("button");
    made.type = "button";
    made.className = own ? "api-seek api-seek-small" : "api-seek";
    made.innerHTML = own ? _("Search the API") : `${icon}<span>${_("Search")}</span><kbd>/</kbd>`;
    made.setAttribute("aria-label", own ? _("Search the API") : _("Search"));
    made.addEventListener("click", () => open());
    for (const sign of ["pointerenter", "focus"]) made.addEventListener(sign, preload, { once: true });
    place.append(made);
  }

  window.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const wanted = event.key === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = (event.key === "/" || event.key === "s") && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const theirs = document.querySelector("[data-md-component=search-query]");
    if (!(theirs ? wanted : seek && (wanted || slash))) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // a theme that listens too would open a second search over this one
    if (theirs) {
      theirs.focus();
      theirs.select();
    } else open();
  }, { capture: true }); // before the theme, whichever listened first

  // ── The navigation ──

  const key = `apispec:nav:${root.pathname}`;
  const remembered = () => {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(key) ?? "[]"));
    } catch {
      return new Set();
    }
  };
  const remember = (names) => {
    try {
      sessionStorage.setItem(key, JSON.stringify([...names]));
    } catch {
      // it lasts as long as the page does
    }
  };

  const el = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  };

  /** An entry as the page's own are. */
  function item([title, href, method, deprecated]) {
    const words = el("span", { class: `api-nav-words${deprecated ? " api-deprecated" : ""}` }, title);
    const badge = method ? [el("span", { class: `api-method api-method-${method.toLowerCase()}` }, method), " "] : [];
    const shown = el("span", { class: "md-typeset", title }, ...badge, words);
    const target = new URL(href, root).href;
    const here = target.split("#")[0] === location.href.split("#")[0];
    const link = el("a", { class: `md-nav__link${here ? " md-nav__link--active" : ""}`, href: target }, el("span", { class: "md-ellipsis" }, shown));
    if (here) link.setAttribute("aria-current", "page");
    return el("li", { class: "md-nav__item" }, link);
  }

  /** Of a site of several APIs: the folder of the one that an address is of. */
  const folder = (index, address) => (index.apis ?? []).find(([, at]) => address.startsWith(new URL(at, root).href))?.[1] ?? "";

  /** What is below a page of the navigation: its operations, components or webhooks. */
  function below(index, address) {
    const at = folder(index, address);
    const own = (list) => list.filter(([, href]) => href.startsWith(at));
    if (address === new URL(`${at}schemas/`, root).href) return own(index.schemas);
    if (address === new URL(`${at}webhooks/`, root).href) return own(index.webhooks);
    if (address === new URL(`${at}reference/`, root).href) return own(index.tags).map(([title, href]) => [title, href]);
    const tag = index.tags.findIndex(([, href]) => new URL(href, root).href === address);
    return index.ops.filter((op) => op[5] === tag).map(([title, method, href, , name, , , , deprecated]) => [title, href || `reference/${name || title}/`, method, deprecated]);
  }

  const plain = (link) => link.href.split("#")[0].replace(/index\.html$/, "");

  async function unfold(entry, button, link) {
    const index = await apispec.index();
    if (!index || entry.querySelector(":scope > .api-nav-list")) return;
    const rows = below(index, plain(link));
    entry.append(el("ul", { class: "md-nav__list api-nav-list" }, ...rows.map(item)));
    button.setAttribute("aria-expanded", "true");
  }

  /** Let an entry whose own are not on the page unfold. */
  function foldable(entry, link) {
    if (!link || entry.querySelector(":scope > .api-nav-more, :scope > * > .api-nav-more")) return;
    const more = el("button", { type: "button", class: "api-nav-more", "aria-expanded": "false", "aria-label": _("Show {name}", { name: link.textContent.trim() }) });
    const name = plain(link).slice(root.href.length);
    more.addEventListener("click", () => {
      const open = remembered();
      const list = entry.querySelector(":scope > .api-nav-list");
      if (list) {
        list.remove();
        more.setAttribute("aria-expanded", "false");
        open.delete(name);
      } else {
        unfold(entry, more, link);
        open.add(name);
      }
      remember(open);
    });
    link.after(more);
    entry.classList.add("api-nav-folded");
    if (remembered().has(name)) unfold(entry, more, link);
  }

  /** The box above the navigation: names that hold what is typed, in place of the tree. */
  function filter(nav) {
    const list = nav.querySelector(":scope > .md-nav__list");
    if (!list || nav.querySelector(".api-nav-filter")) return;
    const input = el("input", { type: "search", class: "api-nav-filter", placeholder: _("Filter"), "aria-label": _("Filter the navigation"), autocomplete: "off", spellcheck: "false" });
    const results = el("ul", { class: "md-nav__list api-nav-found", hidden: "" });
    input.addEventListener("focus", () => apispec.index(), { once: true });
    input.addEventListener("input", async () => {
      const wanted = input.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
      const index = wanted.length ? await apispec.index() : null;
      list.hidden = Boolean(index);
      results.hidden = !index;
      if (!index) return;
      const holds = (...texts) => wanted.every((word) => texts.some((text) => String(text).toLowerCase().includes(word)));
      const rows = [];
      const at = folder(index, location.href);
      index.tags.forEach(([title, href], tag) => {
        if (!href.startsWith(at)) return;
        const own = index.ops.filter((op) => op[5] === tag && holds(op[0], op[1], op[3], op[4] || op[0]));
        if (own.length || holds(title)) rows.push(item([title, href]), ...own.map(([name, method, to, , id, , , , old]) => item([name, to || `reference/${id || name}/`, method, old])));
      });
      rows.push(...[...index.schemas, ...index.webhooks].filter(([name, href]) => href.startsWith(at) && holds(name)).map(item));
      const none = el("li", { class: "md-nav__item api-nav-none" }, _("Nothing has such a name."));
      results.replaceChildren(...(rows.length ? rows.slice(0, 200) : [none]));
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && input.value) {
        event.preventDefault();
        input.value = "";
        input.dispatchEvent(new Event("input"));
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        nav.querySelector(".api-nav-found:not([hidden]) a, :scope > .md-nav__list:not([hidden]) a")?.focus();
      }
    });
    list.before(input, results);
  }

  /** Keep the entry of this page in sight. */
  function settle(nav) {
    const box = nav.closest(".md-sidebar__scrollwrap");
    const here = nav.querySelector(".md-nav__link--active");
    if (!box || !here || box.scrollTop) return;
    const away = here.getBoundingClientRect().top - box.getBoundingClientRect().top;
    if (away > box.clientHeight * 0.8) box.scrollTop = away - box.clientHeight / 2;
  }

  function navigation() {
    const nav = document.querySelector(".md-nav--primary");
    if (!nav || !seek) return;
    const folded = [...nav.querySelectorAll(".md-nav__item--pruned")].filter((entry) => (/\/(reference|tags|schemas|webhooks)\//).test(entry.querySelector("a")?.href ?? ""));
    for (const entry of folded) foldable(entry, entry.querySelector(":scope > a"));
    for (const entry of nav.querySelectorAll(".md-nav__item--section")) {
      const empty = entry.querySelector(":scope > nav > .md-nav__list")?.children.length === 0;
      if (empty) foldable(entry, entry.querySelector(":scope > .md-nav__container > a"));
    }
    if (folded.length || nav.querySelectorAll("a").length > 15) filter(nav);
    settle(nav);
  }

  apispec.onPage(() => {
    button();
    navigation();
  });
})();
