/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What stands at the end of a paragraph: its amendments with stances, how its words changed. */
#include "draft_place.html.h"
#include "rooms/draft/draft_narrow_pages.h"
#include "text/markup.h"
#include "text/rolling_html.h"

#include "base/poison.h"

str draft_say(const void *page, const char *english)
{
	return page_t(page, english);
}

/* --- one line --- */

static str parties_of(struct page *p, const struct draft_loaded *d, int64_t number)
{
	struct buf b = buf_in(p->arena, 0);
	for (size_t i = 0; i < d->sponsors.n; i++) {
		if (d->sponsors.p[i].number != number)
			continue;
		buf_sep(&b, S(", "));
		buf_put(&b, d->sponsors.p[i].party);
	}
	return buf_str(&b);
}

/* One sentence for each kind of stance: "Support: Kenya, Peru" */
static void fill_stances(
    struct page *p, struct draft_line *x, const struct draft_loaded *d, int64_t number)
{
	static const struct {
		const char *stance, *label;
	} kinds[] = {{"support", "Support: {0}"}, {"retain", "Retain the text: {0}"},
	    {"delete", "Delete both: {0}"}, {"reserve", "Reserve: {0}"}, {"object", "Object: {0}"}};
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		struct buf names = buf_in(p->arena, 0);
		for (size_t i = 0; i < d->stances.n; i++) {
			const struct draft_stances_row *s = &d->stances.p[i];
			if (s->number != number || !str_is(s->stance, kinds[k].stance))
				continue;
			buf_sep(&names, S(", "));
			buf_put(&names, s->party);
		}
		str all = buf_str(&names);
		if (all.n)
			*vec_push(p->arena, &x->stances) =
			    page_say(p, kinds[k].label, all, STR_EMPTY);
	}
}

/* What an amendment asks for that cannot be put into the text as it is now. */
static void fill_waiting(struct page *p, struct draft_line *x, const struct text_amendment *m)
{
	for (size_t i = 0; i < m->ops_n; i++) {
		const struct text_op *op = &m->ops[i];
		if (op->outcome != TEXT_IN_CONFLICT)
			continue;
		*vec_push(p->arena, &x->waiting) = (struct draft_waiting){op->was, op->text};
		for (size_t k = 0; k < op->news_n; k++)
			*vec_push(p->arena, &x->waiting) =
			    (struct draft_waiting){.text = op->news[k].text};
	}
}

static str tone_of(const struct draft_amendments_row *row)
{
	str status = draft_filter_status(row->status, row->outcome);
	return str_is(status, "before") ? S("open") : status;
}

static void add_line(struct page *p, struct draft_lines *v, const struct draft_loaded *d,
    const struct draft_narrow *w, size_t row_at)
{
	const struct draft_amendments_row *row = &d->rows.p[row_at];
	struct draft_line *x = vec_push(p->arena, &v->list);
	size_t at = w->at[row_at];
	*x = (struct draft_line){.number = row->number,
	    .to = draft_amendment_url(p, d->draft.number, row->number),
	    .parties = parties_of(p, d, row->number),
	    .status = draft_status_label(p, row->status, row->outcome),
	    .tone = tone_of(row)};
	fill_stances(p, x, d, row->number);
	v->n++;
	if (!str_is(row->status, "tabled"))
		return;
	v->pending++;
	x->reason = row->reason;
	x->why = draft_why(p, row->why);
	if (at == SIZE_MAX)
		return;
	x->id = text_rolling_anchor(p->arena, at);
	fill_waiting(p, x, &d->list[at]);
}

/* --- a place --- */

static html redline_of(struct page *p, const struct text_redline *all, const struct text_red *one)
{
	struct text_redline red = *all;
	struct text_red copy = *one;
	struct text_voice voice = {.say = draft_say, .ctx = p};
	red.par = &copy;
	red.n = 1;
	return html_from_renderer(text_redline_html_in(p->arena, &red, &voice));
}

void draft_put_place(struct page *p, struct markup *m, const struct draft_loaded *d,
    const struct draft_narrow *w, const struct draft_place *place)
{
	struct draft_lines v = {.lang = d->draft.lang};
	if (!place->rows.n && !place->since)
		return;
	for (size_t i = 0; i < place->rows.n; i++)
		add_line(p, &v, d, w, place->rows.p[i]);
	if (place->since)
		v.since = redline_of(p, &w->deleted, place->since);
	struct page_out out = page_piece(p, 0);
	draft_place_html(&out, &v);
	markup_open(m, "div");
	markup_attr(m, "lang", p->viewer.lang);
	markup_raw(m, page_out_str(&out));
	markup_close(m);
}

html draft_elsewhere(struct page *p, const struct draft_loaded *d, const struct draft_narrow *w)
{
	struct draft_lines v = {.lang = d->draft.lang};
	for (size_t i = 0; i < w->elsewhere.n; i++)
		add_line(p, &v, d, w, w->elsewhere.p[i]);
	if (!v.n)
		return (html){0};
	struct page_out out = page_piece(p, 0);
	draft_lines_html(&out, &v);
	return html_from_renderer(page_out_str(&out));
}

html draft_deleted_since(struct page *p, const struct draft_narrow *w)
{
	struct text_voice voice = {.say = draft_say, .ctx = p};
	if (!w->deleted.n)
		return (html){0};
	return html_from_renderer(text_redline_html_in(p->arena, &w->deleted, &voice));
}
