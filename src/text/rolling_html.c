/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "text/rolling_html.h"

#include "base/err.h"
#include "text/json_read.h"
#include "text/number.h"
#include "text/rolling_page.h"

#include "base/poison.h"

const char *roll_element_of(enum text_kind kind, unsigned level)
{
	static const char *const heading[] = {"h2", "h2", "h3", "h4", "h5", "h6"};
	if (kind != TEXT_HEADING)
		return "p";
	return heading[level < 6 ? level : 5];
}

static void put_kind(struct roll_page *p, enum text_kind kind, unsigned level)
{
	markup_attr(&p->m, "data-kind", text_kind_name(kind));
	if (level)
		markup_attr(&p->m, "data-level", arena_printf(p->cast.arena, "%u", level));
}

static void close_block(struct roll_page *p)
{
	markup_close(&p->m);
	markup_line(&p->m);
}

static void put_ids(struct roll_page *p, const char *name, const struct text_backers *by)
{
	if (by->n)
		markup_attr(&p->m, name, roll_ids(p, by));
}

/* The words of a paragraph in one block, in brackets when it would go or come back. */
static void put_block(struct roll_page *p, const struct text_rolling_par *rp)
{
	const struct text_par *par = p->par;
	bool back = par->is_gone, bracket = back || rp->deleted.n;
	struct roll_tail t = {0};
	markup_open(&p->m, roll_element_of(par->kind, par->level));
	markup_attr(&p->m, "dir", S("auto"));
	if (bracket) {
		t = back ? roll_tail_new(&p->cast, &rp->restored)
		         : roll_tail_deleted(&p->cast, &rp->deleted);
		markup_open(&p->m, "span");
		roll_group(p, back ? roll_label_proposal(p, &t) : roll_label_base(p, &t));
		roll_sign(p, "rolling-sign", S("["));
	}
	roll_put_number(p, p->cast.number[rp->par]);
	if (bracket)
		markup_open(&p->m,
		    back ? "ins" : roll_base_element(&t, roll_only_stances(p, &rp->deleted)));
	roll_put_nodes(p, &rp->content);
	if (bracket) {
		markup_close(&p->m);
		roll_put_tail(p, &t);
		roll_sign(p, "rolling-sign", S("]"));
		markup_close(&p->m);
	}
	markup_close(&p->m);
}

/* The words of a paragraph, in one block or in versions. */
static void put_reading(struct roll_page *p, const struct text_rolling_par *rp)
{
	const struct text_par *par = p->par;
	str end;
	const struct text_node *whole = roll_whole(&rp->content, &end);
	if (p->clean)
		roll_clean_block(p, rp);
	else if (whole && !rp->deleted.n && !par->is_gone)
		roll_put_versions(
		    p, roll_element_of(par->kind, par->level), p->cast.number[rp->par], whole, end);
	else
		put_block(p, rp);
}

static const struct text_par *par_at(const struct roll_page *p, size_t par)
{
	return par == TEXT_START ? NULL : &p->cast.r->doc->par[par];
}

bool roll_is_shown(const struct roll_page *p, size_t par)
{
	return !p->voice || !p->voice->shows || p->voice->shows(p->voice->ctx, par_at(p, par));
}

/* What a page puts beside a paragraph is not of the text, for those who read it back. */
static void put_actions(struct roll_page *p)
{
	if (!p->voice || !p->voice->at_par)
		return;
	markup_open(&p->m, "div");
	markup_flag(&p->m, "data-sign");
	p->voice->at_par(p->voice->ctx, &p->m, p->par);
	markup_close(&p->m);
}

str roll_place(const struct roll_page *p)
{
	/* TEXT_START is one before 0. */
	return arena_printf(p->cast.arena, "rolling-place-%zu", p->at + 1);
}

static void put_contested(struct roll_page *p)
{
	if (!p->voice || !p->voice->contested)
		return;
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-contested");
	markup_attr(&p->m, "id", roll_place(p));
	markup_flag(&p->m, "data-sign");
	p->voice->contested(p->voice->ctx, &p->m, par_at(p, p->at));
	markup_close(&p->m);
}

static void put_paragraph(struct roll_page *p, const struct text_rolling_par *rp)
{
	const struct text_par *par = &p->cast.r->doc->par[rp->par];
	bool shown = !par->is_gone || rp->restored.n;
	p->par = par;
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-paragraph");
	markup_attr(&p->m, "id", arena_printf(p->cast.arena, "rolling-paragraph-%zu", rp->par + 1));
	markup_attr(&p->m, "data-par", par->id);
	put_kind(p, par->kind, par->level);
	if (par->is_gone)
		markup_flag(&p->m, "data-gone");
	if (!p->clean) {
		put_ids(p, "data-restore", &rp->restored);
		put_ids(p, "data-delete", &rp->deleted);
	}
	if (shown) {
		put_reading(p, rp);
		put_actions(p);
		put_contested(p);
	} else {
		markup_flag(&p->m, "hidden");
	}
	close_block(p);
	if (!shown)
		put_contested(p);
	p->par = NULL;
}

/* --- moves, joins, new paragraphs --- */

/* Opens the block of a sentence; attributes may follow, then put_sentence. */
static void open_note(struct roll_page *p, const struct text_backers *by)
{
	markup_open(&p->m, "p");
	markup_class(&p->m, "rolling-note");
	markup_flag(&p->m, "data-sign");
	put_ids(p, "data-by", by);
}

/* Isolates of paragraphs' words keep the sentence in its own direction. */
static void put_sentence(
    struct roll_page *p, const char *english, str *args, size_t n, const struct text_backers *by)
{
	struct roll_tail t = roll_tail_change(&p->cast, by);
	for (size_t i = 0; i < n; i++)
		args[i] = arena_printf(p->cast.arena, "\u2068%.*s\u2069", STR(args[i]));
	roll_sign(p, "rolling-sign", S("["));
	markup_text(&p->m, err_fill(p->cast.arena, roll_voice(p, english), args, n));
	roll_put_tail(p, &t);
	roll_sign(p, "rolling-sign", S("]"));
	close_block(p);
}

static str id_of(const struct roll_page *p, size_t par)
{
	return p->cast.r->doc->par[par].id;
}

static void put_join(struct roll_page *p, size_t par, const struct text_joining *j)
{
	str args[3];
	size_t n = roll_join_args(&p->cast, par, j, args);
	open_note(p, &j->by);
	markup_attr(&p->m, "data-join", id_of(p, j->with));
	markup_attr(&p->m, "data-between", j->text);
	put_sentence(p, roll_say_join(j), args, n, &j->by);
}

/* here: where the paragraphs would come; else where they are now. */
static void put_move(struct roll_page *p, const struct text_moving *m, bool here)
{
	str args[3];
	size_t n = roll_move_args(&p->cast, m, args);
	open_note(p, &m->by);
	if (here) {
		markup_attr(&p->m, "data-move", id_of(p, m->par));
		markup_attr(&p->m, "data-to", id_of(p, m->last));
	}
	put_sentence(p, here ? roll_say_moved_here(m) : roll_say_move(m), args, n, &m->by);
}

static void put_new(struct roll_page *p, const struct text_new *new, str number, bool first,
    const struct roll_tail *t)
{
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-paragraph");
	put_kind(p, new->kind, new->level);
	markup_open(&p->m, roll_element_of(new->kind, new->level));
	markup_attr(&p->m, "dir", S("auto"));
	markup_attr(&p->m, "data-new", new->id);
	if (first)
		roll_sign(p, "rolling-sign", S("["));
	roll_put_number(p, number);
	markup_open(&p->m, "ins");
	markup_text(&p->m, new->text);
	markup_close(&p->m);
	if (t) {
		roll_put_tail(p, t);
		roll_sign(p, "rolling-sign", S("]"));
	}
	markup_close(&p->m);
	markup_close(&p->m);
}

static void put_proposed(
    struct roll_page *p, size_t after, const struct text_proposed *proposed, size_t nth)
{
	str *number = text_number_new(
	    p->cast.arena, p->cast.r->doc, p->cast.number, after, proposed->news, proposed->news_n);
	struct roll_tail t = roll_tail_new(&p->cast, &proposed->by);
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-bracket rolling-proposed");
	markup_attr(&p->m, "role", S("group"));
	markup_attr(&p->m, "aria-label", roll_label_proposal(p, &t));
	put_ids(p, "data-by", &proposed->by);
	if (proposed->news_n == 1)
		put_kind(p, proposed->news[0].kind, proposed->news[0].level);
	for (size_t i = 0; i < proposed->news_n; i++) {
		str shown = number[i];
		if (shown.n && nth)
			shown = text_number_alt(p->cast.arena, shown, nth - 1);
		put_new(
		    p, &proposed->news[i], shown, i == 0, i + 1 == proposed->news_n ? &t : NULL);
	}
	close_block(p);
}

static void put_place(struct roll_page *p, const struct text_rolling_par *rp)
{
	p->at = rp->par;
	if (!roll_is_shown(p, rp->par))
		return;
	if (rp->par != TEXT_START)
		put_paragraph(p, rp);
	else
		put_contested(p);
	if (p->clean) {
		roll_clean_behind(p, rp);
		return;
	}
	for (size_t i = 0; i < rp->joins_n; i++)
		put_join(p, rp->par, &rp->join[i]);
	for (size_t i = 0; i < rp->outs_n; i++)
		put_move(p, &rp->out[i], false);
	for (size_t i = 0; i < rp->ins_n; i++)
		put_move(p, &rp->in[i], true);
	for (size_t i = 0; i < rp->proposed_n; i++)
		put_proposed(p, rp->par, &rp->proposed[i], i);
}

/* --- whole --- */

str roll_put_page(struct roll_page *p)
{
	markup_open(&p->m, "div");
	markup_class(&p->m, p->clean ? "rolling rolling-clean" : "rolling");
	markup_line(&p->m);
	markup_open(&p->m, "div");
	markup_class(&p->m, "rolling-text");
	markup_line(&p->m);
	for (size_t i = 0; i < p->cast.r->n; i++)
		put_place(p, &p->cast.r->par[i]);
	close_block(p);
	if (!p->voice || !p->voice->no_list)
		roll_put_list(p);
	close_block(p);
	return markup_str(&p->m);
}

str text_rolling_html(struct arena *a, const struct text_rolling *r, const struct text_voice *voice)
{
	struct roll_page p = {.m = markup_in(a), .cast = roll_cast_of(a, r), .voice = voice};
	return roll_put_page(&p);
}

str text_rolling_html_page(struct arena *a, const struct text_rolling *r,
    const struct text_voice *voice, str title, str lang, str css)
{
	return markup_page(a, title, lang, css, text_rolling_html(a, r, voice));
}
