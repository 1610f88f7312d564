# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a draft at the size that a large negotiation reaches: 25,000 words with 300 amendments of
40 delegations before the group, in a house of the sample group's members; and the redline that
one sees while one types."""
import json
import os
import re
import shutil
import statistics
import subprocess
import time
import urllib.parse

import servers
import text_draft

MEMBERS = ("01-foundation.jsonl", "02-members.jsonl")
BY_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def speakers(examples):
    """Those who table amendments in the sample group and have been its members from the beginning, each for
    a delegation of its own."""
    found = {}
    with open(f"{examples}/{MEMBERS[-1]}", encoding="utf-8") as f:
        first = set(re.findall(r'"name": "(\w+)"}', f.read()))
    for name in sorted(os.listdir(examples)):
        if name.endswith(".jsonl"):
            with open(f"{examples}/{name}", encoding="utf-8") as f:
                found.update({who: None for who in re.findall(r'"as": "(\w+)", "do": "draft\.(?:amend|insert)"',
                                                              f.read())})
    return [who for who in found if who in first]


def act(draft, op):
    """The command that tables one amendment of the seeded draft."""
    if op["op"] == "insert_par":
        return "draft.insert", {"after": op["after"], "text": op["text"]}
    text = draft.pars[int(op["par"][1:]) - 1]
    if op["op"] == "split_par":
        return "draft.split", {"paragraph": op["par"], "text": text[:op["at"]] + "\n\n" + text[op["at"]:]}
    if op["op"] == "move_par":
        return "draft.move", {"paragraph": op["par"], "after": op["after"]}
    if op["op"] in ("join_par", "delete_par"):
        return f"draft.{op['op'][:-4]}", {"paragraph": op["par"]}
    start, end = op.get("from", op.get("at")), op.get("to", op.get("at"))
    return "draft.amend", {"paragraph": op["par"], "text": text[:start] + op.get("text", "") + text[end:]}


def house(comity, examples, folder, words, amendments):
    """A house with the members of the sample group and one draft. The draft."""
    script = folder + "-script"
    os.makedirs(script)
    for name in MEMBERS:
        shutil.copy(f"{examples}/{name}", script)
    draft = text_draft.Draft(words, amendments * 2)
    with open(f"{script}/text.txt", "w", encoding="utf-8") as f:
        f.write("\n\n".join(draft.pars) + "\n")
    who = speakers(examples)
    with open(f"{script}/10-draft.jsonl", "w", encoding="utf-8") as f:
        f.write(json.dumps({"at": "2018-01-16T09:00:00Z", "as": "secretary", "do": "draft.open",
                            "with": {"title": "Draft", "lang": "en"}, "texts": {"text": "text.txt"}}) + "\n")
        seen = set()
        for amendment in draft.list:
            command, fields = act(draft, amendment["ops"][0])
            key = (command, *fields.values())
            if key in seen or len(seen) == amendments:
                continue  # the house refuses a second one that says the same
            seen.add(key)
            party = int(amendment["party"].split()[1])
            f.write(json.dumps({"as": who[party % len(who)], "do": command, "with": {"draft": 1, **fields}},
                               ensure_ascii=False) + "\n")
    subprocess.run([comity, "replay", script, folder], check=True, stdout=subprocess.DEVNULL)
    return draft


def percentile(times, hundredth):
    return sorted(times)[min(len(times) - 1, len(times) * hundredth // 100)]


def page_times(server, paths, headers=None):
    times, size = [], 0
    for path in paths:
        start = time.perf_counter()
        size = max(size, len(server.get(path, headers)))
        times.append((time.perf_counter() - start) * 1e3)
    return times, size


def preview_times(server, draft, session, n):
    """What a browser sends while one types: the form with the paragraph as it stands in the box."""
    form = server.get("/g/wgec/do/draft.amend?draft=1&paragraph=p1", session).decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    times = []
    for turn in range(n):
        par = turn % len(draft.pars)
        body = urllib.parse.urlencode({**hidden, "draft": 1, "paragraph": f"p{par + 1}", "_preview": 1,
                                       "text": f"Turn {turn}: " + draft.pars[par]})
        start = time.perf_counter()
        answer = server.request("POST", "/g/wgec/do/draft.amend", body, {**BY_FORM, **session})
        times.append((time.perf_counter() - start) * 1e3)
        if answer.status != 200 or b"<ins" not in answer.data:
            raise RuntimeError(f"preview: {answer.status}")
    return times


def rows(table, work, comity, examples, turns):
    draft = house(comity, examples, work + "/draft", 25000, 300)
    with servers.comity(comity, work + "/draft") as ours:
        session = servers.sign_in(ours, "delegate@example.org", "delegate of a member")
        views = {"rolling": "", "clean": "&view=clean", "for a delegate": ""}
        for name, query in views.items():
            head = session if name == "for a delegate" else None
            paths = [f"/g/wgec/drafts/1?turn={turn}{query}" for turn in range(turns)]
            times, size = page_times(ours, paths, head)
            what = f"300 amendments on 25,000 words, {name}"
            table.absolute("page", f"{what}: made anew, p50", statistics.median(times), "ms", 100, False)
            table.absolute("page", f"{what}: made anew, p99", percentile(times, 99), "ms", 100, False)
            table.absolute("page", f"{what}: size", size / 1e6, "MB", 1, False)
        times = preview_times(ours, draft, session, turns * 2)
        table.absolute("page", "redline while one types, p50", statistics.median(times), "ms", 100, False)
        table.absolute("page", "redline while one types, p99", percentile(times, 99), "ms", 100, False)
