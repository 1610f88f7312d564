/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * part: what an entry commits to without showing it.
 *
 * A part is a body of bytes and a random salt; the entry carries only the hash of both.
 * Whoever is shown body and salt can check; once both are gone nobody can guess.
 * A text part (";blocks") is a list of paragraphs, each with its own salt and
 * commitment, so that one paragraph can be taken out and the rest still be proved.
 *
 * A blocks body has one spelling: for each paragraph "block LENGTH\n", its bytes, "\n"; for
 * a paragraph that was taken out "gone COMMITMENT\n". Its salts are those of
 * the paragraphs that are there, 32 bytes each, in order.
 * Everything is in the arena passed. Threads: any.
 */
#ifndef RECORD_PART_H
#define RECORD_PART_H

#include "base/err.h"
#include "base/hash.h"
#include "base/id.h"
#include "record/tree.h"

#define SALT_BYTES      32
#define PART_MAX        (64u << 20) /* bytes of a plain body */
#define BLOCKS_BODY_MAX (8u << 20)  /* bytes of a blocks body */
#define BLOCKS_MAX      65536       /* paragraphs in a part */

typedef struct salt {
	uint8_t b[SALT_BYTES];
} salt;

/* A part as it is kept: what is hashed, and what opens it. */
struct sealed {
	str body;
	str salts;
	digest commitment;
};

struct block {
	bool gone;
	str text; /* borrowed from the body; empty when gone */
	digest commitment;
};

struct blocks {
	struct block *v;
	size_t n;
};

/* The commitment of a plain part or of one paragraph. */
digest part_commitment(const salt *r, str body);
/* The same for a body that comes in pieces: add them, then sha256_end. Salt: 32 bytes. */
struct sha256 *part_commitment_begin(str salt_bytes);

/* Seals a plain body with a fresh salt. Body is borrowed. INVALID: too large. */
enum rc part_seal(
    struct arena *a, struct rng rng, str body, struct sealed *out, struct err *err) MUST_USE;
/* Seals paragraphs, at least one, each with a fresh salt. INVALID: none, too many, too large. */
enum rc blocks_seal(struct arena *a, struct rng rng, const str *text, size_t n, struct sealed *out,
    struct err *err) MUST_USE;
/* Computes the commitment of a body with the salts it was sealed with. INVALID: they do not fit. */
enum rc part_recommit(
    struct arena *a, bool is_blocks, str body, str salts, digest *out, struct err *err) MUST_USE;

/* Reads a blocks body strictly and computes each paragraph's commitment. INVALID: malformed. */
enum rc blocks_parse(
    struct arena *a, str body, str salts, struct blocks *out, struct err *err) MUST_USE;
/* The commitment of the whole. */
digest blocks_commitment(const struct blocks *b);
/* Takes paragraph `index` out, body and salt. ABSENT: no such paragraph, or gone already. */
enum rc blocks_redact(struct arena *a, const struct sealed *from, size_t index, struct sealed *out,
    struct err *err) MUST_USE;
/* That paragraph `index` is in the part. INVALID: no such paragraph. */
enum rc blocks_prove(
    const struct blocks *b, size_t index, struct tree_proof *out, struct err *err) MUST_USE;
/* Checks such a proof against the commitment in the entry. */
bool blocks_check(digest paragraph, size_t index, size_t n, const struct tree_proof *proof,
    digest tree_root, digest part);
/* The root under the commitment, which a proof needs beside itself. */
digest blocks_tree_root(const struct blocks *b);

#endif
