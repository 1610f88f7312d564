/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/record/record.h"

#include "base/utf8.h"

#include "base/poison.h"

#define SAID_TEXT 160 /* characters of one value */

static void put_list(struct buf *b, const struct value *v)
{
	bool first = true;
	for (size_t i = 0; i < v->numbers.n; i++, first = false) {
		buf_put(b, first ? STR_EMPTY : S(", "));
		buf_put_i64(b, v->numbers.p[i]);
	}
	for (size_t i = 0; i < v->list.n; i++, first = false) {
		buf_put(b, first ? STR_EMPTY : S(", "));
		buf_put(b, v->list.p[i]);
	}
	if (v->actors.n)
		buf_put_u64(b, v->actors.n);
	if (v->files.n)
		buf_put_u64(b, v->files.n);
}

static void put_value(struct buf *b, const struct field *f, const struct value *v)
{
	size_t n;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_REF:
		buf_put_i64(b, v->i);
		return;
	case FIELD_BOOL:
		buf_put(b, v->i ? S("yes") : S("no"));
		return;
	case FIELD_DATE:
		when_write_date(b, v->i);
		return;
	case FIELD_TIME:
		when_write(b, v->i);
		return;
	case FIELD_ACTOR:
		actor_write(b, v->actor);
		return;
	case FIELD_CHOICE:
		for (const struct choice *c = f->choices; c && c->value; c++)
			if (str_is(v->s, c->value)) {
				buf_put(b, str_of(c->label));
				return;
			}
		buf_put(b, v->s);
		return;
	case FIELD_ACTORS:
	case FIELD_REFS:
	case FIELD_LINES:
	case FIELD_FILES:
		put_list(b, v);
		return;
	case FIELD_LINE:
	case FIELD_TEXT:
	case FIELD_BLOCKS:
	case FIELD_ZONE:
	case FIELD_LANG:
	case FIELD_EMAIL:
	case FIELD_URL:
	case FIELD_SECRET:
		n = utf8_prefix(v->s, SAID_TEXT);
		buf_put(b, str_head(v->s, n));
		buf_put(b, n < v->s.n ? S("\xE2\x80\xA6") : STR_EMPTY);
		return;
	}
}

static void put_named(struct buf *b, const struct fact *f, str name)
{
	for (size_t i = 0; i < f->command->fields_n; i++) {
		const struct field *field = &f->command->fields[i];
		/* A name may be erased one day, and this sentence must not keep it: rows name
		 * persons by id. */
		if (!str_is(name, field->name) ||
		    (field->flags & (FIELD_PERSONAL | FIELD_PRIVATE | FIELD_HELD | FIELD_PASSING)))
			continue;
		if (f->values[i].set)
			put_value(b, field, &f->values[i]);
		else
			buf_put(b, S("\xE2\x80\x94"));
	}
}

str record_said(struct arena *a, const struct fact *f)
{
	struct buf b = buf_in(a, 0);
	str rest = str_of(f->command->said);
	while (rest.n) {
		size_t open = str_find_char(rest, '{');
		buf_put(&b, str_head(rest, open));
		if (open == SIZE_MAX)
			break;
		rest = str_skip(rest, open + 1);
		size_t close = str_find_char(rest, '}');
		put_named(&b, f, str_head(rest, close));
		rest = close == SIZE_MAX ? STR_EMPTY : str_skip(rest, close + 1);
	}
	return buf_str(&b);
}
