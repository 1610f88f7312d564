/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/form_parts.h"

#include "base/poison.h"

/* Up to so many choices are shown at once; more fold into a menu. */
#define RADIOS_MAX 4
/* More check boxes than these scroll in a box of their own (forms.css). */
#define BOXES_MAX 12

str form_say(struct page_out *o, const char *english)
{
	return o->translate ? o->translate(o->translate_ctx, english) : str_of(english);
}

str form_name(const struct form_field *x)
{
	return str_of(x->field->name);
}

url form_link(struct page_out *o, const struct form_field *x)
{
	return url_fragment(o->arena, (url){STR_EMPTY}, x->id);
}

str form_described(struct page_out *o, const struct form_field *x)
{
	struct buf b = buf_in(o->arena, 0);
	if (form_has_help(x))
		buf_printf(&b, "%.*s-help", STR(x->id));
	if (x->error.n)
		buf_printf(&b, "%s%.*s-error", buf_str(&b).n ? " " : "", STR(x->id));
	return buf_str(&b);
}

bool form_is_many(const struct form_field *x)
{
	return x->field->type == FIELD_ACTORS || x->field->type == FIELD_REFS;
}

bool form_is_choices(const struct form_field *x)
{
	if (x->field->type == FIELD_CHOICE)
		return x->options.v.n > 0 && x->options.v.n <= RADIOS_MAX;
	return form_is_many(x) && x->options.v.n > 0;
}

bool form_is_long(const struct form_field *x)
{
	return form_is_many(x) && x->options.v.n > BOXES_MAX;
}

bool form_is_select(const struct form_field *x)
{
	enum field_type t = x->field->type;
	/* A line whose row names a kind of object (`of`) holds the code of one of them. */
	return x->options.v.n > 0 && !form_is_choices(x) &&
	       (t == FIELD_CHOICE || t == FIELD_LANG || t == FIELD_ACTOR || t == FIELD_REF ||
	           t == FIELD_LINE);
}

bool form_is_blocks(const struct form_field *x)
{
	return x->field->type == FIELD_BLOCKS;
}

bool form_is_list_as_text(const struct form_field *x)
{
	return form_is_many(x) && !form_is_choices(x);
}

bool form_counts_characters(const struct form_field *x)
{
	return x->field->type == FIELD_TEXT || x->field->type == FIELD_BLOCKS;
}

bool form_is_area(const struct form_field *x)
{
	return form_counts_characters(x) || x->field->type == FIELD_LINES ||
	       form_is_list_as_text(x);
}

bool form_is_number(const struct form_field *x)
{
	return x->field->type == FIELD_INT || x->field->type == FIELD_REF;
}

str form_input_type(const struct form_field *x)
{
	switch (x->field->type) {
	case FIELD_INT:
	case FIELD_REF:
		return S("number");
	case FIELD_DATE:
		return S("date");
	case FIELD_TIME:
		return S("datetime-local");
	case FIELD_EMAIL:
		return S("email");
	case FIELD_URL:
		return S("url");
	case FIELD_SECRET:
		return S("password");
	case FIELD_FILES:
		return S("file");
	case FIELD_BOOL:
		return S("checkbox");
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_BLOCKS:
	case FIELD_CHOICE:
	case FIELD_ZONE:
	case FIELD_LANG:
	case FIELD_ACTOR:
	case FIELD_ACTORS:
	case FIELD_REFS:
	case FIELD_LINES:
		return S("text");
	}
	return S("text");
}

str form_complete(const struct form_field *x)
{
	if (x->field->type == FIELD_EMAIL)
		return S("email");
	if (x->field->type == FIELD_SECRET)
		return S("new-password");
	return STR_EMPTY;
}

bool form_is_required(const struct form_field *x)
{
	return (x->field->flags & FIELD_REQUIRED) != 0;
}

bool form_is_ticked(const struct form_field *x)
{
	return str_is(x->value, "1") || str_is(x->value, "on") || str_is(x->value, "true") ||
	       str_is(x->value, "yes");
}

bool form_has_help(const struct form_field *x)
{
	const struct field *f = x->field;
	return f->help || (f->flags & FIELD_PRIVATE) || f->type == FIELD_LINES ||
	       form_is_list_as_text(x) || f->type == FIELD_BLOCKS || f->type == FIELD_ZONE ||
	       (f->type == FIELD_TIME && !f->of) || f->type == FIELD_FILES;
}

bool form_has_problem(const struct form *f)
{
	bool found = f->error.n > 0;
	for (size_t i = 0; i < f->fields.n && !found; i++)
		found = f->fields.p[i].error.n > 0;
	return found;
}
