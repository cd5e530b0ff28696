// What a query means: entries of the index, the best first. No page is touched here; tests run this in Node.js.

(() => {
  "use strict";

  const { _ } = apispec;

  /** A table of words alone: no object knows `constructor` unless it is told. */
  const plain = (table) => Object.assign(Object.create(null), table);

  const WORD = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|[\p{Lo}\p{Lm}]+/gu; // as `rendering/pages/search.py` has it
  const METHOD = /^(get|post|put|patch|delete|head|options|trace|query)(?=\s|$)/i;
  const STOP = new Set("a an the of to in on for from by with and or is my me i how do does what which can it its that this all some".split(" "));
  const HINTS = plain({ param: "parameter", parameter: "parameter", argument: "parameter", field: "field", property: "field",
    schema: "schema", model: "schema", component: "schema", error: "status", status: "status", response: "status" });
  const SAME = [["create", "add", "make", "new", "insert", "post"], ["delete", "remove", "destroy", "drop", "erase"],
    ["update", "edit", "change", "modify", "set", "patch"], ["get", "show", "fetch", "read", "retrieve", "view", "find"],
    ["list", "get", "all", "browse", "index"], ["user", "member", "account"], ["repository", "repo"], ["organization", "org", "organisation"],
    ["cancel", "stop", "abort"], ["pull", "pr"], ["send", "submit"], ["upload", "create", "put"], ["watch", "subscription", "subscribe"], ["approve", "review"], ["invite", "invitation"], ["search", "find", "look"], ["run", "start", "trigger", "dispatch"],
    ["pay", "payment", "charge"], ["cost", "expense"], ["picture", "image", "photo"], ["mail", "email"], ["config", "configuration", "setting"]];
  const SHORT = plain({ pr: ["pull", "request"], prs: ["pull", "request"], repo: ["repository"], org: ["organization"], env: ["environment"], auth: ["authentication"],
    config: ["configuration"], info: ["information"], docs: ["documentation"], doc: ["documentation"], msg: ["message"], img: ["image"], pic: ["picture"] });
  const VERB = /^(create|add|make|new|delete|remove|update|edit|change|get|show|fetch|list|set|find|search|upload|download|send|start|stop|cancel|check|mark|replace|enable|disable)$/;
  /** What is done to one thing, at the address of that. */
  const ONE = { GET: /^(?:get|show|fetch|read|retrieve|view)\b/i, PUT: /^(?:update|edit|change|modify|set)\b/i, PATCH: /^(?:update|edit|change|modify)\b/i,
    POST: /^(?:update|edit|change|modify)\b/i, DELETE: /^(?:delete|remove|destroy|cancel)\b/i };
  /** What a method does, where no word of the operation says it. */
  const MEANS = { GET: /^(?:get|show|fetch|read|retrieve|view|list|find|search|browse)$/, DELETE: /^(?:delete|remove|destroy|drop|erase|cancel)$/,
    POST: /^(?:create|add|make|new|insert|send|start|update|edit|change|modify)$/, PUT: /^(?:update|edit|change|modify|set|replace|create)$/,
    PATCH: /^(?:update|edit|change|modify|set)$/ };
  const AFTER = /\s(?:for|in|of|by|from|with|using|on|to|at|assigned|that)\s/i;
  const WEIGHT = { title: 10, tail: 6, name: 7, summary: 5, path: 4, tag: 3, parameter: 2.5, status: 2, field: 2, text: 0.8 };

  const same = new Map();
  for (const group of SAME) for (const word of group) same.set(word, [...(same.get(word) ?? []), ...group]);

  /** Words of a name, lower case, as they are in the plural and in the singular. */
  const words = (text) => [...String(text).matchAll(WORD)].map(([word]) => stem(word.toLowerCase()));
  function stem(word) {
    if (word.length < 4 || !word.endsWith("s") || word.endsWith("ss") || word.endsWith("us")) return word;
    if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
    return /(?:ch|sh|x|ss)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  }

  /** Whether two words differ in at most so many letters: one more, one less, another, two exchanged. */
  function near(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return false;
    let before = [], row = Array.from({ length: b.length + 1 }, (_, i) => i);
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return false;
      [before, row] = [row, next];
    }
    return row[b.length] <= most;
  }

  /** Every entry of the index, operations first, as they are shown. */
  function entries(index) {
    const found = index.ops.map(([title, method, href, path, name, tag, params, statuses, deprecated, summary], doc) => ({
      kind: "operation", doc, title, method, path, deprecated: Boolean(deprecated), name: name || title, tag,
      href: href || `reference/${name || title}/`, params: params.map((i) => index.names[i]), statuses, summary: summary ?? "",
    }));
    for (const [name, href] of index.schemas) found.push({ kind: "schema", doc: found.length, title: name, name, href });
    for (const [name, href] of index.webhooks) found.push({ kind: "webhook", doc: found.length, title: name, name, href });
    for (const [title, href] of index.tags) found.push({ kind: "tag", doc: found.length, title, name: title, href });
    const apis = index.apis ?? [];
    for (const entry of found) entry.api = apis.findIndex(([, at]) => entry.href.startsWith(at));
    for (const [title, href, text] of index.pages ?? []) found.push({ kind: "page", doc: found.length, title, name: title, href, text });
    return found;
  }

  /** Make the engine.
   * @param {object} index see `rendering/pages/search.py`
   * @returns {{entries: object[], search: (query: string, shards?: object, most?: number) => object[], shards: (query: string) => string[]}} */
  function engine(index) {
    const all = entries(index);
    /** Word → document → {weight, where}. */
    const known = new Map();
    const lengths = all.map(() => 1);
    const put = (text, doc, kind, where = "") => {
      const each = words(text);
      for (const word of each) {
        if (!known.has(word)) known.set(word, new Map());
        const documents = known.get(word);
        if (!documents.has(doc) || documents.get(doc).weight < WEIGHT[kind]) documents.set(doc, { weight: WEIGHT[kind], where, kind });
      }
      return each;
    };
    for (const entry of all) {
      const [head, ...tail] = entry.kind === "operation" ? entry.title.split(AFTER) : [entry.title];
      lengths[entry.doc] = Math.max(1, put(head, entry.doc, "title").filter((word) => !STOP.has(word)).length);
      put(tail.join(" "), entry.doc, "tail");
      if (entry.name !== entry.title) put(entry.name, entry.doc, "name");
      if (entry.kind === "page") put(entry.text, entry.doc, "text");
      if (entry.kind !== "operation") continue;
      put(entry.summary, entry.doc, "summary");
      put(entry.path, entry.doc, "path");
      put(entry.method, entry.doc, "path");
      put(index.tags[entry.tag]?.[0] ?? "", entry.doc, "tag");
      for (const name of entry.params) put(name, entry.doc, "parameter", _("parameter {name}", { name }));
      for (const status of entry.statuses) put(status, entry.doc, "status", _("answer {status}", { status }));
    }
    const vocabulary = [...known.keys()];

    /** Known words that a query's word may mean → how well. */
    function meant(word, table = known, list = vocabulary) {
      const found = new Map();
      if (table.has(word)) found.set(word, 1);
      for (const other of SHORT[word] ?? []) if (table.has(other)) found.set(other, 0.95);
      for (const other of same.get(word) ?? []) if (other !== word && table.has(stem(other))) found.set(stem(other), 0.55);
      for (const other of list) {
        if (other !== word && word.length > 1 && !SHORT[word] && other.startsWith(word)) found.set(other, Math.max(found.get(other) ?? 0, 0.5 + (0.4 * word.length) / other.length));
      }
      if (!found.size && word.length > 3) {
        const most = word.length > 7 ? 2 : 1;
        for (const other of list) if (other.length > 3 && near(word, other, most)) found.set(other, 0.5);
      }
      return found;
    }

    const bare = (path) => path.toLowerCase().replace(/\{[^}]*\}/g, "{}").replace(/(?<=\/):\w+/g, "{}").replace(/\/+$/, "");

    /** How well an operation's path is what was typed: templates match what stands in their place. */
    function fits(path, typed) {
      const [own, wanted] = [bare(path), bare(typed)];
      if (own === wanted) return 1000;
      const [a, b] = [own.split("/"), wanted.split("/")];
      const alike = (mine, theirs) => mine === theirs || (mine === "{}" && theirs !== "");
      if (a.length === b.length && a.every((part, i) => alike(part, b[i]))) return 900 - a.filter((part, i) => part !== b[i]).length * 20;
      if (own.startsWith(wanted)) return 600 - own.length + wanted.length;
      if (b.length > 2 && a.length < b.length && a.length > 2 && a.every((part, i) => alike(part, b[b.length - a.length + i]))) return 500;
      return own.includes(wanted) && wanted.length > 2 ? 400 - own.length : 0;
    }

    function byPath(query) {
      const method = query.match(METHOD)?.[0].toUpperCase() ?? "";
      let typed = query.slice(method.length).trim();
      if (/^https?:\/\//i.test(typed)) typed = typed.replace(/^https?:\/\/[^/]*/i, "");
      typed = typed.split(/[?#]/)[0];
      if (!typed.startsWith("/") && !(method && typed.includes("/"))) return null;
      const found = [];
      for (const entry of all) {
        if (entry.kind !== "operation" || (method && entry.method !== method)) continue;
        const score = fits(entry.path, typed.startsWith("/") ? typed : `/${typed}`);
        if (score) found.push({ ...entry, score: score - entry.path.length / 100, where: "" });
      }
      return found.length ? found.sort((a, b) => b.score - a.score) : null;
    }

    function tokens(query) {
      const raw = words(query);
      const hints = new Set(raw.map((word) => HINTS[word]).filter(Boolean));
      const plural = raw.length > 1 && stem(String(query).trim().toLowerCase().match(/\p{L}+$/u)?.[0] ?? "") !== (String(query).trim().toLowerCase().match(/\p{L}+$/u)?.[0] ?? "");
      const intent = { one: !plural, verb: raw.some((word) => VERB.test(word)), plural, act: /^\s*\w+\s+(?:\w+\s+)?(?:on|to)\s/i.test(query) };
      let kept = raw.filter((word) => !STOP.has(word) && !HINTS[word]);
      if (!kept.length) kept = raw.filter((word) => !STOP.has(word));
      return [kept.length ? kept : raw, hints, intent];
    }

    /** The entries that a query means, the best first.
     * @param {string} query
     * @param {object} shards shard's name → its data, those that are there
     * @param {number} most */
    function search(query, shards = {}, most = 60) {
      const text = query.trim();
      if (!text) return [];
      const paths = byPath(text);
      if (paths) return paths.slice(0, most);
      const [wanted, hints, intent] = tokens(text);
      const typed = text.toLowerCase().split(/\s+/).filter((word) => !HINTS[stem(word)] && !STOP.has(word)).join(" ");
      const scores = new Map();
      const told = [];
      wanted.forEach((word) => {
        const best = new Map();
        const add = (documents, quality, rarity) => {
          for (const [doc, { weight, where, kind }] of documents) {
            const hinted = hints.has(kind) || (hints.has("parameter") && kind === "field");
            const boost = hinted ? 6 : hints.has("parameter") || hints.has("field") ? 0.4 : 1;
            const score = weight * quality * rarity * boost;
            if ((best.get(doc)?.score ?? 0) < score) best.set(doc, { score, where, kind, quality });
          }
        };
        for (const [other, quality] of meant(word)) {
          const documents = known.get(other);
          add(documents, quality, rare(documents.size));
        }
        for (const [documents, quality] of inShards(word, shards, typed)) add(documents, quality, rare(documents.size * 4));
        told.push([word, best]);
        for (const [doc, { score, where, kind, quality }] of best) {
          const entry = scores.get(doc) ?? { score: 0, matched: 0, titled: 0, first: false, where: "" };
          entry.score += score;
          entry.matched += 1;
          if (kind === "title") entry.titled += quality;
          if (where && (!entry.where || hints.has(kind))) entry.where = where;
          scores.set(doc, entry);
        }
      });
      for (const [word, best] of told) {
        for (const [doc, part] of scores) if (!best.has(doc) && MEANS[all[doc].method]?.test(word)) part.matched += 0.9;
      }
      const name = words(text).join(" ");
      const found = [];
      for (const [doc, part] of scores) {
        const entry = all[doc];
        let score = part.score * (part.matched / wanted.length) ** 3;
        score += (8 * Math.min(part.titled, lengths[doc])) / Math.max(lengths[doc], wanted.length);
        if (words(entry.name).join(" ") === name || words(entry.title).filter((word) => !STOP.has(word)).join(" ") === wanted.join(" ")) score += 12;
        const called = entry.name.toLowerCase();
        const exact = (called === text.toLowerCase() || (called === typed && hints.has(entry.kind))) && /operation|schema|webhook/.test(entry.kind);
        if (entry.params?.some((param) => param.toLowerCase() === typed)) score += 14;
        if (exact) score += 20;
        if (entry.kind === "operation" && !intent.verb && part.titled) {
          const first = entry.title.match(/^\w+/)?.[0].toLowerCase();
          if (intent.plural && first === "list") score += 4;
          else if (intent.act && /POST|PUT/.test(entry.method)) score += 5;
          else if (!intent.plural && first === "get") score += 1.5;
        }
        if (entry.kind === "operation" && intent.one && entry.path.endsWith("}") && ONE[entry.method]?.test(text)) {
          score += 3;
        }
        if (entry.kind !== "operation") score *= hints.has(entry.kind) ? 3 : entry.kind === "page" ? 0.8 : 0.6;
        if (entry.deprecated) score *= 0.85;
        if (entry.kind === "operation") score -= entry.path.length / 60 + entry.path.split("{").length / 8;
        if (part.matched > wanted.length - 0.2 || part.matched > 1) found.push({ ...entry, score, exact, where: part.where });
      }
      return found.sort((a, b) => b.score - a.score || a.doc - b.doc).slice(0, most);
    }

    const rare = (documents) => 0.35 + 0.65 * Math.min(1, Math.log(1 + all.length / documents) / Math.log(1 + all.length));

    /** What the shards know of a word. */
    function* inShards(word, shards, typed) {
      const data = shards[shardOf(word)];
      if (!data) return;
      const places = shards.places ?? [];
      for (const [other, flat] of Object.entries(data)) {
        const own = stem(other);
        const quality = own === word ? 1 : word.length > 2 && other.startsWith(word) ? 0.5 : 0;
        if (!quality) continue;
        const documents = new Map();
        for (let i = 0; i < flat.length; i += 2) {
          const place = flat[i + 1] ? places[flat[i + 1] - 1] ?? "" : "";
          const prose = !flat[i + 1] || /^(parameter|field|answer \d)/.test(place);
          const whole = !prose && place.slice(place.lastIndexOf("→") + 1).trim().toLowerCase() === typed;
          const weight = prose ? WEIGHT.text : whole ? (place.startsWith("request") ? 14 : 9) : WEIGHT.field;
          documents.set(flat[i], { weight, where: place, kind: prose ? "text" : "field" });
        }
        yield [documents, quality];
      }
    }

    const shardOf = (word) => (/^[a-z0-9]{2}/.test(word) ? word.slice(0, 2) : "_");

    return { entries: all, search, shards: (query) => [...new Set(tokens(query)[0].filter((word) => word.length > 1).map(shardOf))] };
  }

  globalThis.apispec ??= {};
  apispec.searchEngine = engine;
})();
