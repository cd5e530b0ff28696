// Inputs for single values: `{element, focusable, read, write, problem}`. Labels and messages stand around them (form-field.js).
//
// `read` gives the value, or undefined where nothing is there; `problem` says why that is not what is wanted.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});

  /** A choice among given values. */
  function choice(info, value) {
    const texts = info.values.map((item) => apispec.jsonText(item));
    const bare = info.values.every((item) => typeof item === "string" && item !== "") || info.values.every((v) => typeof v !== "string");
    const select = ui.el("select", {});
    const start = texts.indexOf(apispec.jsonText(value === undefined && texts.length === 1 ? info.values[0] : (value ?? null)));
    const missing = value === undefined && texts.length > 1;
    if (missing || start < 0) select.append(ui.el("option", { value: "" }, _("Choose …")));
    info.values.forEach((item, i) => {
      const name = typeof item === "string" && bare ? item : texts[i];
      select.append(ui.el("option", { value: String(i) }, info.labels?.[i] ? `${name} – ${info.labels[i]}` : name));
    });
    const write = (next) => {
      const index = texts.indexOf(apispec.jsonText(next));
      if (index >= 0) select.value = String(index);
    };
    if (!missing && start >= 0) write(info.values[start]);
    const read = () => (select.value === "" ? undefined : info.values[Number(select.value)]);
    return { element: select, read, write, problem: () => (read() === undefined ? _("Choose one.") : "") };
  }

  const typed = (value) => (value === undefined || value === null ? "" : (value.text ?? (typeof value === "string" ? value : apispec.jsonText(value))));

  /** A number as text, so that no digit is lost and no wheel turns it. */
  function number(info, value) {
    const whole = info.schema.get("type") === "integer";
    const positive = Number(info.schema.get("minimum")?.text ?? info.schema.get("exclusiveMinimum")?.text ?? -1) >= 0;
    const mode = positive ? (whole ? "numeric" : "decimal") : null; // keyboards of phones for numbers may have no minus
    const input = ui.el("input", { type: "text", inputmode: mode, autocomplete: "off", spellcheck: "false" });
    const read = () => (input.value.trim() === "" ? undefined : (ui.number(input.value) ?? input.value));
    const write = (next) => (input.value = typed(next));
    const problem = () => (read() === undefined ? _("Type a number.") : ui.problem("number", info.schema, read()));
    write(value);
    return { element: input, read, write, problem };
  }

  const MODES = { __proto__: null, email: "email", uri: "url", url: "url" };

  /** Text: one line where the schema says that it is short, else as many as are typed. */
  function text(info, value) {
    const format = info.schema.get("format");
    const most = Number(info.schema.get("maxLength")?.text ?? Infinity);
    const short = (format && format !== "byte") || info.schema.has("pattern") || most <= 80;
    const plain = { autocomplete: "off", spellcheck: short ? "false" : null };
    let input;
    if (format === "date" && (value === undefined || /^\d{4}-\d\d-\d\d$/.test(value))) input = ui.el("input", { type: "date" });
    else if (format === "password") input = ui.el("input", { type: "password", ...plain });
    else if (short && !typed(value).includes("\n")) input = ui.el("input", { type: "text", inputmode: MODES[format], ...plain });
    else input = ui.el("textarea", { rows: most > 400 && most < Infinity ? 3 : 1, ...plain });
    const read = () => (input.type === "date" && input.value === "" ? undefined : input.value);
    const write = (next) => (input.value = typed(next));
    const problem = () => (read() === undefined ? _("Choose a date.") : ui.problem("text", info.schema, read()));
    write(value);
    return { element: input, read, write, problem };
  }

  /** Files of the reader's, a sample until one is chosen. `wrap` makes the value that travels of a LocalFile. */
  function file(info, value, { multiple, wrap, waiting }) {
    let chosen = value === undefined || value === null ? [] : [value].flat();
    const inner = (item) => item.file ?? item;
    const input = ui.el("input", { type: "file", multiple, accept: info.schema.get("contentMediaType") });
    const note = ui.el("p", { class: "api-hint" });
    const say = () => {
      note.textContent = !input.files.length && chosen.length ? _("Until you choose: {names}, a sample.", { names: chosen.map((f) => inner(f).filename).join(", ") }) : "";
    };
    input.addEventListener("change", () => {
      const files = [...input.files];
      const reading = Promise.all(files.map((one) => apispec.localFile(one))).then((read) => {
        if (files.length) chosen = read.map(wrap);
        say();
        ui.changed(input);
      });
      waiting.push(reading);
    });
    say();
    return {
      element: ui.el("div", { class: "api-file" }, input, note),
      focusable: input,
      read: () => (multiple ? chosen : chosen[0]),
      write: (next) => {
        chosen = next === undefined || next === null ? [] : [next].flat();
        input.value = "";
        say();
      },
      problem: () => (chosen.length || multiple ? "" : _("Choose a file.")),
    };
  }

  /** The input of a kind that `ui.look` gives. */
  ui.input = (info, value, options) => {
    const made = { choice, number, text, file, files: file }[info.kind] ?? ui.jsonInput;
    const input = made(info, value, { ...options, multiple: info.kind === "files" });
    return { focusable: input.element, ...input };
  };
})();
