/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* One amendment: what it would change, who stands behind it and against it, what became of it. */
#include "rooms/draft/draft_pages.h"

#include "draft_amendment.html.h"
#include "reading_view.sql.h"
#include "rooms/draft/draft.h"
#include "rooms/informal/informal_pages.h"
#include "text/merge.h"
#include "text/op_json.h"
#include "text/redline.h"
#include "text/rolling_html.h"

#include "base/poison.h"

/* The redline of the paragraphs that the amendment changes, in the revision it was filed against
 * or stated anew in. */
static enum rc fill_change(struct page *p, struct amendment_page *v,
    const struct draft_amendment_one_row *row, struct err *err)
{
	struct draft_loaded d;
	struct json *ops;
	struct text_amendment m = {.id = S("a")};
	struct text_revision r;
	TRY(draft_load(p, v->draft, v->restated ? v->restated : row->filed, &d, err));
	TRY(json_parse(p->arena, row->filed_ops, "ops", &ops, err));
	TRY(text_ops_of_json(p->arena, &d.doc, ops, &m.ops, &m.ops_n, err));
	TRY(text_merge(p->arena, &d.doc, &m, 1, false, &r, err));
	struct text_lexer *l = text_lexer_open(p->arena);
	struct text_redline red = text_redline(p->arena, l, &d.doc, &r.doc, true);
	text_redline_changes(&red);
	page_fact(p, "redline", text_redline_json(p->arena, &red));
	struct text_voice voice = {.say = draft_say, .ctx = p};
	v->change = html_from_renderer(text_redline_html_in(p->arena, &red, &voice));
	text_lexer_close(l);
	return OK;
}

/* Those that the Chair removed: they were there, and it says why. */
static enum rc fill_removed(struct page *p, struct amendment_page *v, struct err *err)
{
	struct draft_removed_stances_rows rows = {0};
	TRY(draft_removed_stances(p->db, p->arena, p->group.id, v->draft, v->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct draft_removed_stances_row *s = &rows.p[i];
		*vec_push(p->arena, &v->removed) = (struct draft_backer){.party = s->party,
		    .what = draft_stance_label(p, s->stance),
		    .note = s->note,
		    .date = page_date(p, s->at),
		    .from_floor = s->from_floor,
		    .removed = s->removed,
		    .record = page_record_url(p, s->until_seq)};
	}
	page_fact(p, "removed_stances", draft_removed_stances_rows_json(p->arena, &rows));
	return OK;
}

static enum rc fill_backers(
    struct page *p, struct amendment_page *v, int64_t seat, bool *sponsor, struct err *err)
{
	struct draft_sponsors_rows sponsors = {0};
	struct draft_stances_rows stances = {0};
	TRY(draft_sponsors(p->db, p->arena, p->group.id, v->draft, &sponsors, err));
	TRY(draft_stances(p->db, p->arena, p->group.id, v->draft, &stances, err));
	for (size_t i = 0; i < sponsors.n; i++) {
		const struct draft_sponsors_row *s = &sponsors.p[i];
		if (s->number != v->number)
			continue;
		*sponsor = *sponsor || (seat && s->seat == seat);
		*vec_push(p->arena, &v->sponsors) = (struct draft_backer){.party = s->party,
		    .date = page_date(p, s->at),
		    .record = page_record_url(p, s->seq)};
	}
	struct draft_stances_rows here = {0};
	for (size_t i = 0; i < stances.n; i++) {
		const struct draft_stances_row *s = &stances.p[i];
		if (s->number != v->number)
			continue;
		*vec_push(p->arena, &here) = *s;
		*vec_push(p->arena, &v->stances) = (struct draft_backer){.party = s->party,
		    .what = draft_stance_label(p, s->stance),
		    .note = s->note,
		    .date = page_date(p, s->at),
		    .from_floor = s->from_floor,
		    .record = page_record_url(p, s->seq)};
	}
	page_fact(p, "stances", draft_stances_rows_json(p->arena, &here));
	return fill_removed(p, v, err);
}

static void action(struct page *p, struct amendment_page *v, const char *command, const char *label)
{
	if (page_may_do(p, command))
		*vec_push(p->arena, &v->actions) = (struct draft_action){page_t(p, label),
		    draft_do_url(p, command, v->draft, "amendment", page_i64(p, v->number))};
}

/* What the viewer can do while it is before the group; the office does it for every seat. */
static void fill_actions(struct page *p, struct amendment_page *v,
    const struct draft_amendment_one_row *row, bool seated, bool sponsor)
{
	bool office = page_may(p, ROLE_OFFICE), waits = str_is(row->outcome, "conflict");
	if (waits && (sponsor || office) && page_may_do(p, "draft.restate"))
		*vec_push(p->arena, &v->actions) =
		    (struct draft_action){page_t(p, "Say what remains of it"),
		        url_query(p->arena,
		            draft_do_url(
		                p, "draft.restate", v->draft, "amendment", page_i64(p, v->number)),
		            S("paragraph"), row->paragraph)};
	if ((seated && !sponsor) || office) {
		action(p, v, "draft.cosponsor", "Co-sponsor");
		action(p, v, "draft.stance", "Take a stance");
	}
	if (sponsor || office) {
		if (v->sponsors.n > 1)
			action(p, v, "draft.leave", "Leave the sponsors");
		else
			action(p, v, "draft.withdraw", "Withdraw");
	}
	if (!waits && page_may_do(p, "draft.accept"))
		*vec_push(p->arena, &v->actions) = (struct draft_action){
		    page_t(p, "Accept"), draft_do_url(p, "draft.accept", v->draft, "amendments",
		                             page_i64(p, v->number))};
	action(p, v, "draft.decline", "Do not accept");
}

static str kind_label(const struct page *p, str kind)
{
	if (str_is(kind, "insert"))
		return page_t(p, "A new paragraph");
	if (str_is(kind, "delete"))
		return page_t(p, "To delete a paragraph");
	if (str_is(kind, "move"))
		return page_t(p, "To move a paragraph");
	if (str_is(kind, "split"))
		return page_t(p, "To split a paragraph");
	if (str_is(kind, "join"))
		return page_t(p, "To join a paragraph with the next");
	return page_t(p, "To amend a paragraph");
}

static void fill(
    struct page *p, struct amendment_page *v, const struct draft_amendment_one_row *row)
{
	v->kind = kind_label(p, row->kind);
	v->status = row->status;
	v->status_label = draft_status_label(p, row->status, row->outcome);
	v->filed = row->filed;
	v->restated = row->restated == INT64_MIN ? 0 : row->restated;
	v->accepted = row->accepted == INT64_MIN ? 0 : row->accepted;
	v->why = draft_why(p, row->why);
	v->reason = row->reason;
	v->answer = row->answer;
	v->date = page_date(p, row->at);
	v->record = page_record_url(p, row->seq);
	v->to_draft = url_fragment(p->arena, draft_url(p, v->draft), row->paragraph);
}

/* A proposal of the facilitator leads to the drafting that it comes from. */
static enum rc fill_session(struct page *p, struct amendment_page *v, struct err *err)
{
	struct informal_of_row row;
	bool found;
	TRY(informal_of(p->db, p->arena, p->group.id, v->draft, v->number, &row, &found, err));
	v->session = found ? row.session : 0;
	if (!found)
		return OK;
	page_fact(p, "informal", json_of_i64(p->arena, v->session));
	v->to_session = informal_url(p, v->session);
	return OK;
}

enum rc draft_page_amendment(struct page *p, struct err *err)
{
	struct amendment_page v = {0};
	struct draft_one_row draft;
	struct draft_amendment_one_row row;
	bool found, sponsor = false;
	int64_t seat;
	str party;
	TRY(page_arg_i64(p, "draft", &v.draft, err));
	TRY(page_arg_i64(p, "amendment", &v.number, err));
	TRY(draft_one(p->db, p->arena, p->group.id, v.draft, &draft, &found, err));
	if (found)
		TRY(draft_amendment_one(
		    p->db, p->arena, p->group.id, v.draft, v.number, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no amendment {0} to draft {1}.",
		    page_i64(p, v.number), page_i64(p, v.draft));
	v.title = draft.title;
	v.lang = draft.lang;
	fill(p, &v, &row);
	page_title(p, page_say(p, "Amendment {0}: {1}", page_i64(p, v.number), draft.title));
	page_fact(p, "amendment", draft_amendment_one_row_json(p->arena, &row));
	struct reading_is_provisional_row flag;
	TRY(reading_is_provisional(
	    p->db, p->arena, p->group.id, v.draft, &flag, &v.provisional, err));
	TRY(draft_viewer_seat(p, &seat, &party, err));
	TRY(fill_session(p, &v, err));
	TRY(fill_change(p, &v, &row, err));
	TRY(fill_backers(p, &v, seat, &sponsor, err));
	if (str_is(row.status, "tabled"))
		fill_actions(p, &v, &row, seat != 0, sponsor);
	draft_amendment_html(&p->out, &v);
	return OK;
}
