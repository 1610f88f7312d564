# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages while a whole town listens: the sample group's next meeting is open, its captions are followed by
thousands over the program itself, a line of 120 bytes every 250 ms, and a delegate's pages, none of them
kept, are asked for fifty times a second, whether the last ones have come or not."""
import json
import os
import shutil
import subprocess
import threading
import time

import servers

MEETING = 6
STREAM = f"/g/wgec/meetings/{MEETING}/captions/en/live"
PAGES = ("/g/wgec", f"/g/wgec/meetings/{MEETING}", f"/g/wgec/meetings/{MEETING}/live",
         f"/g/wgec/meetings/{MEETING}/floor", "/g/wgec/documents")
A_SECOND = 50
ASKERS = 20  # at once, so that a slow page does not hold the next one back
LATE = 0.25  # of the lines may be missing: those of the first and of the last moments


def house(comity, examples, folder):
    """The sample group with its next meeting open, and somebody who has the floor."""
    script = folder + "-script"
    shutil.copytree(examples, script)
    acts = [
        {"at": "2018-02-05T08:00:00Z", "as": "secretary", "do": "meeting.announce",
         "with": {"title": "Sixth meeting", "place": "Geneva", "starts": "2018-02-05", "ends": "2018-02-06",
                  "zone": "Europe/Zurich", "publicity": "public"}},
        {"as": "secretary", "do": "meeting.agenda_item", "with": {"meeting": MEETING, "title": "Access"}},
        {"as": "secretary", "do": "meeting.open", "with": {"meeting": MEETING}},
        {"as": "chair", "do": "floor.open", "with": {"meeting": MEETING, "policy": "first_come"}}]
    acts += [{"as": "secretary", "do": "floor.enter",
              "with": {"meeting": MEETING, "seat": seat, "kind": "statement", "mode": "room"}} for seat in (1, 5, 12)]
    with open(f"{script}/99-crowd.jsonl", "w", encoding="utf-8") as f:
        f.writelines(json.dumps(act) + "\n" for act in acts)
    subprocess.run([comity, "replay", script, folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def ask(port, number, session, start, times, seconds):
    """Every ASKERS-th page of the plan. Counted from the moment at which it was to be asked for."""
    client = servers.Client(port, f"127.2.0.{number + 1}")
    for turn in range(number, A_SECOND * seconds, ASKERS):
        due = start + turn / A_SECOND
        time.sleep(max(0, due - time.perf_counter()))
        client.get(f"{PAGES[turn % len(PAGES)]}?wait={turn}-{due}", session)
        times.append((time.perf_counter() - due) * 1e3)


def page_times(port, session, seconds):
    times, start = [], time.perf_counter() + 0.5
    askers = [threading.Thread(target=ask, args=(port, i, session, start, times, seconds)) for i in range(ASKERS)]
    for t in askers:
        t.start()
    for t in askers:
        t.join()
    if len(times) != A_SECOND * seconds:
        raise RuntimeError(f"{len(times)} of {A_SECOND * seconds} pages came")
    return sorted(times)


def give_way():
    """In truth those who listen sit at other machines."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def while_listening(ours, bench, comity, folder, session, n, seconds):
    """Times of pages, and the milliseconds after which half of the lines came."""
    captioner = subprocess.Popen([comity, "caption", folder, "wgec", "--meeting", str(MEETING), "--lang", "en"],
                                 stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    voice = subprocess.Popen([bench, "say"], stdin=subprocess.PIPE, stdout=captioner.stdin)
    ears = subprocess.Popen([bench, "listen", str(ours.port), STREAM, str(n), "0", str(seconds + 2)],
                            stdout=subprocess.PIPE, text=True, preexec_fn=give_way)
    try:
        if ears.stdout.readline() != "open\n":
            raise RuntimeError("not all listeners came in")
        times = page_times(ours.port, session, seconds)
        words = ears.stdout.readline().split()
        if int(words[5]) < n * (seconds + 2) * 4 * (1 - LATE):
            raise RuntimeError(f"{words[5]} lines came to {n} listeners")
        return times, float(words[1]) / 1000
    finally:
        voice.stdin.close()
        captioner.stdin.close()
        for process in (voice, captioner, ears):
            process.wait()


def rows(table, work, bench, comity, examples, n, seconds):
    folder = house(comity, examples, work + "/crowd")
    with servers.comity(comity, folder) as ours:
        session = servers.sign_in(ours, "delegate@example.org", "delegate of a member")
        at = lambda times, hundredth: times[len(times) * hundredth // 100]
        quiet = page_times(ours.port, session, seconds)
        times, line = while_listening(ours, bench, comity, folder, session, n, seconds)
        what = f"{n:,} listeners and {A_SECOND} pages a second"
        table.absolute("live", f"{what}: page p99", at(times, 99), "ms", 100, at_least=False)
        table.row("live", f"{what}: page p99; with no listener", at(times, 99), at(quiet, 99), "ms")
        table.row("live", f"{what}: page p50; with no listener", at(times, 50), at(quiet, 50), "ms")
        table.row("live", f"{what}: p50 of a line's way, told twice a second", line, None, "ms")
