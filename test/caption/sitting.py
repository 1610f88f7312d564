# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sitting that is captioned: a server with the sample group, a captioner's software written from
the public descriptions of StreamText and Zoom, and a reader of the channel."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.parse

MEETING = 6
LANGS = ("ar", "en", "es", "fr", "ru", "zh")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Sitting:
    """Meeting 6 of the sample group, open, on a server that can be killed and started again."""

    def __init__(self, comity, root, port=0):
        self.comity = comity
        self.folder = tempfile.TemporaryDirectory(prefix="comity-captions-")
        self.dir = os.path.join(self.folder.name, "site")
        self.port = port or free_port()
        self.cookies = {}
        self.process = None
        subprocess.run([comity, "replay", os.path.join(root, "examples", "wgec"), self.dir],
                       check=True, stdout=subprocess.DEVNULL)
        self.start()
        self.sign_in("secretariat@example.org", "secretariat of the group")
        self.act("meeting.announce", title="Sixth meeting", place="Geneva", starts="2018-02-05",
                 ends="2018-02-06", zone="Europe/Zurich", publicity="public")

    def start(self):
        log = open(os.path.join(self.folder.name, "log"), "ab")
        self.process = subprocess.Popen(
            [self.comity, "serve", self.dir, "--demo", "--listen", f"127.0.0.1:{self.port}"],
            stdout=log, stderr=log)
        for _ in range(600):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server does not start")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(60) != 0:
            raise RuntimeError(f"the server ended with {self.process.returncode}: "
                               + open(os.path.join(self.folder.name, "log")).read()[-4000:])

    def close(self):
        if self.process.poll() is None:
            self.kill()
        self.folder.cleanup()

    def ask(self, method, path, body=None, kind=None, accept="application/json"):
        """(status, headers, text)"""
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept": accept}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        c.request(method, path, body, headers)
        r = c.getresponse()
        text = r.read().decode()
        for k, v in r.getheaders():
            if k.lower() == "set-cookie":
                name, value = v.split(";")[0].split("=", 1)
                self.cookies[name] = value
        c.close()
        return r.status, r.headers, text

    def sign_in(self, email, passphrase):
        self.cookies = {}
        _, _, page = self.ask("GET", "/sign-in", accept="text/html")
        token = re.search(r'name="_token" value="([^"]+)"', page).group(1)
        status, _, text = self.ask("POST", "/sign-in/passphrase", urllib.parse.urlencode(
            {"_token": token, "email": email, "passphrase": passphrase, "next": "/"}),
            "application/x-www-form-urlencoded", "text/html")
        assert status == 303, (status, text)

    def act(self, command, expect=None, **fields):
        """The values that the command gave."""
        body = {"fields": {k: str(v) for k, v in fields.items()}}
        if expect is not None:
            body["expect"] = expect
        status, _, text = self.ask("POST", f"/api/wgec/commands/{command}", json.dumps(body),
                                   "application/json")
        assert status == 200, (command, status, text)
        return json.loads(text)

    def facts(self, path):
        status, _, text = self.ask("GET", path)
        assert status == 200, (path, status, text)
        return json.loads(text)

    def channel(self, lang):
        return f"/g/wgec/meetings/{MEETING}/captions/{lang}/live"


class Captioner:
    """Captioning software: POST text/plain with seq and lang, until it is acknowledged."""

    def __init__(self, port, token, lang):
        self.port, self.token, self.lang = port, token, lang
        self.seq = 0
        self.connection = None
        self.answers = []

    def raw(self, seq, text, lang=None, token=None):
        """(status, text) of one try."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        path = f"/caption?token={token or self.token}"
        if seq is not None:
            path += f"&seq={seq}"
        if lang is not False:
            path += f"&lang={lang or self.lang}"
        try:
            body = text if isinstance(text, bytes) else text.encode()
            self.connection.request("POST", path, body,
                                    {"Content-Type": "text/plain; charset=utf-8"})
            r = self.connection.getresponse()
            return r.status, r.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise

    def post(self, text):
        """The next piece; tried again, under the same number, until the server has it."""
        self.seq += 1
        while True:
            try:
                status, answer = self.raw(self.seq, text)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            if status == 200:
                return answer
            if status in (403, 409, 422):
                raise RuntimeError(f"{status} {answer}")
            time.sleep(0.05)

    def last(self):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        c.request("GET", f"/caption/seq?token={self.token}")
        r = c.getresponse()
        text = r.read().decode()
        c.close()
        return r.status, int(text) if r.status == 200 else text


class Reader(threading.Thread):
    """Follows a channel as a page does: it comes back with the last number that it has seen."""

    def __init__(self, port, path):
        super().__init__(daemon=True)
        self.port, self.path = port, path
        self.lines, self.id, self.bytes, self.words, self.resets, self.events = {}, 0, 0, 0, 0, 0
        self.faults = []
        self.stopping = False
        self.start()

    def run(self):
        while not self.stopping:
            try:
                self.follow()
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.05)

    def follow(self):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        c.request("GET", self.path, headers={"Last-Event-ID": str(self.id)})
        r = c.getresponse()
        event = {}
        while not self.stopping:
            line = r.readline()
            if not line:
                return
            self.bytes += len(line)
            line = line.decode().rstrip("\n")
            if line:
                k, _, v = line.partition(":")
                event[k] = v.lstrip()
            elif event:
                self.events += 1
                self.take(event)
                event = {}

    def take(self, event):
        if event.get("event") == "reset":
            self.resets += 1
        if "id" not in event:
            return
        number = int(event["id"])
        if number <= self.id:
            self.faults.append(f"change {number} after {self.id}")
        self.id = number
        if event.get("event"):
            return
        o = json.loads(event["data"])
        if o.get("gone"):
            self.lines.pop(o["n"], None)
            return
        known = self.lines.get(o["n"], {"t": ""})
        if o["k"]:
            o = {**known, **o}
        if o["k"] > len(known["t"]):
            self.faults.append(f"line {o['n']} keeps {o['k']} of {len(known['t'])}")
        self.words += len(o["t"].encode())
        o["t"] = known["t"][:o["k"]] + o["t"]
        self.lines[o["n"]] = o

    def text(self):
        return [self.lines[n]["t"] for n in sorted(self.lines)]

    def wait(self, what, seconds=30):
        end = time.time() + seconds
        while time.time() < end:
            if what(self):
                return True
            time.sleep(0.02)
        return False


class Tap:
    """ok and not ok."""

    def __init__(self):
        self.n, self.failed = 0, 0

    def check(self, good, what, detail=""):
        self.n += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.n} - {what}", flush=True)
        if not good:
            print(f"# {detail}", flush=True)

    def end(self):
        print(f"1..{self.n}")
        return 1 if self.failed else 0
