# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real prose for the rows of the text engine, and a second version of it made by a seeded edit:
the statements of the member States in the general debate of 2015 (../shared/data)."""
import os
import random

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEBATE = ROOT + "/../shared/data/un-general-debate-2015"
# A paragraph of a statement is long; one of a draft has some sentences.
LONG = 600


def paragraphs(words):
    """Paragraphs of so many words in all: whole sentences of the statements, in their order."""
    out, have = [], 0
    for name in sorted(os.listdir(DEBATE)):
        if not name.endswith(".txt"):
            continue
        with open(f"{DEBATE}/{name}", encoding="utf-8-sig") as f:
            text = " ".join(f.read().split())
        while text and have < words:
            end = text.find(". ", LONG // 3) + 1 or len(text)
            while end < LONG and (more := text.find(". ", end + 1)) != -1 and more < LONG:
                end = more + 1
            part, text = text[:end], text[end:].lstrip()
            out.append(part)
            have += len(part.split())
        if have >= words:
            return out
    raise RuntimeError(f"only {have} words in {DEBATE}")


def edit_words(r, paragraph, other):
    """One to three places of a paragraph changed, with words of another one."""
    words = paragraph.split(" ")
    for _ in range(r.choice((1, 1, 1, 2, 3))):
        at, n = r.randrange(len(words)), r.randint(1, 6)
        borrowed = other.split(" ")
        start = r.randrange(len(borrowed))
        new = borrowed[start:start + r.randint(1, 6)]
        kind = r.random()
        if kind < 0.45:
            words[at:at + n] = new
        elif kind < 0.78:
            words[at:at] = new
        elif len(words) > n:
            del words[at:at + n]
    return " ".join(words)


def edited(base, seed=2015):
    """The second version: a third of the paragraphs with other words, and of every hundred about
    three new, two deleted, two moved, two split and one joined."""
    r = random.Random(seed)
    out = []
    moved = []
    join = False
    for p in base:
        kind = r.random()
        if kind < 0.33:
            p = edit_words(r, p, r.choice(base))
        elif kind < 0.36:
            out.append(edit_words(r, r.choice(base), r.choice(base)))
        elif kind < 0.38:
            continue
        elif kind < 0.40:
            moved.append(p)
            continue
        elif kind < 0.42 and ". " in p:
            first, p = p.split(". ", 1)
            out.append(first + ".")
        if join:
            out[-1] += " " + p
        else:
            out.append(p)
        join = 0.42 <= kind < 0.43
    for p in moved:
        out.insert(r.randrange(len(out)), p)
    return out


def draft(seed=2015, words=25000):
    """Both versions as plain text, paragraphs between empty lines."""
    base = paragraphs(words)
    both = base, edited(base, seed)
    return tuple("\n\n".join(v) + "\n" for v in both)
