/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The Chair's console, and what a delegation can do: only what the rules allow now. */
#include "rooms/floor/floor_pages.h"

#include "base/poison.h"

static enum rc add_button(struct page *p, floor_buttons *out, const char *command, const char *id,
    const char *label, int64_t meeting, struct err *err)
{
	struct form form;
	if (!page_may_do(p, command))
		return OK;
	TRY(form_make(p, command, &form, err));
	*vec_push(p->arena, out) = (struct floor_button){.form = form,
	    .id = str_of(id),
	    .label = page_t(p, label),
	    .meeting = page_i64(p, meeting)};
	return OK;
}

/* The last button is about this object. */
static void about(struct page *p, floor_buttons *out, size_t before, const char *of, int64_t value)
{
	if (out->n == before)
		return;
	out->p[out->n - 1].of = str_of(of);
	out->p[out->n - 1].value = page_i64(p, value);
}

static enum rc add_about(struct page *p, floor_buttons *out, const char *command, const char *label,
    int64_t meeting, const char *of, int64_t value, struct err *err)
{
	size_t before = out->n;
	TRY(add_button(p, out, command, command, label, meeting, err));
	about(p, out, before, of, value);
	return OK;
}

/* "floor.give-7": the act about one of several, as an id. */
static str id_of(struct page *p, const char *command, int64_t of)
{
	return arena_printf(p->arena, "%s-%lld", command, (long long)of);
}

/* of, value: what it is about; value 0: nothing of several. */
static void add_deed(struct page *p, floor_deeds *out, const char *command, const char *label,
    int64_t meeting, const char *of, int64_t value)
{
	if (!page_may_do(p, command))
		return;
	url to = page_do_url(p, command, "meeting", meeting);
	if (value)
		to = url_query(p->arena, to, str_of(of), page_i64(p, value));
	*vec_push(p->arena, out) = (struct floor_deed){
	    value ? id_of(p, command, value) : str_of(command), page_t(p, label), to};
}

/* The first button is the usual next step. */
static void make_primary(struct floor_page *v)
{
	if (v->buttons.n)
		v->buttons.p[0].primary = true;
}

static enum rc fill_speaker(struct page *p, struct floor_page *v, int64_t meeting, struct err *err)
{
	const struct floor_line *now = v->speaker    ? v->speaker
	                               : v->paused.n ? &v->paused.p[v->paused.n - 1]
	                                             : NULL;
	if (!now)
		return OK;
	if (!v->speaker)
		TRY(add_about(p, &v->buttons, "floor.resume", "Let the speaker go on", meeting,
		    "request", now->request, err));
	TRY(add_about(p, &v->buttons, "floor.end", "End the statement", meeting, "request",
	    now->request, err));
	if (v->speaker)
		TRY(add_about(p, &v->buttons, "floor.pause", "Interrupt", meeting, "request",
		    now->request, err));
	make_primary(v);
	return OK;
}

/* Whoever comes next: called, or first on the list. */
struct next {
	int64_t request; /* 0: nobody */
	bool now;        /* can have the floor at once */
};

static struct next next_of(const struct floor_page *v, const struct floor_requests_rows *rows)
{
	const struct floor_requests_row *first = NULL;
	for (size_t i = 0; i < rows->n && !first; i++)
		if (rows->p[i].place == 1)
			first = &rows->p[i];
	bool point = first && str_is(first->kind, "point_of_order");
	bool cuts_in = point || (first && str_is(first->kind, "question"));
	const struct floor_line *called = point ? NULL : v->called;
	bool taken = v->speaker || v->paused.n;
	return (struct next){
	    .request = called  ? called->request
	               : first ? first->request
	                       : 0,
	    .now = !taken || (cuts_in && !called),
	};
}

static enum rc fill_give(
    struct page *p, struct floor_page *v, int64_t meeting, const struct next *next, struct err *err)
{
	if (!next->request || !next->now)
		return OK;
	TRY(add_about(p, &v->buttons, "floor.give", "Give the floor to the next", meeting,
	    "request", next->request, err));
	make_primary(v);
	return OK;
}

static enum rc fill_next(
    struct page *p, struct floor_page *v, int64_t meeting, const struct next *next, struct err *err)
{
	if (!next->request)
		return OK;
	if (!v->called)
		TRY(add_about(p, &v->buttons, "floor.call", "Call the next", meeting, "request",
		    next->request, err));
	return add_about(p, &v->buttons, "floor.skip", "Pass over the next: not present", meeting,
	    "request", next->request, err);
}

enum rc floor_fill_console(struct page *p, struct floor_page *v, int64_t meeting,
    const struct floor_requests_rows *rows, struct err *err)
{
	if (!v->in_session)
		return OK;
	if (v->is_current) {
		struct next next = next_of(v, rows);
		TRY(fill_give(p, v, meeting, &next, err));
		TRY(fill_speaker(p, v, meeting, err));
		TRY(fill_next(p, v, meeting, &next, err));
		add_deed(p, &v->deeds, "floor.request", "Request the floor", meeting, NULL, 0);
		add_deed(p, &v->deeds, "floor.enter", "Enter a speaker", meeting, NULL, 0);
	}
	if (v->is_current && !v->closed)
		TRY(add_button(
		    p, &v->buttons, "floor.close", "floor.close", "Close the list", meeting, err));
	if (!v->list || (v->closed && !v->speaker && !v->paused.n))
		add_deed(p, &v->deeds, "floor.open", "Open the list of speakers", meeting, NULL, 0);
	add_deed(p, &v->deeds, "floor.put_decision", "Put a decision", meeting, NULL, 0);
	return OK;
}

enum rc floor_fill_put_console(
    struct page *p, struct floor_decision *d, int64_t meeting, struct err *err)
{
	bool put = str_is(d->state, "put"), objection = str_is(d->state, "objection");
	if (put)
		TRY(add_about(p, &d->buttons, "floor.decide", "It is so decided", meeting, "put",
		    d->put, err));
	if ((put || objection) && !page_may(p, ROLE_OFFICE))
		TRY(add_about(
		    p, &d->buttons, "floor.object", "Object", meeting, "put", d->put, err));
	for (size_t i = 0; i < d->buttons.n; i++) {
		struct floor_button *b = &d->buttons.p[i];
		b->id = id_of(p, b->form.command->name, d->put);
		b->about = page_i64(p, d->put);
	}
	if (put && page_may(p, ROLE_OFFICE))
		add_deed(
		    p, &d->deeds, "floor.object", "Enter an objection", meeting, "put", d->put);
	if (put)
		add_deed(p, &d->deeds, "floor.take_back", "Take back", meeting, "put", d->put);
	return OK;
}

void floor_line_deeds(struct page *p, struct floor_line *x, int64_t meeting, bool own, bool next)
{
	if (str_is(x->state, "requested"))
		add_deed(p, &x->deeds, "floor.admit", "Admit to the list", meeting, "request",
		    x->request);
	if (!next)
		add_deed(p, &x->deeds, "floor.give", "Give the floor out of turn", meeting,
		    "request", x->request);
	add_deed(p, &x->deeds, "floor.remove", "Remove", meeting, "request", x->request);
	if (own || page_may(p, ROLE_OFFICE))
		add_deed(
		    p, &x->deeds, "floor.withdraw", "Withdraw", meeting, "request", x->request);
}
