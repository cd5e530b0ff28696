// When a page is shown: the first, and those that instant navigation brings.

(() => {
  "use strict";

  const callbacks = [];
  let started = false;
  let late = null;

  Object.assign(apispec, {
    /** Call back for each page that is shown. */
    onPage(callback) {
      callbacks.push(callback);
      if (late) late.push(callback);
      else if (started) callback();
    },
    start() {
      started = true;
      for (const callback of callbacks) callback();
    },
    /** Scripts that come later than the page begin with the one and end with the other: they meet when all are there. */
    hold() {
      late = [];
    },
    release() {
      const own = late;
      late = null;
      if (started) for (const callback of own) callback();
    },
  });
})();
