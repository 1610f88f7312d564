/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * json_read: a draft with its amendments from the JSON of doc/format/text.md.
 *
 * What a file says of places is checked here and by text/amend.h: whatever comes out is sound.
 * Members that are not ours are left in the tree (root), for text/json_write.h to carry along.
 * Pure. Threads: one at a time for a lexer. Errors: INVALID alone, in English, naming the
 * amendment, the operation and the member, or the line.
 */
#ifndef TEXT_JSON_READ_H
#define TEXT_JSON_READ_H

#include "base/json.h"
#include "text/op.h"
#include "text/token.h"

/* More values than this are refused: what they take in memory is many times the file. */
#define TEXT_JSON_VALUES 2000000

struct text_file {
	struct text_doc doc;
	struct text_amendment *list; /* filed: the object (struct json) that it was read from */
	size_t n;
	const struct json *root;
};

/* Paragraphs and amendments. Everything in arena, or borrowed from bytes. */
enum rc text_json_read(struct arena *a, struct text_lexer *l, str bytes, struct text_file *out,
    struct err *err) MUST_USE;
/* Paragraphs alone; amendments are not looked at, list stays empty. */
enum rc text_json_read_doc(struct arena *a, struct text_lexer *l, str bytes, struct text_file *out,
    struct err *err) MUST_USE;

/* The place in file->list of the amendment with this id, or SIZE_MAX. */
size_t text_file_find(const struct text_file *file, str id);

/* INVALID, with line and byte, when bytes are not UTF-8. */
enum rc text_check_utf8(struct arena *a, str bytes, struct err *err) MUST_USE;

/* The words of the format. Static. */
str text_kind_name(enum text_kind kind);
str text_stance_name(enum text_stance_kind kind);
str text_mark_name(enum text_mark_kind kind);
/* The name of what an operation does: "insert", "delete_par". */
str text_op_name(const struct text_op *op);

#endif
