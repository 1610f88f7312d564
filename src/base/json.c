/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/json.h"

#include "base/utf8.h"

#include <jansson.h>

#include "base/poison.h"

#define DEPTH_MAX 64

static struct json *node(struct arena *a, enum json_kind kind)
{
	struct json *v = arena_new_of(a, struct json);
	v->kind = kind;
	return v;
}

static struct json *copy(struct arena *a, json_t *j, int depth);

static bool copy_members(struct arena *a, json_t *j, int depth, struct json *out)
{
	const char *name;
	json_t *member;
	json_object_foreach(j, name, member)
	{
		struct json *v = copy(a, member, depth);
		if (!v)
			return false;
		json_put(out, arena_str(a, str_of(name)), v);
	}
	return true;
}

static bool copy_elements(struct arena *a, json_t *j, int depth, struct json *out)
{
	for (size_t i = 0; i < json_array_size(j); i++) {
		struct json *v = copy(a, json_array_get(j, i), depth);
		if (!v)
			return false;
		json_add(out, v);
	}
	return true;
}

/* jansson's tree into the arena; NULL when a number is not an integer or it is too deep. */
static struct json *copy(struct arena *a, json_t *j, int depth)
{
	struct json *out = NULL;

	if (depth > DEPTH_MAX)
		return NULL;
	switch (json_typeof(j)) {
	case JSON_OBJECT:
		out = json_new_object(a);
		return copy_members(a, j, depth + 1, out) ? out : NULL;
	case JSON_ARRAY:
		out = json_new_array(a);
		return copy_elements(a, j, depth + 1, out) ? out : NULL;
	case JSON_STRING:
		return json_of_str(
		    a, arena_str(a, (str){json_string_value(j), json_string_length(j)}));
	case JSON_INTEGER:
		return json_of_i64(a, json_integer_value(j));
	case JSON_REAL:
		return NULL;
	case JSON_TRUE:
	case JSON_FALSE:
		return json_of_bool(a, json_is_true(j));
	case JSON_NULL:
		return node(a, JSON_KIND_NULL);
	}
	return NULL;
}

enum rc json_parse(struct arena *a, str s, const char *field, struct json **out, struct err *err)
{
	json_error_t why;
	json_t *j = json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (!j)
		return ERR(err, INVALID, field, "This is not JSON: line {0}: {1}.",
		    arena_printf(a, "%d", why.line), arena_str(a, str_of(why.text)));
	*out = copy(a, j, 0);
	json_decref(j);
	if (!*out)
		return ERR(err, INVALID, field,
		    "Only whole numbers and at most 64 levels are accepted in JSON.");
	return OK;
}

static void write_text(struct buf *b, str s)
{
	static const char digit[] = "0123456789abcdef";
	buf_putc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\') {
			buf_putc(b, '\\');
			buf_putc(b, (char)c);
		} else if (c == '\n') {
			buf_put(b, S("\\n"));
		} else if (c < 0x20) {
			buf_put(b, S("\\u00"));
			buf_putc(b, digit[c >> 4]);
			buf_putc(b, digit[c & 15]);
		} else {
			buf_putc(b, (char)c);
		}
	}
	buf_putc(b, '"');
}

void json_write(struct buf *b, const struct json *v)
{
	bool object = v->kind == JSON_KIND_OBJECT;

	switch (v->kind) {
	case JSON_KIND_NULL:
		buf_put(b, S("null"));
		return;
	case JSON_KIND_BOOL:
		buf_put(b, v->boolean ? S("true") : S("false"));
		return;
	case JSON_KIND_INT:
		buf_put_i64(b, v->integer);
		return;
	case JSON_KIND_STR:
		write_text(b, v->text);
		return;
	case JSON_KIND_ARRAY:
	case JSON_KIND_OBJECT:
		break;
	}
	buf_putc(b, object ? '{' : '[');
	json_each (child, v) {
		if (child != v->first)
			buf_putc(b, ',');
		if (object) {
			write_text(b, child->name);
			buf_putc(b, ':');
		}
		json_write(b, child);
	}
	buf_putc(b, object ? '}' : ']');
}

str json_str(struct arena *a, const struct json *v)
{
	struct buf b = buf_in(a, 0);
	json_write(&b, v);
	return buf_str(&b);
}

struct json *json_new_object(struct arena *a)
{
	return node(a, JSON_KIND_OBJECT);
}

struct json *json_new_array(struct arena *a)
{
	return node(a, JSON_KIND_ARRAY);
}

struct json *json_of_str(struct arena *a, str s)
{
	struct json *v = node(a, JSON_KIND_STR);
	v->text = s;
	return v;
}

struct json *json_of_i64(struct arena *a, int64_t i)
{
	struct json *v = node(a, JSON_KIND_INT);
	v->integer = i;
	return v;
}

struct json *json_of_bool(struct arena *a, bool b)
{
	struct json *v = node(a, JSON_KIND_BOOL);
	v->boolean = b;
	return v;
}

struct json *json_add(struct json *array, struct json *v)
{
	if (array->last)
		array->last->next = v;
	else
		array->first = v;
	array->last = v;
	array->count++;
	return v;
}

struct json *json_put(struct json *object, str name, struct json *v)
{
	v->name = name;
	return json_add(object, v);
}

void json_put_str(struct arena *a, struct json *object, str name, str v)
{
	json_put(object, name, json_of_str(a, v));
}

void json_put_i64(struct arena *a, struct json *object, str name, int64_t v)
{
	json_put(object, name, json_of_i64(a, v));
}

void json_put_bool(struct arena *a, struct json *object, str name, bool v)
{
	json_put(object, name, json_of_bool(a, v));
}

struct json *json_get(const struct json *object, str name)
{
	if (!object || object->kind != JSON_KIND_OBJECT)
		return NULL;
	for (struct json *v = object->first; v; v = v->next)
		if (str_eq(v->name, name))
			return v;
	return NULL;
}

str json_get_str(const struct json *object, str name)
{
	const struct json *v = json_get(object, name);
	return v && v->kind == JSON_KIND_STR ? v->text : STR_EMPTY;
}

int64_t json_get_i64(const struct json *object, str name, int64_t absent)
{
	const struct json *v = json_get(object, name);
	return v && v->kind == JSON_KIND_INT ? v->integer : absent;
}

bool json_get_bool(const struct json *object, str name)
{
	const struct json *v = json_get(object, name);
	return v && v->kind == JSON_KIND_BOOL && v->boolean;
}
