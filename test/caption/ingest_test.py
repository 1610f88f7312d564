#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""What captioners' software sends comes to the readers: ingest_test.py COMITY ROOT"""
import sys
import threading
import time

from sitting import LANGS, Captioner, Reader, Sitting, Tap, MEETING


def alone(tap, s, tokens):
    """One captioner: order, repetition, corrections, and what is refused."""
    en = Captioner(s.port, tokens["en"], "en-US")
    tap.check(en.raw(1, "Too early.\n")[0] == 409, "a meeting that was not opened is not captioned")
    s.act("meeting.open", meeting=MEETING)
    reader = Reader(s.port, s.channel("en"))
    tap.check(en.last() == (200, 0), "before the first piece the last number is 0", en.last())
    tap.check(en.post("We ag") == "1\n", "the first piece is acknowledged with its number")
    en.post("ree.\nThank")
    tap.check(reader.wait(lambda r: r.text() == ["We agree.", "Thank"]), "two lines", reader.text())
    tap.check(en.raw(2, "ree.\nThank") == (200, "2\n"), "a repeated piece is acknowledged again")
    tap.check(en.raw(2, "other")[0] == 409, "other words under the same number are not taken")
    en.post("\b" * 7 + "!\nThank you.\n")
    tap.check(reader.wait(lambda r: r.text() == ["We agree!", "Thank you."]),
              "corrections go back over the end of a line", reader.text())
    tap.check(en.raw(6, " five\n") == (200, "3\n"), "what comes early is kept")
    tap.check(en.raw(5, " four") == (200, "3\n"), "and so is the one before")
    tap.check(en.last() == (200, 3), "the last number is that of the last without a gap")
    tap.check(reader.text()[-1] == "Thank you.", "nothing is shown before its turn", reader.text())
    tap.check(en.raw(4, "three,") == (200, "6\n"), "with the missing one all come")
    tap.check(reader.wait(lambda r: r.text()[-1] == "three, four five"), "in their order",
              reader.text())
    status, text = en.raw(100, "far ahead")
    tap.check(status == 409 and "Piece 7 is missing" in text, "too far ahead is told", text)
    en.seq = 6
    tap.check(en.raw(7, b"\xff\xfe")[0] == 422, "what is not UTF-8 is told")
    tap.check(en.raw(None, "no number")[0] == 422, "a piece without a number is told")
    tap.check(en.raw(7, "x", lang="fr-FR")[0] == 422, "another language than the address is for")
    tap.check(en.raw(7, "x", token="a" * 48)[0] == 403, "a token that nobody was given")
    tap.check(en.raw(7, "x" * 20000)[0] == 422, "a piece that is too long")
    tap.check(en.raw(7, ">> KENYA: Hello.\r\n", lang=False) == (200, "7\n"),
              "the language may be left out")
    en.seq = 7
    tap.check(reader.wait(lambda r: r.lines[max(r.lines)].get("s") == "KENYA"
                          and r.text()[-1] == "Hello."), "a label names who speaks", reader.lines)
    reader.stopping = True
    return en


def speakers(tap, s, en):
    """The label is proposed from who has the floor."""
    reader = Reader(s.port, s.channel("en"))
    s.act("floor.enter", meeting=MEETING, seat=1, kind="statement", mode="room")
    s.act("floor.enter", meeting=MEETING, seat=3, kind="statement", mode="room")
    en.post("Nobody has the floor.\n")
    reader.wait(lambda r: r.text()[-1:] == ["Nobody has the floor."])
    before = s.cookies
    s.sign_in("chair@example.org", "chair of the group")
    s.act("floor.give", meeting=MEETING, reason="")
    en.post("We thank the Chair.\nAnd we agree.\n")
    reader.wait(lambda r: r.text()[-1:] == ["And we agree."])
    last = [reader.lines[n].get("s") for n in sorted(reader.lines)][-3:]
    tap.check(last[0] in (None, "KENYA") and last[1] == last[2] and last[1] not in (None, "KENYA"),
              "who has the floor is proposed when a line begins", last)
    first = last[1]
    en.post(">> THE INTERPRETER: A correction.\nIt was nineteen.\n")
    reader.wait(lambda r: r.text()[-1:] == ["It was nineteen."])
    last = [reader.lines[n].get("s") for n in sorted(reader.lines)][-2:]
    tap.check(last == ["THE INTERPRETER"] * 2, "whom the captioner names goes on", last)
    s.act("floor.end", meeting=MEETING)
    s.act("floor.give", meeting=MEETING, reason="")
    en.post("Our delegation has a question.\n")
    reader.wait(lambda r: r.text()[-1:] == ["Our delegation has a question."])
    last = reader.lines[max(reader.lines)].get("s")
    tap.check(last not in (None, "THE INTERPRETER", first), "until another one has the floor", last)
    s.cookies = before
    reader.stopping = True


def informal(tap, s, en):
    """What is said in an informal sitting comes to nobody; the software goes on counting."""
    reader = Reader(s.port, s.channel("en"))
    reader.wait(lambda r: len(r.lines) > 3)
    before = reader.text()
    s.act("meeting.sitting", meeting=MEETING, kind="plenary", date="2018-02-05", **{
        "from": "10:00", "to": "13:00"})
    s.act("meeting.sitting", meeting=MEETING, kind="informal", date="2018-02-05", **{
        "from": "15:00", "to": "18:00"})
    s.act("meeting.suspend", meeting=MEETING)
    s.act("meeting.resume", meeting=MEETING, sitting=2)
    answer = en.post("Between us.\n")
    tap.check(answer.startswith(f"{en.seq}\n") and "not kept" in answer,
              "in an informal words are taken and not kept", answer)
    s.act("meeting.suspend", meeting=MEETING)
    s.act("meeting.resume", meeting=MEETING, sitting=1)
    tap.check(en.post("In public again.\n") == f"{en.seq}\n", "in the plenary they are kept again")
    tap.check(reader.wait(lambda r: r.text()[-1] == "In public again."), "and come to readers")
    tap.check(reader.text() == before + ["In public again."], "without what was said between",
              reader.text()[-3:])
    reader.stopping = True


def together(tap, s, tokens):
    """Six languages, a hundred posts a second, one reader of each."""
    readers = {lang: Reader(s.port, s.channel(lang)) for lang in LANGS}
    time.sleep(0.5)
    before = {lang: readers[lang].bytes for lang in LANGS}
    late, wait = [], threading.Lock()

    def work(lang):
        c = Captioner(s.port, tokens[lang], lang)
        c.seq = c.last()[1]
        begin = time.time()
        for i in range(170):
            at = begin + i * 6 / 100
            time.sleep(max(0, at - time.time()))
            sent = time.time()
            c.post(f"{lang}{i} " if i % 10 != 9 else f"{lang}{i}.\n")
            with wait:
                late.append(time.time() - sent)
    workers = [threading.Thread(target=work, args=(lang,)) for lang in LANGS]
    begin = time.time()
    for w in workers:
        w.start()
    for w in workers:
        w.join()
    took = time.time() - begin
    rate = 6 * 170 / took
    late.sort()
    print(f"# {rate:.0f} posts a second; answered in {late[len(late) // 2] * 1000:.1f} ms (median), "
          f"{late[len(late) * 99 // 100] * 1000:.1f} ms (99 of 100)")
    tap.check(rate > 90, "a hundred posts a second are taken", f"{rate} a second")
    for lang, r in readers.items():
        want = [f"{lang}{i}" + ("." if i % 10 == 9 else "") for i in range(170)]
        r.wait(lambda r: " ".join(r.text()).split()[-170:] == want)
        got = " ".join(r.text()).split()[-170:]
        tap.check(got == want and not r.faults, f"every word once in {lang}", (got, r.faults))
        r.stopping = True
    return before, readers


def pace(tap, s, tokens):
    """A minute of speech, word by word at 150 words a minute, costs a reader little."""
    words = ("the working group shall consider the draft report and its recommendations on "
             "enhanced cooperation at its next meeting").split()
    c = Captioner(s.port, tokens["en"], "en")
    c.seq = c.last()[1]
    reader = Reader(s.port, s.channel("en"))
    reader.wait(lambda r: r.id > 0)
    bytes_before, words_before, events_before = reader.bytes, reader.words, reader.events
    for i in range(50):
        c.post(words[i % len(words)] + ("\n" if i % 12 == 11 else " "))
        time.sleep(0.4)
    time.sleep(0.5)
    overhead = 3 * (reader.bytes - bytes_before - (reader.words - words_before))
    print(f"# a minute of speech: {3 * (reader.words - words_before)} bytes of words, "
          f"{overhead} bytes around them, in {3 * (reader.events - events_before)} events")
    # A reader does not see the seven bytes around a chunk, of which there is one for an event at most.
    chunks = 3 * 7 * (reader.events - events_before)
    tap.check(0 < overhead + chunks < 5000, "what is sent around the words is little", (overhead, chunks))
    reader.stopping = True


def main():
    tap = Tap()
    s = Sitting(sys.argv[1], sys.argv[2])
    try:
        tokens = {}
        for lang in LANGS:
            tokens[lang] = s.act("caption.connect", meeting=MEETING, lang=lang,
                                 label="Whitcombe Captioning")["token"]
        en = alone(tap, s, tokens)
        s.cookies, kept = {}, s.cookies
        s.sign_in("chair@example.org", "chair of the group")
        s.act("floor.open", meeting=MEETING, policy="first_come")
        s.cookies = kept
        speakers(tap, s, en)
        informal(tap, s, en)
        together(tap, s, tokens)
        pace(tap, s, tokens)
        s.act("caption.disconnect", connection=2)
        tap.check(en.raw(1, "x")[0] == 403, "a connection that was closed takes nothing")
        record = s.facts("/g/wgec/record/" + str(s.facts("/g/wgec")["entries"] - 1))
        tap.check(tokens["en"] not in str(record), "the record does not know the secret")
        s.stop()
    finally:
        s.close()
    return tap.end()


sys.exit(main())
