// The words of our own, in the site's language. They are looked up by the English ones, in a table that sites in another
// language have before the scripts (`apispec/words.py`); what a document says never is.

(() => {
  "use strict";

  const table = (apispec.words ??= {});

  const filled = (text, values) => (values ? text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place) : text);

  /** Words, with values in the places of `{name}`. */
  apispec._ = (text, values) => filled(table[text] ?? text, values);

  /** Words that a number changes; it is `{count}`. */
  apispec._n = (one, many, count, values) => {
    const forms = table[`${one}\0${many}`] ?? [one, many];
    const which = apispec.plural ? apispec.plural(Number(count)) : Number(count) !== 1;
    return filled(forms[Number(which)], { count, ...values });
  };
})();
