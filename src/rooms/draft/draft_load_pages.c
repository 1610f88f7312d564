/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A draft out of the tables, for pages: as the text engine knows it, and as programs get it. */
#include "rooms/draft/draft.h"
#include "rooms/draft/draft_pages.h"
#include "text/json_write.h"
#include "text/op_json.h"
#include "text/rebase.h"

#include "base/poison.h"

static enum rc load_doc(struct page *p, struct draft_loaded *d, struct err *err)
{
	struct json *doc;
	TRY(json_parse(p->arena, d->revision.doc, "doc", &doc, err));
	return text_doc_of_json(p->arena, doc, &d->doc, err);
}

static enum text_outcome outcome_of(str name)
{
	for (int k = TEXT_UNCHANGED; k <= TEXT_IN_CONFLICT; k++)
		if (str_eq(text_outcome_name((enum text_outcome)k), name))
			return (enum text_outcome)k;
	return TEXT_UNCHANGED;
}

/* The first sponsor is the party, the others are co-sponsors. Rows come by number. */
static void load_sponsors(
    struct page *p, const struct draft_loaded *d, int64_t number, struct text_amendment *m)
{
	m->cosponsors = arena_array(p->arena, str, d->sponsors.n + 1);
	for (size_t i = 0; i < d->sponsors.n; i++) {
		const struct draft_sponsors_row *s = &d->sponsors.p[i];
		if (s->number != number)
			continue;
		if (!m->party.n)
			m->party = s->party;
		else
			m->cosponsors[m->cosponsors_n++] = s->party;
	}
}

static void load_stances(
    struct page *p, const struct draft_loaded *d, int64_t number, struct text_amendment *m)
{
	m->stances = arena_array(p->arena, struct text_stance, d->stances.n + 1);
	for (size_t i = 0; i < d->stances.n; i++) {
		const struct draft_stances_row *s = &d->stances.p[i];
		if (s->number != number)
			continue;
		enum text_stance_kind kind;
		if (draft_stance_of(s->stance, &kind))
			m->stances[m->stances_n++] =
			    (struct text_stance){kind, s->party, s->from_floor};
	}
}

static enum rc load_amendment(
    struct page *p, struct draft_loaded *d, const struct draft_amendments_row *row, struct err *err)
{
	struct text_amendment *m = &d->list[d->n];
	struct json *ops;
	*m = (struct text_amendment){.id = arena_printf(p->arena, "a%lld", (long long)row->number),
	    .reason = row->reason,
	    .outcome = outcome_of(row->outcome),
	    .why = row->why};
	load_sponsors(p, d, row->number, m);
	load_stances(p, d, row->number, m);
	d->row[d->n++] = row;
	TRY(json_parse(p->arena, row->ops, "ops", &ops, err));
	return text_ops_of_json(p->arena, &d->doc, ops, &m->ops, &m->ops_n, err);
}

/* Stances on the text, behind the amendments of the list. */
static enum rc load_stands(struct page *p, struct draft_loaded *d, struct err *err)
{
	for (size_t i = 0; i < d->stand_rows.n; i++) {
		const struct draft_stands_row *row = &d->stand_rows.p[i];
		struct text_amendment *m = &d->list[d->n + d->stands_n];
		struct text_stance *stance = arena_new_of(p->arena, struct text_stance);
		struct json *ops;
		if (!str_is(row->state, "stands") || !draft_stance_of(row->stance, &stance->kind))
			continue;
		stance->party = row->party;
		stance->from_floor = row->from_floor;
		*m = (struct text_amendment){
		    .id = arena_printf(p->arena, "s%lld", (long long)row->number),
		    .on_text = true,
		    .stances = stance,
		    .stances_n = 1};
		TRY(json_parse(p->arena, row->ops, "ops", &ops, err));
		TRY(text_ops_of_json(p->arena, &d->doc, ops, &m->ops, &m->ops_n, err));
		d->stands_n++;
	}
	return OK;
}

static enum rc load_amendments(struct page *p, struct draft_loaded *d, struct err *err)
{
	int64_t grp = p->group.id, number = d->draft.number;
	TRY(draft_amendments(p->db, p->arena, grp, number, &d->rows, err));
	TRY(draft_sponsors(p->db, p->arena, grp, number, &d->sponsors, err));
	TRY(draft_stances(p->db, p->arena, grp, number, &d->stances, err));
	TRY(draft_stands(p->db, p->arena, grp, number, &d->stand_rows, err));
	d->list = arena_array(p->arena, struct text_amendment, d->rows.n + d->stand_rows.n + 1);
	d->row = arena_array(p->arena, const struct draft_amendments_row *, d->rows.n + 1);
	for (size_t i = 0; i < d->rows.n; i++)
		if (str_is(d->rows.p[i].status, "tabled"))
			TRY(load_amendment(p, d, &d->rows.p[i], err));
	return load_stands(p, d, err);
}

enum rc draft_load(
    struct page *p, int64_t number, int64_t revision, struct draft_loaded *out, struct err *err)
{
	bool found;
	*out = (struct draft_loaded){0};
	TRY(draft_one(p->db, p->arena, p->group.id, number, &out->draft, &found, err));
	if (!found)
		return ERR(
		    err, ABSENT, NULL, "There is no draft {0} in this group.", page_i64(p, number));
	if (!revision)
		revision = out->draft.revision;
	TRY(draft_revision_one(
	    p->db, p->arena, p->group.id, number, revision, &out->revision, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "Draft {0} has no revision {1}.", page_i64(p, number),
		    page_i64(p, revision));
	TRY(load_doc(p, out, err));
	return revision == out->draft.revision ? load_amendments(p, out, err) : OK;
}

/* What the format does not have itself: the state of an amendment in the process. */
static struct json *head_of(struct page *p, const struct draft_amendments_row *row, str party)
{
	struct json *v = json_new_object(p->arena);
	struct json *filed = json_new_object(p->arena);
	bool waits = str_is(row->status, "tabled") && str_is(row->outcome, "conflict");
	json_put_str(p->arena, v, S("party"), party);
	json_put_i64(p->arena, v, S("number"), row->number);
	json_put_str(p->arena, v, S("state"), waits ? S("needs_author") : row->status);
	json_put_i64(p->arena, filed, S("revision"), row->filed);
	if (row->accepted != INT64_MIN)
		json_put_i64(p->arena, v, S("accepted_in"), row->accepted);
	json_put_i64(p->arena, v, S("entry"), row->seq);
	json_put(v, S("filed"), filed);
	return v;
}

void draft_facts(struct page *p, const struct draft_loaded *d, bool amendments)
{
	struct text_lexer *l = text_lexer_open(p->arena);
	struct text_file none = {.root = json_new_object(p->arena)};
	struct text_amendment *all = arena_array(p->arena, struct text_amendment, d->rows.n + 1);
	for (size_t i = 0, k = 0; i < d->rows.n; i++) {
		const struct draft_amendments_row *row = &d->rows.p[i];
		if (k < d->n && d->row[k] == row) {
			all[i] = d->list[k++];
		} else {
			all[i].id = arena_printf(p->arena, "a%lld", (long long)row->number);
			all[i].reason = row->reason;
			all[i].outcome = outcome_of(row->outcome);
			all[i].why = row->why;
			load_sponsors(p, d, row->number, &all[i]);
		}
		all[i].filed = head_of(p, row, all[i].party);
	}
	struct json *file = text_json_file(p->arena, l, &none, &d->doc, all, d->rows.n);
	text_lexer_close(l);
	for (struct json *v = file->first, *next; v; v = next) {
		next = v->next;
		v->next = NULL;
		if (!amendments && str_is(v->name, "amendments"))
			continue;
		page_fact(p, arena_z(p->arena, v->name), v);
	}
	if (amendments)
		page_fact(p, "stances", draft_stands_rows_json(p->arena, &d->stand_rows));
}

enum rc draft_viewer_seat(struct page *p, int64_t *seat, str *party, struct err *err)
{
	struct draft_own_seat_row row;
	bool found = false;
	*seat = 0;
	*party = STR_EMPTY;
	if (p->viewer.signed_in)
		TRY(draft_own_seat(p->db, p->arena, p->group.id,
		    actor_str(p->arena, p->viewer.actor), &row, &found, err));
	if (found) {
		*seat = row.seat;
		*party = row.party;
	}
	return OK;
}
