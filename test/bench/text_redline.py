# SPDX-License-Identifier: AGPL-3.0-or-later
"""The redline against peers, for the row text of tools/run-bench: whole processes (git, wdiff), in
process (libgit2, jsdiff, diff-match-patch), and what is reported as changed in a Chinese text."""
import json
import os
import random
import re
import statistics
import subprocess
import time

import text_corpus

HERE = os.path.dirname(os.path.abspath(__file__))
CHINESE = text_corpus.ROOT + "/../shared/data/udhr-six-languages/cmn_hans.html"
ENVIRONMENT = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C.UTF-8"}


def run_once(command):
    """(by the clock, by the processor) of a process, milliseconds; its output is thrown away."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(child.pid, 0)
    clock = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        raise RuntimeError(f"{command} ended with {child.returncode}")
    return clock * 1e3, (usage.ru_utime + usage.ru_stime) * 1e3


def alternate(commands, rounds):
    """Medians of run_once for each command, in rounds that alternate."""
    took = [[] for _ in commands]
    for _ in range(rounds):
        for at, command in enumerate(commands):
            took[at].append(run_once(command))
    return [tuple(statistics.median(t[k] for t in one) for k in (0, 1)) for one in took]


def processes(table, comity, base, revised, rounds):
    ours, git, wdiff = alternate([[comity, "text", "redline", base, revised],
                                  ["git", "diff", "--no-index", "--word-diff", base, revised],
                                  ["wdiff", base, revised]], rounds)
    for k, clock in enumerate(("by the clock", "by the processor")):
        table.most("text", f"redline, whole process, {clock}; git --word-diff", ours[k], git[k], "ms", 1.0)
        table.most("text", f"redline, whole process, {clock}; wdiff", ours[k], wdiff[k], "ms", 1 / 3)


def in_process(table, program, base, revised, rounds):
    out = subprocess.run([program, base, revised, str(rounds)], check=True, stdout=subprocess.PIPE, text=True).stdout
    found = {m[1]: (float(m[2]), float(m[3])) for m in re.finditer(r"(?m)^(.*) ours ([\d.]+) peer ([\d.]+) ", out)}
    cached, libgit2 = found["redline, tokens cached"]
    table.most("text", "redline, tokens cached; libgit2 patience", cached, libgit2, "ms", 0.1)
    table.row("text", "redline, nothing cached; libgit2 patience", *found["redline, nothing cached"], "ms")
    table.row("text", "cutting both texts into words; libgit2 patience", *found["cutting both texts"], "ms")
    table.most("text", "one sequence of tokens, changed ones; libgit2 minimal", *found["tokens changed"], "tokens", 1.05)
    table.row("text", "one sequence of tokens, time; libgit2 minimal", *found["one sequence"], "ms")
    return cached, found["redline, nothing cached"][0]


def javascript(table, base, revised, cached, cold):
    subprocess.run([HERE + "/install"], check=True)
    out = subprocess.run(["node", HERE + "/text_peers.mjs", base, revised, "3"], check=True, stdout=subprocess.PIPE,
                         text=True).stdout
    for line in out.splitlines():
        name, peer, _ = line.split()
        table.most("text", f"redline, tokens cached; {name}", cached, float(peer), "ms", 0.01)
        table.row("text", f"redline, nothing cached; {name}", cold, float(peer), "ms")


def chinese(seed=1948):
    """The Declaration, about half of its paragraphs edited; how many characters were touched."""
    with open(CHINESE, encoding="utf-8") as f:
        found = re.findall(r"<p[^>]*>\s*([^<]+)", f.read())
    base = [" ".join(p.split()) for p in found if len(p.strip()) > 20]
    r = random.Random(seed)
    every, out, touched = "".join(base), [], 0
    for p in base:
        if r.random() < 0.5:
            at, gone, new = r.randrange(len(p)), r.randint(1, 4), ""
            kind = r.random()
            if kind < 0.7:
                start = r.randrange(len(every) - 4)
                new = every[start:start + r.randint(1, 4)]
            if kind >= 0.4 and kind < 0.7:
                gone = 0
            touched += len(p[at:at + gone]) + len(new)
            p = p[:at] + new + p[at + gone:]
        out.append(p)
    return "\n\n".join(base) + "\n", "\n\n".join(out) + "\n", touched


def scripts(table, comity, work):
    base, revised, touched = chinese()
    paths = []
    for name, text in (("zh-base.txt", base), ("zh-revised.txt", revised)):
        paths.append(f"{work}/{name}")
        with open(paths[-1], "w", encoding="utf-8") as f:
            f.write(text)
    out = subprocess.run([comity, "text", "redline", *paths, "--format", "json"], check=True, stdout=subprocess.PIPE)
    reported = sum(len(s["text"]) for p in json.loads(out.stdout)["paragraphs"] for s in p["spans"] if s["op"] != "=")
    out = subprocess.run(["git", "diff", "--no-index", "--word-diff=porcelain", *paths], stdout=subprocess.PIPE,
                         text=True, env=ENVIRONMENT).stdout
    git = sum(len(line) - 1 for line in out.splitlines()[4:] if line[:1] in "+-")
    table.most("text", "Chinese, characters reported as changed; truly changed", reported, touched, "chars", 1.5)
    table.row("text", "the same of git --word-diff; truly changed", git, touched, "chars")


def rows(table, work, comity, program, rounds):
    """comity: the program; program: text_redline_bench; rounds: how often each is run."""
    paths = []
    for name, text in zip(("base.txt", "revised.txt"), text_corpus.draft()):
        paths.append(f"{work}/{name}")
        with open(paths[-1], "w", encoding="utf-8") as f:
            f.write(text)
    processes(table, comity, *paths, rounds)
    cached, cold = in_process(table, program, *paths, rounds)
    javascript(table, *paths, cached, cold)
    scripts(table, comity, work)
