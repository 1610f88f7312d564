#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second verifier of an export, written from doc/format/record.md alone; for tests only.

    verify_export.py FOLDER        0 whole, 1 changed, 2 unreadable
    verify_export.py --many FILE   a folder a line in FILE; answers "CODE FOLDER" a line

It holds the whole log in memory and has no dependency, Ed25519 included.
"""
import base64
import binascii
import calendar
import hashlib
import json
import os
import re
import stat
import sys

sha256 = lambda *pieces: hashlib.sha256(b"".join(pieces)).digest()
sha512 = lambda *pieces: int.from_bytes(hashlib.sha512(b"".join(pieces)).digest(), "little")
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
NUMBER = r"(?:0|[1-9][0-9]{0,14})"

class Changed(Exception):
    pass
def need(true, what):
    if not true:
        raise Changed(what)
# ---- Ed25519 (RFC 8032) ----

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
def add(a, b):
    m = (a[1] - a[0]) * (b[1] - b[0]) % P
    n = (a[1] + a[0]) * (b[1] + b[0]) % P
    c = 2 * a[3] * b[3] * D % P
    d = 2 * a[2] * b[2] % P
    e, f, g, h = n - m, d - c, d + c, n + m
    return (e * f % P, g * h % P, f * g % P, e * h % P)
def times(k, a):
    r = (0, 1, 1, 0)
    while k:
        if k & 1:
            r = add(r, a)
        a = add(a, a)
        k >>= 1
    return r
def point(b):
    y = int.from_bytes(b, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    need(y < P, "point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    need((x * x - x2) % P == 0 and not (x == 0 and sign), "point")
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
def verifies(key, message, signature):
    s = int.from_bytes(signature[32:], "little")
    if s >= Q:
        return False
    h = sha512(signature[:32], key, message) % Q
    a, b = times(s, BASE), add(point(signature[:32]), times(h, point(key)))
    return (a[0] * b[2] - b[0] * a[2]) % P == 0 and (a[1] * b[2] - b[1] * a[2]) % P == 0
# ---- spellings ----
def unbase64(s, n=None):
    try:
        b = base64.b64decode(s, validate=True)
    except (binascii.Error, ValueError):
        raise Changed("base64")
    need(base64.b64encode(b).decode() == s and (n is None or len(b) == n), "base64")
    return b
def number(s):
    need(re.fullmatch(NUMBER, s), "number")
    return int(s)
def origin_ok(s):
    return re.fullmatch(r"[a-z0-9._:/-]{3,255}", s) and "/" in s and "/" not in (s[0], s[-1])
def media(s):
    need(len(s) <= 128 and re.fullmatch(
        r"[a-z0-9.+-]+/[a-z0-9.+-]+(;[a-z0-9_-]+(=[a-z0-9_.+-]+)?)*", s), "media type")
    names = [p.split("=")[0] for p in s.split(";")[1:]]
    need(len(set(names)) == len(names), "media type")
    return names
def check_actor(s):
    if s in ("system", "public"):
        return
    need(re.fullmatch("m_[%s]{26}" % CROCKFORD, s), "actor")
    v = 0
    for c in s[2:]:
        v = v << 5 | CROCKFORD.index(c)
    need(v & 3 == 0 and v >> 2 not in (0, 2**128 - 255, 2**128 - 254), "actor")
def check_time(s):
    m = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z", s, re.ASCII)
    need(m, "time")
    y, mo, d, h, mi, sec = map(int, m.groups())
    need(1 <= mo <= 12 and h < 24 and mi < 60 and sec < 60, "time")
    need(1 <= d <= (29 if mo == 2 and (y % 4 == 0 and y % 100 or y % 400 == 0) else
                    calendar.mdays[mo]), "time")
def parse_entry(b):
    need(len(b) <= 8192, "entry too long")
    try:
        text = b.decode("ascii")
    except UnicodeDecodeError:
        raise Changed("entry")
    need(text.endswith("\n"), "entry")
    lines = text[:-1].split("\n")
    at = [0]

    def take(name):
        if at[0] < len(lines) and lines[at[0]].startswith(name + " "):
            at[0] += 1
            return lines[at[0] - 1][len(name) + 1:]
        return None

    def must(name):
        v = take(name)
        need(v is not None, name)
        return v

    need(lines[0] == "comity-entry/v1", "format")
    at[0] = 1
    e = {"log": must("log"), "seq": number(must("seq")), "time": must("time"),
         "prev": unbase64(must("prev"), 32), "type": must("type"), "actor": must("actor"),
         "key": must("key"), "refs": [], "parts": []}
    check_time(e["time"])
    check_actor(e["actor"])
    need(len(e["type"]) <= 64 and re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", e["type"]),
         "type")
    need(re.fullmatch(r"[A-Za-z0-9._:-]{1,64}", e["key"]), "key")
    while (v := take("ref")) is not None:
        e["refs"].append(number(v))
        need(e["refs"][-1] < e["seq"], "ref")
    while (v := take("part")) is not None:
        kind, _, commitment = v.partition(" ")
        e["parts"].append((media(kind), unbase64(commitment, 32)))
    if (v := take("state")) is not None:
        unbase64(v, 32)
    need(len(e["refs"]) <= 16 and len(set(e["refs"])) == len(e["refs"]), "refs")
    need(len(e["parts"]) <= 64 and at[0] == len(lines), "lines")
    return e

# ---- tree and parts ----

def levels(leaves):
    """The complete subtrees of each size, and the root."""
    rows = [leaves]
    while len(rows[-1]) > 1:
        r = rows[-1]
        rows.append([sha256(b"\1", r[i], r[i + 1]) for i in range(0, len(r) - 1, 2)])
    root = None
    for r in rows:
        if len(r) & 1:
            root = r[-1] if root is None else sha256(b"\1", r[-1], root)
    return rows, root if root is not None else sha256(b"")

def check_blocks(body, salts, commitment, erased):
    cs, at = [], 0
    need(len(body) <= 8 << 20, "blocks too long")
    while at < len(body):
        m = re.compile(rb"block (%s)\n|gone ([^\n]{44})\n" % NUMBER.encode()).match(body, at)
        need(m, "blocks")
        at = m.end()
        if m.group(2):
            cs.append(unbase64(m.group(2).decode("latin-1"), 32))
            need(len(cs) - 1 in erased, "paragraph missing")
            continue
        n = int(m.group(1))
        need(body[at + n:at + n + 1] == b"\n" and len(salts) >= 32, "blocks")
        cs.append(sha256(b"comity-part/v1\n", salts[:32], body[at:at + n]))
        need(len(cs) - 1 not in erased, "paragraph still there")
        at, salts = at + n + 1, salts[32:]
    need(cs and len(cs) <= 65536 and not salts, "blocks")
    root = levels([sha256(b"\0", c) for c in cs])[1]
    need(sha256(b"comity-blocks/v1\n", len(cs).to_bytes(8, "big"), root) == commitment, "blocks")

# ---- the folder ----

def listing(folder):
    found = {}
    for path, folders, files in os.walk(folder, onerror=lambda e: (_ for _ in ()).throw(e)):
        for f in files + [d for d in folders if os.path.islink(os.path.join(path, d))]:
            full = os.path.join(path, f)
            need(stat.S_ISREG(os.lstat(full).st_mode), "strange file " + full)
            found[os.path.relpath(full, folder)] = full
    return found

def tile_name(kind, n, width):
    groups = "%03d" % (n % 1000)
    while n >= 1000:
        n //= 1000
        groups = "x%03d/" % (n % 1000) + groups
    return "tile/%s/%s" % (kind, groups) + (".p/%d" % width if width < 256 else "")

def check_statement(read):
    m = re.fullmatch(r"([^+\n]+)\+([0-9a-f]{8})\+([^\n]+)\n", read("key").decode("latin-1"))
    need(m and origin_ok(m.group(1)), "key")
    key = unbase64(m.group(3), 33)
    ident = sha256(m.group(1).encode(), b"\n", key)[:4]
    need(key[0] == 1 and ident.hex() == m.group(2), "key")
    note = re.fullmatch(rb"(([^\n]+)\n([^\n]+)\n([^\n]+)\n)\n\xe2\x80\x94 ([^ \n]+) ([^\n]+)\n",
                        read("checkpoint"))
    need(note and note.group(2) == note.group(5) == m.group(1).encode(), "checkpoint")
    signature = unbase64(note.group(6).decode("latin-1"), 68)
    need(signature[:4] == ident and verifies(key[1:], note.group(1), signature[4:]), "signature")
    return (m.group(1), number(note.group(3).decode("latin-1")),
            unbase64(note.group(4).decode("latin-1"), 32))

def check_entries(read, origin, size):
    entries, leaves, prev, time = [], [], bytes(32), ""
    for n in range(0, size, 256):
        width = min(256, size - n)
        b = read(tile_name("entries", n // 256, width))
        for seq in range(n, n + width):
            length = int.from_bytes(b[:2], "big")
            need(len(b) >= 2 + length, "bundle")
            e, b = b[2:2 + length], b[2 + length:]
            leaves.append(sha256(b"\0", e))
            e = parse_entry(e)
            need(e["log"] == origin and e["seq"] == seq and e["prev"] == prev, "chain %d" % seq)
            need(e["time"] >= time, "time %d" % seq)
            prev, time = leaves[-1], e["time"]
            entries.append(e)
        need(not b, "bundle")
    need(len({e["key"] for e in entries}) == size, "keys")
    return entries, leaves

def check_parts(read, entries):
    erased, published = {}, set()
    for e in entries:
        if e["type"].endswith(".publish"):
            published.update(e["refs"])
        if e["type"] == "part.erase":
            try:
                v = json.loads(read("part/%d/0" % e["seq"]))
                erased.setdefault((e["refs"][0], v["part"]), set()).add(v.get("block", -1))
                need(v["ground"] in ("art17", "court", "third-party", "safety", "error"), "ground")
            except (ValueError, KeyError, IndexError, TypeError):
                raise Changed("erasure")
    for e in entries:
        for i, (names, commitment) in enumerate(e["parts"]):
            gone = erased.get((e["seq"], i), set())
            if -1 in gone or "private" in names or "held" in names and e["seq"] not in published:
                continue
            body, salts = read("part/%d/%d" % (e["seq"], i)), read("part/%d/%d.salt" % (e["seq"], i))
            if "blocks" in names:
                check_blocks(body, salts, commitment, gone)
            else:
                need(len(salts) == 32 and sha256(b"comity-part/v1\n", salts, body) == commitment,
                     "part %d/%d" % (e["seq"], i))

def verify(folder):
    files = listing(folder)
    seen = set()

    def read(name):
        need(name in files, "missing " + name)
        seen.add(name)
        with open(files[name], "rb") as f:
            return f.read()

    origin, size, root = check_statement(read)
    entries, leaves = check_entries(read, origin, size)
    rows, computed = levels(leaves)
    need(computed == root, "root")
    for level in range(0, len(rows), 8):
        for n in range(0, len(rows[level]), 256):
            hashes = rows[level][n:n + 256]
            need(read(tile_name(level // 8, n // 256, len(hashes))) == b"".join(hashes), "tile")
    check_parts(read, entries)
    need(seen == set(files), "too many files")

def code_of(folder, tell=False):
    try:
        if not {"key", "checkpoint", "tile", "part"} & set(os.listdir(folder)):
            return 2
        verify(folder)
        return 0
    except Changed as e:
        if tell:
            print(e)
        return 1
    except OSError:
        return 2

if __name__ == "__main__":
    if sys.argv[1] == "--many":
        for line in open(sys.argv[2]):
            print(code_of(line.rstrip("\n")), line.rstrip("\n"), flush=True)
        sys.exit(0)
    sys.exit(code_of(sys.argv[1], True))
