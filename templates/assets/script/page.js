// What the pages can do with JavaScript. Without it they say everything, too.

(() => {
  "use strict";

  const { _ } = apispec;
  const { ui } = apispec;

  /** Replace the link to the page's Markdown copy by a button that copies it. */
  function copyPage(link) {
    const copy = async () => {
      try {
        const answer = await fetch(link.href);
        if (!answer.ok) throw new Error(answer.statusText);
        await navigator.clipboard.writeText(await answer.text());
        ui.flash(button, _("Copied"));
      } catch {
        window.location.href = link.href; // no server (file://) or no permission: show it instead
      }
    };
    const button = ui.button(_("Copy page as Markdown"), copy, { class: link.className });
    link.replaceWith(button);
  }

  /** Go where another viewer's address leads here. */
  function goOn(path) {
    const ending = window.location.protocol === "file:" ? "/index.html" : "/";
    const data = document.getElementById("api-data");
    const root = data ? new URL(JSON.parse(data.dataset.json).root ?? "", window.location.href) : apispec.root;
    window.location.replace(new URL(path + ending, root).href);
  }

  /** Show the whole address of each endpoint, where calls go now, with a button that copies it. */
  function showAddresses() {
    for (const code of document.querySelectorAll(".api-url")) {
      const name = code.closest("[data-endpoint]")?.dataset.endpoint;
      const endpoint = apispec.page?.()?.get("endpoints").get(name);
      const base = code.querySelector("span");
      if (endpoint && base) base.textContent = apispec.baseOf(endpoint);
      if (code.nextElementSibling?.matches(".api-copy-url")) continue;
      const copy = ui.button(_("Copy"), () => ui.copy(copy, code.textContent), { class: "api-mini api-copy-url", "aria-label": _("Copy the address") });
      code.after(" ", copy);
    }
  }

  /** A link at each place to itself, where the pages are so many that they came without. */
  function linkPlaces() {
    if (document.querySelector(".api-here")) return;
    for (const head of document.querySelectorAll(".api-field[id] > .api-field-head")) {
      const words = head.querySelector(".api-name, .api-status, .api-type")?.textContent ?? "";
      head.append(ui.el("a", { class: "api-here", href: `#${head.parentElement.id}`, "aria-label": `#${words}` }));
    }
  }

  /** Offer to unfold all that an operation holds, and to fold it again. */
  function offerToExpand(text) {
    const folds = [...text.querySelectorAll("details")];
    if (folds.length < 3 || text.querySelector(".api-expand")) return;
    const button = ui.button(_("Expand all"), () => {
      const open = folds.some((one) => !one.open);
      for (const one of folds) one.open = open;
      button.textContent = open ? _("Collapse all") : _("Expand all");
    }, { class: "api-mini api-expand", "data-search-exclude": "" });
    text.prepend(button);
  }

  /** Unfold what an address leads to. */
  function reveal() {
    const [, tag, name] = window.location.hash.match(/^#(?:tag\/([^/]+)\/?)?(?:operation\/(.+))?$/) ?? [];
    if (name || tag) return goOn(name ? `reference/${name}` : `tags/${tag}`); // as Redoc's pages have it
    const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    for (let box = target?.closest("details"); box; box = box.parentElement?.closest("details")) box.open = true;
    for (let box = target?.closest(".tabbed-block"); box; box = box.parentElement?.closest(".tabbed-block")) {
      box.closest(".tabbed-set").querySelectorAll(":scope > input")[[...box.parentElement.children].indexOf(box)]?.click();
    }
    if (target?.matches(".api-field")) target.scrollIntoView();
  }

  /** Keep code that scrolls within reach of the keyboard: the theme looks sideways alone, and not when the text changes. */
  const reach = (changes) => {
    for (const { target: code } of changes) {
      const scrolls = code.scrollHeight > code.clientHeight || code.scrollWidth > code.clientWidth;
      if (!scrolls) code.removeAttribute("tabindex");
      else if (code.tabIndex) code.tabIndex = 0;
    }
  };
  const [sizes, marks] = [new ResizeObserver(reach), new MutationObserver(reach)];

  /** Prepare the page that is shown now; instant navigation brings several. */
  function prepare() {
    document.querySelectorAll("a[data-copy-markdown]").forEach(copyPage);
    for (const code of document.querySelectorAll(".api-card pre > code, .api-table")) {
      sizes.observe(code);
      marks.observe(code, { attributeFilter: ["tabindex"], childList: true });
    }
    document.querySelector(".md-search[role=dialog]")?.setAttribute("aria-label", _("Search")); // the theme gives none
    linkPlaces();
    showAddresses();
    document.querySelectorAll(".api-rest, .api-schema > .api-text").forEach(offerToExpand);
    reveal();
  }

  document.addEventListener("apispec:base", showAddresses);
  apispec.onPage(prepare);
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", () => {
    for (const box of document.querySelectorAll(".api-text details")) box.open = true;
  });

  // All parts are there now. The theme's observable tells of pages that instant navigation brings.
  if (window.document$?.subscribe) window.document$.subscribe(apispec.start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", apispec.start);
  else apispec.start();
})();
