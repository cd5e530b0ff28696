// The credentials that calls need: a choice where an API accepts several, and for each scheme what a reader has to give.
// The overview shows all schemes, a form of Try it those of its endpoint. Nothing that is typed reaches a snippet.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const { credentials } = ui;
  const FLOWS = {
    __proto__: null, // asked by names of others
    authorizationCode: _("Log in (authorization code)"),
    deviceAuthorization: _("Log in on another device (code)"),
    implicit: _("Log in (implicit)"),
    password: _("User name and password"),
    clientCredentials: _("As the client itself (client credentials)"),
  };

  const wayName = (way) => [...way.keys()].join(" + ") || _("No credentials");

  /** One text to type. */
  function typed(origin, name, label, secret, change) {
    const id = ui.id();
    const input = ui.el("input", { id, type: secret ? "password" : "text", autocomplete: "off", spellcheck: "false", "data-credential": name });
    input.value = credentials.value(origin, name);
    input.addEventListener("input", (event) => {
      event.stopPropagation(); // nothing that is shown follows it
      credentials.setValue(origin, name, input.value);
      change?.();
    });
    return ui.el(
      "div",
      { class: "api-input" },
      ui.el("div", { class: "api-input-head" }, ui.el("label", { class: "api-name", for: id }, name), ui.el("span", { class: "api-type" }, label)),
      input,
    );
  }

  const own = (input) => {
    for (const kind of ["input", "change"]) input.addEventListener(kind, (event) => event.stopPropagation());
    return input;
  };

  /** An input that belongs to a login alone, and is kept by nobody. */
  function field(label, attributes = {}) {
    const id = ui.id();
    const input = own(ui.el("input", { id, type: "text", autocomplete: "off", spellcheck: "false", ...attributes }));
    return [input, ui.el("div", { class: "api-input" }, ui.el("div", { class: "api-input-head" }, ui.el("label", { class: "api-name", for: id }, label)), input)];
  }

  /** The inputs of one flow, and what logs in by them. */
  function login(name, flow, wanted, at, done) {
    const { origin } = at;
    const [client, clientRow] = field(_("Client ID"));
    client.value = credentials.client(origin, name) || flow.client;
    const [secret, secretRow] = field(_("Client secret"), { type: "password" });
    const [user, userRow] = field(_("User name"), { autocomplete: "username" });
    const [password, passwordRow] = field(_("Password"), { type: "password", autocomplete: "current-password" });
    const boxes = [...flow.scopes].map(([scope, words]) => {
      const box = own(ui.el("input", { type: "checkbox", value: scope }));
      box.checked = wanted.includes(scope) || (!wanted.length && ["openid", "offline_access"].includes(scope));
      return [box, ui.el("li", {}, ui.el("label", {}, box, " ", ui.el("code", {}, scope), words ? ` ${words}` : ""))];
    });
    const rows = { password: [userRow, passwordRow, clientRow], clientCredentials: [clientRow, secretRow] }[flow.kind] ?? [clientRow];
    const note = ui.el("p", { class: "api-hint", role: "status" });
    const before = ui.kept.get("login-problem");
    if (before?.scheme === name) {
      note.replaceChildren(ui.el("strong", {}, before.words[0]), " ", ...before.words.slice(1));
      ui.kept.set("login-problem", null);
    }
    let controller = null;
    const show = ({ code, at, whole }) => {
      const link = ui.el("a", { href: ui.safeUrl(whole ?? at), target: "_blank", rel: "noopener noreferrer" }, at);
      note.replaceChildren(...ui.said(_("Open {link} and give the code {code}. This page waits."), { link, code: ui.el("strong", { class: "api-device-code" }, code) }));
    };
    const cancel = ui.button(_("Cancel"), () => controller?.abort(failed()), { class: "api-mini", hidden: true });
    const failed = () => new ui.Failure(_("Cancelled"), { code: "login" });
    const button = ui.button(flow.kind === "clientCredentials" || flow.kind === "password" ? _("Get a token") : _("Log in"), start, { class: "api-send api-login" });
    async function start() {
      controller?.abort(failed()); // its window may be closed: browsers need not tell
      const mine = new AbortController();
      controller = mine;
      const open = boxes.filter(([box]) => box.checked).map(([box]) => box.value);
      credentials.setClient(origin, name, client.value === flow.client ? "" : client.value);
      cancel.hidden = false;
      note.textContent = _("Waiting for the login …");
      try {
        const by = { client: client.value, secret: secret.value, user: user.value, password: password.value, scopes: open, signal: mine.signal, show, at };
        const token = await ui.oauth.logIn(flow, by);
        done(token);
      } catch (error) {
        if (controller === mine) note.replaceChildren(ui.el("strong", {}, String(error.message)), " ", error.detail ?? "", " ", error.advice ?? "");
      } finally {
        if (controller === mine) [controller, cancel.hidden] = [null, true];
      }
    }
    const told = ["authorizationCode", "implicit"].includes(flow.kind) && ui.el("p", { class: "api-hint" }, ...ui.said(_("The server must know this address for the client: {address}"), { address: ui.el("code", {}, ui.callback()) }));
    const warning = flow.kind === "clientCredentials" && ui.el("p", { class: "api-problem" }, _("A client's secret is for servers: type in none that others rely on."));
    return ui.el("div", { class: "api-login-flow" }, ...rows, boxes.length ? ui.el("ul", { class: "api-scopes", "aria-label": _("Scopes") }, ...boxes.map(([, row]) => row)) : null, warning || null, told || null, ui.el("p", { class: "api-actions" }, button, " ", cancel), note);
  }

  const clock = (until) => new Date(until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  /** A scheme whose tokens an authorization server gives. */
  function oauth(name, scheme, wanted, endpoint, origin) {
    const place = ui.el("div", {});
    const variable = scheme.get("variables")[0];
    const base = endpoint ? apispec.baseOf(endpoint) : apispec.baseUrl;
    let chosen = 0;

    function given(token) {
      credentials.setToken(origin, name, token);
      credentials.setValue(origin, variable, token?.access ?? "");
      document.dispatchEvent(new Event("apispec:credentials"));
      place.querySelector("button")?.focus();
    }

    function loggedIn(token) {
      const over = token.until && token.until < Date.now() && !token.refresh;
      const words = over ? _("The login has ended.") : [token.until ? _("Logged in until {time}.", { time: clock(token.until) }) : _("Logged in."), token.refresh ? _("It is renewed by itself.") : ""].join(" ").trim();
      const scopes = token.scope ? ui.el("p", { class: "api-hint" }, `${_("Scopes")}: ${token.scope}`) : null;
      return [ui.el("p", { class: "api-logged-in", role: "status" }, words), scopes, ui.el("p", { class: "api-actions" }, ui.button(_("Log out"), () => given(null), { class: "api-mini" }))];
    }

    async function draw() {
      const token = credentials.token(origin, name);
      const paste = ui.el("details", { class: "api-nested" }, ui.el("summary", {}, _("Paste a token")), typed(origin, variable, _("access token"), true, () => credentials.setToken(origin, name, null)));
      if (token) {
        place.replaceChildren(...loggedIn(token).filter(Boolean));
        return;
      }
      let flows = [];
      let problem = null;
      try {
        if (scheme.get("openIdConnectUrl")) place.replaceChildren(ui.el("p", { class: "api-hint" }, _("Asking the identity server …")), paste);
        flows = (await ui.oauth.flows(scheme, base)).filter((flow) => flow.kind in FLOWS);
      } catch (error) {
        problem = ui.el("p", { class: "api-problem" }, `${error.message}. ${error.detail ?? ""} ${error.advice ?? ""}`);
      }
      chosen = Math.min(chosen, Math.max(flows.length - 1, 0));
      const id = ui.id();
      const picker = own(ui.el("select", { id }, ...flows.map((flow, i) => ui.el("option", { value: i }, FLOWS[flow.kind]))));
      picker.value = String(chosen);
      picker.addEventListener("change", () => {
        chosen = Number(picker.value);
        draw();
      });
      const choice = flows.length > 1 ? ui.el("div", { class: "api-input" }, ui.el("div", { class: "api-input-head" }, ui.el("label", { class: "api-name", for: id }, _("Flow"))), picker) : null;
      paste.open = !flows.length || Boolean(credentials.value(origin, variable));
      place.replaceChildren(...[choice, flows.length ? login(name, flows[chosen], wanted, { origin, scheme: name, variable }, given) : null, problem, paste].filter(Boolean));
    }

    draw();
    ui.whileShown(place, "apispec:credentials", draw);
    return place;
  }

  const words = (text) => ui.el("p", { class: "api-hint" }, text);

  /** What a reader gives for one scheme. */
  function schemeBox(name, wanted, endpoint) {
    const scheme = apispec.page().get("schemes").get(name);
    const origin = ui.originOf(endpoint);
    const [first, second] = scheme.get("variables") ?? [];
    const parts = [];
    let kind = "";
    switch (scheme.get("type")) {
      case "apiKey":
        kind = { header: _("header"), cookie: _("cookie"), query: _("query parameter") }[scheme.get("in")] ?? _("key");
        parts.push(typed(origin, first, `${kind} ${scheme.get("name") ?? ""}`, true));
        if (scheme.get("in") === "cookie") parts.push(words(_("No script of a page can send a cookie that it was told. Log in to the API in another tab: where it is on this page's own site, the browser sends its cookie itself.")));
        break;
      case "http":
        if (second) {
          kind = scheme.get("scheme");
          parts.push(typed(origin, first, _("user name"), false), typed(origin, second, _("password"), true));
        } else parts.push(typed(origin, first, `${scheme.get("scheme") ?? "bearer"} token`, true));
        break;
      case "oauth2":
      case "openIdConnect":
        parts.push(oauth(name, scheme, wanted, endpoint, origin));
        break;
      case "mutualTLS":
        parts.push(words(_("A client certificate: the browser sends the one that is installed in it, and asks which. Scripts name theirs: curl --cert client.pem --key client.key, requests.get(…, cert=(…)).")));
        break;
      default:
        parts.push(words(_("The document does not say how.")));
    }
    return ui.el("div", { class: "api-scheme", "data-scheme": name }, ui.el("p", { class: "api-scheme-name" }, name), ...parts);
  }

  /** Listen while an element is on the page. */
  ui.whileShown = (element, kind, action) => {
    let shown = false;
    const listen = () => {
      shown ||= element.isConnected;
      if (shown && !element.isConnected) document.removeEventListener(kind, listen);
      else action();
    };
    document.addEventListener(kind, listen);
  };

  /** Whether a URL that a server gave may stand in a link. */
  ui.safeUrl = (url) => (/^https?:/i.test(url ?? "") ? url : "#");

  function tail() {
    const box = own(ui.el("input", { type: "checkbox" }));
    box.checked = credentials.remember;
    box.addEventListener("change", () => {
      credentials.remember = box.checked;
    });
    const forget = () => {
      credentials.forget();
      document.dispatchEvent(new Event("apispec:forgotten"));
      document.dispatchEvent(new Event("apispec:credentials"));
    };
    return [
      ui.el("p", { class: "api-actions" }, ui.el("label", { class: "api-remember" }, box, " ", _("Remember on this computer")), " ", ui.button(_("Forget all"), forget, { class: "api-mini" })),
      words(_("Kept in this tab until it is closed; sent to this API alone. No snippet, recording, address or log holds them.")),
    ];
  }

  /** The way that the reader chose for an endpoint, or chose for others and this one has, too. */
  function chosenWay(endpoint) {
    const ways = endpoint.get("ways");
    const liked = ui.kept.get("way", "computer") ?? [];
    const found = liked.map((name) => ways.findIndex((way) => wayName(way) === name)).find((i) => i >= 0);
    return found ?? 0;
  }

  /** Let every endpoint of the page be called in the chosen way. */
  function follow() {
    for (const endpoint of apispec.page()?.get("endpoints").values() ?? []) {
      const way = endpoint.get("ways").length > 1 ? chosenWay(endpoint) : 0;
      if (way !== endpoint.get("way")) {
        apispec.authenticate(endpoint, way);
        apispec.refreshSnippets(endpoint.get("name"));
      }
    }
  }

  /** Prefer a way to authenticate, by its name, for every endpoint that has it. */
  ui.choose = (name) => {
    const liked = ui.kept.get("way", "computer") ?? [];
    ui.kept.set("way", [name, ...liked.filter((other) => other !== name)].slice(0, 20), "computer");
    follow();
    document.dispatchEvent(new Event("apispec:way"));
  };

  /**
   * The credentials of an endpoint's calls.
   * @returns {HTMLElement | null} null where it needs none
   */
  ui.authentication = (endpoint) => {
    const ways = endpoint.get("ways").filter((way, i) => way.size || endpoint.get("ways").length > 1 || !i);
    if (!ways.some((way) => way.size)) return null;
    const place = ui.el("div", {});
    const id = ui.id();
    const picker = own(ui.el("select", { id, class: "api-way" }, ...ways.map((way, i) => ui.el("option", { value: i }, wayName(way)))));
    picker.addEventListener("change", () => ui.choose(wayName(ways[Number(picker.value)])));
    const row = ways.length > 1 && ui.el("div", { class: "api-input" }, ui.el("div", { class: "api-input-head" }, ui.el("label", { class: "api-name", for: id }, _("Authenticate by"))), picker);
    function draw() {
      const way = ways[endpoint.get("way")] ?? ways[0];
      picker.value = String(endpoint.get("way"));
      const boxes = [...way].map(([name, scopes]) => schemeBox(name, scopes, endpoint));
      place.replaceChildren(...boxes, ...(boxes.length ? tail() : []));
    }
    draw();
    ui.whileShown(place, "apispec:way", draw);
    ui.whileShown(place, "apispec:forgotten", draw);
    ui.whileShown(place, "apispec:base", draw);
    return ui.el("fieldset", { class: "api-credentials" }, ui.el("legend", {}, _("Credentials")), row || null, place);
  };

  /** What the reader gave for an endpoint's calls, by variable; tokens that end are renewed first. */
  ui.secrets = async (endpoint) => {
    const origin = ui.originOf(endpoint);
    const found = new Map();
    for (const name of endpoint.get("ways")[endpoint.get("way")]?.keys() ?? []) {
      const scheme = apispec.page().get("schemes").get(name);
      const [first] = scheme.get("variables") ?? [];
      const token = credentials.token(origin, name);
      const renewed = await ui.oauth.fresh(token);
      if (renewed !== token) {
        credentials.setToken(origin, name, renewed);
        credentials.setValue(origin, first, renewed.access);
        document.dispatchEvent(new Event("apispec:credentials"));
      }
      for (const variable of scheme.get("variables") ?? []) {
        const value = credentials.value(origin, variable);
        if (value) found.set(variable, value);
      }
    }
    return found;
  };

  /** The card of the overview, with every scheme. */
  function card() {
    const place = document.querySelector("[data-authentication]");
    const schemes = [...(apispec.page()?.get("schemes").keys() ?? [])];
    if (!place || !schemes.length || place.querySelector(".api-credentials")) return;
    const boxes = ui.el("div", { class: "api-schemes" });
    const draw = () => boxes.replaceChildren(...schemes.map((name) => schemeBox(name, [], null)), ...tail());
    const details = ui.el("details", { class: "api-nested api-auth-card" }, ui.el("summary", {}, _("Log in, or type in your credentials")), ui.el("fieldset", { class: "api-credentials" }, ui.el("legend", {}, _("Credentials")), boxes));
    details.addEventListener("toggle", () => details.open && !boxes.childElementCount && draw());
    for (const kind of ["apispec:forgotten", "apispec:base"]) ui.whileShown(boxes, kind, () => details.open && draw());
    place.append(details);
  }

  apispec.onPage(() => {
    follow();
    card();
  });
})();
