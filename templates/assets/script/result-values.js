// Values as readers see them: JSON, text, pictures, sound, films, and files to save. Whatever a server sent stays text.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const SHOWN = 200_000; // characters; more slow every browser down

  /** JSON in lines, every number and text as it was sent. Throws where it is no JSON. */
  ui.pretty = (text) => {
    JSON.parse(text);
    let [out, depth, empty] = ["", 0, false];
    const line = () => `\n${"  ".repeat(depth)}`;
    for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
      if (token === "]" || token === "}") {
        depth--;
        out += empty ? token : line() + token;
      } else {
        if (empty) out += line();
        if (token === ",") out += token + line();
        else if (token === ":") out += ": ";
        else out += token.startsWith('"') ? JSON.stringify(JSON.parse(token)) : token;
        if (token === "[" || token === "{") depth++;
      }
      empty = token === "[" || token === "{";
    }
    return out;
  };

  /** A block of text; coloured where `lexer` is known. */
  ui.block = (text, lexer = "") => {
    const cut = text.length > SHOWN;
    const shown = cut ? text.slice(0, SHOWN) : text;
    const code = ui.el("code", { tabindex: "0" }, lexer && !cut ? apispec.highlight(shown, lexer) : shown);
    const block = ui.el("div", { class: "highlight" }, ui.el("pre", {}, code));
    if (cut) block.append(ui.el("p", { class: "api-hint" }, _("The beginning; download it to see all.")));
    return block;
  };

  ui.json = (text) => {
    try {
      return ui.block(ui.pretty(text), "json");
    } catch {
      return ui.block(text);
    }
  };

  const COLUMNS = 12;
  const LINES = 500;

  /** JSON that folds, where the console's scripts could be loaded; its `tools` are buttons for it. */
  async function folding(text) {
    try {
      await apispec.load("console.js");
      if (text.length < SHOWN) return ui.tree(text);
    } catch {
      // no JSON, or not loaded
    }
    return ui.json(text);
  }

  /** JSON; a list of objects as a table, too. */
  ui.tabular = async (text) => {
    const block = await folding(text);
    let rows;
    try {
      rows = text.length < SHOWN ? apispec.parse(text) : null;
    } catch {
      return block;
    }
    if (!Array.isArray(rows) || rows.length < 2 || !rows.every((row) => row instanceof Map)) return block;
    const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
    if (!names.length || names.length > COLUMNS) return block;
    const cell = (value) => (value === undefined ? "" : typeof value === "string" ? value : apispec.jsonText(value));
    const head = ui.el("tr", {}, ...names.map((name) => ui.el("th", { scope: "col" }, name)));
    const lines = rows.slice(0, LINES).map((row) => ui.el("tr", {}, ...names.map((name) => ui.el("td", {}, cell(row.get(name))))));
    const table = ui.el("div", { class: "api-table", tabindex: "0", role: "region", "aria-label": _("The answer as a table"), hidden: true }, ui.el("table", {}, ui.el("thead", {}, head), ui.el("tbody", {}, ...lines)));
    if (rows.length > LINES) table.append(ui.el("p", { class: "api-hint" }, _("The first {count} of {all}.", { count: LINES, all: rows.length })));
    const choose = ui.button(_("As a table"), () => {
      block.hidden = !block.hidden;
      table.hidden = !block.hidden;
      choose.setAttribute("aria-pressed", String(!table.hidden));
    }, { class: "api-mini", "aria-pressed": "false" });
    const element = ui.el("div", {}, ui.el("p", { class: "api-actions" }, choose), block, table);
    element.tools = block.tools;
    return element;
  };

  const MEDIA = { __proto__: null, image: "img", audio: "audio", video: "video" };
  const TEXT = /^text\/|[/+](json|xml|yaml|x-yaml|javascript|csv|toml|x-ndjson)\b/;

  const SUFFIXES = { image: /\.(png|jpe?g|gif|webp)$/i, audio: /\.(mp3|wav|ogg)$/i, video: /\.(mp4|webm)$/i, text: /\.(txt|csv|md|html|json|ya?ml)$/i };

  /** The media type; told by the name where the server says only that it is bytes. */
  function typeOf(blob, name) {
    const type = blob.type.split(";")[0];
    if (type && type !== "application/octet-stream") return type;
    const [kind, suffix] = Object.entries(SUFFIXES).find(([, ending]) => ending.test(name)) ?? [];
    return kind ? `${kind}/${name.match(suffix)[1].toLowerCase()}` : type;
  }

  /** Bytes: shown where browsers can, else only named. `urls` collects what is to be given back. */
  ui.blobView = async (blob, name, urls) => {
    const type = typeOf(blob, name ?? "");
    if (!blob.size) return ui.el("p", { class: "api-hint" }, _("The answer has no body."));
    const tag = MEDIA[type.split("/")[0]];
    if (tag) {
      const url = URL.createObjectURL(new Blob([blob], { type }));
      urls.push(url);
      const about = { src: url, controls: tag !== "img", class: "api-media" };
      const media = ui.el(tag, { ...about, ...(tag === "img" ? { alt: name || _("The answer") } : { "aria-label": name || _("The answer") }) });
      media.addEventListener("error", () => media.replaceWith(ui.el("p", { class: "api-hint" }, _("No preview of this {type} here; download it.", { type }))));
      return media;
    }
    if (type === "application/pdf") {
      const url = URL.createObjectURL(blob);
      urls.push(url);
      return ui.el("iframe", { src: url, class: "api-media api-pdf", title: name || _("The answer") });
    }
    if (/json/.test(type)) return ui.tabular(await blob.text());
    if (TEXT.test(type) || !type) return ui.block(await blob.text());
    return ui.el("p", { class: "api-hint" }, `${name || _("A file")}: ${type}, ${ui.bytes(blob.size)}.`);
  };

  /** Whether a value is a file as Gradio passes it. */
  ui.isFileData = (value) => value instanceof Map && value.get("meta") instanceof Map && value.get("meta").get("_type") === "gradio.FileData";

  /** A file of a Gradio app: fetched for a preview; a link where that is not allowed. */
  ui.fileView = (endpoint, value, urls) => {
    const url = value.get("url") ?? `${apispec.baseOf(endpoint)}${endpoint.get("prefix") ?? ""}/file=${value.get("path")}`;
    const name = value.get("orig_name") ?? String(value.get("path")).split(/[\\/]/).at(-1);
    const place = ui.el("div", { class: "api-output-file" }, ui.el("p", { class: "api-hint" }, _("Fetching {name} …", { name })));
    const link = /^https?:/.test(url) ? ui.el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, name) : name;
    fetch(url, { cache: "no-store" })
      .then(async (response) => {
        if (!response.ok) throw new Error(response.statusText);
        const blob = await response.blob();
        const save = ui.button(_("Download {name}", { name }), () => ui.save(blob, name), { class: "api-mini" });
        place.replaceChildren(await ui.blobView(blob, name, urls), ui.el("p", { class: "api-actions" }, save, ` ${ui.bytes(blob.size)}`));
      })
      .catch(() => place.replaceChildren(ui.el("p", { class: "api-hint" }, link)));
    return place;
  };

  /** Any value of a Gradio output. */
  ui.valueView = (endpoint, value, urls, final) => {
    if (ui.isFileData(value)) return final ? ui.fileView(endpoint, value, urls) : ui.el("p", { class: "api-hint" }, _("A file …"));
    if (Array.isArray(value) && value.length && value.every(ui.isFileData)) {
      return ui.el("div", {}, ...value.map((file) => ui.valueView(endpoint, file, urls, final)));
    }
    if (typeof value === "string") return ui.block(value);
    return ui.json(apispec.jsonText(value));
  };
})();
