#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""comity caption: standard input and a recogniser as captions, over a server that is killed:
local_test.py COMITY ROOT"""
import json
import os
import socket
import stat
import subprocess
import sys
import time

from sitting import Reader, Sitting, Tap, MEETING

# Hears nothing of what it is given, but reads all of it: 32,000 bytes are a second.
FAKE = """python3 -c '
import json, sys
heard = 0
def say(text, final):
    print(json.dumps({"text": text, "final": final}), flush=True)
for word in range(12):
    sound = sys.stdin.buffer.read(3200)
    if not sound: break
    heard += 1
    say("we " + "agree "[:1 + heard % 6] + str(heard), heard % 4 == 0)
say("heard %d" % heard, True)
'"""


def start(s, *more, lang="en"):
    return subprocess.Popen([s.comity, "caption", s.dir, "wgec", "--meeting", str(MEETING), "--lang",
                             lang, *more], stdin=subprocess.PIPE, stderr=subprocess.PIPE)


def away(tap, s):
    """The server is killed again and again while somebody types."""
    reader = Reader(s.port, s.channel("en"))
    p = start(s, "--source", "cart")
    words = []
    for i in range(400):
        word = f"w{i:04d}é"
        words.append(word)
        p.stdin.write((word + ("\n" if i % 9 == 8 else " ")).encode())
        p.stdin.flush()
        if i % 100 == 50:
            s.kill()
        if i % 100 == 90:
            s.start()
        time.sleep(0.01)
    p.stdin.close()
    tap.check(p.wait(60) == 0, "it ends when all is kept")
    tap.check(b"Trying again" in p.stderr.read(), "and has said that it waited")
    reader.wait(lambda r: " ".join(r.text()).split() == words)
    got = " ".join(reader.text()).split()
    tap.check(got == words, "every word came once", [w for w in words if got.count(w) != 1][:5])
    p = start(s, "--source", "cart")
    p.communicate(b"The next sitting.\n")
    tap.check(reader.wait(lambda r: r.text()[-1] == "The next sitting."), "a second run goes on",
              reader.text()[-1:])
    reader.stopping = True


def recogniser(tap, s):
    reader = Reader(s.port, s.channel("fr"))
    p = start(s, "--asr", FAKE, lang="fr")
    p.communicate(b"\0" * 3200 * 12)
    tap.check(p.returncode == 0, "the recogniser's end is ours", p.returncode)
    want = ["we agree4", "we agr8", "we a12", "heard 12"]
    tap.check(reader.wait(lambda r: r.text() == want), "what it says last of a line stands",
              reader.text())
    p = start(s, "--asr", "exit 3", lang="fr")
    p.communicate(b"")
    tap.check(p.returncode != 0, "one that fails is told")
    reader.stopping = True


def refused(tap, s):
    path = os.path.join(s.dir, "local")
    tap.check(stat.S_IMODE(os.stat(path).st_mode) == 0o600, "only the owner may open the socket")
    p = start(s, lang="tlh")
    p.stdin.close()
    tap.check(p.wait(20) != 0, "a language that is none ends it")

    def line(text):
        c = socket.socket(socket.AF_UNIX)
        c.connect(path)
        c.sendall(text.encode() + b"\n")
        answer = c.makefile().readline()
        c.close()
        return json.loads(answer)
    good = {"group": "wgec", "meeting": MEETING, "lang": "ru", "source": "x"}
    tap.check(line(json.dumps(good)) == {"number": 0}, "a line without a number asks")
    tap.check(line("{")["error"] == "invalid", "what is not JSON")
    tap.check(line("[]")["error"] == "invalid", "what is no object")
    tap.check(line(json.dumps({**good, "group": "nobody"}))["error"] == "absent", "another group")
    tap.check(line(json.dumps({**good, "seq": 1, "meeting": 99, "text": "x"}))["error"] == "refused",
              "a meeting that is not there")


def main():
    tap = Tap()
    s = Sitting(sys.argv[1], sys.argv[2])
    try:
        early = start(s, "--source", "early", lang="es")
        early.stdin.write(b"Before the opening.\n")
        early.stdin.close()
        time.sleep(1)
        s.act("meeting.open", meeting=MEETING)
        tap.check(early.wait(20) == 0, "what came before the opening waits for it")
        refused(tap, s)
        recogniser(tap, s)
        away(tap, s)
        s.stop()
        tap.check(not os.path.exists(os.path.join(s.dir, "local")), "the socket goes with the server")
    finally:
        s.close()
    return tap.end()


sys.exit(main())
