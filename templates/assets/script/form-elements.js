// Elements of forms and panels, made without HTML text: whatever a document says stays text.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  let count = 0;

  /** An element. Of the attributes, functions listen, `true` stands alone, null and false are left out. */
  ui.el = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") node.addEventListener(key, value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  };

  /** Words with elements in the places of `{name}`, as children of an element. */
  ui.said = (words, parts) => words.split(/(\{\w+\})/).map((part) => parts[part.slice(1, -1)] ?? part);

  /** A button that never sends its form. */
  ui.button = (text, click, attributes = {}) => ui.el("button", { type: "button", click, ...attributes }, text);

  /** An id that no other element has. */
  ui.id = () => `api-input-${++count}`;

  /** Tell the form around an element that a value changed. */
  ui.changed = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

  let down = false;
  for (const [name, state] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    document.addEventListener(name, () => (down = state), true);
  }

  /** Do what moves the page once no button is pressed: what moves away between press and release gets no click. */
  ui.whenReleased = (action) => {
    if (down) document.addEventListener("pointerup", () => setTimeout(action), { once: true });
    else action();
  };

  /** Replace a button's words for two seconds. */
  ui.flash = (button, words) => {
    const before = (button.dataset.words ??= button.textContent);
    button.textContent = words;
    setTimeout(() => (button.textContent = before), 2000);
  };

  /** Copy a text, and say so on the button. */
  ui.copy = async (button, text) => {
    try {
      await navigator.clipboard.writeText(text);
      ui.flash(button, _("Copied"));
    } catch {
      ui.flash(button, _("Not allowed here"));
    }
  };

  /** Save bytes as a file. */
  ui.save = (blob, name) => {
    const url = URL.createObjectURL(blob);
    const link = ui.el("a", { href: url, download: name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };

  /** `1.4 kB` */
  ui.bytes = (count) => {
    if (count < 1000) return `${count} B`;
    const power = Math.min(Math.floor(Math.log10(count) / 3), 3);
    return `${Number((count / 1000 ** power).toPrecision(3))} ${["", "kB", "MB", "GB"][power]}`;
  };
})();
