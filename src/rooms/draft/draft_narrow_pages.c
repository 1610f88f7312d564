/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which paragraphs and amendments a page of a draft shows: filters, views, "since then". */
#include "rooms/draft/draft_narrow_pages.h"

#include <limits.h>

#include "text/op_json.h"

#include "base/poison.h"

/* What the steps of narrowing share. */
struct work {
	struct page *page;
	const struct draft_loaded *d;
	struct draft_narrow *w;
	struct map constituency; /* of a delegation: its code, str * */
	struct map touched;      /* amendments by their number, in digits */
};

/* --- amendments --- */

static enum rc load_seats(struct work *k, struct err *err)
{
	struct page *p = k->page;
	struct draft_seats_rows *seats = &k->w->seats;
	TRY(draft_seats(p->db, p->arena, p->group.id, seats, err));
	for (size_t i = 0; i < seats->n; i++)
		map_put(&k->constituency, seats->p[i].party, &seats->p[i].constituency);
	return OK;
}

static enum rc load_touched(struct work *k, struct err *err)
{
	struct page *p = k->page;
	struct draft_touched_rows rows = {0};
	if (!k->w->since)
		return OK;
	TRY(draft_touched(
	    p->db, p->arena, p->group.id, k->d->draft.number, k->w->since, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		map_put(&k->touched, page_i64(p, rows.p[i].number), &rows.p[i]);
	return OK;
}

struct parties {
	VEC(str) name, constituency;
};

static void add_party(const struct work *k, struct parties *to, str name)
{
	const str *code = map_get(&k->constituency, name);
	*vec_push(k->page->arena, &to->name) = name;
	*vec_push(k->page->arena, &to->constituency) = code ? *code : STR_EMPTY;
}

static bool takes_row(const struct work *k, const struct draft_amendments_row *row)
{
	const struct draft_loaded *d = k->d;
	struct parties by = {0};
	if (!draft_filter_asks(&k->w->asked))
		return true;
	for (size_t i = 0; i < d->sponsors.n; i++)
		if (d->sponsors.p[i].number == row->number)
			add_party(k, &by, d->sponsors.p[i].party);
	for (size_t i = 0; i < d->stances.n; i++)
		if (d->stances.p[i].number == row->number)
			add_party(k, &by, d->stances.p[i].party);
	struct draft_behind x = {.party = by.name.p,
	    .constituency = by.constituency.p,
	    .n = by.name.n,
	    .status = draft_filter_status(row->status, row->outcome),
	    .touched = map_get(&k->touched, page_i64(k->page, row->number)) != NULL};
	return draft_filter_takes(&k->w->asked, &x);
}

/* Of stances on words of the text: whether one that is asked for stands in that paragraph. */
static bool stand_in(const struct work *k, const struct text_par *par)
{
	const struct draft_asked *asked = &k->w->asked;
	for (size_t i = 0; i < k->d->stand_rows.n; i++) {
		const struct draft_stands_row *row = &k->d->stand_rows.p[i];
		const str *code = map_get(&k->constituency, row->party);
		struct draft_behind x = {.party = &row->party,
		    .constituency = code,
		    .n = code || !asked->constituency.n,
		    .status = S("stance"),
		    .touched = row->last_seq > k->w->since};
		if (str_eq(row->paragraph, par->id) && draft_filter_takes(asked, &x))
			return true;
	}
	return false;
}

/* --- places --- */

const struct draft_place *draft_place_of(
    const struct draft_narrow *w, const struct draft_loaded *d, const struct text_par *par)
{
	return &w->place[par ? (size_t)(par - d->doc.par) + 1 : 0];
}

/* From a place of the engine (TEXT_START: before the first). */
static struct draft_place *place_at(const struct draft_narrow *w, size_t par)
{
	return &w->place[par == TEXT_START ? 0 : par + 1];
}

/* An operation that bears on several paragraphs is shown at all of them. */
static void show_places(struct draft_narrow *w, const struct text_op *op)
{
	if (!text_op_is_live(op))
		return;
	place_at(w, text_op_home(op))->shown = true;
	if (op->kind == TEXT_JOIN || op->kind == TEXT_MOVE)
		for (size_t i = op->par; i <= op->last; i++)
			place_at(w, i)->shown = true;
	if (op->kind == TEXT_MOVE)
		place_at(w, op->after)->shown = true;
}

/* The place at whose end an amendment is listed; NULL: its paragraph is not in the text. */
static struct draft_place *home_of(
    const struct work *k, const struct draft_amendments_row *row, const struct text_amendment *m)
{
	const struct text_doc *doc = &k->d->doc;
	str id = row->paragraph;
	for (size_t i = 0; m && i < m->ops_n; i++) {
		if (text_op_is_live(&m->ops[i]))
			return place_at(k->w, text_op_home(&m->ops[i]));
		if (m->ops[i].where.n)
			id = m->ops[i].where;
	}
	if (!id.n)
		return place_at(k->w, TEXT_START);
	size_t par = text_doc_find(doc, id);
	return par == TEXT_START || doc->par[par].is_gone ? NULL : place_at(k->w, par);
}

static void place_amendments(struct work *k)
{
	const struct draft_loaded *d = k->d;
	struct draft_narrow *w = k->w;
	for (size_t i = 0, next = 0; i < d->rows.n; i++) {
		bool pending = next < d->n && d->row[next] == &d->rows.p[i];
		const struct text_amendment *m = pending ? &d->list[next] : NULL;
		w->at[i] = pending ? next++ : SIZE_MAX;
		w->takes[i] = takes_row(k, &d->rows.p[i]);
		if (!w->takes[i])
			continue;
		struct draft_place *home = home_of(k, &d->rows.p[i], m);
		if (home)
			*vec_push(k->page->arena, &home->rows) = i;
		else
			*vec_push(k->page->arena, &w->elsewhere) = i;
		if (home && draft_filter_asks(&w->asked))
			home->shown = true;
		for (size_t o = 0; m && draft_filter_asks(&w->asked) && o < m->ops_n; o++)
			show_places(w, &m->ops[o]);
	}
}

/* --- since then --- */

static enum rc load_changes(struct work *k, struct err *err)
{
	struct page *p = k->page;
	struct draft_revision_at_row row;
	struct text_doc *old = arena_new_of(p->arena, struct text_doc);
	struct json *doc;
	bool found;
	if (!k->w->since)
		return OK;
	TRY(draft_revision_at(
	    p->db, p->arena, p->group.id, k->d->draft.number, k->w->since, &row, &found, err));
	if (!found || row.revision == k->d->revision.revision)
		return OK;
	TRY(json_parse(p->arena, row.doc, "doc", &doc, err));
	TRY(text_doc_of_json(p->arena, doc, old, err));
	struct text_lexer *l = text_lexer_open(p->arena);
	struct text_redline red = text_redline(p->arena, l, old, &k->d->doc, true);
	text_lexer_close(l);
	k->w->deleted = red;
	k->w->deleted.n = 0;
	for (size_t i = 0; i < red.n; i++) {
		if (red.par[i].change == TEXT_IS_SAME)
			continue;
		struct text_red *copy = arena_new_of(p->arena, struct text_red);
		*copy = red.par[i];
		if (copy->young == TEXT_START)
			red.par[k->w->deleted.n++] = *copy;
		else
			place_at(k->w, copy->young)->since = copy;
	}
	return OK;
}

/* --- paragraphs --- */

/* What was typed for paragraphs; NULL: nothing that can be found. What means nothing is said. */
static const bool *typed_paragraphs(struct work *k)
{
	struct page *p = k->page;
	str typed = str_trim(page_param(p, "paragraphs"));
	bool *takes = arena_array(p->arena, bool, k->d->doc.n + 1);
	struct err why = {0};
	if (!typed.n)
		return NULL;
	k->w->is_active = true;
	if (draft_filter_paragraphs(&k->d->doc, typed, takes, &why) != OK)
		k->w->problem = page_say(p, why.msg, why.arg[0], STR_EMPTY);
	for (size_t i = 0; i < k->d->doc.n; i++)
		if (takes[i])
			return takes;
	return NULL;
}

static bool stands_so(
    const struct work *k, const struct reading_standing *standing, const struct text_par *par)
{
	int64_t since;
	str status = reading_status_of(standing, par->id, &since);
	return !k->w->standing.n || str_eq(status, k->w->standing);
}

static bool marked_since(
    const struct work *k, const struct reading_standing *standing, const struct text_par *par)
{
	int64_t since;
	reading_status_of(standing, par->id, &since);
	return k->w->asked.since && since > k->w->since;
}

/* Under which headings what is shown stands: without them nobody knows where it is. */
static void show_headings(struct work *k)
{
	const struct text_doc *doc = &k->d->doc;
	unsigned under = 0; /* headings of a lower level than this are wanted */
	for (size_t i = doc->n; i-- > 0;) {
		const struct text_par *par = &doc->par[i];
		struct draft_place *place = &k->w->place[i + 1];
		bool heads = par->kind == TEXT_HEADING && !par->is_gone;
		if (heads && par->level < under) {
			place->above = !place->shown;
			under = par->level;
		} else if (place->shown) {
			under = heads ? par->level : UINT_MAX;
		}
	}
}

/* What is shown of what there is. */
static void count(struct work *k, bool by_paragraph)
{
	struct draft_narrow *w = k->w;
	const struct text_doc *doc = &k->d->doc;
	if (by_paragraph)
		w->elsewhere.n = 0;
	w->rows_all = (int64_t)k->d->rows.n;
	w->rows = (int64_t)w->elsewhere.n;
	for (size_t i = 0; i <= doc->n; i++) {
		bool is_par = i && !doc->par[i - 1].is_gone;
		w->pars_all += is_par;
		w->pars += is_par && w->place[i].shown;
		w->rows += w->place[i].shown ? (int64_t)w->place[i].rows.n : 0;
	}
}

static void show_paragraphs(struct work *k, const struct reading_standing *standing)
{
	struct draft_narrow *w = k->w;
	const struct text_doc *doc = &k->d->doc;
	const bool *typed = typed_paragraphs(k);
	bool asks = draft_filter_asks(&w->asked);
	w->is_active = w->is_active || asks || w->standing.n > 0;
	w->place[0].shown = asks ? w->place[0].shown : !typed && !w->standing.n;
	for (size_t i = 0; i < doc->n; i++) {
		const struct text_par *par = &doc->par[i];
		struct draft_place *place = &w->place[i + 1];
		bool wanted = !asks || place->shown || place->since || stand_in(k, par) ||
		              marked_since(k, standing, par);
		place->shown = wanted && (!typed || typed[i]) && stands_so(k, standing, par);
	}
	show_headings(k);
	count(k, typed || w->standing.n);
}

enum rc draft_narrow(struct page *p, const struct draft_loaded *d,
    const struct reading_standing *standing, struct draft_narrow *out, struct err *err)
{
	struct work k = {.page = p,
	    .d = d,
	    .w = out,
	    .constituency = map_in(p->arena),
	    .touched = map_in(p->arena)};
	*out = (struct draft_narrow){.asked = {.party = page_param(p, "party"),
	                                 .constituency = page_param(p, "constituency"),
	                                 .status = page_param(p, "status")},
	    .standing = page_param(p, "standing"),
	    .takes = arena_array(p->arena, bool, d->rows.n + 1),
	    .at = arena_array(p->arena, size_t, d->rows.n + 1),
	    .place = arena_array(p->arena, struct draft_place, d->doc.n + 1)};
	if (!str_to_i64(page_param(p, "since"), &out->since) || out->since < 1)
		out->since = 0;
	out->asked.since = out->since > 0;
	TRY(load_seats(&k, err));
	TRY(load_touched(&k, err));
	TRY(load_changes(&k, err));
	place_amendments(&k);
	show_paragraphs(&k, standing);
	return OK;
}

/* --- views --- */

static bool is_sponsor(const struct text_amendment *m, str party)
{
	bool found = str_eq(m->party, party);
	for (size_t k = 0; k < m->cosponsors_n; k++)
		found = found || str_eq(m->cosponsors[k], party);
	return found;
}

void draft_choose(struct draft_loaded *d, struct draft_narrow *w, str view)
{
	size_t kept = 0;
	bool clean = str_is(view, "clean");
	str party = str_starts(view, S("party:")) ? str_skip(view, 6) : STR_EMPTY;
	for (size_t i = 0; i < d->rows.n; i++) {
		size_t at = w->at[i];
		bool stays = at != SIZE_MAX && !str_is(view, "base") && (clean || w->takes[i]) &&
		             (!party.n || is_sponsor(&d->list[at], party));
		w->at[i] = stays ? kept : SIZE_MAX;
		if (!stays)
			continue;
		d->list[kept] = d->list[at];
		d->row[kept++] = d->row[at];
	}
	/* Stances on the text close up; "base" and one party's text are without them. */
	for (size_t i = 0; i < d->stands_n; i++)
		d->list[kept + i] = d->list[d->n + i];
	if (view.n && !clean)
		d->stands_n = 0;
	d->n = kept;
}
