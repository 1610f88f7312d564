/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The rolling text without brackets: the words of the revision, and marks where they are contested.
 */
#include "base/err.h"
#include "text/rolling_page.h"

#include "base/poison.h"

static const char sign[] = "[…]";

/* Who bears on a place, each once. */
struct tally {
	size_t amendments;
	size_t stances; /* on words of the text, of nobody's amendment */
	size_t first;   /* the first amendment */
};

/* What is said of a place, with {0} for how many. */
struct saying {
	const char *amendments, *stances;
};

static const struct saying say_here = {"Amendments here: {0}", "Stances here: {0}"};
static const struct saying say_whole = {
    "Amendments to the whole paragraph: {0}", "Stances on the whole paragraph: {0}"};
static const struct saying say_back = {
    "A deleted paragraph that would come back. Amendments: {0}", "Stances here: {0}"};
static const struct saying say_new = {
    "New paragraphs that are proposed here. Amendments: {0}", "Stances here: {0}"};
static const struct saying say_away = {
    "Paragraphs behind this place that would be moved. Amendments: {0}", "Stances here: {0}"};
static const struct saying say_moved = {
    "Paragraphs that would be moved here. Amendments: {0}", "Stances here: {0}"};

static struct tally tally_new(struct roll_page *p)
{
	p->round++;
	return (struct tally){.first = SIZE_MAX};
}

static void count(struct roll_page *p, struct tally *t, const struct text_backers *by)
{
	for (size_t i = 0; i < by->n; i++) {
		size_t who = by->p[i];
		const struct text_amendment *m = &p->cast.r->list[who];
		if (p->seen[who] == p->round)
			continue;
		p->seen[who] = p->round;
		if (m->on_text) {
			t->stances += m->stances_n;
			continue;
		}
		t->amendments++;
		if (who < t->first)
			t->first = who;
	}
}

/* With all that is nested in it; TEXT_ROLL_DEPTH deep at most. */
static void count_span(struct roll_page *p, struct tally *t, const struct text_node *span)
{
	for (size_t i = 0; i < span->alternatives_n; i++)
		count(p, t, &span->alternative[i].by);
	for (size_t i = 0; i < span->base.n; i++) {
		const struct text_node *n = &span->base.p[i];
		if (n->kind == TEXT_NODE_SPAN)
			count_span(p, t, n);
		else if (n->kind == TEXT_NODE_SPLIT)
			count(p, t, &n->by);
	}
}

static str number_in(struct roll_page *p, const char *english, size_t n)
{
	str digits = arena_printf(p->cast.arena, "%zu", n);
	return err_fill(p->cast.arena, roll_voice(p, english), &digits, 1);
}

static str label_of(struct roll_page *p, const struct tally *t, const struct saying *say)
{
	str amendments = number_in(p, say->amendments, t->amendments);
	str stances = number_in(p, say->stances, t->stances);
	if (!t->stances)
		return amendments;
	if (!t->amendments)
		return stances;
	return arena_printf(p->cast.arena, "%.*s; %.*s", STR(amendments), STR(stances));
}

/* A link to the amendments; where there is none to lead to, the element `plain`. */
static void open_mark(struct roll_page *p, const struct tally *t, const char *plain)
{
	bool at_place = p->voice && p->voice->contested, link = at_place || t->amendments;
	markup_open(&p->m, link ? "a" : plain);
	markup_class(&p->m, "rolling-mark");
	markup_flag(&p->m, "data-sign");
	if (at_place)
		markup_attr(
		    &p->m, "href", arena_printf(p->cast.arena, "#%.*s", STR(roll_place(p))));
	else if (link)
		markup_attr(&p->m, "href", roll_link(p, t->first));
	else
		markup_attr(&p->m, "role", S("img"));
}

static void put_mark(struct roll_page *p, const struct tally *t, const struct saying *say)
{
	if (!t->amendments && !t->stances)
		return;
	str label = label_of(p, t, say);
	open_mark(p, t, "span");
	markup_attr(&p->m, "aria-label", label);
	markup_attr(&p->m, "title", label);
	markup_text(&p->m, str_of(sign));
	markup_close(&p->m);
}

/* A line of its own, about what has no words in the revision. */
static void put_note(struct roll_page *p, const struct tally *t, const struct saying *say)
{
	if (!t->amendments && !t->stances)
		return;
	str label = label_of(p, t, say);
	markup_open(&p->m, "p");
	markup_class(&p->m, "rolling-note");
	markup_flag(&p->m, "data-sign");
	open_mark(p, t, "span");
	markup_attr(&p->m, "aria-label", label);
	markup_text(&p->m, str_of(sign));
	markup_text(&p->m, S(" "));
	markup_text(&p->m, label);
	markup_close(&p->m);
	markup_close(&p->m);
	markup_line(&p->m);
}

/* --- words --- */

void roll_clean_span(struct roll_page *p, const struct text_node *span)
{
	struct roll_ends e = roll_ends_of(&span->base);
	if (p->in_stretch) {
		roll_put_inner(p, &span->base, (struct roll_ends){0});
		return;
	}
	struct tally t = tally_new(p);
	count_span(p, &t, span);
	roll_put_lead(p, &span->base, e);
	if (roll_shows(&span->base)) {
		markup_open(&p->m, "span");
		markup_class(&p->m, "rolling-stretch");
		p->in_stretch = true;
		roll_put_inner(p, &span->base, e);
		p->in_stretch = false;
		markup_close(&p->m);
	}
	put_mark(p, &t, &say_here);
	roll_put_trail(p, &span->base, e);
}

void roll_clean_split(struct roll_page *p, const struct text_node *n)
{
	if (p->in_stretch)
		return;
	struct tally t = tally_new(p);
	count(p, &t, &n->by);
	put_mark(p, &t, &say_here);
}

/* --- paragraphs --- */

/* Joins, and moves that begin here. */
static void count_leaving(struct roll_page *p, struct tally *t, const struct text_rolling_par *rp)
{
	for (size_t i = 0; i < rp->joins_n; i++)
		count(p, t, &rp->join[i].by);
	for (size_t i = 0; i < rp->outs_n; i++)
		count(p, t, &rp->out[i].by);
}

void roll_clean_block(struct roll_page *p, const struct text_rolling_par *rp)
{
	const struct text_par *par = p->par;
	struct tally t = tally_new(p);
	if (par->is_gone) {
		count(p, &t, &rp->restored);
		put_note(p, &t, &say_back);
		return;
	}
	markup_open(&p->m, roll_element_of(par->kind, par->level));
	markup_attr(&p->m, "dir", S("auto"));
	roll_put_number(p, p->cast.number[rp->par]);
	roll_put_nodes(p, &rp->content);
	t = tally_new(p);
	count(p, &t, &rp->deleted);
	count_leaving(p, &t, rp);
	put_mark(p, &t, &say_whole);
	markup_close(&p->m);
}

void roll_clean_behind(struct roll_page *p, const struct text_rolling_par *rp)
{
	struct tally t = tally_new(p);
	/* A run may begin with a deleted paragraph, which has no words to put a mark behind. */
	if (rp->par != TEXT_START && p->cast.r->doc->par[rp->par].is_gone)
		count_leaving(p, &t, rp);
	put_note(p, &t, &say_away);
	t = tally_new(p);
	for (size_t i = 0; i < rp->ins_n; i++)
		count(p, &t, &rp->in[i].by);
	put_note(p, &t, &say_moved);
	t = tally_new(p);
	for (size_t i = 0; i < rp->proposed_n; i++)
		count(p, &t, &rp->proposed[i].by);
	put_note(p, &t, &say_new);
}

str text_rolling_clean(
    struct arena *a, const struct text_rolling *r, const struct text_voice *voice)
{
	struct roll_page p = {
	    .m = markup_in(a), .cast = roll_cast_of(a, r), .voice = voice, .clean = true};
	p.seen = arena_array(a, uint32_t, r->list_n + 1);
	return roll_put_page(&p);
}
