// "Copy as": the call of a form, in any language that the site has.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const KEY = "copy-as";

  const textOf = (endpoint, args, id) => new Map(apispec.snippets(endpoint, args)).get(id) ?? apispec.inLanguage(endpoint, args, id);

  /**
   * @param {Map} endpoint of the page's data
   * @param {() => Map} read gives the arguments as they are typed
   */
  ui.copyAs = (endpoint, read) => {
    const protocol = endpoint.get("protocol");
    const own = apispec.page().get("languages").get(protocol) ?? [];
    const more = protocol === "http" ? apispec.page().get("more") : [];
    const choices = [...own.map(({ id, name }) => [id, name]), ...more];
    const select = ui.el("select", { class: "api-copy-language", "aria-label": _("Language to copy in") }, ...choices.map(([value, name]) => ui.el("option", { value }, name)));
    const liked = ui.kept.get(KEY, "computer");
    select.value = choices.some(([id]) => id === liked) ? liked : (choices[0]?.[0] ?? "");
    for (const kind of ["input", "change"]) select.addEventListener(kind, (event) => event.stopPropagation());
    select.addEventListener("change", () => ui.kept.set(KEY, select.value, "computer"));
    const copy = ui.button(_("Copy as"), async () => {
      try {
        await ui.copy(copy, await textOf(endpoint, read(), select.value));
      } catch (error) {
        ui.flash(copy, String(error.message));
      }
    }, { class: "api-mini" });
    return ui.el("span", { class: "api-copy-as" }, copy, select);
  };
})();
