// What a reader typed or was given to authenticate: in this tab until it is closed, on this computer where they say so.
//
// Kept for the origin that calls go to: another base URL, however it came to be chosen, is told nothing of it.

(() => {
  "use strict";

  const ui = (apispec.ui ??= {});
  const empty = () => ({ values: {}, tokens: {}, clients: {} });

  let held = { name: "", origins: {} }; // for pages that may keep nothing

  const keyOf = (what) => `apispec:${what}:${new URL(apispec.page()?.get("root") ?? "", location.href).pathname}`;
  const kept = () => [sessionStorage, localStorage];

  function read(storage, what) {
    try {
      return JSON.parse(storage().getItem(keyOf(what)) ?? "null");
    } catch {
      return null; // storage is not allowed here, or it is not ours
    }
  }

  function write(storage, what, value) {
    try {
      if (value === null) storage().removeItem(keyOf(what));
      else storage().setItem(keyOf(what), JSON.stringify(value));
    } catch {
      // it lasts as long as the page does
    }
  }

  /** Read and write JSON that is kept in this tab (`tab`) or on this computer (`computer`). */
  const places = { tab: () => kept()[0], computer: () => kept()[1] };
  ui.kept = {
    get: (what, place = "tab") => read(places[place], what),
    set: (what, value, place = "tab") => write(places[place], what, value),
  };

  function all() {
    if (held.name !== keyOf("credentials")) held = { name: keyOf("credentials"), origins: { ...ui.kept.get("credentials", "computer"), ...ui.kept.get("credentials") } };
    return held.origins;
  }

  const remembered = () => ui.kept.get("remember", "computer") === true;

  function save() {
    ui.kept.set("credentials", all());
    ui.kept.set("credentials", remembered() ? all() : null, "computer");
  }

  const own = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined); // names are the document's
  const at = (origin) => ({ ...empty(), ...own(all(), origin) });

  function change(origin, part, name, value) {
    const found = at(origin);
    const { [name]: _, ...others } = found[part];
    all()[origin] = { ...found, [part]: value ? { ...others, [name]: value } : others };
    save();
  }

  /** Where the calls of an endpoint go; of the base URL where none is given. */
  ui.originOf = (endpoint) => {
    const base = endpoint ? apispec.baseOf(endpoint) : apispec.baseUrl;
    return URL.canParse?.(base) ? new URL(base).origin : base;
  };

  ui.credentials = {
    /** A typed text by its variable's name. */
    value: (origin, name) => own(at(origin).values, name) ?? "",
    setValue: (origin, name, value) => change(origin, "values", name, value),
    /** What an authorization server gave: `{access, refresh, until, scope, token, client}`, or null. */
    token: (origin, scheme) => own(at(origin).tokens, scheme) ?? null,
    setToken: (origin, scheme, token) => change(origin, "tokens", scheme, token),
    /** The id of this site as a client. */
    client: (origin, scheme) => own(at(origin).clients, scheme) ?? "",
    setClient: (origin, scheme, id) => change(origin, "clients", scheme, id),
    /** Whether what is typed is kept on this computer. */
    get remember() {
      return remembered();
    },
    set remember(yes) {
      ui.kept.set("remember", yes || null, "computer");
      save();
    },
    /** Forget everything, of every origin. */
    forget() {
      held = { name: keyOf("credentials"), origins: {} };
      save();
    },
  };
})();
