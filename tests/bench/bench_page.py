#!/usr/bin/env python3
"""Measures the search page under lighttpd on this machine: sitrep.cgi by CGI and FastCGI beside a CGI
program that prints a page that never changes and beside Omega, over the same articles. See README.md.

The page of ours has ten snippets, all facets and what each word matches; Omega's is the one of its
default template, which has neither facets nor exact counts."""
import argparse
import glob
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse

sys.dont_write_bytecode = True

import engines

QUERIES = ["oil", "oil prices", "trade deficit", "bank england money market", "wheat exports soviet",
           "opec output ceiling", "japan semiconductor tariffs", "merger shares offer", "interest rates",
           "gulf tanker attack"]
CONFIG = """
server.modules = ("mod_cgi", "mod_fastcgi", "mod_alias", "mod_setenv")
server.document-root = "{folder}"
server.bind = "127.0.0.1"
server.port = {port}
server.errorlog = "{folder}/errors"
server.max-fds = 4096
alias.url = ("/trivial" => "{build}/tests/bench/trivial_cgi", "/sitrep" => "{build}/sitrep.cgi",
             "/omega" => "{omega}")
$HTTP["url"] =~ "^/(trivial|sitrep|omega)" {{ cgi.assign = ("" => "") }}
setenv.set-environment = ("SITREP_INDEX" => "{index}", "OMEGA_CONFIG_FILE" => "{folder}/Omega/omega.conf")
fastcgi.server = ("/fast" => (("bin-path" => "{build}/sitrep.cgi", "socket" => "{folder}/socket",
  "bin-environment" => ("SITREP_INDEX" => "{index}"), "check-local" => "disable", "max-procs" => 2)))
"""


def articles(build, data, folder):
    """Reuters as an index of ours and as JSON Lines."""
    index, text = os.path.join(folder, "index"), os.path.join(folder, "articles.jsonl")
    subprocess.run([f"{build}/sitrep-index", "-q", "--index", index, *sorted(glob.glob(f"{data}/reuters/*.sgm"))],
                   check=False, stdout=subprocess.DEVNULL)
    found = subprocess.run([f"{build}/sitrep", "search", "--index", index, "-n", "all", "-f", "jsonl"],
                           stdout=subprocess.PIPE, check=True).stdout
    ids = [json.loads(line)["id"] for line in found.splitlines()]
    with open(text, "wb") as out:
        for i in range(0, len(ids), 1000):
            shown = subprocess.run([f"{build}/sitrep", "show", "--index", index, "-f", "jsonl", "--", *ids[i:i + 1000]],
                                   stdout=subprocess.PIPE, check=True).stdout
            for article in map(json.loads, shown.splitlines()):
                plain = {key: value for key, value in article.items()
                         if isinstance(value, str) or (isinstance(value, list) and isinstance(value[0], str))}
                out.write(json.dumps(plain).encode() + b"\n")
    return index, text, len(ids)


def omega(build, text, folder):
    """Omega's index of the same, with the templates it comes with; False when it is not there."""
    peer = engines.Omega(folder, build)
    why = peer.missing()
    if why is not None:
        print(f"Omega is left out: {why}; apt-get install {peer.package}")
        return False
    peer.prepare(text)
    peer.build(text)
    shutil.copytree("/usr/share/xapian-omega/templates", os.path.join(folder, "Omega/templates"),
                    dirs_exist_ok=True)
    return True


class Server:
    def __init__(self, build, index, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        config = os.path.join(folder, "lighttpd.conf")
        with open(config, "w", encoding="utf-8") as out:
            out.write(CONFIG.format(folder=folder, port=self.port, build=os.path.abspath(build), index=index,
                                    omega=engines.Omega.OMEGA))
        program = shutil.which("lighttpd") or "/usr/sbin/lighttpd"
        self.process = subprocess.Popen([program, "-D", "-f", config])
        for _ in range(50):
            try:
                self.get("/trivial")
                return
            except OSError:
                time.sleep(0.1)
        sys.exit("bench-page: lighttpd does not start")

    def get(self, path):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        reply = connection.getresponse()
        body = reply.read()
        connection.close()
        return reply.status, body

    def stop(self):
        self.process.terminate()
        self.process.wait()


def latencies(server, ways, passes):
    """All ways take turns at each query, so that noise falls on all alike."""
    times = {name: [] for name in ways}
    for _ in range(passes):
        for query in QUERIES:
            for name, path in ways.items():
                start = time.perf_counter()
                status, _ = server.get(path + urllib.parse.quote_plus(query))
                times[name].append((time.perf_counter() - start) * 1000)
                if status != 200:
                    sys.exit(f"bench-page: {path}{query}: status {status}")
    return times


def throughput(server, path, requests, clients):
    """Requests a second and failures, by ab; None when it is not there."""
    if shutil.which("ab") is None:
        return None
    said = subprocess.run(["ab", "-q", "-l", "-n", str(requests), "-c", str(clients),
                           f"http://127.0.0.1:{server.port}{path}{urllib.parse.quote_plus(QUERIES[1])}"],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False).stdout
    rate = re.search(r"Requests per second:\s+([\d.]+)", said)
    failed = sum(int(n) for n in re.findall(r"(?:Failed requests|Non-2xx responses):\s+(\d+)", said))
    return (float(rate.group(1)), failed) if rate else (0.0, requests)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--build", default="build")
    parser.add_argument("--data", required=True, help="folder with reuters/")
    parser.add_argument("--passes", type=int, default=20)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--clients", type=int, default=64)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index, text, number = articles(args.build, args.data, folder)
        ways = {"trivial CGI": "/trivial?q=", "sitrep.cgi, CGI": "/sitrep?q=", "sitrep.cgi, FastCGI": "/fast?q="}
        if omega(args.build, text, folder):
            ways["Omega, CGI"] = "/omega?DB=articles&P="
        server = Server(args.build, index, folder)
        try:
            report(server, ways, number, args)
        finally:
            server.stop()


def report(server, ways, number, args):
    times = latencies(server, ways, args.passes)
    print(f"{number} articles, {len(QUERIES)} queries, {args.passes} passes; one client, then {args.clients}")
    print(f"{'':22}{'p50 ms':>8}{'p99 ms':>8}{'bytes':>8}{'requests/s':>12}{'failed':>8}")
    for name, path in ways.items():
        ordered = sorted(times[name])
        size = statistics.median(len(server.get(path + urllib.parse.quote_plus(q))[1]) for q in QUERIES)
        load = throughput(server, path, args.requests * (5 if "Fast" in name else 1), args.clients)
        print(f"{name:22}{statistics.median(ordered):8.2f}{ordered[int(len(ordered) * 0.99)]:8.2f}{int(size):8}" +
              (f"{load[0]:12.0f}{load[1]:8}" if load else "   (no ab)"))
    print("load of the machine: " + " ".join(f"{x:.1f}" for x in os.getloadavg()))


main()
