// Two answers beside each other, line by line, with what differs marked. Loaded with the console.

(() => {
  "use strict";

  const { _, _n } = apispec;
  const { ui } = apispec;
  const CELLS = 4_000_000; // of the table that finds what two texts share; more is shown as replaced
  const AROUND = 3; // lines that are alike beside those that differ

  const linesOf = (text) => {
    try {
      return ui.pretty(text).split("\n");
    } catch {
      return text.split("\n");
    }
  };

  /** The longest common subsequence of two lists of lines, as pairs of indices. */
  function shared(a, b) {
    if (a.length * b.length > CELLS) return [];
    const width = b.length + 1;
    const table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1 : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    const found = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i] === b[j]) found.push([i++, j++]);
      else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i++;
      else j++;
    }
    return found;
  }

  /** Rows of two columns: `[left, right]`, undefined where a side has none. Lines that differ stand beside each other. */
  function rowsOf(a, b) {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start++;
    let [endA, endB] = [a.length, b.length];
    while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
    const middle = shared(a.slice(start, endA), b.slice(start, endB)).map(([i, j]) => [i + start, j + start]);
    const rows = a.slice(0, start).map((line) => [line, line]);
    let [i, j] = [start, start];
    for (const [nextA, nextB] of [...middle, [endA, endB]]) {
      const [left, right] = [a.slice(i, nextA), b.slice(j, nextB)];
      for (let n = 0; n < Math.max(left.length, right.length); n++) rows.push([left[n], right[n]]);
      if (nextA < endA) rows.push([a[nextA], b[nextB]]);
      [i, j] = [nextA + 1, nextB + 1];
    }
    return [...rows, ...a.slice(endA).map((line) => [line, line])];
  }

  /** What of a line differs from its neighbour's, marked. */
  function marked(line, other, tag) {
    if (line === undefined) return [];
    if (other === undefined) return [ui.el(tag, {}, line)];
    let start = 0;
    while (start < line.length && line[start] === other[start]) start++;
    let end = 0;
    while (end < line.length - start && end < other.length - start && line.at(-1 - end) === other.at(-1 - end)) end++;
    const differs = line.slice(start, line.length - end);
    return [line.slice(0, start), differs ? ui.el(tag, {}, differs) : "", line.slice(line.length - end)];
  }

  function body(rows) {
    const wanted = new Set();
    rows.forEach(([left, right], i) => {
      if (left !== right) for (let n = i - AROUND; n <= i + AROUND; n++) wanted.add(n);
    });
    const lines = rows.map(([left, right], i) => {
      const same = left === right;
      const cell = (line, other, tag) => ui.el("td", {}, ...(same ? [line] : marked(line, other, tag)));
      return ui.el("tr", { class: same ? null : "api-differs", hidden: same && !wanted.has(i) }, cell(left, right, "del"), cell(right, left, "ins"));
    });
    const out = [];
    for (let i = 0; i < lines.length; i++) {
      if (lines[i].hidden && (i === 0 || !lines[i - 1].hidden)) {
        const run = [];
        for (let n = i; n < lines.length && lines[n].hidden; n++) run.push(lines[n]);
        const more = ui.el("tr", { class: "api-alike" });
        more.append(ui.el("td", { colspan: "2" }, ui.button(_("{count} lines alike", { count: run.length }), () => {
          for (const line of run) line.hidden = false;
          more.remove();
        }, { class: "api-mini" })));
        out.push(more);
      }
      out.push(lines[i]);
    }
    return out;
  }

  /**
   * Two calls beside each other.
   * @param {{said: string, sent: string, text: string}} one what was said of it, its arguments, and its answer
   */
  ui.compare = (one, other) => {
    const section = (title, left, right) => {
      const rows = rowsOf(linesOf(left), linesOf(right));
      const differing = rows.filter(([a, b]) => a !== b).length;
      const head = ui.el("tr", {}, ui.el("th", { scope: "col" }, one.said), ui.el("th", { scope: "col" }, other.said));
      const words = differing ? _n("{count} line differs", "{count} lines differ", differing) : _("alike");
      const table = ui.el("table", {}, ui.el("thead", {}, head), ui.el("tbody", {}, ...body(rows)));
      return [ui.el("p", { class: "api-hint" }, ui.el("strong", {}, title), ` · ${words}`), ui.el("div", { class: "api-table api-compared", tabindex: "0", role: "region", "aria-label": title }, table)];
    };
    const request = one.sent === other.sent ? [] : section(_("What was sent"), one.sent, other.sent);
    return ui.el("div", { class: "api-comparison" }, ...request, ...section(_("What was answered"), one.text, other.text));
  };
})();
