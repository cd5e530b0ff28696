// The frame of a page that is one of many (apispec/site/frames.py): header, navigation and what the theme's script
// needs, put in before anything is painted. `apispecFrame` is what the theme made of them, `apispecRun` the entries of
// the navigation around this page.

(() => {
  "use strict";

  const { root, nav, title, parts, later } = apispecFrame;
  const me = document.currentScript;
  const source = me.getAttribute("src");
  const up = source.slice(0, source.lastIndexOf("/assets/frame/"));
  const at = Number(me.dataset.at);

  const escaped = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const put = (text, place, value) => text.split(place).join(value);

  function named([words, , method, old]) {
    const name = escaped(words);
    const shown = old ? `<span class="api-deprecated">${name}</span>` : name;
    if (!method) return `<span title="${name}">${shown}</span>`;
    const badge = `<span class="api-method api-method-${escaped(method.toLowerCase())}">${escaped(method)}</span>`;
    return `<span class="md-typeset" title="${name}">${badge} <span class="api-nav-words">${shown}</span></span>`;
  }

  function entry(leaf, number) {
    const made = put(number === at ? parts.own : parts.item, "\0href\0", `${up}/${escaped(leaf[1])}`);
    return put(made, "\0name\0", named(leaf));
  }

  function part(name) {
    const made = put(parts[name], root, up);
    return put(put(made, title, escaped(apispecRun[at][0])), nav, apispecRun.map(entry).join("\n"));
  }

  const container = me.closest(".md-container");
  document.querySelector("[data-md-component=skip]").insertAdjacentHTML("beforebegin", part("before"));
  container.insertAdjacentHTML("beforebegin", part("header"));
  me.closest("main").insertAdjacentHTML("afterbegin", part("top"));
  me.insertAdjacentHTML("beforebegin", part("sidebar"));
  container.insertAdjacentHTML("afterend", part("dialog") + part("config"));

  document.addEventListener("readystatechange", () => {
    for (const [which, icon] of Object.entries(parts.arrows)) {
      for (const place of document.querySelectorAll(`.md-footer__link--${which} .md-footer__button:empty`)) place.innerHTML = icon;
    }
    document.querySelector(".md-footer")?.insertAdjacentHTML("beforeend", part("meta"));
    later();
  }, { once: true });
})();
