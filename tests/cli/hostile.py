#!/usr/bin/env python3
"""Attacks on the search page: archives full of markup, and requests that are.

    hostile.py articles          prints articles whose every field is an attack, as JSON Lines
    hostile.py attack PORT       sends every attack in every parameter; prints TAP lines

A page passes when it is well-formed, of elements and attributes that we write, and its links lead to
the page itself or to http(s)."""
import html.parser
import json
import socket
import sys
import urllib.parse

MARKUP = [
    "<script>alert(1)</script>", "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>",
    "</title><script>alert(1)</script>", "</textarea><svg/onload=alert(1)>", "<svg><script>alert(1)</script></svg>",
    "<img src=x onerror=alert(1)//", "\" onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>", "<a href=javascript:alert(1)>x</a>", "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>", "<form action=//evil.example><button>", "</form><form>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "&", "&amp;lt;", "<!--", "-->", "<![CDATA[", "]]>",
    "{{7*7}}", "${7*7}", "<?php echo 1 ?>", "%3Cscript%3E", "\u202e\u2066drowssap", "\u2028\u2029", "\ufeff<b>",
    "\ud800", "\x00\x01\x1b[31m", "\x85\x9b", "\uffff\ufdd0", "a" * 1500, "../../../../etc/passwd",
    "..%2f..%2fetc%2fpasswd", "\r\nSet-Cookie: a=b\r\n\r\n<b>", "' OR 1=1 --", "(((((((((((((((((((((((((", "\"" * 99,
    "*", "a*b*c*d*", "~~~", "/(a+)+$/", "NEAR/5", "-" * 200, "NOT " * 200 + "x", "date:9999-99-99", "id:\"<b>\""]
PARAMETERS = ["q", "country", "-country", "actor", "topic", "since", "sort", "page", "n", "facet", "find", "article",
              "format", "index", "by", "facets", "style", "nonsense"]
RAW = [b"/?q=%", b"/?q=%f", b"/?q=%zz&%%=%", b"/?q=\xff\xfe<\xc0\xbc", b"/?&&&=&=&a", b"/?q=" + b"%00" * 500,
       b"/?q=a&q=b", b"/?" + b"x=1&" * 199, b"/?" + b"country=IL&" * 199, b"/?q=" + b"(" * 1900,
       b"/?%3Cscript%3E=1", b"/../../etc/passwd?q=x", b"/%2e%2e/?q=x", b"/x/y/z?q=siege", b"/?help&q=x&article=1"]
HEADERS = [b"If-None-Match: \"", b"If-None-Match: " + b"W/\"x\"," * 200, b"Host: <script>", b"Host: a\"b",
           b"X-Forwarded-Host: evil.example", b"Accept: <b>", b"Cookie: a=<script>"]
ELEMENTS = set("""a article aside b bdi body button code dd desc details div dl dt footer form g h1 h2 h3 head header
    html input label li line link main mark meta nav ol option p path pre section select small span summary
    svg table tbody td text th thead time title tr ul""".split())
VOID = {"input", "link", "meta"}
ATTRIBUTES = set("""action aria-current aria-hidden aria-label aria-labelledby autocomplete charset class content d dir
    for height href id lang name open placeholder preserveaspectratio rel role scope selected size start tabindex
    text-anchor title type value vector-effect viewbox width x x1 x2 y y1 y2""".split())


class Page(html.parser.HTMLParser):
    """Collects what is wrong with a page."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.wrong, self.open = [], []
        self.feed(text)
        self.close()
        if self.open:
            self.wrong.append(f"left open: {self.open}")

    def handle_starttag(self, tag, attrs):
        if tag not in ELEMENTS:
            self.wrong.append(f"element {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.wrong.append(f"attribute {name} of {tag}")
            if name in ("href", "action") and not (value or "").startswith(("?", "#", "http://", "https://")) \
                    and ("rel", "icon") not in attrs:
                self.wrong.append(f"{name}={value}")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"end of {tag}")

    def handle_comment(self, data):
        self.wrong.append(f"comment {data}")

    def handle_pi(self, data):
        self.wrong.append(f"instruction {data}")

    def unknown_decl(self, data):
        self.wrong.append(f"declaration {data}")


def articles():
    fields = ["title", "source", "author", "url", "lang", "country", "actor", "place", "event_type", "topic", "body"]
    for number, attack in enumerate(MARKUP):
        article = {field: attack for field in fields}
        article["id"] = f"h{number} {attack}"
        article["body"] = f"siege {attack} siege\n\n{attack}"
        article["date"] = f"19{number % 90 + 10}"
        print(json.dumps(article))


def ask(port, target, header=b"X: y"):
    """Status, headers and body; nothing between us and the server tidies the request up."""
    host = b"" if header.startswith(b"Host") else b"Host: localhost\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\n" + host + b"Connection: close\r\n" + header + b"\r\n\r\n")
        reply = b""
        while part := connection.recv(65536):
            reply += part
    head, _, body = reply.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
    if headers.get("transfer-encoding") == "chunked":
        body = unchunk(body)
    return int(lines[0].split()[1]), headers, body


def unchunk(body):
    out = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        out, body = out + body[:length], body[length + 2:]
    return out


def faults(status, headers, body):
    """What is wrong with a reply to an attack."""
    if status not in (200, 304, 400, 404, 413, 414, 431):
        return [f"status {status}"]
    if "content-security-policy" not in headers:
        return [] if status in (304, 400, 413, 414, 431) else ["no policy"]  # the server's own pages of errors
    wrong = ["a cookie"] if "set-cookie" in headers else []
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return wrong + [str(error)]
    if headers["content-type"].startswith("text/html"):
        wrong += Page(text).wrong
    return wrong


class Report:
    def __init__(self):
        self.asked, self.bad = 0, []

    def look(self, port, target, header=b"X: y"):
        self.asked += 1
        wrong = faults(*ask(port, target, header))
        if wrong:
            self.bad.append(f"{target[:200]!r} {header[:60]!r}: {wrong[:5]}")


def encoded(text):
    return urllib.parse.quote(text.encode("utf-8", "surrogatepass")).encode()


def attack(port):
    report = Report()
    for parameter in PARAMETERS:
        for text in MARKUP:
            report.look(port, b"/?" + parameter.encode() + b"=" + encoded(text))
    for target in RAW:
        report.look(port, target)
    for header in HEADERS:
        report.look(port, b"/?q=siege", header)
        report.look(port, b"/?opensearch", header)
    for number, text in enumerate(MARKUP):
        report.look(port, b"/?q=siege&n=100&article=" + encoded(f"h{number} {text}"))
    for target in (b"/", b"/?q=siege&n=100", b"/?q=siege&sort=oldest&n=100", b"/?facet=actor", b"/?facet=topic",
                   b"/?q=siege&n=100&page=2", b"/?q=" + b"a" * 1000000):
        report.look(port, target)
    return report


def main():
    if sys.argv[1] == "articles":
        articles()
        return
    report = attack(int(sys.argv[2]))
    print("\n".join(report.bad[:20]))
    print(f"{report.asked} requests, {len(report.bad)} with faults")
    sys.exit(1 if report.bad else 0)


main()
