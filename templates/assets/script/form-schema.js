// What kind of input a schema asks for. Schemas are Maps, as `apispec.parse` gives them; no element is made here.

(() => {
  "use strict";

  const ui = (apispec.ui ??= {});

  /** The schema with its references and its `allOf` drawn together. */
  function merged(schema, depth = 0) {
    const found = apispec.resolve(schema);
    if (!(found instanceof Map)) return new Map();
    const parts = found.get("allOf");
    if (!Array.isArray(parts) || depth > 8) return found;
    const out = new Map();
    for (const part of [...parts.map((p) => merged(p, depth + 1)), found]) {
      for (const [key, value] of part) {
        if (key === "allOf") continue;
        if (key === "properties") out.set(key, new Map([...(out.get(key) ?? []), ...value]));
        else if (key === "required") out.set(key, [...(out.get(key) ?? []), ...value]);
        else out.set(key, value);
      }
    }
    return out;
  }

  const isNull = (schema) => merged(schema).get("type") === "null" || merged(schema).get("const") === null;

  function isFile(schema, files) {
    const properties = schema.get("properties");
    if (files === "gradio") return properties instanceof Map && properties.has("path") && properties.has("meta");
    const media = schema.get("contentMediaType");
    return files === "part" && (schema.get("format") === "binary" || (media && !/json/.test(media) && !schema.has("contentEncoding")));
  }

  function typeOf(schema) {
    const type = schema.get("type");
    if (typeof type === "string") return type;
    if (schema.has("properties")) return "object";
    return schema.has("items") || schema.has("prefixItems") ? "array" : undefined;
  }

  /**
   * What to ask for.
   *
   * @param {Map | boolean} schema
   * @param {"part" | "gradio" | null} files How files travel, if they can.
   * @returns {{kind: string, schema: Map, nullable: boolean, values?: any[], labels?: string[], variants?: Map[], items?: any}}
   *   kind: file files choice number text array object union json
   */
  ui.look = (schema, files = null, depth = 0) => {
    const target = merged(schema);
    let nullable = false;
    const info = (kind, more = {}) => ({ kind, schema: target, nullable, ...more });
    if (isFile(target, files)) return info("file");
    if (target.has("const")) return info("choice", { values: [target.get("const")] });
    if (Array.isArray(target.get("enum"))) {
      return info("choice", { values: target.get("enum") });
    }
    const listed = target.get("oneOf") ?? target.get("anyOf");
    if (Array.isArray(listed) && listed.length && !target.has("properties") && depth < 8) {
      const variants = listed.filter((variant) => !isNull(variant));
      nullable ||= variants.length < listed.length;
      if (variants.length === 1) {
        const rest = new Map([...target].filter(([key]) => key !== "oneOf" && key !== "anyOf"));
        const inner = ui.look(new Map([...merged(variants[0]), ...rest]), files, depth + 1);
        if (inner.kind === "choice" && nullable) return { ...inner, values: [...inner.values.filter((v) => v !== null), null] };
        return { ...inner, nullable: nullable || inner.nullable };
      }
      const flat = variants.map((variant) => merged(variant));
      if (variants.length && flat.every((variant) => variant.has("const"))) {
        const values = flat.map((variant) => variant.get("const"));
        return info("choice", { values: nullable ? [...values, null] : values, labels: flat.map((v) => v.get("title")), nullable: false });
      }
      if (variants.length) return info("union", { variants });
    }
    const types = target.get("type");
    if (Array.isArray(types)) {
      const others = types.filter((type) => type !== "null");
      nullable ||= others.length < types.length;
      if (others.length > 1) return info("union", { variants: others.map((type) => new Map([...target, ["type", type]])) });
      return { ...ui.look(new Map([...target, ["type", others[0] ?? "null"]]), files, depth + 1), nullable };
    }
    switch (typeOf(target)) {
      case "boolean":
        return info("choice", { values: nullable ? [true, false, null] : [true, false], nullable: false });
      case "null":
        return info("choice", { values: [null], nullable: false });
      case "integer":
      case "number":
        return info("number");
      case "string":
        return info("text");
      case "array": {
        const items = target.get("items");
        if (items && !Array.isArray(items) && ui.look(items, files, depth + 1).kind === "file" && depth < 8) return info("files");
        return info("array");
      }
      case "object":
        return info(target.get("properties")?.size || target.get("additionalProperties") instanceof Map ? "object" : "json");
      default:
        return info("json");
    }
  };

  /** The properties that a request may have, with whether they must be there: `[name, schema, required]`. */
  ui.properties = (schema) => {
    const required = new Set(schema.get("required") ?? []);
    return [...(schema.get("properties") ?? [])]
      .filter(([, part]) => merged(part).get("readOnly") !== true)
      .map(([name, part]) => [name, part, required.has(name)]);
  };

  /** What an input starts with where nothing is given; undefined where the schema suggests nothing. */
  ui.starter = (schema) => {
    const target = merged(schema);
    if (target.has("default")) return target.get("default");
    return target.get("example") ?? target.get("const");
  };

  /** The type in words, for the label of an input. */
  ui.typeWords = (schema, depth = 0) => {
    if (!(schema instanceof Map)) return "any";
    const ref = schema.get("$ref");
    if (ref) return ref.slice(ref.lastIndexOf("/") + 1).replaceAll("~1", "/").replaceAll("~0", "~");
    const target = merged(schema);
    if (depth > 3) return "…";
    if (target.has("const")) return apispec.jsonText(target.get("const"));
    const variants = target.get("oneOf") ?? target.get("anyOf");
    if (Array.isArray(variants)) {
      const words = [...new Set(variants.map((variant) => ui.typeWords(variant, depth + 1)))].join(" | ");
      return words.length < 80 ? words : `one of ${variants.length} kinds`;
    }
    const type = target.get("type");
    if (Array.isArray(type)) return type.join(" | ");
    if (target.has("enum")) return typeOf(target) ?? "choice";
    const inner = target.get("items") ?? target.get("additionalProperties");
    if (inner instanceof Map && !target.has("properties") && !target.has("prefixItems")) {
      return `${target.has("items") ? "array" : "map"} of ${ui.typeWords(inner, depth + 1)}`;
    }
    return target.get("format") ? `${typeOf(target)} (${target.get("format")})` : (typeOf(target) ?? "any");
  };

  /** What one of several variants is called. */
  ui.variantName = (schema) => {
    const target = merged(schema);
    if (schema.has("$ref")) return ui.typeWords(schema);
    const mark = [...(target.get("properties") ?? [])].find(([, part]) => merged(part).has("const"));
    return target.get("title") ?? (mark ? `${mark[0]}: ${merged(mark[1]).get("const")}` : ui.typeWords(schema));
  };

  /** Whether a value looks like one of the schema: its type, its constants and its required keys. */
  ui.fits = (schema, value, depth = 0) => {
    const target = merged(schema);
    if (target.has("const")) return apispec.jsonText(target.get("const")) === apispec.jsonText(value);
    if (Array.isArray(target.get("enum"))) return target.get("enum").some((one) => apispec.jsonText(one) === apispec.jsonText(value));
    const variants = target.get("oneOf") ?? target.get("anyOf");
    if (Array.isArray(variants) && depth < 8) return variants.some((variant) => ui.fits(variant, value, depth + 1));
    if (Array.isArray(target.get("type"))) {
      return target.get("type").some((type) => ui.fits(new Map([...target, ["type", type]]), value, depth + 1));
    }
    switch (typeOf(target)) {
      case "null":
        return value === null;
      case "boolean":
        return typeof value === "boolean";
      case "integer":
        return value instanceof apispec.Num && /^-?\d+$/.test(value.text);
      case "number":
        return value instanceof apispec.Num;
      case "string":
        return typeof value === "string" || isLocal(value);
      case "array":
        return Array.isArray(value);
      case "object": {
        if (isLocal(value)) return true;
        if (!(value instanceof Map)) return false;
        const known = ui.properties(target);
        return depth > 8 || known.every(([name, part, must]) => (value.has(name) ? ui.fits(part, value.get(name), depth + 1) : !must));
      }
      default:
        return true;
    }
  };

  const isLocal = (value) => value instanceof apispec.LocalFile || value instanceof apispec.FilePart;

  /** Whether a file is anywhere inside a value. */
  ui.hasFiles = (value) => {
    if (isLocal(value)) return true;
    if (Array.isArray(value)) return value.some(ui.hasFiles);
    return value instanceof Map && [...value.values()].some(ui.hasFiles);
  };
})();
