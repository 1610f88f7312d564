/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * note: the signed statement of how long a log is and what its root is.
 *
 * A checkpoint (C2SP tlog-checkpoint) is the text of a signed note (C2SP
 * signed-note) with an Ed25519 signature. One secret key serves an instance; the key's
 * name is the log's origin, so that every log has its own verifier key. Threads: any.
 */
#ifndef RECORD_NOTE_H
#define RECORD_NOTE_H

#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"

#define NOTE_MAX 16384 /* bytes of a note that is read */

struct note_key {
	uint8_t seed[32];
	uint8_t public_key[32];
};

/* What is needed to check a signature. Name is borrowed. */
struct note_verifier {
	str name;
	uint8_t public_key[32];
};

struct checkpoint {
	str origin;
	uint64_t size;
	digest root;
};

struct note_key note_key_new(struct rng rng);
/* The verifier key of the log or instance called `name`. Name is borrowed. */
struct note_verifier note_verifier_of(const struct note_key *key, str name);

/* "PRIVATE+KEY+NAME+ID+BASE64", and its strict reverse: INVALID. *name is borrowed from s. */
void note_key_write(struct buf *b, const struct note_key *key, str name);
enum rc note_key_parse(
    struct arena *a, str s, struct note_key *out, str *name, struct err *err) MUST_USE;
/* "NAME+ID+BASE64", and its strict reverse: INVALID. The name is borrowed from s. */
void note_verifier_write(struct buf *b, const struct note_verifier *v);
enum rc note_verifier_parse(
    struct arena *a, str s, struct note_verifier *out, struct err *err) MUST_USE;

/* The three lines. */
void checkpoint_write(struct buf *b, const struct checkpoint *c);
/* Strict reverse, without extension lines. INVALID. The origin is borrowed. */
enum rc checkpoint_parse(str text, struct checkpoint *out, struct err *err) MUST_USE;

/* Appends the note: text (which ends in a newline), blank line, signature by `name`. */
void note_sign(struct buf *b, str text, const struct note_key *key, str name);

enum note_unknown {
	NOTE_IGNORE_UNKNOWN, /* other people's signatures may stand beside ours */
	NOTE_REFUSE_UNKNOWN, /* one signature and nothing else, as in an export */
};
/* Checks a note's form and v's signature; *text is borrowed from note. INVALID: it does not hold.
 */
enum rc note_open(struct arena *a, str note, const struct note_verifier *v,
    enum note_unknown unknown, str *text, struct err *err) MUST_USE;

#endif
