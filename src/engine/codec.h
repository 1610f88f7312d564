/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * codec: the values of a command as parts of an entry, and back.
 *
 * Simple fields of one kind share a JSON body: the public ones "application/json", the
 * personal ones ";card", the others ";private" or ";held". A text field is a part of its
 * own ("text/plain;blocks;field=text;lang=fr"), so is every file and the text read out of
 * it (";derived"). Private and held parts say so in their media type (doc/format/record.md).
 * FIELD_PASSING fields and passphrases are in no part. A part that was erased leaves its fields
 * unset. Pure. Threads: any.
 */
#ifndef ENGINE_CODEC_H
#define ENGINE_CODEC_H

#include "engine/act.h"

/* A part before it is sealed, or after it was opened. */
struct plain_part {
	str media;
	bool is_blocks;
	bool gone;       /* erased, or not published */
	str body;        /* of a plain part; may be left out of a file's */
	size_t size;     /* of the body, in bytes */
	VEC(str) blocks; /* paragraphs of a blocks part; an erased one is the empty str */
};

typedef VEC(struct plain_part) plain_parts;

/* All parts of the values, in a fixed order. In arena. */
void codec_encode(
    struct arena *a, const struct command *c, const struct value *values, plain_parts *out);
/* One value per field of the command. FAULT: a body that the row does not explain. In arena. */
enum rc codec_decode(struct arena *a, const struct command *c, const plain_parts *parts,
    struct value **values, struct err *err) MUST_USE;

/* True if all that was typed is the same; what decide gave is not looked at. Files by name and
 * size. */
bool codec_same_typed(const struct command *c, const struct value *a, const struct value *b);

#endif
