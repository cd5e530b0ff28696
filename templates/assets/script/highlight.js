// Colours for code that the script writes, in the classes that Pygments gives the same tokens.

(() => {
  "use strict";

  const STRING = String.raw`"(?:[^"\\\n]|\\.)*"`;
  const NUMBER = String.raw`(?<![\w.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\b`;
  const words = (text) => String.raw`\b(?:${text.replaceAll(" ", "|")})\b`;

  /** Lexer → pairs of class and pattern; the first that fits wins. */
  const LEXERS = {
    __proto__: null, // asked by names of others
    python: [
      ["c1", "#.*"],
      ["s2", STRING],
      ["kn", words("import from")],
      ["k", words("with as if not for in raise")],
      ["kc", words("None True False")],
      ["mi", NUMBER],
    ],
    javascript: [
      ["c1", "//.*"],
      ["s2", STRING],
      ["sb", "`[^`]*`"],
      ["sr", String.raw`/(?![/*\s])(?:[^/\\\n]|\\.)+/\w*(?=[),.])`],
      ["kd", words("const let")],
      ["k", words("import from await new if else throw for of")],
      ["kc", words("null true false")],
      ["mi", NUMBER],
    ],
    sh: [
      ["c1", String.raw`(?<=^|\s)#.*`],
      ["s1", "'[^']*'"],
      ["s2", String.raw`"(?:[^"\\]|\\[^])*"`],
      ["nv", String.raw`\$\w+|\$\{[^}]*\}|\b\w+(?==)`],
    ],
    json: [
      ["nt", `${STRING}(?=\\s*:)`],
      ["s2", STRING],
      ["kc", words("null true false")],
      ["mi", NUMBER],
    ],
  };
  const PATTERNS = new Map();

  function pattern(rules) {
    if (!PATTERNS.has(rules)) {
      PATTERNS.set(rules, new RegExp(rules.map(([name, source]) => `(?<${name}>${source})`).join("|"), "gm"));
    }
    return PATTERNS.get(rules);
  }

  /** The code as nodes; texts of other languages, and very long ones, stay plain. */
  function highlight(text, lexer) {
    const fragment = document.createDocumentFragment();
    const rules = LEXERS[lexer === "bash" ? "sh" : lexer];
    let end = 0;
    for (const found of rules && text.length < 20000 ? text.matchAll(pattern(rules)) : []) {
      const [name] = Object.entries(found.groups).find(([, match]) => match !== undefined);
      const span = document.createElement("span");
      span.className = name;
      span.textContent = found[0];
      fragment.append(text.slice(end, found.index), span);
      end = found.index + found[0].length;
    }
    fragment.append(text.slice(end));
    return fragment;
  }

  apispec.highlight = highlight;

  /** Code that came without colours: pages that are very many say as little as they can. */
  apispec.onPage(() => {
    for (const code of document.querySelectorAll("code[data-plain]")) {
      const [, lexer] = code.closest(".highlight").className.match(/language-(\w+)/) ?? [];
      code.replaceChildren(highlight(code.textContent, lexer));
      code.removeAttribute("data-plain");
    }
  });
})();
