/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * json: a tree in an arena, read by jansson, written by us in one way only.
 *
 * The writer is deterministic (members in the order they were put, no spaces, the
 * shortest escapes), because log bodies are hashed. Reading refuses: duplicate
 * members, depth over 64, invalid UTF-8, U+0000, numbers that are not integers in int64.
 * Threads: any.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/err.h"

enum json_kind {
	JSON_KIND_NULL,
	JSON_KIND_BOOL,
	JSON_KIND_INT,
	JSON_KIND_STR,
	JSON_KIND_ARRAY,
	JSON_KIND_OBJECT
};

struct json {
	enum json_kind kind;
	bool boolean;
	int64_t integer;
	str text;
	str name;           /* as a member of an object */
	struct json *first; /* children, in order */
	struct json *last;
	struct json *next;
	size_t count;
};

/* INVALID: "line {0}: ..." of field. In arena. */
enum rc json_parse(
    struct arena *a, str s, const char *field, struct json **out, struct err *err) MUST_USE;
/* Appends the one written form. */
void json_write(struct buf *b, const struct json *v);
str json_str(struct arena *a, const struct json *v);

/* Building. All in arena. */
struct json *json_new_object(struct arena *a);
struct json *json_new_array(struct arena *a);
struct json *json_of_str(struct arena *a, str s);
struct json *json_of_i64(struct arena *a, int64_t v);
struct json *json_of_bool(struct arena *a, bool v);
/* Adds v as a member or element and returns v. Name is borrowed. */
struct json *json_put(struct json *object, str name, struct json *v);
struct json *json_add(struct json *array, struct json *v);
void json_put_str(struct arena *a, struct json *object, str name, str v);
void json_put_i64(struct arena *a, struct json *object, str name, int64_t v);
void json_put_bool(struct arena *a, struct json *object, str name, bool v);

/* Reading; absent or of another kind gives NULL, the empty str, the default. Borrowed. */
struct json *json_get(const struct json *object, str name);
str json_get_str(const struct json *object, str name);
int64_t json_get_i64(const struct json *object, str name, int64_t absent);
bool json_get_bool(const struct json *object, str name);

#define json_each(v, array) \
	for (const struct json *v = (array) ? (array)->first : NULL; v; v = v->next)

#endif
