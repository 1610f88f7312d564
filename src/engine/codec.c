/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/codec.h"

#include "base/json.h"
#include "record/media.h"

#include "base/poison.h"

/* The kinds of JSON body, by the flags of the fields they hold. */
static const struct {
	unsigned flags;
	const char *media;
} bodies[] = {
    {0, "application/json"},
    {FIELD_PERSONAL, "application/json;card"},
    {FIELD_PRIVATE, "application/json;private"},
    {FIELD_HELD, "application/json;held"},
};
#define BODIES     (sizeof bodies / sizeof bodies[0])
#define KIND_OF(f) ((f)->flags & (FIELD_PERSONAL | FIELD_PRIVATE | FIELD_HELD))

static str when_str(struct arena *a, const struct field *f, usec t)
{
	struct buf b = buf_in(a, 0);
	if (f->type == FIELD_DATE)
		when_write_date(&b, t);
	else
		when_write(&b, t);
	return buf_str(&b);
}

static struct json *list_of(struct arena *a, const struct field *f, const struct value *v)
{
	struct json *list = json_new_array(a);
	for (size_t i = 0; i < v->numbers.n; i++)
		json_add(list, json_of_i64(a, v->numbers.p[i]));
	for (size_t i = 0; i < v->actors.n; i++)
		json_add(list, json_of_str(a, actor_str(a, v->actors.p[i])));
	for (size_t i = 0; i < v->list.n && f->type == FIELD_LINES; i++)
		json_add(list, json_of_str(a, v->list.p[i]));
	for (size_t i = 0; i < v->files.n; i++) {
		struct json *file = json_add(list, json_new_object(a));
		json_put_str(a, file, S("name"), v->files.p[i].name);
		json_put_str(a, file, S("type"), v->files.p[i].media_type);
	}
	return list;
}

/* The value as a member of a JSON body; NULL for a field that is a part of its own. */
static struct json *json_of(struct arena *a, const struct field *f, const struct value *v)
{
	switch (f->type) {
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_CHOICE:
	case FIELD_ZONE:
	case FIELD_LANG:
	case FIELD_EMAIL:
	case FIELD_URL:
		return json_of_str(a, v->s);
	case FIELD_INT:
	case FIELD_REF:
		return json_of_i64(a, v->i);
	case FIELD_BOOL:
		return json_of_bool(a, v->i != 0);
	case FIELD_DATE:
	case FIELD_TIME:
		return json_of_str(a, when_str(a, f, v->i));
	case FIELD_ACTOR:
		return json_of_str(a, actor_str(a, v->actor));
	case FIELD_ACTORS:
	case FIELD_REFS:
	case FIELD_LINES:
	case FIELD_FILES:
		return list_of(a, f, v);
	case FIELD_BLOCKS:
	case FIELD_SECRET: /* never logged */
		return NULL;
	}
	return NULL;
}

static void encode_body(struct arena *a, const struct command *c, const struct value *values,
    size_t kind, plain_parts *out)
{
	struct json *body = json_new_object(a);
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		if (!values[i].set || f->flags & FIELD_PASSING || KIND_OF(f) != bodies[kind].flags)
			continue;
		struct json *v = json_of(a, f, &values[i]);
		if (v)
			json_put(body, str_of(f->name), v);
	}
	if (body->count)
		*vec_push(a, out) = (struct plain_part){
		    .media = str_of(bodies[kind].media), .body = json_str(a, body)};
}

static const char *publicity(const struct field *f)
{
	return f->flags & FIELD_PRIVATE ? ";private" : f->flags & FIELD_HELD ? ";held" : "";
}

static str language(const struct command *c, const struct value *values)
{
	for (size_t i = 0; i < c->fields_n; i++)
		if (c->fields[i].type == FIELD_LANG && values[i].set)
			return values[i].s;
	return STR_EMPTY;
}

static void encode_blocks(
    struct arena *a, const struct field *f, const struct value *v, str lang, plain_parts *out)
{
	struct buf media = buf_in(a, 0);
	buf_printf(&media, "text/plain;blocks;field=%s", f->name);
	if (lang.n)
		buf_printf(&media, ";lang=%.*s", STR(lang));
	buf_put(&media, str_of(publicity(f)));
	struct plain_part *part = vec_push(a, out);
	part->media = buf_str(&media);
	part->is_blocks = true;
	for (size_t i = 0; i < v->list.n; i++)
		*vec_push(a, &part->blocks) = v->list.p[i];
}

static void encode_file(
    struct arena *a, const struct field *f, const struct attachment *file, plain_parts *out)
{
	str media =
	    arena_printf(a, "%.*s;field=%s%s", STR(file->media_type), f->name, publicity(f));
	*vec_push(a, out) =
	    (struct plain_part){.media = media, .body = file->bytes, .size = file->bytes.n};
	media = arena_printf(a, "text/plain;field=%s;derived%s", f->name, publicity(f));
	*vec_push(a, out) = (struct plain_part){.media = media, .body = file->text};
}

void codec_encode(
    struct arena *a, const struct command *c, const struct value *values, plain_parts *out)
{
	str lang = language(c, values);
	for (size_t kind = 0; kind < BODIES; kind++)
		encode_body(a, c, values, kind, out);
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		if (!values[i].set || f->flags & FIELD_PASSING)
			continue;
		if (f->type == FIELD_BLOCKS)
			encode_blocks(a, f, &values[i], lang, out);
		for (size_t k = 0; k < values[i].files.n; k++)
			encode_file(a, f, &values[i].files.p[k], out);
	}
}

static const struct field *field_by_name(const struct command *c, str name, size_t *index)
{
	for (size_t i = 0; i < c->fields_n; i++) {
		if (str_is(name, c->fields[i].name)) {
			*index = i;
			return &c->fields[i];
		}
	}
	return NULL;
}

static bool decode_item(
    struct arena *a, const struct field *f, const struct json *e, struct value *v)
{
	switch (e->kind) {
	case JSON_KIND_INT:
		*vec_push(a, &v->numbers) = e->integer;
		return f->type == FIELD_REFS;
	case JSON_KIND_STR:
		if (f->type == FIELD_ACTORS)
			return actor_parse(e->text, vec_push(a, &v->actors));
		*vec_push(a, &v->list) = e->text;
		return f->type == FIELD_LINES;
	case JSON_KIND_OBJECT:
		*vec_push(a, &v->files) = (struct attachment){
		    .name = json_get_str(e, S("name")), .media_type = json_get_str(e, S("type"))};
		return f->type == FIELD_FILES;
	case JSON_KIND_NULL:
	case JSON_KIND_BOOL:
	case JSON_KIND_ARRAY:
		break;
	}
	return false;
}

static bool decode_text(const struct field *f, str s, struct value *v)
{
	v->s = s;
	if (f->type == FIELD_DATE)
		return when_parse_date(s, NULL, &v->i, NULL) == OK;
	if (f->type == FIELD_TIME)
		return when_parse(s, NULL, &v->i, NULL) == OK;
	if (f->type == FIELD_ACTOR)
		return actor_parse(s, &v->actor);
	return true;
}

static bool decode_member(
    struct arena *a, const struct field *f, const struct json *m, struct value *v)
{
	v->set = true;
	switch (m->kind) {
	case JSON_KIND_STR:
		return decode_text(f, m->text, v);
	case JSON_KIND_INT:
		v->i = m->integer;
		return f->type == FIELD_INT || f->type == FIELD_REF;
	case JSON_KIND_BOOL:
		v->i = m->boolean;
		return f->type == FIELD_BOOL;
	case JSON_KIND_ARRAY:
		json_each (e, m) {
			if (!decode_item(a, f, e, v))
				return false;
		}
		return true;
	case JSON_KIND_NULL:
	case JSON_KIND_OBJECT:
		break;
	}
	return false;
}

static enum rc decode_body(
    struct arena *a, const struct command *c, str body, struct value *values, struct err *err)
{
	struct json *object;
	TRY(json_parse(a, body, c->name, &object, err));
	json_each (m, object) {
		size_t i = 0;
		const struct field *f = field_by_name(c, m->name, &i);
		/* A field that a later version no longer has is history, not a fault. */
		if (f && !decode_member(a, f, m, &values[i]))
			return ERR(err, FAULT, f->name,
			    "The log holds a value that {0} does not explain.", str_of(c->name));
	}
	return OK;
}

static void decode_blocks(struct arena *a, const struct plain_part *part, struct value *v)
{
	struct buf b = buf_in(a, 0);
	v->set = true;
	for (size_t i = 0; i < part->blocks.n; i++) {
		*vec_push(a, &v->list) = part->blocks.p[i];
		buf_sep(&b, S("\n\n"));
		buf_put(&b, part->blocks.p[i]);
	}
	v->s = buf_str(&b);
}

/* The n-th file of a field is the n-th part of that field that is not derived. */
static void decode_file(const struct plain_part *part, size_t index, struct value *v, size_t *nth)
{
	if (media_has(part->media, "derived")) {
		if (*nth > 0 && *nth <= v->files.n)
			v->files.p[*nth - 1].text = part->body;
	} else if (*nth < v->files.n) {
		struct attachment *file = &v->files.p[(*nth)++];
		file->part = index;
		file->size = part->size;
	}
}

enum rc codec_decode(struct arena *a, const struct command *c, const plain_parts *parts,
    struct value **values, struct err *err)
{
	struct value *v = arena_array(a, struct value, c->fields_n ? c->fields_n : 1);
	size_t *nth = arena_array(a, size_t, c->fields_n ? c->fields_n : 1);

	for (size_t i = 0; i < parts->n; i++) {
		const struct plain_part *part = &parts->p[i];
		str name = media_value(part->media, "field");
		size_t at = 0;
		const struct field *f = name.n ? field_by_name(c, name, &at) : NULL;
		if (f && f->type == FIELD_FILES)
			decode_file(part, i, &v[at], &nth[at]);
		if (part->gone)
			continue;
		if (f && part->is_blocks)
			decode_blocks(a, part, &v[at]);
		else if (!name.n && str_starts(part->media, S("application/json")))
			TRY(decode_body(a, c, part->body, v, err));
	}
	*values = v;
	return OK;
}

static bool same_lists(const struct value *a, const struct value *b)
{
	if (a->list.n != b->list.n || a->numbers.n != b->numbers.n || a->actors.n != b->actors.n ||
	    a->files.n != b->files.n)
		return false;
	for (size_t i = 0; i < a->list.n; i++)
		if (!str_eq(a->list.p[i], b->list.p[i]))
			return false;
	for (size_t i = 0; i < a->numbers.n; i++)
		if (a->numbers.p[i] != b->numbers.p[i])
			return false;
	for (size_t i = 0; i < a->actors.n; i++)
		if (!actor_eq(a->actors.p[i], b->actors.p[i]))
			return false;
	for (size_t i = 0; i < a->files.n; i++)
		if (!str_eq(a->files.p[i].name, b->files.p[i].name) ||
		    a->files.p[i].size != b->files.p[i].size)
			return false;
	return true;
}

static bool same_value(const struct field *f, const struct value *a, const struct value *b)
{
	if (a->set != b->set)
		return false;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_BOOL:
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_REF:
		return a->i == b->i;
	case FIELD_ACTOR:
		return actor_eq(a->actor, b->actor);
	case FIELD_BLOCKS:
	case FIELD_LINES:
	case FIELD_REFS:
	case FIELD_ACTORS:
	case FIELD_FILES:
		return same_lists(a, b);
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_CHOICE:
	case FIELD_ZONE:
	case FIELD_LANG:
	case FIELD_EMAIL:
	case FIELD_URL:
		return str_eq(a->s, b->s);
	case FIELD_SECRET:
		return true; /* never kept, so never compared */
	}
	return false;
}

bool codec_same_typed(const struct command *c, const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < c->fields_n; i++)
		if (!(c->fields[i].flags & (FIELD_GIVEN | FIELD_PASSING)) &&
		    !same_value(&c->fields[i], &a[i], &b[i]))
			return false;
	return true;
}
