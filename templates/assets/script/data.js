// What the page shown says about its endpoints (apispec/rendering/pages/data.py).

(() => {
  "use strict";

  const { Num, parse, revive } = apispec;

  let block = null;
  let shown = null;

  /** Indexes and names as JavaScript has them; values, schemas and everything else stay Maps. */
  const plain = (value) => {
    if (value instanceof Num) return Number(value.text);
    if (Array.isArray(value)) return value.map(plain);
    return value instanceof Map ? new Map([...value].map(([key, item]) => [key, plain(item)])) : value;
  };

  function read(text) {
    const page = parse(text);
    if (page.has("common")) for (const [key, value] of parse(apispec.known(page.get("common")))) page.set(key, value);
    for (const key of ["languages", "schemes", "schemas", "endpoints"]) if (!page.has(key)) page.set(key, new Map());
    for (const key of ["languages", "parts", "shapes", "keys", "more"]) page.set(key, plain(page.get(key) ?? []));
    for (const [protocol, languages] of page.get("languages")) {
      page.get("languages").set(protocol, languages.map((language) => Object.fromEntries(language)));
    }
    for (const [name, endpoint] of page.get("endpoints")) {
      endpoint.set("name", name);
      endpoint.set("arguments", revive(endpoint.get("arguments") ?? new Map()));
      for (const key of ["parameters", "ways", "endings"]) if (!endpoint.has(key)) endpoint.set(key, []);
    }
    for (const scheme of page.get("schemes").values()) scheme.set("secrets", revive(scheme.get("secrets") ?? new Map()));
    for (const endpoint of page.get("endpoints").values()) authenticate(endpoint, 0, page);
    return page;
  }

  /** Let an endpoint's calls be authenticated in one of its `ways`. */
  function authenticate(endpoint, way, about = page()) {
    const secrets = new Map();
    for (const name of endpoint.get("ways")[way]?.keys() ?? []) {
      for (const [place, value] of about.get("schemes").get(name).get("secrets")) {
        secrets.set(place, value instanceof Map ? new Map([...(secrets.get(place) ?? []), ...value]) : value);
      }
    }
    endpoint.set("way", way);
    endpoint.set("secrets", secrets);
    endpoint.set("ending", endpoint.get("endings")[way] ?? "");
  }

  /** The data of the page shown now, or null. */
  function page() {
    const found = document.getElementById("api-data");
    if (found !== block) {
      const common = found && JSON.parse(found.dataset.json).common;
      if (common && !apispec.known(common)) return null; // it is on its way
      block = found;
      shown = found && read(found.dataset.json);
    }
    return shown;
  }

  /** A schema with its references followed; what stands beside a reference wins. */
  function resolve(schema) {
    const seen = new Set();
    while (schema instanceof Map && typeof schema.get("$ref") === "string") {
      const name = schema.get("$ref").replace("#/components/schemas/", "").replaceAll("~1", "/").replaceAll("~0", "~");
      const target = page()?.get("schemas").get(name);
      if (seen.has(name) || target === undefined) return new Map();
      seen.add(name);
      const beside = [...schema].filter(([key]) => key !== "$ref");
      schema = beside.length && target instanceof Map ? new Map([...target, ...beside]) : target;
    }
    return schema;
  }

  Object.assign(apispec, { authenticate, page, readPage: read, resolve });
})();
