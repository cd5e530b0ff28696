// Pages of `apispec serve --reload`: shown anew when the site has been built again, at the same place. The server adds
// this script to each page, with the version of the site that the page is of.

(() => {
  "use strict";

  const own = document.currentScript;
  if (window.apispecReload || !own) return; // instant navigation runs a page's scripts again
  window.apispecReload = true;
  const KEY = "apispec-reload";
  const events = new URL("reload-events", own.src);
  let source;

  /** What is in the middle of the page or above that, and has an id; where it stands there. */
  function place() {
    const kept = { path: location.pathname, y: scrollY };
    for (let y = innerHeight / 2; y > 0; y -= 30) {
      const one = document.elementFromPoint(innerWidth / 2, y)?.closest("article [id]");
      if (one) return { ...kept, id: one.id, top: one.getBoundingClientRect().top };
    }
    return kept;
  }

  /** Go there, unless the reader has gone somewhere meanwhile. */
  function restore(kept) {
    const one = kept.id && document.getElementById(kept.id);
    const y = one && kept.y > 0 ? scrollY + one.getBoundingClientRect().top - kept.top : kept.y;
    scrollTo({ top: y, behavior: "instant" });
  }

  function again() {
    source.close();
    sessionStorage.setItem(KEY, JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  function listen() {
    source = new EventSource(events);
    source.onmessage = ({ data }) => data !== own.dataset.version && again();
  }

  // A browser has six connections to a host: pages that nobody sees hold none of them.
  document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()));
  addEventListener("pagehide", () => source?.close());
  if (!document.hidden) listen();

  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  sessionStorage.removeItem(KEY);
  if (kept?.path !== location.pathname) return;
  const hands = new AbortController();
  const go = () => hands.signal.aborted || restore(kept);
  for (const sign of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(sign, () => hands.abort(), { once: true, passive: true });
  }
  history.scrollRestoration = "manual";
  go();
  addEventListener("load", () => {
    go();
    history.scrollRestoration = "auto";
    requestAnimationFrame(go);
  }, { once: true });
})();
