"""The options of curl 8: which take a value, and their short names."""

_FLAGS = """
    anyauth append basic cert-status compressed compressed-ssh create-dirs crlf digest disable doh-cert-status
    doh-insecure fail fail-early fail-with-body false-start get globoff haproxy-protocol head http0.9 http1.0
    http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4 ipv6
    junk-session-cookies list-only location location-trusted manual negotiate netrc netrc-optional ntlm ntlm-wb
    parallel parallel-immediate path-as-is post301 post302 post303 progress-bar proxy-anyauth proxy-basic
    proxy-digest proxy-insecure proxy-negotiate proxy-ntlm proxy-tlsv1 proxytunnel raw remote-header-name
    remote-name remote-name-all remote-time remove-on-error retry-all-errors retry-connrefused sasl-ir show-error
    show-headers silent ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2
    sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3
    tr-encoding trace-ids trace-time use-ascii verbose version xattr
"""
_VALUED = """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to
    continue-at cookie cookie-jar crlfile curves data data-ascii data-binary data-raw data-urlencode delegation
    dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech engine etag-compare etag-save
    expect100-timeout form form-string happy-eyeballs-timeout-ms header hostpubmd5 hsts interface ip-tos
    ipfs-gateway json keepalive-cnt keepalive-time key key-type limit-rate local-port login-options max-filesize
    max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy
    proto proto-default proto-redir proxy proxy-cacert proxy-cert proxy-header proxy-key proxy-pass proxy-user
    proxy1.0 quote random-file range rate referer request request-target resolve retry retry-delay retry-max-time
    service-name socks4 socks4a socks5 socks5-hostname speed-limit speed-time stderr time-cond tls-max tls13-ciphers
    tlspassword tlsuser trace trace-ascii trace-config unix-socket upload-file url url-query user user-agent
    variable write-out
"""
FLAGS = frozenset(_FLAGS.split())
"""Those without a value; each has a `no-` form."""
VALUED = frozenset(_VALUED.split())
SHORT = {
    "E": "cert", "K": "config", "C": "continue-at", "b": "cookie", "c": "cookie-jar", "d": "data",
    "D": "dump-header", "F": "form", "H": "header", "P": "ftp-port", "m": "max-time", "o": "output",
    "x": "proxy", "U": "proxy-user", "Q": "quote", "r": "range", "e": "referer", "X": "request",
    "Y": "speed-limit", "y": "speed-time", "t": "telnet-option", "z": "time-cond", "T": "upload-file",
    "u": "user", "A": "user-agent", "w": "write-out", "h": "help",
}  # fmt: skip
"""Letters of options with a value."""
SHORT_FLAGS = {**dict.fromkeys("aqfgi0k46jlLMnN#pJORSs123BvVZ", ""), "G": "get", "I": "head"}
"""Letters of those without; empty = one that changes nothing of a request."""
