// The choice of a version, beside the title; it stays on the same page where the other version has it.

(() => {
  "use strict";

  const VERSIONS = [/* VERSIONS */];
  const own = new URL("../", document.currentScript.src).href;
  const all = new URL("../", own).href;
  const folder = decodeURIComponent(own.slice(all.length).replace(/\/$/, ""));

  async function go(name) {
    const home = `${all}${encodeURIComponent(name)}/`;
    const page = location.href.split(/[?#]/)[0];
    const same = page.startsWith(own) ? home + page.slice(own.length) : home;
    const there = await fetch(same, { method: "HEAD" }).then((answer) => answer.ok, () => false);
    location.href = there ? same + location.hash : location.protocol === "file:" ? `${home}index.html` : home;
  }

  function start() {
    const title = document.querySelector(".md-header__title");
    if (!title || document.querySelector(".api-version")) return;
    const select = document.createElement("select");
    select.setAttribute("aria-label", apispec._("Version"));
    for (const [i, name] of VERSIONS.entries()) {
      const option = document.createElement("option");
      option.value = name;
      option.textContent = i ? name : apispec._("{version} (latest)", { version: name });
      select.append(option);
    }
    select.value = folder === "latest" ? VERSIONS[0] : folder;
    select.addEventListener("change", () => go(select.value));
    const place = document.createElement("div");
    place.className = "api-version";
    place.append(select);
    title.after(place);
  }

  if (window.document$?.subscribe) window.document$.subscribe(start);
  else document.addEventListener("DOMContentLoaded", start);
})();
