// Patterns of schemas, tried in a worker with a time limit: one such as ^(a+)+$ may take for ever, and the page goes on.

(() => {
  "use strict";

  const ui = (apispec.ui ??= {});
  const LIMIT = 250; // ms for one text, after which the server may judge it
  const KEPT = 500;

  /** In the worker: whether a text has what the pattern describes. */
  function work({ data: [source, text] }) {
    for (const flags of ["u", ""]) {
      try {
        return postMessage(new RegExp(source, flags).test(text));
      } catch {
        // another dialect; the server knows it
      }
    }
    postMessage(true);
  }

  const known = new Map(); // what was found, by pattern and text
  const slow = new Set(); // patterns that took too long
  let queue = [];
  let worker = null;
  let late = 0;
  let waiting = [];

  const keyOf = (source, text) => JSON.stringify([source, text]);

  function made() {
    const url = URL.createObjectURL(new Blob([`onmessage = ${work}`], { type: "text/javascript" }));
    try {
      const started = new Worker(url);
      started.onerror = () => answered(true); // this site's policy forbids it, say
      started.onmessage = ({ data }) => answered(data);
      return started;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  function next() {
    if (!queue.length) {
      waiting.forEach((done) => done());
      waiting = [];
      document.dispatchEvent(new Event("apispec:pattern"));
      return;
    }
    const [source, text] = queue[0];
    if (slow.has(source)) return answered(true);
    try {
      worker ??= made();
    } catch {
      return answered(true);
    }
    late = setTimeout(() => {
      worker.terminate();
      worker = null;
      slow.add(source);
      answered(true);
    }, LIMIT);
    worker.postMessage([source, text]);
  }

  function answered(fits) {
    clearTimeout(late);
    const [source, text] = queue.shift() ?? [];
    if (known.size > KEPT) known.clear();
    known.set(keyOf(source, text), fits);
    next();
  }

  /** Whether a text matches; true until it is known, and where it takes too long to know. */
  ui.matches = (source, text) => {
    const found = known.get(keyOf(source, text));
    if (found !== undefined || slow.has(source)) return found ?? true;
    if (!queue.some(([a, b]) => a === source && b === text)) {
      queue.push([source, text]);
      if (queue.length === 1) next();
    }
    return true;
  };

  /** Once everything that was asked is known. */
  ui.matched = () => new Promise((done) => (queue.length ? waiting.push(done) : done()));
})();
