/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* What the Chair is about to accept: how the text would read, and what would read badly. */
#include "draft_accept.html.h"
#include "rooms/draft/draft.h"
#include "rooms/draft/draft_pages.h"
#include "rooms/reading/reading.h"
#include "rooms/reading/reading_pages.h"
#include "text/merge.h"
#include "text/smell.h"

#include "base/poison.h"

/* Amendments of a draft as text/merge.h takes them. */
struct set {
	struct text_amendment *list;
	size_t n;
};

/* The draft as the rules see it, as far as draft_uncontested needs it. */
static struct draft as_state(struct page *p, const struct draft_loaded *d)
{
	struct draft out = {.doc = d->doc};
	for (size_t i = 0, k = 0; i < d->rows.n; i++) {
		struct amendment *m = vec_push(p->arena, &out.amendments);
		m->status = AMENDMENT_WITHDRAWN;
		if (k >= d->n || d->row[k] != &d->rows.p[i])
			continue;
		m->status = AMENDMENT_TABLED;
		m->text = d->list[k++];
		for (size_t s = 0; s < m->text.stances_n; s++)
			vec_push(p->arena, &m->stances)->kind = m->text.stances[s].kind;
	}
	for (size_t i = 0; i < d->stands_n; i++)
		vec_push(p->arena, &out.stands)->text = d->list[d->n + i];
	return out;
}

static bool is_settled(
    const struct draft_loaded *d, const struct reading_newest_rows *rows, const struct amendment *m)
{
	bool settled = false;
	for (size_t i = 0; i < rows->n; i++) {
		size_t par = text_doc_find(&d->doc, rows->p[i].paragraph);
		if (par != TEXT_START && str_starts(rows->p[i].status, S("agreed")))
			settled = settled || reading_touches(m, par);
	}
	return settled;
}

/* As the rule of draft.accept picks them. */
static enum rc all_uncontested(
    struct page *p, const struct draft_loaded *d, struct set *out, struct err *err)
{
	struct reading_newest_rows rows = {0};
	TRY(reading_newest(p->db, p->arena, p->group.id, d->draft.number, &rows, err));
	struct draft state = as_state(p, d);
	struct draft_numbers all = draft_uncontested(p->arena, &state);
	for (size_t i = 0; i < all.v.n; i++) {
		const struct amendment *m = draft_amendment(&state, all.v.p[i]);
		if (!is_settled(d, &rows, m))
			out->list[out->n++] = m->text;
	}
	return OK;
}

static bool is_named(str lines, int64_t number)
{
	str line;
	int64_t one;
	bool named = false;
	char end = str_find_char(lines, ',') == SIZE_MAX ? '\n' : ',';
	while (str_cut(&lines, end, &line))
		named = named || (str_to_i64(str_trim(line), &one) && one == number);
	return named;
}

/* Those that were ticked; what is not before the group is left to the rule. */
static void all_named(const struct draft_loaded *d, str lines, struct set *out)
{
	for (size_t i = 0; i < d->n; i++)
		if (is_named(lines, d->row[i]->number) && d->list[i].outcome != TEXT_IN_CONFLICT)
			out->list[out->n++] = d->list[i];
}

static str what_is(const struct page *p, enum text_smell_kind kind)
{
	switch (kind) {
	case TEXT_SMELL_SIGN:
		return page_t(p, "two signs in a row");
	case TEXT_SMELL_SPACES:
		return page_t(p, "two spaces in a row");
	case TEXT_SMELL_WORD:
		return page_t(p, "the same word twice in a row");
	case TEXT_SMELL_SPACE:
		return page_t(p, "a space before a sign");
	case TEXT_SMELL_GLUED:
		break;
	}
	return page_t(p, "no space between two words");
}

/* Spaces in a row, which a browser would show as one. */
static str shown(struct arena *a, const struct text_smell *s)
{
	struct buf b = buf_in(a, s->words.n);
	bool space = false;
	for (size_t i = 0; i < s->words.n; i++) {
		bool next = i + 1 < s->words.n && s->words.p[i + 1] == ' ';
		bool run = s->kind == TEXT_SMELL_SPACES && s->words.p[i] == ' ' && (space || next);
		if (run)
			buf_put(&b, S("\u2423"));
		else
			buf_putc(&b, s->words.p[i]);
		space = s->words.p[i] == ' ';
	}
	return buf_str(&b);
}

static void fill_slips(struct page *p, struct text_lexer *l, const struct draft_loaded *d,
    const struct text_doc *now, struct accept_page *v)
{
	struct text_smells s = text_find_smells(p->arena, l, &d->doc, now, d->draft.lang);
	for (size_t i = 0; i < s.list.n; i++) {
		const struct text_smell *one = &s.list.p[i];
		*vec_push(p->arena, &v->slips) = (struct accept_slip){
		    .paragraph = reading_par_shown(p->arena, &now->par[one->par]),
		    .what = what_is(p, one->kind),
		    .words = shown(p->arena, one)};
	}
}

static void fill(
    struct page *p, const struct draft_loaded *d, const struct set *set, struct accept_page *v)
{
	struct text_revision r;
	struct text_clashes c = text_find_clashes(p->arena, &d->doc, set->list, set->n);
	if (c.list.n) {
		const struct text_clash *x = &c.list.p[0];
		struct err err = {0};
		(void)!draft_refuse_clash(set->list, x, &err);
		v->clash = form_error_text(p, &err);
		return;
	}
	struct text_lexer *l = text_lexer_open(p->arena);
	v->lang = d->draft.lang;
	if (text_merge(p->arena, &d->doc, set->list, set->n, false, &r, NULL) == OK) {
		fill_slips(p, l, d, &r.doc, v);
		v->change = draft_redline(p, l, &d->doc, &r.doc);
	}
	text_lexer_close(l);
}

enum rc draft_shape_accept(struct page *p, struct form *f, struct err *err)
{
	struct draft_loaded d;
	struct accept_page v = {0};
	struct set set = {0};
	bool found;
	const struct form_field *named = form_field_of(f, "amendments"),
	                        *all = form_field_of(f, "uncontested");
	f->previews = true;
	f->preview_title = "What the next revision would change";
	f->preview_help = "Choose amendments, then look here at what they do to the text together.";
	TRY(draft_of_form(p, &d, &found, err));
	if (!found || !named || !all)
		return OK;
	set.list = arena_array(p->arena, struct text_amendment, d.n + 1);
	if (form_is_ticked(all) && !named->value.n)
		TRY(all_uncontested(p, &d, &set, err));
	else
		all_named(&d, named->value, &set);
	if (!set.n)
		return OK;
	struct page_out out = page_piece(p, 0);
	fill(p, &d, &set, &v);
	draft_accept_html(&out, &v);
	f->preview = html_from_renderer(page_out_str(&out));
	return OK;
}
