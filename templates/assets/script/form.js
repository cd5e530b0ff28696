// The form of an endpoint: its parameters, its body, the credentials that it needs, and problems that a server answered.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});

  const withDefault = (parameter) => {
    const schema = parameter.get("schema");
    if (!parameter.has("default") || !(schema instanceof Map)) return schema;
    return new Map([["default", parameter.get("default")], ...schema]);
  };

  /** What a parameter's description on the page says. */
  function describer(endpoint) {
    const section = document.querySelector(`.api-endpoint[data-endpoint="${CSS.escape(endpoint.get("name"))}"]`);
    return (name, depth) => {
      if (depth) return "";
      const words = section?.querySelector(`[data-parameter="${CSS.escape(name)}"] > .api-words`);
      return words?.innerText.trim().split("\n")[0] ?? "";
    };
  }

  const FORMS = /^(multipart\/|application\/x-www-form-urlencoded)/;

  /** How files travel in a document's body. */
  function bodyContext(body, context) {
    const media = body.get("mediaType");
    const whole = ui.look(body.get("schema"), "part").kind === "file" || !/json|text|^\*|form|multipart/.test(media);
    const parts = whole || FORMS.test(media);
    return { ...context, files: parts ? "part" : null, nulls: /json|\*/.test(media), notes: () => "" };
  }

  /** A schema for a body that no schema describes: bytes, unless it is text. */
  function bodySchema(body) {
    const schema = body.get("schema");
    const media = body.get("mediaType");
    const said = schema instanceof Map && schema.size > 0;
    if (said || /json|\*|form|multipart/.test(media)) return schema;
    return new Map([["type", "string"], ...(/^text\//.test(media) || /xml|yaml/.test(media) ? [] : [["format", "binary"]])]);
  }

  /**
   * @param {Map} endpoint of the page's data
   * @returns {{element, toggle, read, check, broken, say, settle}}
   *   `toggle` is a button, or null: it shows the body as JSON. `read` gives the arguments, `check` the fields with problems, `say` puts a server's problems beside their fields.
   */
  ui.form = (endpoint, values) => {
    const given = values ?? apispec.argumentsOf(endpoint) ?? new Map();
    const gradio = endpoint.get("protocol") === "gradio";
    const waiting = [];
    const context = { files: gradio ? "gradio" : null, nulls: true, waiting, notes: describer(endpoint) };
    const parameters = endpoint.get("parameters") ?? [];
    const inBody = (parameter) => (gradio ? parameter.get("in") !== "file" : parameter.get("in") === "body");
    const fields = new Map(); // by argument; those of a JSON body are inside of `body`

    for (const parameter of parameters.filter((one) => !inBody(one))) {
      const place = parameter.get("in");
      const isFile = place === "file";
      const file = new Map([["type", "string"], ["format", "binary"]]);
      if (parameter.has("mediaType")) file.set("contentMediaType", parameter.get("mediaType"));
      const files = parameter.get("multiple") ? new Map([["type", "array"], ["items", file]]) : file;
      const argument = parameter.get("argument");
      const field = ui.field({
        name: parameter.get("name"),
        schema: isFile ? files : withDefault(parameter),
        required: parameter.get("required") === true,
        value: given.get(argument),
        note: context.notes(parameter.get("name"), 0),
        context: { ...context, files: isFile ? "part" : null, nulls: false, part: parameter.get("name") },
      });
      fields.set(argument, field);
    }

    const named = parameters.filter(inBody);
    const schema = new Map([
      ["type", "object"],
      ["additionalProperties", false],
      ["properties", new Map(named.map((parameter) => [parameter.get("argument"), withDefault(parameter)]))],
      ["required", named.filter((parameter) => parameter.get("required")).map((parameter) => parameter.get("argument"))],
    ]);
    const ours = new Map(named.map((parameter) => parameter.get("argument")).filter((name) => given.has(name)).map((name) => [name, given.get(name)]));
    const body = named.length ? ui.field({ name: "", path: "", bare: true, schema, required: true, value: ours, context }) : null;

    const documented = endpoint.get("body");
    if (documented) {
      const argument = documented.get("argument");
      const field = ui.field({
        name: documented.get("argument"),
        schema: bodySchema(documented),
        required: documented.get("required") === true,
        value: given.get(argument),
        note: documented.get("mediaType"),
        context: { ...bodyContext(documented, context), part: argument },
      });
      fields.set(argument, field);
    }

    const all = () => [...fields.values(), ...(body ? [body] : [])];
    const free = ui.el("p", { class: "api-hint" }, _("Nothing to fill in."));
    if (body) body.toggle.textContent = _("Body as JSON");
    const element = ui.el(
      "div",
      { class: "api-form-fields" },
      ui.authentication(endpoint),
      ...all().map((field) => field.element),
      all().length ? null : free,
    );

    /** The field that a server means. */
    function at(keys) {
      const [first, ...rest] = keys;
      if (fields.has(first)) return fields.get(first).at(rest);
      const inner = body?.at(keys);
      if (inner && inner !== body) return inner;
      return documented ? fields.get(documented.get("argument")).at(keys) : null;
    }

    return {
      element,
      toggle: body?.toggle ?? null,
      read() {
        const args = new Map();
        for (const [name, field] of fields) {
          const value = field.read();
          if (value !== undefined) args.set(name, value);
        }
        for (const [name, value] of body?.read() ?? []) args.set(name, value);
        return args;
      },
      check: () => all().flatMap((field) => field.check()),
      broken: () => all().some((field) => field.broken()),
      /** Show `[keys, message]` beside their fields; returns those that have none. */
      say(problems) {
        const rest = [];
        let first = null;
        for (const [keys, message] of problems) {
          const field = keys.length ? at(keys) : null;
          if (!field) rest.push([keys, message]);
          else field.say(message);
          first ??= field;
        }
        return { rest, first };
      },
      settle: () => Promise.all(waiting),
    };
  };
})();
