# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amendments carried over a revision against libgit2, what the rolling text costs, and the memory of
a very long draft, for the row text of tools/run-bench."""
import json
import math
import os
import re
import subprocess

import text_draft

WORDS, LONG_WORDS = 25000, 500000
SIZES = (300, 3000, 30000)


def run(program, *arguments):
    """What it says: name -> (ours, peer), and counts by name."""
    out = subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout
    times = {m[1]: (float(m[2]), float(m[3])) for m in re.finditer(r"(?m)^(.*) ours ([\d.]+) peer ([\d.]+) ms", out)}
    return times, {m[1]: int(m[2]) for m in re.finditer(r"([a-z][a-z ]*?) (\d+)", out)}


def rebase(table, work, program, rounds):
    path = f"{work}/draft.json"
    text_draft.Draft(WORDS, 300).write(path)
    times, count = run(program, "rebase", path, str(rounds))
    what = f"{count['adopted']} adopted, {count['rebased']} carried over"
    ours, git = times["rebase"]
    table.most("text", f"{what}; git_merge_file", ours, git, "ms", 0.01)
    table.row("text", f"{what}, each also as a whole text; git_merge_file", *times["rebase, whole texts"], "ms")
    table.row("text", f"of {count['compatible']} that still fit, exact; git_merge_file", count["exact"],
              count["git exact"], "texts", f">= {count['compatible']}", count["exact"] == count["compatible"])
    for name, peer in (("wrong", "git wrong"), ("refused", "git refused")):
        table.row("text", f"of these {name}; git_merge_file", count[name], count[peer], "texts", "<= 0",
                  count[name] == 0)
    table.row("text", f"of {count['against']} in conflict, adopted in silence", count["silent"], None, "texts", "<= 0",
              count["silent"] == 0)


def rolling(table, work, program, rounds):
    trees, texts = [], []
    for n in SIZES:
        path = f"{work}/draft-{n}.json"
        text_draft.Draft(WORDS, n).write(path)
        times, _ = run(program, "rolling", path, str(rounds))
        (tree, _), (text, _) = times["rolling"], times["rolling, as text"]
        trees.append(tree)
        texts.append(text)
        table.row("text", f"rolling text of {n:,} amendments, as a tree", tree, None, "ms")
        if n == SIZES[0]:
            table.absolute("text", f"rolling text of {n:,} amendments, written", text, "ms", 50, False)
        else:
            table.row("text", f"rolling text of {n:,} amendments, written", text, None, "ms")
    more = SIZES[-1] / SIZES[0]
    most = math.log(more * math.log(SIZES[-1]) / math.log(SIZES[0]), more)  # of n log n between the two
    what = f"cost ~ amendments^e, {SIZES[0]:,} to {SIZES[-1]:,}"
    exponent = math.log(texts[-1] / texts[0], more)
    table.row("text", f"rolling text, written: {what}", exponent, None, "exponent", f"<= {most:.2f}", exponent <= most)
    table.row("text", f"rolling text, the tree: {what}", math.log(trees[-1] / trees[0], more), None, "exponent")


def peak(command, out):
    """MiB of memory that a process took at most; its output goes to a file."""
    with open(out, "wb") as f:
        child = subprocess.Popen(command, stdout=f)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{command[:3]} ended with {child.returncode}")
    return usage.ru_maxrss / 1024


def compatible(check, ids):
    """In their order, each that clashes with none before it."""
    against = {}
    for pair in check["conflicts"]:
        against.setdefault(pair["b"], []).append(pair["a"])
        against.setdefault(pair["a"], []).append(pair["b"])
    chosen = set()
    for i in ids:
        if not any(other in chosen for other in against.get(i, ())):
            chosen.add(i)
    return [i for i in ids if i in chosen]


def memory(table, work, comity, amendments):
    path, out = f"{work}/long.json", f"{work}/out.json"
    draft = text_draft.Draft(LONG_WORDS, amendments)
    draft.write(path)
    what = f"{LONG_WORDS:,} words, {amendments:,} amendments"
    table.absolute("text", f"{what}: text rolling, peak memory", peak([comity, "text", "rolling", path], out), "MiB",
                   512, False)
    table.absolute("text", f"{what}: text check, peak memory", peak([comity, "text", "check", path], out), "MiB", 512,
                   False)
    with open(out, encoding="utf-8") as f:
        ids = compatible(json.load(f), [a["id"] for a in draft.list])
    took = peak([comity, "text", "adopt", path, "--ids", ",".join(ids)], out)
    table.absolute("text", f"{what}: text adopt of {len(ids):,}, peak memory", took, "MiB", 512, False)


def rows(table, work, comity, program, rounds, small):
    """comity: the program; program: text_rebase_bench; small: a tenth of the sizes, for trying out."""
    rebase(table, work, program, rounds)
    rolling(table, work, program, rounds)
    memory(table, work, comity, 1000 if small else 10000)
