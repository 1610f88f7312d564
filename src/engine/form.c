/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/form.h"

#include "base/must.h"
#include "engine/form_inner.h"
#include "engine/i18n.h"
#include "engine/web_inner.h"

#include "base/poison.h"

static const struct option_source *source_of(const struct rooms *rooms, const char *of)
{
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *p = rooms->v[i].pages;
		for (size_t k = 0; p && k < p->options_n; k++)
			if (strcmp(p->options[k].of, of) == 0)
				return &p->options[k];
	}
	return NULL;
}

void form_option_add(struct page *p, struct form_options *out, str value, str label)
{
	*vec_push(p->arena, &out->v) = (struct form_option){.value = value, .label = label};
}

static void static_choices(struct page *p, const struct field *f, struct form_options *out)
{
	for (const struct choice *c = f->choices; c && c->value; c++)
		form_option_add(p, out, str_of(c->value), page_t(p, c->label));
}

static void languages(struct page *p, struct form_options *out)
{
	for (size_t i = 0; i18n_langs[i]; i++)
		form_option_add(p, out, str_of(i18n_langs[i]), i18n_name(str_of(i18n_langs[i])));
}

static enum rc fill_options(
    struct page *p, const struct field *f, struct form_options *out, struct err *err)
{
	bool person = f->type == FIELD_ACTOR || f->type == FIELD_ACTORS;
	const char *of = f->of ? f->of : person ? "person" : NULL;
	if (f->type == FIELD_CHOICE)
		static_choices(p, f, out);
	if (f->type == FIELD_LANG)
		languages(p, out);
	if (!of || f->type == FIELD_TIME)
		return OK;
	const struct option_source *s = source_of(p->request->web->conf.rooms, of);
	return s ? s->list(p, out, err) : OK;
}

enum rc form_make(struct page *p, const char *command, struct form *out, struct err *err)
{
	const struct command *c = rooms_command(p->request->web->conf.rooms, str_of(command), NULL);
	if (!c)
		return ERR(err, ABSENT, NULL, "There is no act {0}.", str_of(command));
	web_tie(p);
	*out = (struct form){
	    .command = c,
	    .action = page_do_url(p, c->name, NULL, 0),
	    .token = p->request->csrf,
	    .key = id_key(p->arena, rng_system(), p->now),
	    .expect = page_i64(p, p->group.n),
	    .preview_title = "What will be proposed",
	    .preview_help = "Change the text, then look at it here before you table it.",
	};
	for (size_t i = 0; i < c->fields_n; i++) {
		const struct field *f = &c->fields[i];
		if (f->flags & FIELD_GIVEN)
			continue;
		struct form_field *ff = vec_push(p->arena, &out->fields);
		*ff =
		    (struct form_field){.field = f, .id = arena_printf(p->arena, "f-%s", f->name)};
		out->has_files |= f->type == FIELD_FILES;
		TRY(fill_options(p, f, &ff->options, err));
	}
	return OK;
}

struct form_field *form_field_of(struct form *f, const char *name)
{
	for (size_t i = 0; i < f->fields.n; i++)
		if (strcmp(f->fields.p[i].field->name, name) == 0)
			return &f->fields.p[i];
	return NULL;
}

void form_fill(struct form *f, const char *field, str value)
{
	struct form_field *ff = form_field_of(f, field);
	must(ff);
	ff->value = value;
	for (size_t i = 0; i < ff->options.v.n; i++)
		if (str_eq(ff->options.v.p[i].value, value))
			ff->options.v.p[i].chosen = true;
}

void form_preset(struct form *f, struct arena *a, const char *field, int64_t value)
{
	struct form_field *ff = form_field_of(f, field);
	must(ff);
	form_fill(f, field, arena_printf(a, "%lld", (long long)value));
	ff->hidden = true;
}

/* Lists keep one value a line; the options that were ticked stay ticked. */
static void type_again(struct page *p, struct form *f, const struct input *in)
{
	struct form_field *ff = NULL;
	for (size_t i = 0; i < f->fields.n && !ff; i++)
		if (str_is(in->name, f->fields.p[i].field->name))
			ff = &f->fields.p[i];
	if (!ff || ff->field->type == FIELD_SECRET)
		return;
	ff->value = ff->value.n && ff->field->type != FIELD_BOOL
	                ? arena_printf(p->arena, "%.*s\n%.*s", STR(ff->value), STR(in->value))
	                : in->value;
	for (size_t i = 0; i < ff->options.v.n; i++)
		if (str_eq(ff->options.v.p[i].value, in->value))
			ff->options.v.p[i].chosen = true;
}

void form_retype(struct page *p, struct form *f, const struct inputs *in, const problems *bad)
{
	for (size_t i = 0; i < in->v.n; i++)
		type_again(p, f, &in->v.p[i]);
	for (size_t i = 0; bad && i < bad->n; i++) {
		struct form_field *ff = form_field_of(f, bad->p[i].field->name);
		if (ff) {
			ff->error = form_error_text(p, &bad->p[i].err);
			ff->hidden = false;
		}
	}
}

void form_fail(struct page *p, struct form *f, const struct err *err)
{
	struct form_field *ff = err->field ? form_field_of(f, err->field) : NULL;
	if (ff) {
		ff->error = form_error_text(p, err);
		ff->hidden = false;
	} else {
		f->error = form_error_text(p, err);
	}
}

str form_error_text(struct page *p, const struct err *err)
{
	str args[ERR_ARGS];
	for (size_t i = 0; i < ERR_ARGS; i++) {
		args[i] = err->arg[i];
		if (args[i].n && (err->says & 1U << i))
			args[i] = page_t(p, arena_z(p->arena, args[i]));
		/* Names and numbers of entries keep their direction among Arabic words. */
		if (args[i].n && i18n_is_rtl(p->viewer.lang))
			args[i] = out_isolate(&p->out, args[i]);
	}
	return err_fill(p->arena, page_t(p, err->msg), args, ERR_ARGS);
}

enum rc form_fit(struct page *p, struct form *f, struct err *err)
{
	const struct rooms *rooms = p->request->web->conf.rooms;
	for (size_t i = 0; i < rooms->n; i++) {
		const struct room_pages *r = rooms->v[i].pages;
		for (size_t k = 0; r && k < r->shapes_n; k++)
			if (strcmp(r->shapes[k].command, f->command->name) == 0)
				return r->shapes[k].shape(p, f, err);
	}
	return OK;
}
