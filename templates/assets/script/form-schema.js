// What kind of input a schema asks for. Schemas are Maps, as `apispec.parse` gives them; no element is made here.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});

  const both = (one, other) => (one === undefined || one === other ? other : new Map([["allOf", [one, other]]]));

  /** Keywords of which the stricter bound holds, where two schemas give one: which of two numbers that is. */
  const STRICTER = { __proto__: null, minimum: Math.max, exclusiveMinimum: Math.max, minLength: Math.max, minItems: Math.max, minProperties: Math.max,
    maximum: Math.min, exclusiveMaximum: Math.min, maxLength: Math.min, maxItems: Math.min, maxProperties: Math.min }; // prettier-ignore

  /** Keywords whose schemas both hold, where two schemas give one. */
  const BOTH = new Set(["items", "additionalProperties", "propertyNames"]);

  /** Put what `part` says to what is said already: both hold. */
  function add(out, part) {
    for (const [key, value] of part) {
      if (key === "allOf" || key === "oneOf" || key === "anyOf" || key === "kinds") continue;
      if (key === "properties" || key === "patternProperties") {
        const known = new Map(out.get(key) ?? []);
        for (const [name, inner] of value) known.set(name, both(known.get(name), inner));
        out.set(key, known);
      } else if (BOTH.has(key) && out.get(key) instanceof Map && value instanceof Map) {
        out.set(key, both(out.get(key), value));
      } else if (key === "required" || key === "unions") {
        out.set(key, [...(out.get(key) ?? []), ...value]);
      } else if (STRICTER[key] && out.get(key) instanceof apispec.Num && value instanceof apispec.Num) {
        const text = STRICTER[key](Number(out.get(key).text), Number(value.text));
        out.set(key, Number(value.text) === text ? value : out.get(key));
      } else if (key === "enum" && Array.isArray(out.get(key))) {
        const texts = new Set(value.map((one) => apispec.jsonText(one)));
        out.set(key, out.get(key).filter((one) => texts.has(apispec.jsonText(one))));
      } else if (key !== "type" || !Array.isArray(value) || !out.has(key)) out.set(key, value);
    }
  }

  /**
   * The schema with its references and its `allOf` drawn together. `unions` are those that it says beside its own
   * keywords, wherever: `[{branches}]`, of each of which a branch holds, too. `kinds` are those of a component that is
   * not a part of another.
   */
  function merged(schema, depth = 0) {
    const found = apispec.resolve(schema);
    if (!(found instanceof Map)) return new Map();
    const parts = Array.isArray(found.get("allOf")) && depth <= 8 ? found.get("allOf") : [];
    if (parts.length === 1 && found.size === 1) return merged(parts[0], depth);
    const unions = ["oneOf", "anyOf", ...(depth ? [] : ["kinds"])].map((key) => found.get(key)).filter((branches) => Array.isArray(branches) && branches.length);
    if (!parts.length && !unions.length) return perhaps(found, depth);
    const out = new Map();
    for (const part of parts) add(out, merged(part, depth + 1));
    add(out, found);
    if (unions.length) add(out, new Map([["unions", unions.map((branches) => ({ branches }))]]));
    return perhaps(out, depth);
  }

  /** What an object has in some cases only (`then`, `else`, `dependentSchemas`) may be typed in all: servers judge. */
  function perhaps(schema, depth) {
    const cases = [schema.get("then"), schema.get("else"), ...(schema.get("dependentSchemas")?.values() ?? [])];
    const more = depth > 8 ? [] : cases.flatMap((part) => (part instanceof Map ? [...(merged(part, depth + 1).get("properties") ?? [])] : []));
    if (!more.length) return schema;
    return new Map([...schema, ["properties", new Map([...more, ...(schema.get("properties") ?? [])])]]);
  }

  /** What a schema says beside one of its unions. */
  function beside(target, union) {
    const rest = new Map(target);
    const others = target.get("unions").filter((one) => one !== union);
    if (others.length) rest.set("unions", others);
    else rest.delete("unions");
    return rest;
  }

  /** The values by which a discriminator tells a branch. */
  function marksOf(discriminator, branch) {
    const ref = branch instanceof Map && branch.get("$ref");
    if (!discriminator || !ref) return [];
    const name = ref.split("/").at(-1);
    const told = [...(discriminator.get("mapping") ?? [])].filter(([, to]) => to.split("/").at(-1) === name).map(([key]) => key);
    return told.length ? told : [name];
  }

  const SILENT = new Set(["type", "title", "default", "example", "discriminator", "contentMediaType"]);

  /** A branch with what holds beside it and what tells it from the others. */
  function variantOf(branch, rest, discriminator) {
    const known = [...rest].filter(([key]) => !SILENT.has(key));
    const parts = [branch];
    if (known.length) parts.unshift(new Map([...known, ...[...rest].filter(([key]) => key === "type")]));
    const [marks, key] = [marksOf(discriminator, branch), discriminator?.get("propertyName")];
    const own = marks.length ? merged(new Map([["allOf", parts]])).get("properties")?.get(key) : undefined;
    const says = own instanceof Map && (merged(own).has("const") || Array.isArray(merged(own).get("enum")));
    if (marks.length && !says) {
      parts.push(new Map([["properties", new Map([[key, new Map([["enum", marks], ["default", marks[0]]])]])], ["required", [key]]]));
    }
    return parts.length > 1 ? new Map([["allOf", parts]]) : branch;
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
    if (["properties", "patternProperties"].some((key) => schema.has(key)) || (schema.has("required") && !schema.has("items"))) return "object";
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
      const names = ["x-enum-varnames", "x-enumNames", "x-enum-names"].map((key) => target.get(key)).find(Array.isArray);
      const labels = names?.length === target.get("enum").length ? names.map((name, i) => (name === target.get("enum")[i] ? "" : String(name))) : undefined;
      return info("choice", { values: target.get("enum"), labels });
    }
    const [union] = target.get("unions") ?? [];
    if (union && depth < 8) {
      const rest = beside(target, union);
      const branches = union.branches.filter((branch) => !isNull(branch));
      nullable ||= branches.length < union.branches.length;
      const variants = branches.map((branch) => variantOf(branch, rest, target.get("discriminator")));
      if (variants.length === 1) {
        const notes = [...rest].filter(([key]) => SILENT.has(key) && key !== "type");
        const inner = ui.look(new Map([["allOf", [variants[0]]], ...notes]), files, depth + 1);
        if (inner.kind === "choice" && nullable) return { ...inner, values: [...inner.values.filter((v) => v !== null), null] };
        return { ...inner, nullable: nullable || inner.nullable };
      }
      const flat = branches.map((branch) => merged(branch));
      if (variants.length && flat.every((variant) => variant.has("const"))) {
        const values = flat.map((variant) => variant.get("const"));
        return info("choice", { values: nullable ? [...values, null] : values, labels: flat.map((v) => v.get("title")), nullable: false });
      }
      if (variants.length) return info("union", { variants, names: branches.map((branch) => ui.variantName(branch)) });
    }
    const types = target.get("type");
    if (Array.isArray(types)) {
      const others = types.filter((type) => type !== "null");
      nullable ||= others.length < types.length;
      if (others.length > 1) return info("union", { variants: others.map((type) => new Map([...target, ["type", type]])), names: others });
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
        return info(target.get("properties")?.size || target.get("required")?.length || ui.further(target) ? "object" : "json");
      default:
        return info("json");
    }
  };

  /** The properties that a request may have, with whether they must be there: `[name, schema, required]`. */
  ui.properties = (schema) => {
    const required = new Set(schema.get("required") ?? []);
    const known = schema.get("properties") ?? new Map();
    const others = [...required].filter((name) => !known.has(name)).map((name) => [name, ui.further(schema, name) ?? new Map()]);
    return [...known, ...others]
      .filter(([, part]) => merged(part).get("readOnly") !== true)
      .map(([name, part]) => [name, part, required.has(name)]);
  };

  /** The schema of keys that an object does not name, or of the key given; undefined where it says nothing of such. */
  ui.further = (schema, name) => {
    const patterns = [...(schema.get("patternProperties") ?? [])].filter(([pattern]) => name === undefined || ui.matches(pattern, name)).map(([, part]) => part);
    const more = schema.get("additionalProperties");
    const found = [...patterns, ...(more instanceof Map && (name === undefined || !patterns.length) ? [more] : [])].filter((part) => part instanceof Map);
    return found.length > 1 ? new Map([["anyOf", found]]) : found[0];
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
    if (ref) {
      const name = ref.slice(ref.lastIndexOf("/") + 1).replaceAll("~1", "/").replaceAll("~0", "~");
      const { format } = Object.fromEntries(ui.look(schema).schema);
      return typeof format === "string" ? `${name} (${format})` : name;
    }
    const target = merged(schema);
    if (depth > 3) return "…";
    if (target.has("const")) return apispec.jsonText(target.get("const"));
    const [union] = target.get("unions") ?? [];
    if (union) {
      const words = [...new Set(union.branches.map((branch) => ui.typeWords(branch, depth + 1)).filter((word) => word !== "any"))].join(" | ");
      const said = words.length < 80 ? words || (typeOf(target) ?? "any") : _("one of {count} kinds", { count: union.branches.length });
      if (!target.get("properties")?.size || said === "object") return said;
      return `object & ${said.includes(" | ") ? `(${said})` : said}`;
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
    const needed = target.get("properties") ? "" : (target.get("required") ?? []).join(", ");
    return target.get("title") ?? (mark ? `${mark[0]}: ${merged(mark[1]).get("const")}` : needed ? _("with {names}", { names: needed }) : ui.typeWords(schema));
  };

  /** Whether a value looks like one of the schema: its type, its constants and its required keys. */
  ui.fits = (schema, value, depth = 0) => {
    const target = merged(schema);
    if (target.has("const")) return apispec.jsonText(target.get("const")) === apispec.jsonText(value);
    if (Array.isArray(target.get("enum"))) return target.get("enum").some((one) => apispec.jsonText(one) === apispec.jsonText(value));
    const [union] = target.get("unions") ?? [];
    if (union && depth < 8) {
      const rest = beside(target, union);
      return union.branches.some((branch) => ui.fits(isNull(branch) ? branch : variantOf(branch, rest, target.get("discriminator")), value, depth + 1));
    }
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
