/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/command.h"

#include "base/utf8.h"
#include "engine/command_value.h"

#include "base/poison.h"

void inputs_add(struct arena *a, struct inputs *in, str name, str value)
{
	*vec_push(a, &in->v) = (struct input){name, value};
}

int64_t field_max(const struct field *f)
{
	if (f->max)
		return f->max;
	switch (f->type) {
	case FIELD_LINE:
	case FIELD_EMAIL:
	case FIELD_SECRET:
	case FIELD_CHOICE:
	case FIELD_ZONE:
	case FIELD_LANG:
	case FIELD_DATE:
	case FIELD_TIME:
	case FIELD_BOOL:
	case FIELD_ACTOR:
		return 200;
	case FIELD_URL:
		return 2000;
	case FIELD_TEXT:
		return 20000;
	case FIELD_BLOCKS:
		return 400000;
	case FIELD_INT:
	case FIELD_REF:
		return INT64_C(1000000000000);
	case FIELD_ACTORS:
	case FIELD_REFS:
	case FIELD_LINES:
		return 200;
	case FIELD_FILES:
		return 10;
	}
	return 0;
}

/* The inputs of one field, in order. */
static void collect(
    struct arena *a, const struct field *f, const struct inputs *in, struct raw *raw)
{
	str name = str_of(f->name);
	for (size_t i = 0; i < in->v.n; i++)
		if (str_eq(in->v.p[i].name, name))
			*vec_push(a, &raw->values) = in->v.p[i].value;
	for (size_t i = 0; i < in->files.n; i++)
		if (str_eq(in->files.p[i].name, name))
			*vec_push(a, &raw->files) = in->files.p[i].file;
}

static enum rc read_field(struct arena *a, const struct command *c, size_t i,
    const struct inputs *in, struct value *v, struct err *err)
{
	const struct field *f = &c->fields[i];
	struct raw raw = {0};

	if (f->flags & FIELD_GIVEN)
		return OK;
	collect(a, f, in, &raw);
	if (f->type == FIELD_TIME && f->of) {
		struct field zone = {.name = f->of};
		struct raw of = {0};
		collect(a, &zone, in, &of);
		raw.zone = of.values.n ? str_trim(of.values.p[0]) : STR_EMPTY;
	}
	TRY(value_read(a, f, &raw, v, err));
	if ((f->flags & FIELD_REQUIRED) && !v->set)
		return err_says(
		    err, 0, ERR(err, INVALID, f->name, "Please fill in: {0}.", str_of(f->label)));
	return OK;
}

/* An input that no field takes is a mistake of the sender, who must be told. */
static enum rc check_unknown(const struct command *c, const struct inputs *in, struct err *err)
{
	for (size_t i = 0; i < in->v.n; i++) {
		bool known = str_starts(in->v.p[i].name, S("_"));
		for (size_t k = 0; k < c->fields_n && !known; k++)
			known = str_is(in->v.p[i].name, c->fields[k].name) &&
			        !(c->fields[k].flags & FIELD_GIVEN);
		if (!known)
			return ERR(err, INVALID, NULL, "{0} has no field {1}.", str_of(c->name),
			    in->v.p[i].name);
	}
	return OK;
}

enum rc command_read(struct arena *a, const struct command *c, const struct inputs *in,
    struct value **values, problems *out, struct err *err)
{
	enum rc first = OK;
	struct value *v = arena_array(a, struct value, c->fields_n ? c->fields_n : 1);

	TRY(check_unknown(c, in, err));
	for (size_t i = 0; i < c->fields_n; i++) {
		struct err e = {0};
		enum rc rc = read_field(a, c, i, in, &v[i], &e);
		if (rc == OK)
			continue;
		if (out)
			*vec_push(a, out) = (struct problem){&c->fields[i], e};
		if (first == OK) {
			first = rc;
			if (err)
				*err = e;
		}
	}
	*values = v;
	return first;
}

static enum rc add_json(
    struct arena *a, str name, const struct json *v, struct inputs *out, struct err *err)
{
	switch (v->kind) {
	case JSON_KIND_STR:
		inputs_add(a, out, name, v->text);
		return OK;
	case JSON_KIND_INT:
		inputs_add(a, out, name, arena_printf(a, "%lld", (long long)v->integer));
		return OK;
	case JSON_KIND_BOOL:
		inputs_add(a, out, name, v->boolean ? S("1") : S("0"));
		return OK;
	case JSON_KIND_NULL:
		return OK;
	case JSON_KIND_ARRAY:
		json_each (e, v) {
			if (e->kind == JSON_KIND_ARRAY || e->kind == JSON_KIND_OBJECT)
				return ERR(err, INVALID, NULL,
				    "{0} must be a list of simple values.", name);
			TRY(add_json(a, name, e, out, err));
		}
		return OK;
	case JSON_KIND_OBJECT:
		break;
	}
	return ERR(err, INVALID, NULL, "{0} must be a simple value or a list.", name);
}

enum rc command_inputs_of_json(
    struct arena *a, const struct json *object, struct inputs *out, struct err *err)
{
	if (!object || object->kind != JSON_KIND_OBJECT)
		return ERR(err, INVALID, NULL, "The fields of a command are a JSON object.");
	json_each (m, object)
		TRY(add_json(a, m->name, m, out, err));
	return OK;
}

enum rc command_check_row(const struct command *c, struct err *err)
{
	str name = str_of(c->name);
	if (!c->title || !c->help || !c->said || !c->may)
		return ERR(err, INVALID, NULL, "{0}: title, help, said and may are needed.", name);
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		if (!f->name || (!f->label && !(f->flags & FIELD_GIVEN)))
			return ERR(err, INVALID, NULL, "{0}: a field without name or label.", name);
		if (f->type == FIELD_CHOICE && !f->choices)
			return ERR(
			    err, INVALID, NULL, "{0}.{1}: no choices.", name, str_of(f->name));
		if ((f->type == FIELD_REF || f->type == FIELD_REFS) && !f->of)
			return ERR(err, INVALID, NULL, "{0}.{1}: of what?", name, str_of(f->name));
		if (f->type == FIELD_FILES ? f->of != NULL : f->other_kind != NULL)
			return ERR(err, INVALID, NULL,
			    "{0}.{1}: a word that its type has no use for.", name, str_of(f->name));
		for (size_t k = 0; k < i; k++)
			if (strcmp(c->fields[k].name, f->name) == 0)
				return ERR(
				    err, INVALID, NULL, "{0}.{1}: twice.", name, str_of(f->name));
	}
	return OK;
}

void inputs_add_file(struct arena *a, struct inputs *in, str name, const struct attachment *file)
{
	struct input_file *f = vec_push(a, &in->files);
	f->name = name;
	f->file = *file;
}
