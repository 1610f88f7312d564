# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft of real prose with seeded amendments, as the JSON of doc/format/text.md: 40 parties, few
paragraphs that everybody amends and many that hardly anybody does (Zipf), one in ten an exact
duplicate, of 300 about 103 replacements, 77 insertions, 50 deletions, 27 new paragraphs, 15 splits,
12 moves, 8 joins and 8 deletions of paragraphs."""
import json
import random
import unicodedata

import text_corpus

PARTIES = 40
KINDS = {"replace": 103, "insert": 77, "delete": 50, "insert_par": 27, "split_par": 15, "move_par": 12,
         "join_par": 8, "delete_par": 8}


def plain(text):
    """Composed, and without what joins the character before it: a code point is a grapheme."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if unicodedata.category(c) not in ("Mn", "Me", "Cf"))


def base(words):
    """Paragraphs of so many words; the statements again when there are not enough."""
    most = 390000
    if words <= most:
        return [plain(p) for p in text_corpus.paragraphs(words)]
    return base(most) + base(words - most)


class Draft:
    def __init__(self, words, amendments, seed=300):
        self.r = random.Random(seed)
        self.pars = base(words)
        self.words = [p.split(" ") for p in self.pars]
        order = list(range(len(self.pars)))
        self.r.shuffle(order)
        self.hot = order
        self.weights = [1 / (k + 1) for k in range(len(order))]
        self.list = []
        kinds = self.r.choices(list(KINDS), list(KINDS.values()), k=amendments)
        for number, kind in enumerate(kinds):
            twin = self.r.choice(self.list)["ops"] if self.list and self.r.random() < 0.1 else None
            self.list.append({"id": f"a{number + 1}", "party": f"party {self.r.randint(1, PARTIES)}",
                              "ops": twin or [self.op(kind)]})

    def some_par(self):
        return self.r.choices(self.hot, self.weights)[0]

    def some_words(self):
        words = self.words[self.r.randrange(len(self.words))]
        at = self.r.randrange(len(words))
        return " ".join(words[at:at + self.r.randint(1, 6)])

    def place(self, par):
        """Where some word begins, and where some words on another ends."""
        words = self.words[par]
        first = self.r.randrange(len(words))
        last = min(len(words), first + self.r.randint(1, 6))
        start = sum(len(w) + 1 for w in words[:first])
        return start, start + len(" ".join(words[first:last]))

    def op(self, kind):
        par = self.some_par()
        start, end = self.place(par)
        out = {"op": kind, "par": f"p{par + 1}"}
        if kind == "replace":
            text = self.some_words()
            while text == self.pars[par][start:end]:
                text = self.some_words()
            out.update({"from": start, "to": end, "text": text})
        elif kind == "insert":
            out.update({"at": start, "text": self.some_words() + " "})
        elif kind == "delete":
            out.update({"from": start, "to": min(end + 1, len(self.pars[par]))})
        elif kind == "insert_par":
            out = {"op": kind, "after": f"p{par + 1}", "text": self.r.choice(self.pars)}
        elif kind == "split_par":
            out["at"] = start or min(end + 1, len(self.pars[par]) - 1)
        elif kind == "move_par":
            after = self.some_par()
            while after in (par, par - 1):
                after = self.r.randrange(len(self.pars))
            out["after"] = f"p{after + 1}"
        elif kind == "join_par" and par + 1 == len(self.pars):
            out["op"] = "delete_par"
        return out

    def write(self, path):
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"paragraphs": [{"id": f"p{i + 1}", "text": p} for i, p in enumerate(self.pars)],
                       "amendments": self.list}, f, ensure_ascii=False)
