// Search from file://, where browsers refuse workers: an iframe does a worker's work. Only `--offline` sites load this.

(() => {
  "use strict";
  if (window.location.protocol !== "file:") return;

  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.waiting = [];
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      const scope = frame.contentWindow;
      scope.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      scope.importScripts = (...urls) => {
        for (const each of urls) load(scope, each);
      };
      this.scope = scope;
      load(scope, String(url)).addEventListener("load", () => {
        const waiting = this.waiting;
        this.waiting = null;
        for (const data of waiting) this.postMessage(data);
      });
      this.addEventListener("message", (event) => this.onmessage?.(event));
    }

    postMessage(data) {
      if (this.waiting) this.waiting.push(data);
      else this.scope.dispatchEvent(new this.scope.MessageEvent("message", { data }));
    }

    terminate() {
      this.scope.frameElement.remove();
    }
  };

  function load(scope, url) {
    const script = scope.document.createElement("script");
    script.src = url;
    scope.document.head.append(script);
    return script;
  }
})();
