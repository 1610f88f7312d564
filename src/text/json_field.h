/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * json_field: members of an object of a draft, checked; for json_read.c and json_amend.c only.
 *
 * Each reader says what is wrong with the place ("Amendment a2, operation 1") and the member.
 * Threads: one at a time. Errors: INVALID.
 */
#ifndef TEXT_JSON_FIELD_H
#define TEXT_JSON_FIELD_H

#include "base/json.h"
#include "text/json_read.h"

/* An object and how an error names it. */
struct json_at {
	struct arena *arena;
	const struct json *v;
	str where;
};

enum json_need { JSON_MAY, JSON_MUST };

/* An object as the i-th (from 0) of a list: where is "{what} {i + 1}". INVALID: not an object. */
enum rc json_at_item(struct arena *a, const struct json *v, const char *what, size_t i,
    struct json_at *out, struct err *err) MUST_USE;
/* The same, inside of another: where is "{in->where}, {what} {i + 1}". */
enum rc json_at_inner(const struct json_at *in, const struct json *v, const char *what, size_t i,
    struct json_at *out, struct err *err) MUST_USE;

/* Text without control characters; null and absent: p == NULL. */
enum rc json_at_text(const struct json_at *at, const char *name, enum json_need need, str *out,
    struct err *err) MUST_USE;
/* The same, not empty, at most 255 bytes. */
enum rc json_at_id(const struct json_at *at, const char *name, enum json_need need, str *out,
    struct err *err) MUST_USE;
/* A whole number from 0 on; absent: as *out was. */
enum rc json_at_count(const struct json_at *at, const char *name, enum json_need need, size_t *out,
    struct err *err) MUST_USE;
/* A list; null and absent: NULL. */
enum rc json_at_list(
    const struct json_at *at, const char *name, const struct json **out, struct err *err) MUST_USE;
/* A list of texts that are not empty. */
enum rc json_at_texts(
    const struct json_at *at, const char *name, str **out, size_t *n, struct err *err) MUST_USE;
/* One of n words: its place. Absent: as *out was. */
enum rc json_at_word(const struct json_at *at, const char *name, const str *words, size_t n,
    size_t *out, struct err *err) MUST_USE;

/* Amendments of a file whose paragraphs have been read. */
enum rc json_read_amendments(
    struct arena *a, struct text_lexer *l, struct text_file *file, struct err *err) MUST_USE;

/* Names by the values of the enums of text/doc.h and text/op.h. */
extern const str json_kinds[4], json_stances[TEXT_STANCE_KINDS], json_marks[4], json_outcomes[4];

#endif
