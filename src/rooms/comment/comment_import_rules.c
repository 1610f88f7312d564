/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A commenting table becomes comments: one act, all of its rows or none. */
#include "rooms/comment/comment_rules.h"

#include "base/json.h"
#include "base/must.h"
#include "rooms/members/members.h"

#include "base/poison.h"

/* A delegation by its name, or by the member code that it has used before. NULL: none. */
static const struct seat *seat_of_code(const struct group *g, str code)
{
	const struct members_state *s = members_in(g);
	const struct comment_state *state = comment_in(g);
	for (size_t i = 0; i < s->seats.n; i++)
		if (s->seats.p[i].delegation.n && str_eq_nocase(s->seats.p[i].delegation, code))
			return &s->seats.p[i];
	for (size_t i = 0; i < state->drafts.n; i++)
		for (size_t k = 0; k < state->drafts.p[i].v.n; k++) {
			const struct comment *c = &state->drafts.p[i].v.p[k];
			if (c->seat && c->code.n && str_eq_nocase(c->code, code))
				return members_seat(g, c->seat);
		}
	return NULL;
}

static str row_digits(const struct act *act, const struct comment_row *row)
{
	return act_digits(act, (int64_t)row->number);
}

/* Of one delegation: one member code in all rows, and no words of the secretariat. */
static enum rc check_own(const struct group *g, const struct act *act, const char *field,
    const struct comment_table *t, int64_t seat, struct err *err)
{
	str code = t->rows.p[0].code;
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct comment_row *row = &t->rows.p[i];
		const struct seat *other = row->code.n ? seat_of_code(g, row->code) : NULL;
		if (!str_eq(row->code, code) || (other && other->number != seat))
			return ERR(err, INVALID, field,
			    "Row {0}, column 1: the member code is \"{1}\". The table of a "
			    "delegation "
			    "has its own code in every row.",
			    row_digits(act, row), row->code);
		if (row->observation.n || row->disposition != COMMENT_OPEN) {
			if (!(act->roles & ROLE_OFFICE))
				return ERR(err, INVALID, field,
				    "Row {0}, column 8: the observations are the secretariat's. "
				    "Leave "
				    "this column empty.",
				    row_digits(act, row));
		}
	}
	return OK;
}

static enum rc check_codes(
    const struct act *act, const char *field, const struct comment_table *t, struct err *err)
{
	for (size_t i = 0; i < t->rows.n; i++)
		if (!t->rows.p[i].code.n)
			return ERR(err, INVALID, field,
			    "Row {0}, column 1: the member code is missing. Write whose comment it "
			    "is.",
			    row_digits(act, &t->rows.p[i]));
	return OK;
}

static void put(struct act *act, struct json *v, const char *name, str text)
{
	if (text.n)
		json_put_str(act->arena, v, str_of(name), text);
}

/* What is empty is left out. */
static struct json *row_json(
    struct act *act, const struct comment_row *row, int64_t seat, str party)
{
	struct json *v = json_new_object(act->arena);
	json_put_i64(act->arena, v, S("seat"), seat);
	json_put_str(act->arena, v, S("party"), party);
	put(act, v, "code", row->code);
	put(act, v, "line", row->line);
	put(act, v, "clause", row->clause);
	put(act, v, "place", row->place);
	put(act, v, "paragraph", row->par);
	put(act, v, "kind", row->kind);
	put(act, v, "text", row->text);
	put(act, v, "change", row->change);
	put(act, v, "disposition", str_of(comment_disposition_word(row->disposition)));
	put(act, v, "observation", row->observation);
	return v;
}

/* The file, or what was pasted; one of them. */
static enum rc read_table(struct act *act, const struct draft *d, const char **field,
    struct comment_table *t, struct err *err)
{
	const struct value *file = act_value(act, "file");
	bool pasted = act_has(act, "table");
	*field = pasted ? "table" : "file";
	if (pasted == (file->files.n > 0))
		return ERR(err, INVALID, *field,
		    "Choose the table as a file, or put its text in the field below: one of them.");
	return comment_table_read(act->arena, &d->doc,
	    pasted ? act_str(act, "table") : file->files.p[0].bytes, *field, t, err);
}

/* Rows of all members, or (seat) of one. */
static void give_rows(
    const struct group *g, struct act *act, const struct comment_table *t, int64_t seat, str party)
{
	struct json *all = json_new_array(act->arena);
	int64_t unplaced = 0;
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct comment_row *row = &t->rows.p[i];
		const struct seat *by = seat ? NULL : seat_of_code(g, row->code);
		unplaced += !row->par.n && (row->place.n || row->clause.n);
		json_add(all, row_json(act, row, by ? by->number : seat,
		                  by     ? by->delegation
		                  : seat ? party
		                         : row->code));
	}
	act_give_str(act, "rows", json_str(act->arena, all));
	act_give_i64(act, "count", (int64_t)t->rows.n);
	act_give_i64(act, "unplaced", unplaced);
}

enum rc comment_decide_import(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	struct comment_table t;
	const char *field;
	int64_t seat = 0;
	str party = STR_EMPTY;
	bool of_all = (act->roles & ROLE_OFFICE) && !act_has(act, "seat");
	TRY(draft_need(g, act, &d, err));
	if (!of_all)
		TRY(draft_give_seat(g, act, &seat, &party, err));
	TRY(read_table(act, d, &field, &t, err));
	if (of_all)
		TRY(check_codes(act, field, &t, err));
	else
		TRY(check_own(g, act, field, &t, seat, err));
	act_give_i64(act, "first", comment_total(g, act_i64(act, "draft")) + 1);
	act_give_i64(act, "revision", d->revision);
	give_rows(g, act, &t, seat, party);
	act_ref(act, d->last_seq);
	return OK;
}

void comment_fold_import(struct group *g, const struct fact *f)
{
	struct json *rows;
	must(json_parse(g->arena, fact_str(f, "rows"), "rows", &rows, NULL) == OK);
	json_each (v, rows) {
		enum comment_disposition d =
		    comment_disposition_of(json_get_str(v, S("disposition")));
		comment_add(g, fact_i64(f, "draft"),
		    &(struct comment){.seat = json_get_i64(v, S("seat"), 0),
		        .party = json_get_str(v, S("party")),
		        .code = json_get_str(v, S("code")),
		        .par = json_get_str(v, S("paragraph")),
		        .disposition = d,
		        .disposed = d == COMMENT_OPEN ? 0 : fact_i64(f, "revision"),
		        .seq = f->seq});
	}
}
