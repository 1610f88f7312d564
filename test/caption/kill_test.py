#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""kill -9 in the middle of a sitting: no acknowledged word is lost or doubled, for the readers and
in the record: kill_test.py COMITY ROOT"""
import subprocess
import sys
import threading
import time

from sitting import LANGS, Captioner, Reader, Sitting, Tap, MEETING

KILLS = 6
PAUSE = 1.2


def write(c, lang, stop, sent):
    i = 0
    while not stop.is_set():
        word = f"{lang}{i:05d}"
        # Each third word is mistaken at first, and corrected in a piece of its own.
        if i % 3 == 2:
            c.post(word + "xy")
            c.post("\b\b" + ("\n" if i % 8 == 7 else " "))
        else:
            c.post(word + ("\n" if i % 8 == 7 else " "))
        sent.append(word)
        i += 1
        time.sleep(0.02)


def main():
    tap = Tap()
    s = Sitting(sys.argv[1], sys.argv[2])
    stop = threading.Event()
    try:
        s.act("meeting.open", meeting=MEETING)
        writers, readers, sent = [], {}, {}
        for lang in LANGS:
            token = s.act("caption.connect", meeting=MEETING, lang=lang, label="Services")["token"]
            sent[lang] = []
            c = Captioner(s.port, token, lang)
            readers[lang] = Reader(s.port, s.channel(lang))
            writers.append(threading.Thread(target=write, args=(c, lang, stop, sent[lang])))
            writers[-1].start()
        for _ in range(KILLS):
            time.sleep(PAUSE)
            s.kill()
            s.start()
        time.sleep(PAUSE)
        stop.set()
        for w in writers:
            w.join()
        for lang, r in readers.items():
            want = sent[lang]
            r.wait(lambda r: " ".join(r.text()).split() == want)
            got = " ".join(r.text()).split()
            tap.check(got == want, f"the reader has every word once in {lang}, of {len(want)}",
                      [w for w in want if got.count(w) != 1][:5])
            tap.check(not r.faults and not r.resets, "and came back without a gap", r.faults[:3])
            late = Reader(s.port, s.channel(lang))
            tap.check(late.wait(lambda r: " ".join(r.text()).split() == want), "who comes late too")
            late.stopping = r.stopping = True
        s.sign_in("chair@example.org", "chair of the group")
        entries = s.facts("/g/wgec")["entries"]
        s.act("meeting.close", expect=entries, meeting=MEETING)
        end = time.time() + 60
        complete = {}
        while time.time() < end and len(complete) < len(LANGS):
            time.sleep(1)
            said = s.facts(f"/g/wgec/meetings/{MEETING}/transcript")["utterances"]
            for lang in LANGS:
                got = " ".join(u["text"] for u in said if u["lang"] == lang).split()
                if len(got) >= len(sent[lang]):
                    complete[lang] = got
        for lang in LANGS:
            tap.check(complete.get(lang) == [w for w in sent[lang]] if lang != "zh" else
                      "".join(complete.get(lang, [])) == "".join(sent[lang]),
                      f"the record has every word once in {lang}", complete.get(lang, [])[:9])
        first = next(u for u in said if u["lang"] == "en")
        s.sign_in("secretariat@example.org", "secretariat of the group")
        s.act("part.erase", seq=first["seq"], part=1, block=0, ground="art17")
        words = first["text"].split()
        gone = Reader(s.port, s.channel("en"))
        tap.check(gone.wait(lambda r: " ".join(r.text()).split() == sent["en"][len(words):], 10),
                  "what is erased from the record is taken back from readers", gone.text()[:2])
        gone.stopping = True
        s.stop()
        for verb in (["verify", s.dir], ["rebuild", s.dir, "--check"]):
            r = subprocess.run([s.comity, *verb], capture_output=True, text=True, check=False)
            tap.check(r.returncode == 0, f"comity {verb[0]} finds nothing", r.stdout + r.stderr)
    finally:
        stop.set()
        s.close()
    return tap.end()


sys.exit(main())
