// JSON as a tree: the text as it would be printed, whose objects and lists fold, with a search and the path of what is
// chosen. Loaded with the console.

(() => {
  "use strict";

  const { _ } = apispec;
  const { ui } = apispec;
  const OPEN = 3000; // values up to which all is unfolded at first
  const CHUNK = 500; // items of one list that are shown at a time
  const FOUND = 1000;

  const isInner = (value) => "pairs" in value;
  const pairs = (value) => value.pairs;
  const sizeOf = (value) => value.pairs.length;
  const step = (key) => (typeof key === "number" ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);
  const pathOf = (keys) => `$${keys.map(step).join("")}`;

  const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{},:]|[^\s[\]{},:"]+/g;

  /**
   * JSON as it was sent: every digit of its numbers, and keys that come twice.
   * @returns {{list: boolean, pairs: [string | number, object][]} | {text: string, kind: string}}
   */
  function read(text) {
    JSON.parse(text); // throws where it is none
    const tokens = text.matchAll(TOKEN);
    const next = () => tokens.next().value?.[0];
    const value = (token) => {
      if (token === "[") {
        const items = [];
        for (let one = next(); one !== "]"; one = next()) if (one !== ",") items.push([items.length, value(one)]);
        return { list: true, pairs: items };
      }
      if (token === "{") {
        const items = [];
        for (let one = next(); one !== "}"; one = next()) {
          if (one === ",") continue;
          next(); // the colon
          items.push([JSON.parse(one), value(next())]);
        }
        return { list: false, pairs: items };
      }
      if (token[0] === '"') return { text: JSON.stringify(JSON.parse(token)), kind: "s2" };
      return { text: token, kind: /^[tfn]/.test(token) ? "kc" : "mi" };
    };
    return value(next());
  }

  function count(value, most) {
    if (!isInner(value)) return 1;
    let all = 1;
    for (const [, item] of pairs(value)) {
      all += count(item, most - all);
      if (all > most) break;
    }
    return all;
  }

  /** The paths whose key or value holds a text, in the order of the document. */
  function* holding(value, wanted, keys = []) {
    const own = keys.length && typeof keys.at(-1) === "string" ? keys.at(-1) : "";
    const said = isInner(value) ? own : `${own} ${value.text}`;
    if (said.toLowerCase().includes(wanted)) yield keys;
    if (isInner(value)) for (const [key, item] of pairs(value)) yield* holding(item, wanted, [...keys, key]);
  }

  /** The tree alone: its element, and what goes to a path and folds. */
  function drawn(root, chosen) {
    const unfolded = count(root, OPEN) <= OPEN;
    const nodes = new Map(); // path → node
    let current = null;

    function choose(node, focus) {
      current?.head.setAttribute("tabindex", "-1");
      current?.head.removeAttribute("aria-selected");
      current = node;
      node.head.setAttribute("tabindex", "0");
      node.head.setAttribute("aria-selected", "true");
      if (focus) node.head.focus();
      chosen(node);
    }

    function fold(node, yes) {
      if (!node.group) return;
      if (!yes && !node.made) node.more();
      for (const part of [node.group, node.end]) part.hidden = yes;
      node.folded.hidden = !yes;
      node.head.setAttribute("aria-expanded", String(!yes));
    }

    function made(keys, value, last, parent) {
      const key = keys.at(-1);
      const name = typeof key === "string" && keys.length ? [ui.el("span", { class: "nt" }, JSON.stringify(key)), ": "] : [];
      const comma = last ? "" : ",";
      const node = { keys, value, parent };
      const inner = isInner(value) && sizeOf(value) > 0;
      const head = ui.el("span", { role: "treeitem", tabindex: "-1", "aria-level": keys.length + 1, class: "api-json-head" });
      const row = ui.el("span", { role: "none", class: "api-json-row" }, head);
      node.head = head;
      head.node = node;
      nodes.set(pathOf(keys), node);
      if (!inner) {
        const text = value.text ?? (value.list ? "[]" : "{}");
        head.append(...name, ui.el("span", { class: value.kind }, text), comma);
      } else {
        const [open, close] = value.list ? ["[", "]"] : ["{", "}"];
        node.folded = ui.el("span", { class: "api-json-folded", hidden: true }, ` … ${sizeOf(value)} ${close}${comma}`);
        node.group = ui.el("span", { role: "none", class: "api-json-group" });
        node.end = ui.el("span", { role: "none", class: "api-json-end" }, close, comma);
        head.append(ui.el("span", { class: "api-fold", "aria-hidden": "true" }), ...name, open, node.folded);
        row.append(node.group, node.end);
        const all = pairs(value);
        node.made = 0;
        node.more = () => {
          node.group.querySelector(":scope > .api-json-rest")?.remove();
          const next = all.slice(node.made, node.made + CHUNK);
          node.group.append(...next.map(([name, item], i) => made([...keys, name], item, node.made + i === all.length - 1, node)));
          node.made += next.length;
          if (node.made < all.length) {
            const more = ui.button(_("{count} more …", { count: all.length - node.made }), () => node.more(), { class: "api-mini" });
            node.group.append(ui.el("span", { class: "api-json-rest", role: "none" }, more));
          }
        };
        fold(node, !(unfolded || keys.length < 2));
      }
      return row;
    }

    const tree = ui.el("code", { role: "tree", class: "api-json", "aria-label": _("The answer, as a tree") });
    tree.append(made([], root, true, null));

    const shown = () => [...tree.querySelectorAll(".api-json-head")].filter((head) => !head.closest("[hidden]"));

    tree.addEventListener("click", (event) => {
      const head = event.target.closest(".api-json-head");
      if (!head) return;
      choose(head.node, false);
      if (event.target.closest(".api-fold, .api-json-folded")) fold(head.node, head.getAttribute("aria-expanded") === "true");
    });
    tree.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !current || event.target.closest("button")) return;
      const rows = shown();
      const here = rows.indexOf(current.head);
      const open = current.head.getAttribute("aria-expanded");
      const go = (head) => head && choose(head.node, true);
      const keys = {
        ArrowDown: () => go(rows[here + 1]),
        ArrowUp: () => go(rows[here - 1]),
        Home: () => go(rows[0]),
        End: () => go(rows.at(-1)),
        ArrowRight: () => (open === "false" ? fold(current, false) : open && go(rows[here + 1])),
        ArrowLeft: () => (open === "true" ? fold(current, true) : go(current.parent?.head)),
        Enter: () => open && fold(current, open === "true"),
      };
      keys[" "] = keys.Enter;
      if (!(event.key in keys)) return;
      event.preventDefault();
      keys[event.key]();
    });

    /** Unfold what leads to a path, and go there. */
    function reveal(keys) {
      let node = nodes.get("$");
      for (let depth = 0; depth < keys.length; depth++) {
        fold(node, false);
        const next = pathOf(keys.slice(0, depth + 1));
        while (!nodes.has(next) && node.made < sizeOf(node.value)) node.more();
        node = nodes.get(next);
      }
      choose(node, false);
      const [row, pane] = [node.head.getBoundingClientRect(), tree.getBoundingClientRect()];
      if (row.top < pane.top || row.top > pane.bottom - 20) tree.scrollTop += row.top - pane.top - pane.height / 3;
      return node;
    }

    const foldAll = (yes) => {
      for (const node of [...nodes.values()].reverse()) if (node.keys.length) fold(node, yes);
    };
    choose(nodes.get("$"), false);
    return { tree, reveal, foldAll, size: nodes.size };
  }

  /**
   * JSON that folds.
   * @param {string} text
   * @throws {SyntaxError} where it is none
   * @returns {HTMLElement} whose `tools` (search, folding, the chosen path) belong beside the buttons of the answer
   */
  ui.tree = (text) => {
    const value = read(text);
    const path = ui.el("code", { class: "api-json-path" }, "$");
    const { tree, reveal, foldAll, size } = drawn(value, ({ keys }) => (path.textContent = pathOf(keys)));
    const element = ui.el("div", { class: "highlight" }, ui.el("pre", {}, tree));
    let [found, at, all] = [[], 0, false];

    const said = ui.el("span", { role: "status", class: "api-type" });
    function show() {
      tree.querySelector(".api-json-hit")?.classList.remove("api-json-hit");
      said.textContent = !input.value ? "" : found.length ? `${at + 1} / ${found.length}` : _("Nothing found.");
      if (found.length) reveal(found[at]).head.classList.add("api-json-hit");
    }
    const input = ui.el("input", { type: "search", class: "api-json-search", placeholder: _("Search the answer"), "aria-label": _("Search the answer"), autocomplete: "off", spellcheck: "false" });
    for (const kind of ["input", "change"]) input.addEventListener(kind, (event) => event.stopPropagation()); // it is no value of the form
    input.addEventListener("input", () => {
      found = [];
      const wanted = input.value.trim().toLowerCase();
      if (wanted) for (const keys of holding(value, wanted)) if (found.push(keys) >= FOUND) break;
      at = 0;
      show();
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        if (!found.length) return;
        at = (at + (event.shiftKey ? -1 : 1) + found.length) % found.length;
        show();
      } else if (event.key === "Escape" && input.value) {
        event.preventDefault();
        event.stopPropagation();
        input.value = "";
        input.dispatchEvent(new Event("input"));
      }
    });
    const folding = ui.button(_("Fold all"), () => {
      all = !all;
      foldAll(all);
      folding.textContent = all ? _("Unfold all") : _("Fold all");
    }, { class: "api-mini" });
    const copy = ui.button(_("Copy path"), () => ui.copy(copy, path.textContent), { class: "api-mini" });
    element.tools = size > 2 ? [input, said, folding, ui.el("span", { class: "api-json-where" }, path, " ", copy)] : [];
    return element;
  };
})();
