// Inputs that hold others: objects with known and free keys, arrays, and a choice among several schemas.
//
// `{element, focusable, read, problem, check, child}`; the fields inside are form-field.js's.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const LARGE = 100; // items that are shown one by one; more are for the JSON editor

  const checkAll = (fields, tell) => fields.flatMap((field) => field.check(tell));
  const brokenAny = (fields) => fields.some((field) => field.broken());

  function object(info, value, { depth, context, path }) {
    const given = value instanceof Map ? value : new Map();
    const known = ui.properties(info.schema).map(([name, schema, required]) =>
      ui.field({
        name,
        schema,
        required,
        value: given.get(name),
        depth: depth + 1,
        path: path ? `${path}.${name}` : name,
        note: context.notes?.(name, depth),
        context: { ...context, part: name },
      }),
    );
    const names = new Set(known.map((field) => field.key));
    const more = ui.further(info.schema);
    const rows = [];
    let added = 0;
    const list = ui.el("div", { class: "api-items" });
    const add = (name, item) => {
      const field = ui.field({
        name,
        keyed: true,
        required: true,
        schema: (name && ui.further(info.schema, name)) || more || new Map(),
        value: item,
        depth: depth + 1,
        path: `${path || "key"} ${++added}`,
        context,
        remove: (gone) => {
          rows.splice(rows.indexOf(gone), 1);
          gone.element.remove();
          (rows.at(-1)?.element.querySelector("input") ?? button).focus();
          ui.changed(list);
        },
      });
      rows.push(field);
      list.append(field.element);
      return field;
    };
    for (const [name, item] of given) if (!names.has(name)) add(name, item);
    const open = more !== undefined || info.schema.get("additionalProperties") === true;
    const button = ui.button(
      _("Add key"),
      () => {
        add("", undefined).element.querySelector("input").focus();
        ui.changed(list);
      },
      { class: "api-mini", "aria-label": path ? _("Add key to {name}", { name: path }) : _("Add key to the object") },
    );
    const element = ui.el("div", { class: "api-group" }, ...known.map((field) => field.element), list, open ? button : null);
    const fields = () => [...known, ...rows];
    const rank = new Map([...given.keys()].map((name, i) => [name, i])); // keys stay in the order in which they came
    const place = (field) => rank.get(field.key) ?? rank.size;
    const read = () => {
      const ordered = fields().sort((a, b) => place(a) - place(b));
      return new Map(ordered.map((field) => [field.key, field.read()]).filter(([, item]) => item !== undefined));
    };
    return {
      element,
      focusable: element.querySelector("input, textarea, select, button"),
      read,
      problem: () => {
        const keys = rows.map((field) => field.key);
        const twice = keys.find((key, i) => names.has(key) || keys.indexOf(key) < i);
        return twice === undefined ? ui.problem("object", info.schema, read()) : _("The key “{key}” is there twice.", { key: twice });
      },
      check: (tell) => checkAll(fields(), tell),
      broken: () => brokenAny(fields()),
      child: (key) => fields().find((field) => field.key === key),
    };
  }

  function array(info, value, { depth, context, path }) {
    const given = Array.isArray(value) ? value : [];
    if (given.length > LARGE) return longArray(info, given);
    const items = info.schema.get("items");
    const first = info.schema.get("prefixItems") ?? (Array.isArray(items) ? items : []);
    const rest = Array.isArray(items) ? info.schema.get("additionalItems") : items;
    const closed = rest === false || (first.length && Number(info.schema.get("maxItems")?.text) <= first.length);
    const fields = [];
    const list = ui.el("div", { class: "api-items" });
    const called = (i) => `${path} ${i + 1}`;
    const remove = (gone) => {
      const i = fields.indexOf(gone);
      fields.splice(i, 1);
      gone.element.remove();
      fields.forEach((field, n) => field.rename(String(n + 1), called(n)));
      if (fields.length > first.length) fields[Math.min(i, fields.length - 1)].focus();
      else button.focus();
      ui.changed(list);
    };
    const add = (item) => {
      const i = fields.length;
      const fixed = i < first.length;
      const field = ui.field({
        name: String(i + 1),
        path: called(i),
        schema: fixed ? first[i] : (rest ?? new Map()),
        required: true,
        value: item,
        depth: depth + 1,
        context,
        remove: fixed ? null : remove,
      });
      fields.push(field);
      list.append(field.element);
      return field;
    };
    const least = Math.max(first.length, given.length, value === undefined ? Number(info.schema.get("minItems")?.text ?? 0) : 0);
    for (let i = 0; i < Math.min(least, LARGE); i++) add(given[i]);
    const button = ui.button(
      _("Add item"),
      () => {
        add(undefined).focus();
        ui.changed(list);
      },
      { class: "api-mini", "aria-label": _("Add item to {name}", { name: path }) },
    );
    const element = ui.el("div", { class: "api-group" }, list, closed ? null : button);
    const read = () => fields.map((field) => field.read() ?? null);
    return {
      element,
      get focusable() {
        return element.querySelector("input, textarea, select, button");
      },
      read,
      problem: () => ui.problem("array", info.schema, read()),
      check: (tell) => checkAll(fields, tell),
      broken: () => brokenAny(fields),
      child: (key) => fields[Number(key)],
    };
  }

  /** So many items that a field for each would be slow. */
  function longArray(info, value) {
    const input = ui.input({ kind: "json", schema: info.schema }, value, {});
    return { ...input, check: () => [], child: () => undefined };
  }

  /** What was typed that another variant has as well; undefined where nothing is. */
  function kept(variant, value) {
    const info = ui.look(variant);
    if (!(value instanceof Map)) return undefined;
    if (info.kind === "union") return nearest(info.variants, value)[1];
    if (info.kind !== "object") return undefined;
    const same = ui.properties(info.schema).filter(([name, schema]) => value.has(name) && ui.fits(schema, value.get(name)));
    return same.length ? new Map(same.map(([name]) => [name, value.get(name)])) : undefined;
  }

  /** The variant that a value fits, else the one that keeps most of it: which, and what it keeps. */
  function nearest(variants, value) {
    const found = value === undefined ? -1 : variants.findIndex((variant) => ui.fits(variant, value));
    if (found >= 0) return [found, value];
    const needs = (variant) => ui.properties(ui.look(variant).schema).filter(([name, , must]) => must && value?.has?.(name)).length;
    const all = variants.map((variant, i) => [i, kept(variant, value), value instanceof Map ? needs(variant) : 0]);
    return all.sort((a, b) => b[2] - a[2] || (b[1]?.size ?? 0) - (a[1]?.size ?? 0) || a[0] - b[0])[0];
  }

  function union(info, value, { depth, context, path }) {
    const kinds = info.names.reduce((one, other) => _("{one} or {other}", { one, other }));
    const label = context.within === path ? _("Kind of {name}: {kinds}", { name: path, kinds }) : _("Kind of {name}", { name: path });
    const select = ui.el("select", { "aria-label": label });
    info.variants.forEach((_, i) => select.append(ui.el("option", { value: String(i) }, info.names[i])));
    const place = ui.el("div", { class: "api-variant" });
    let field;
    const build = (given) => {
      const schema = info.variants[Number(select.value)];
      field = ui.field({ name: path, path, bare: true, schema, required: true, value: given, depth: depth + 1, context: { ...context, within: path } });
      place.replaceChildren(field.element);
    };
    const [found, start] = nearest(info.variants, value);
    select.value = String(found);
    select.addEventListener("change", () => build(kept(info.variants[Number(select.value)], field.read())));
    build(start);
    return {
      element: ui.el("div", { class: "api-group" }, select, place),
      focusable: select,
      read: () => field.read(),
      problem: () => "",
      check: (tell) => field.check(tell),
      broken: () => field.broken(),
      child: (key) => (field.at([key]) === field ? undefined : field.at([key])),
    };
  }

  ui.groups = { object, array, union };
})();
