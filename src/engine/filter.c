/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/filter.h"

#include "base/poison.h"

struct filter filter_of(url here)
{
	return (struct filter){.here = here};
}

struct filter_field *filter_mode(
    struct page *p, struct filter *f, const char *name, const char *label)
{
	struct filter_field *x = vec_push(p->arena, &f->fields);
	*x = (struct filter_field){.name = name, .label = page_t(p, label)};
	return x;
}

struct filter_field *filter_select(
    struct page *p, struct filter *f, const char *name, const char *label)
{
	struct filter_field *x = filter_mode(p, f, name, label);
	filter_choice(p, x, STR_EMPTY, page_t(p, "All"));
	return x;
}

void filter_choice(struct page *p, struct filter_field *x, str value, str label)
{
	bool chosen = str_eq(page_param(p, x->name), value);
	*vec_push(p->arena, &x->choices) = (struct filter_choice){value, label, chosen};
}

void filter_counted(struct page *p, struct filter_field *x, str value, str label, int64_t n)
{
	filter_choice(p, x, value, page_say(p, "{0} ({1})", label, page_i64(p, n)));
}

struct filter_field *filter_typed(
    struct page *p, struct filter *f, const char *name, const char *label, const char *help)
{
	struct filter_field *x = filter_mode(p, f, name, label);
	x->is_typed = true;
	x->typed = page_param(p, name);
	x->help = page_t(p, help);
	return x;
}

void filter_fold(struct page *p, struct filter *f)
{
	struct filter_field *x = &f->fields.p[f->fields.n - 1];
	x->more = true;
	f->more++;
	f->more_is_open = f->more_is_open || page_param(p, x->name).n > 0;
}

void filter_keep(struct page *p, struct filter *f, str name, str value)
{
	*vec_push(p->arena, &f->hidden) = (struct filter_choice){value, name, true};
}
