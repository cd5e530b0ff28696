// OAuth 2.0 and OpenID Connect as a public client in a browser: authorization code with PKCE (RFC 6749, 7636), implicit,
// password, client credentials, device code (RFC 8628), refreshing, and discovery (RFC 8414, OpenID Connect Discovery).
// No element is made here. Tokens are given to the caller; nothing writes them anywhere.

(() => {
  "use strict";

  const { _ } = apispec;
  const ui = (apispec.ui ??= {});
  const PATIENCE = 600_000; // ms for a reader to log in elsewhere
  const EARLY = 30_000; // ms before its end from which on a token is replaced

  const base64url = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

  const failed = (title, detail, advice = "") => new ui.Failure(title, { code: "login", detail, advice });

  /** An address of a document, relative to where the API is. */
  const absolute = (url, base) => new URL(url, `${base}/`).href;

  async function challengeOf(verifier) {
    if (!crypto.subtle) {
      throw failed(_("This page is not secure"), _("Browsers compute what a login needs on https:// and localhost only."));
    }
    return base64url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
  }

  async function answerOf(url, init, what) {
    const obstacle = ui.obstacle(url);
    if (obstacle) throw obstacle;
    let response;
    try {
      response = await fetch(url, { ...init, cache: "no-store", credentials: "omit" });
    } catch {
      const advice = _("It must answer this page's origin ({origin}), by CORS; see also whether it runs.", { origin: location.origin });
      throw failed(_("{what} can't be reached", { what }), _("{origin} gives this page no answer.", { origin: new URL(url).origin }), advice);
    }
    let body = null;
    try {
      body = await response.json();
    } catch {
      // told below
    }
    return { response, body };
  }

  /** What a server of OpenID Connect, or of RFC 8414, says of itself. */
  async function discover(url) {
    const { response, body } = await answerOf(url, {}, _("The server's configuration"));
    if (!response.ok || !body) throw failed(_("The server's configuration can't be read"), _("{url} answered {status}.", { url, status: response.status }));
    return body;
  }

  /** The flows of a scheme: `[{kind, authorize, token, refresh, device, scopes, client}]`; OpenID Connect asks its server. */
  async function flows(scheme, base) {
    const listed = Object.entries(Object.fromEntries(scheme.get("flows") ?? [])).map(([kind, flow]) => ({
      kind,
      authorize: flow.get("authorizationUrl"),
      token: flow.get("tokenUrl"),
      refresh: flow.get("refreshUrl"),
      device: flow.get("deviceAuthorizationUrl"),
      scopes: flow.get("scopes") ?? new Map(),
      client: flow.get("clientId") ?? scheme.get("clientId") ?? "",
    }));
    const about = scheme.get("openIdConnectUrl");
    if (about) {
      const found = await discover(absolute(about, base));
      const scopes = new Map((found.scopes_supported ?? ["openid"]).map((scope) => [scope, ""]));
      const shared = { token: found.token_endpoint, device: found.device_authorization_endpoint, scopes, client: scheme.get("clientId") ?? "" };
      const grants = found.grant_types_supported ?? ["authorization_code", "implicit"];
      const kinds = { authorization_code: "authorizationCode", "urn:ietf:params:oauth:grant-type:device_code": "deviceAuthorization", client_credentials: "clientCredentials" };
      for (const [grant, kind] of Object.entries(kinds)) {
        if (grants.includes(grant)) listed.push({ kind, authorize: found.authorization_endpoint, ...shared });
      }
    }
    const whole = (url) => url && absolute(url, base);
    return listed.map((flow) => ({ ...flow, authorize: whole(flow.authorize), token: whole(flow.token), refresh: whole(flow.refresh), device: whole(flow.device) }));
  }

  const problem = (body, status) => body?.error_description ?? body?.error ?? _("It answered {status}.", { status });

  function tokenFrom(body, { client, token }) {
    return {
      access: String(body.access_token),
      kind: body.token_type ?? "Bearer",
      refresh: body.refresh_token ?? null,
      until: body.expires_in ? Date.now() + 1000 * Number(body.expires_in) : null,
      scope: body.scope ?? null,
      ...{ client, token },
    };
  }

  /** Ask the token endpoint. `secret`: of a confidential client, sent as HTTP basic authentication asks. */
  async function ask(url, fields, { client, secret = "" }) {
    const said = Object.entries(fields).filter(([, value]) => value);
    const headers = { Accept: "application/json" };
    if (secret) headers.Authorization = `Basic ${btoa(`${encodeURIComponent(client)}:${encodeURIComponent(secret)}`)}`;
    else if (client) said.push(["client_id", client]);
    return answerOf(url, { method: "POST", headers, body: new URLSearchParams(said) }, _("The token endpoint"));
  }

  async function granted(url, fields, by) {
    const { response, body } = await ask(url, fields, by);
    if (!response.ok || !body?.access_token) throw failed(_("The server gave no token"), problem(body, response.status));
    return tokenFrom(body, { client: by.client, token: url });
  }

  // ── Logging in elsewhere, and coming back to the overview ──

  const CHANNEL = "apispec-login";
  /** The one address that a server must know of this site: its overview. */
  ui.callback = () => new URL(apispec.page()?.get("root") ?? "", location.href).href.replace(/[?#].*$/, "");

  /** What this tab keeps while its reader logs in elsewhere, where no second window could be opened. */
  const LEFT = "login";

  /** Log the reader in who left this tab for it, and go back to where they were, with what they had typed. */
  async function resume(left, answer) {
    const note = ui.el("p", { class: "api-note", role: "status" }, _("Logging in …"));
    document.querySelector("article h1")?.after(note);
    ui.kept.set(LEFT, null);
    try {
      if (answer.error) throw refused(answer);
      const by = { client: left.client };
      const fields = { grant_type: "authorization_code", code: answer.code, redirect_uri: ui.callback(), code_verifier: left.verifier };
      const token = answer.access_token ? tokenFrom(answer, { ...by, token: null }) : await granted(left.token, fields, by);
      const { origin, scheme, variable } = left.at;
      ui.credentials.setToken(origin, scheme, token);
      ui.credentials.setValue(origin, variable, token.access);
    } catch (error) {
      ui.kept.set("login-problem", { scheme: left.at.scheme, words: [error.message, error.detail, error.advice].map((words) => words ?? "") });
    }
    if (left.form) ui.kept.set("return", left.form);
    if (left.back.split("#")[0] === location.href) {
      note.remove();
      document.querySelectorAll(".api-auth-card").forEach((card) => (card.open = true));
      document.dispatchEvent(new Event("apispec:credentials"));
      document.dispatchEvent(new Event("apispec:return"));
    } else location.replace(left.back);
  }

  const refused = (answer) => failed(_("The server let nobody in"), answer.error_description ?? answer.error);

  /** Where the page is what a server sends a reader back to: tell whoever waits, and leave no trace in the address. */
  function comeBack() {
    const given = new URLSearchParams(location.search || location.hash.slice(1));
    const state = given.get("state") ?? "";
    if (!state.startsWith("apispec.") || !(given.has("code") || given.has("error") || given.has("access_token"))) return;
    history.replaceState(history.state, "", location.pathname);
    const answer = Object.fromEntries(given);
    const left = ui.kept.get(LEFT);
    if (left?.state === state) {
      resume(left, answer);
      return;
    }
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      if (data.taken !== state) return;
      channel.close();
      window.close();
    };
    channel.postMessage({ answer });
    const note = ui.el("p", { class: "api-note", role: "status" }, _("You are logged in. This window can be closed."));
    document.querySelector("article h1")?.after(note);
  }

  /** Wait until the other window tells what the server answered for a state. */
  function answered(state, signal) {
    return new Promise((resolve, reject) => {
      const channel = new BroadcastChannel(CHANNEL);
      const stop = (end, value) => {
        clearTimeout(late);
        channel.close();
        end(value);
      };
      const late = setTimeout(() => stop(reject, failed(_("Nobody logged in"), _("The login took too long."))), PATIENCE);
      signal?.addEventListener("abort", () => stop(reject, signal.reason));
      channel.onmessage = ({ data }) => {
        if (data.answer?.state !== state) return;
        channel.postMessage({ taken: state });
        stop(resolve, data.answer);
      };
    });
  }

  async function elsewhere(flow, { client, scopes, signal, popup, left }, more) {
    const state = `apispec.${random()}`;
    const url = new URL(flow.authorize);
    const asked = { client_id: client, redirect_uri: ui.callback(), scope: scopes.join(" "), state, ...more };
    for (const [name, value] of Object.entries(asked)) if (value) url.searchParams.set(name, value);
    if (!popup) return leave(url, { ...left, state, client }, signal);
    popup.location = url.href;
    const answer = await answered(state, signal);
    if (answer.error) throw refused(answer);
    return answer;
  }

  /** Go to the login in this tab; what is typed in an open form is kept for the way back. */
  function leave(url, left, signal) {
    const detail = {};
    document.dispatchEvent(new CustomEvent("apispec:leaving", { detail }));
    ui.kept.set(LEFT, { ...left, form: detail.form ?? null, back: location.href });
    if (ui.kept.get(LEFT)?.state !== left.state) {
      throw failed(_("No window for the login"), _("This browser opened none, and keeps nothing for this site."), _("Let this site open windows, then log in again."));
    }
    location.assign(url);
    return new Promise((_done, reject) => signal?.addEventListener("abort", () => reject(signal.reason))); // who comes back by the browser's button may cancel
  }

  /** A window for the login, opened while the reader's click still counts; null where there is none to be had: phones show one page at a time. */
  const opened = () => (matchMedia("(pointer: coarse) and (max-width: 60em)").matches ? null : window.open("", "_blank", "popup,width=520,height=720"));

  const GRANTS = {
    async authorizationCode(flow, by) {
      const popup = opened();
      try {
        const verifier = random();
        const challenge = await challengeOf(verifier);
        const offline = by.scopes.includes("offline_access") ? "consent" : "";
        const more = { response_type: "code", code_challenge: challenge, code_challenge_method: "S256", prompt: offline };
        const left = { verifier, token: flow.token, at: by.at };
        const { code } = await elsewhere(flow, { ...by, popup, left }, more);
        const fields = { grant_type: "authorization_code", code, redirect_uri: ui.callback(), code_verifier: verifier };
        return await granted(flow.token, fields, by);
      } finally {
        popup?.close();
      }
    },
    async implicit(flow, by) {
      const popup = opened();
      try {
        return tokenFrom(await elsewhere(flow, { ...by, popup, left: { at: by.at } }, { response_type: "token" }), { client: by.client, token: null });
      } finally {
        popup?.close();
      }
    },
    password: (flow, by) => granted(flow.token, { grant_type: "password", username: by.user, password: by.password, scope: by.scopes.join(" ") }, by),
    clientCredentials: (flow, by) => granted(flow.token, { grant_type: "client_credentials", scope: by.scopes.join(" ") }, by),
    async deviceAuthorization(flow, by) {
      const { response, body } = await ask(flow.device, { scope: by.scopes.join(" ") }, by);
      if (!response.ok || !body?.device_code) throw failed(_("The server gave no code"), problem(body, response.status));
      by.show({ code: body.user_code, at: body.verification_uri, whole: body.verification_uri_complete });
      const until = Date.now() + 1000 * (body.expires_in ?? 600);
      let pause = 1000 * (body.interval ?? 5);
      while (Date.now() < until) {
        await new Promise((done) => setTimeout(done, pause));
        by.signal?.throwIfAborted();
        const fields = { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: body.device_code };
        const asked = await ask(flow.token, fields, by);
        if (asked.body?.access_token) return tokenFrom(asked.body, { client: by.client, token: flow.token });
        if (asked.body?.error === "slow_down") pause += 5000;
        else if (asked.body?.error !== "authorization_pending") throw failed(_("The server gave no token"), problem(asked.body, asked.response.status));
      }
      throw failed(_("Nobody logged in"), _("The code is no longer valid."));
    },
  };

  /** A token that is about to end, replaced; the same one where that can't be. */
  async function fresh(token) {
    if (!token?.until || token.until - EARLY > Date.now() || !token.refresh) return token;
    const fields = { grant_type: "refresh_token", refresh_token: token.refresh };
    const next = await granted(token.token, fields, { client: token.client });
    return { ...next, refresh: next.refresh ?? token.refresh };
  }

  ui.oauth = {
    flows,
    fresh,
    /** Log in by a flow. `by`: client, secret, user, password, scopes, signal, `at` (origin, scheme, variable), and `show` for a device's code. */
    logIn: (flow, by) => GRANTS[flow.kind](flow, by),
  };
  apispec.onPage(comeBack);
})();
