/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/json_field.h"

#include "base/utf8.h"

#include "base/poison.h"

#define ID_BYTES  255
#define COUNT_MAX INT32_MAX

static enum rc item(
    struct arena *a, const struct json *v, str where, struct json_at *out, struct err *err)
{
	*out = (struct json_at){a, v, where};
	if (v->kind != JSON_KIND_OBJECT)
		return ERR(err, INVALID, NULL, "{0} is not an object in braces.", where);
	return OK;
}

enum rc json_at_item(struct arena *a, const struct json *v, const char *what, size_t i,
    struct json_at *out, struct err *err)
{
	return item(a, v, arena_printf(a, "%s %zu", what, i + 1), out, err);
}

enum rc json_at_inner(const struct json_at *in, const struct json *v, const char *what, size_t i,
    struct json_at *out, struct err *err)
{
	return item(in->arena, v,
	    arena_printf(in->arena, "%.*s, %s %zu", STR(in->where), what, i + 1), out, err);
}

/* The member; NULL when it is absent or null. */
static enum rc find(const struct json_at *at, const char *name, enum json_need need,
    const struct json **out, struct err *err)
{
	*out = json_get(at->v, str_of(name));
	if (*out && (*out)->kind == JSON_KIND_NULL)
		*out = NULL;
	if (!*out && need == JSON_MUST)
		return ERR(err, INVALID, NULL, "{0}: `{1}` is missing.", at->where, str_of(name));
	return OK;
}

static enum rc check_text(const struct json_at *at, const char *name, str s, struct err *err)
{
	if (!utf8_is_text(s))
		return ERR(err, INVALID, NULL,
		    "{0}: `{1}` holds a control character; only tabs and line ends are accepted.",
		    at->where, str_of(name));
	return OK;
}

enum rc json_at_text(
    const struct json_at *at, const char *name, enum json_need need, str *out, struct err *err)
{
	const struct json *v;
	*out = (str){NULL, 0};
	TRY(find(at, name, need, &v, err));
	if (!v)
		return OK;
	if (v->kind != JSON_KIND_STR)
		return ERR(err, INVALID, NULL, "{0}: `{1}` is not text in quotation marks.",
		    at->where, str_of(name));
	*out = v->text.p ? v->text : STR_EMPTY;
	return check_text(at, name, *out, err);
}

enum rc json_at_id(
    const struct json_at *at, const char *name, enum json_need need, str *out, struct err *err)
{
	TRY(json_at_text(at, name, need, out, err));
	if (out->p && !out->n)
		return ERR(err, INVALID, NULL, "{0}: `{1}` is empty.", at->where, str_of(name));
	if (out->n > ID_BYTES || str_find_char(*out, '\n') != SIZE_MAX)
		return ERR(err, INVALID, NULL,
		    "{0}: `{1}` is longer than 255 bytes, or than a line.", at->where,
		    str_of(name));
	return OK;
}

enum rc json_at_count(
    const struct json_at *at, const char *name, enum json_need need, size_t *out, struct err *err)
{
	const struct json *v;
	TRY(find(at, name, need, &v, err));
	if (!v)
		return OK;
	if (v->kind != JSON_KIND_INT || v->integer < 0 || v->integer > COUNT_MAX)
		return ERR(err, INVALID, NULL, "{0}: `{1}` is not a whole number from 0 on.",
		    at->where, str_of(name));
	*out = (size_t)v->integer;
	return OK;
}

enum rc json_at_list(
    const struct json_at *at, const char *name, const struct json **out, struct err *err)
{
	TRY(find(at, name, JSON_MAY, out, err));
	if (*out && (*out)->kind != JSON_KIND_ARRAY)
		return ERR(err, INVALID, NULL, "{0}: `{1}` is not a list in square brackets.",
		    at->where, str_of(name));
	return OK;
}

enum rc json_at_texts(
    const struct json_at *at, const char *name, str **out, size_t *n, struct err *err)
{
	const struct json *list;
	*n = 0;
	TRY(json_at_list(at, name, &list, err));
	if (!list)
		return OK;
	*out = arena_array(at->arena, str, list->count);
	json_each (v, list) {
		if (v->kind != JSON_KIND_STR || !v->text.n)
			return ERR(err, INVALID, NULL,
			    "{0}: `{1}` is not a list of texts in quotation marks.", at->where,
			    str_of(name));
		TRY(check_text(at, name, v->text, err));
		(*out)[(*n)++] = v->text;
	}
	return OK;
}

enum rc json_at_word(const struct json_at *at, const char *name, const str *words, size_t n,
    size_t *out, struct err *err)
{
	str word;
	struct buf all = buf_in(at->arena, 0);
	TRY(json_at_text(at, name, JSON_MAY, &word, err));
	if (!word.p)
		return OK;
	for (size_t i = 0; i < n; i++) {
		if (str_eq(words[i], word)) {
			*out = i;
			return OK;
		}
		buf_sep(&all, S(", "));
		buf_put(&all, words[i]);
	}
	return ERR(err, INVALID, NULL, "{0}: `{1}` is none of these words: {2}.", at->where,
	    str_of(name), buf_str(&all));
}
