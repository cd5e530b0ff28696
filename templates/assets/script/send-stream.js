// Answers that come bit by bit: bytes as text, and server-sent events (WHATWG HTML, 9.2).

(() => {
  "use strict";

  const ui = (apispec.ui ??= {});

  /** The pieces of a body as text, as they arrive. `count` is told the bytes of each. */
  ui.texts = async function* (response, count) {
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    try {
      for (;;) {
        const { done, value } = await reader.read();
        const text = done ? decoder.decode() : decoder.decode(value, { stream: true });
        if (!done) count(value);
        if (text) yield text;
        if (done) return;
      }
    } finally {
      reader.cancel().catch(() => {});
    }
  };

  /** The events of a stream: `{name, data}`. */
  ui.events = async function* (texts) {
    let rest = "";
    let event = { name: "", data: [] };
    for await (const text of texts) {
      const all = rest + text;
      const keep = all.endsWith("\r") ? all.length - 1 : all.length; // perhaps half of a line's end
      const lines = all.slice(0, keep).split(/\r\n|\n|\r/);
      rest = lines.pop() + all.slice(keep);
      for (const line of lines) {
        if (line === "") {
          if (event.data.length) yield { name: event.name || "message", data: event.data.join("\n") };
          event = { name: "", data: [] };
          continue;
        }
        const [, field, value] = line.match(/^([^:]*):? ?([^]*)$/);
        if (field === "event") event.name = value;
        else if (field === "data") event.data.push(value);
      }
    }
  };
})();
