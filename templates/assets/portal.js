// Beside the search of a site of several APIs: a choice of the one to search.

(() => {
  "use strict";

  const APIS = [/* APIs */];
  const root = new URL("../", document.currentScript.src).href;
  let chosen = "";

  const below = (href) => href.startsWith(root + chosen);

  /** Show the results of the chosen API alone. */
  function sift(list) {
    for (const item of list.children) item.hidden = !below(item.querySelector("a")?.href ?? "");
  }

  function start() {
    const output = document.querySelector(".md-search__output");
    const list = output?.querySelector(".md-search-result__list");
    if (!list || output.querySelector(".api-search-in")) return;
    const select = document.createElement("select");
    select.setAttribute("aria-label", apispec._("Search in"));
    for (const [name, at] of [[apispec._("All APIs"), ""], ...APIS]) {
      const option = document.createElement("option");
      [option.textContent, option.value] = [name, at];
      select.append(option);
    }
    select.value = chosen;
    select.addEventListener("change", () => {
      chosen = select.value;
      sift(list);
    });
    const label = document.createElement("p");
    label.className = "api-search-in";
    label.append(select);
    output.prepend(label);
    new MutationObserver(() => sift(list)).observe(list, { childList: true });
  }

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else document.addEventListener("DOMContentLoaded", start);
})();
