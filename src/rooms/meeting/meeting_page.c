/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "meeting_page.html.h"
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

static void fill_head(struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row)
{
	str city = row->zone, piece, rest = row->zone;
	while (str_cut(&rest, '/', &piece))
		city = piece;
	v->zone = arena_printf(p->arena, "%.*s (%.*s)", STR(city), STR(row->zone));
	v->card = (struct meeting_card){
	    .number = row->number,
	    .title = row->title,
	    .place = row->place,
	    .days = meeting_days(p, row->starts, row->ends),
	    .state = row->state,
	    .state_label = meeting_state_label(p, row->state),
	    .publicity = meeting_publicity_label(p, row->publicity),
	    .ahead = !str_is(row->state, "closed") && !str_is(row->state, "cancelled"),
	    .remote = row->remote,
	    .how = row->how,
	    .join = meeting_outside(p, row->url),
	    .record = page_record_url(p, row->seq),
	};
	v->agenda = row->agenda;
	v->agenda_label = str_is(row->agenda, "provisional") ? page_t(p, "Provisional")
	                  : str_is(row->agenda, "adopted")   ? page_t(p, "Adopted")
	                                                     : page_t(p, "Adopted and amended");
	if (row->agenda_seq != INT64_MIN)
		v->agenda_record = page_record_url(p, row->agenda_seq);
}

static enum rc fill_steps(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_steps_rows rows = {0};
	TRY(meeting_steps(p->db, p->arena, p->group.id, row->number, &rows, err));
	page_fact(p, "steps", meeting_steps_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &v->steps) = (struct meeting_step_line){
		    .label = meeting_step_label(p, rows.p[i].step),
		    .reason = rows.p[i].reason,
		    .day = meeting_day_in(p, rows.p[i].time, row->zone),
		    .record = page_record_url(p, rows.p[i].seq),
		};
	return OK;
}

static enum rc fill_sittings(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_sittings_rows rows = {0};
	TRY(meeting_sittings(p->db, p->arena, p->group.id, row->number, &rows, err));
	page_fact(p, "sittings", meeting_sittings_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_sittings_row *s = &rows.p[i];
		*vec_push(p->arena, &v->sittings) = (struct meeting_sitting_line){
		    .sitting = s->sitting,
		    .day = meeting_day_in(p, s->starts, row->zone),
		    .starts = meeting_hour_in(p, s->starts, row->zone),
		    .ends = meeting_hour_in(p, s->ends, row->zone),
		    .kind = meeting_kind_label(p, s->kind),
		    .publicity = meeting_publicity_label(p, s->publicity),
		    .room = s->room,
		    .topic = s->topic,
		    .join = meeting_outside(p, s->url),
		    .cancelled = s->cancelled,
		    .record = page_record_url(p, s->seq),
		};
	}
	return OK;
}

/* A button to a command, for those who may give it. item 0: it has none. */
static void add_deed(struct page *p, meeting_deeds *out, int64_t meeting, int64_t item,
    const char *command, const char *label, bool next)
{
	if (!page_may_do(p, command))
		return;
	url to = page_do_url(p, command, "meeting", meeting);
	if (item)
		to = url_query(p->arena, to, S("item"), page_i64(p, item));
	*vec_push(p->arena, out) = (struct meeting_deed){page_t(p, label), to, next};
}

static void item_deeds(struct page *p, const struct meeting_one_row *row,
    const struct meeting_items_row *item, struct meeting_item_line *line)
{
	bool live = str_is(row->state, "open") && !str_is(row->agenda, "provisional");
	bool pending = str_is(item->state, "pending");
	bool deferred = str_is(item->state, "deferred");
	int64_t m = row->number, i = item->item;
	if (live && (pending || deferred))
		add_deed(p, &line->deeds, m, i, "meeting.consider", "Take it up", false);
	if (live && (pending || str_is(item->state, "under_consideration")))
		add_deed(
		    p, &line->deeds, m, i, "meeting.conclude", "Conclude or defer it", !pending);
	if (!str_is(item->state, "withdrawn") && !str_is(row->state, "cancelled"))
		add_deed(p, &line->deeds, m, i, "meeting.document", "Add a document", false);
	if (!str_is(item->state, "withdrawn") && !str_is(row->state, "cancelled") &&
	    page_may(p, ROLE_OFFICE))
		add_deed(
		    p, &line->deeds, m, i, "meeting.statement", "List a written statement", false);
	if (pending && !str_is(row->state, "closed") && !str_is(row->state, "cancelled"))
		add_deed(p, &line->deeds, m, i, "meeting.withdraw_item", "Withdraw it", false);
}

static enum rc fill_items(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_items_rows rows = {0};
	struct meeting_conclusions_rows ends = {0};
	TRY(meeting_items(p->db, p->arena, p->group.id, row->number, &rows, err));
	TRY(meeting_conclusions(p->db, p->arena, p->group.id, row->number, &ends, err));
	page_fact(p, "agenda", meeting_items_rows_json(p->arena, &rows));
	page_fact(p, "conclusions", meeting_conclusions_rows_json(p->arena, &ends));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_items_row *item = &rows.p[i];
		struct meeting_item_line *line = vec_push(p->arena, &v->items);
		*line = (struct meeting_item_line){
		    .item = item->item,
		    .title = item->title,
		    .note = item->note,
		    .state = item->state,
		    .state_label = meeting_item_label(p, item->state),
		    .record = page_record_url(p, item->seq),
		};
		item_deeds(p, row, item, line);
		for (size_t k = 0; k < ends.n; k++) {
			const struct meeting_conclusions_row *c = &ends.p[k];
			if (c->item != item->item)
				continue;
			*vec_push(p->arena, &line->conclusions) = (struct meeting_conclusion_line){
			    .outcome = c->outcome,
			    .outcome_label = meeting_outcome_label(p, c->outcome),
			    .text = c->text,
			    .decision = c->decision == INT64_MIN ? 0 : c->decision,
			    .day = meeting_day_in(p, c->time, row->zone),
			    .record = page_record_url(p, c->seq),
			};
		}
	}
	return OK;
}

static enum rc fill_documents(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_documents_rows rows = {0};
	TRY(meeting_documents(p->db, p->arena, p->group.id, row->number, &rows, err));
	page_fact(p, "documents", meeting_documents_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_documents_row *d = &rows.p[i];
		struct meeting_document_line line = {
		    .symbol = d->symbol,
		    .title = d->title,
		    .lang = d->lang.n ? d->lang : p->viewer.lang,
		    .to = page_url(p, S("documents"), d->slug),
		    .record = page_record_url(p, d->seq),
		};
		struct meeting_item_line *item = NULL;
		for (size_t k = 0; k < v->items.n && !item; k++)
			if (v->items.p[k].item == d->item)
				item = &v->items.p[k];
		if (item)
			*vec_push(p->arena, &item->documents) = line;
		else
			*vec_push(p->arena, &v->documents) = line;
	}
	return OK;
}

static enum rc fill_statements(
    struct page *p, struct meeting_one_page *v, int64_t meeting, struct err *err)
{
	meeting_statement_lines all = {0};
	TRY(meeting_load_statements(p, meeting, &all, err));
	for (size_t i = 0; i < all.n; i++) {
		meeting_statement_lines *at = &v->statements;
		for (size_t k = 0; k < v->items.n; k++)
			if (v->items.p[k].item == all.p[i].item)
				at = &v->items.p[k].statements;
		*vec_push(p->arena, at) = all.p[i];
	}
	return OK;
}

static enum rc fill_summaries(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_summaries_rows rows = {0};
	TRY(meeting_summaries(p->db, p->arena, p->group.id, row->number, &rows, err));
	page_fact(p, "summaries", meeting_summaries_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_summaries_row *s = &rows.p[i];
		struct meeting_summary_paragraphs_rows text = {0};
		struct meeting_summary_text *out = vec_push(p->arena, &v->summaries);
		TRY(meeting_summary_paragraphs(
		    p->db, p->arena, p->group.id, row->number, s->seq, &text, err));
		*out = (struct meeting_summary_text){
		    .sitting = s->sitting,
		    .day = meeting_day_in(p, s->time, row->zone),
		    .superseded = s->superseded_by != INT64_MIN,
		    .record = page_record_url(p, s->seq),
		};
		for (size_t k = 0; k < text.n; k++)
			*vec_push(p->arena, &out->text) = text.p[k].text;
	}
	return OK;
}

static enum rc fill_records(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_records_rows rows = {0};
	TRY(meeting_records(p->db, p->arena, p->group.id, row->number, &rows, err));
	page_fact(p, "records", meeting_records_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_records_row *r = &rows.p[i];
		url outside = meeting_outside(p, r->url);
		*vec_push(p->arena, &v->records) = (struct meeting_record_line){
		    .kind = meeting_record_label(p, r->kind),
		    .note = r->note,
		    .sitting = r->sitting,
		    .symbol = r->symbol,
		    .to = r->symbol.n ? page_url(p, S("documents"), r->slug) : outside,
		    .record = page_record_url(p, r->seq),
		};
	}
	return OK;
}

static enum rc fill_transcript(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row, struct err *err)
{
	struct meeting_said_row said;
	bool found;
	TRY(meeting_said(p->db, p->arena, p->group.id, row->number, &said, &found, err));
	v->said = found ? said.utterances : 0;
	v->transcript = page_url(p, S("meetings"), page_i64(p, row->number), S("transcript"));
	v->may_import = page_may(p, ROLE_SECRETARIAT) && !str_is(row->state, "announced");
	return OK;
}

/* Nothing is left to take up: the usual next act is to close. */
static bool all_settled(const struct meeting_one_page *v)
{
	for (size_t i = 0; i < v->items.n; i++)
		if (str_is(v->items.p[i].state, "pending") ||
		    str_is(v->items.p[i].state, "under_consideration"))
			return false;
	return v->items.n > 0;
}

/* What moves the meeting on. */
static void course_deeds(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row)
{
	int64_t m = row->number;
	bool announced = str_is(row->state, "announced"), open = str_is(row->state, "open");
	if (announced)
		add_deed(p, &v->deeds, m, 0, "meeting.open", "Open the meeting", true);
	if (str_is(row->state, "suspended"))
		add_deed(p, &v->deeds, m, 0, "meeting.resume", "Resume the meeting", true);
	if (open && str_is(row->agenda, "provisional"))
		add_deed(p, &v->deeds, m, 0, "meeting.adopt_agenda", "Adopt the agenda", true);
	if (open) {
		add_deed(p, &v->deeds, m, 0, "meeting.close", "Close the meeting", all_settled(v));
		add_deed(p, &v->deeds, m, 0, "meeting.suspend", "Suspend the meeting", false);
	}
}

/* What the record has assembled of it, for those who write its summary. */
static void draft_deed(struct page *p, struct meeting_one_page *v, int64_t meeting)
{
	if (page_may(p, ROLE_OFFICE))
		*vec_push(p->arena, &v->deeds) = (struct meeting_deed){
		    page_t(p, "Draft of the Chair's summary"),
		    page_url(p, S("meetings"), page_i64(p, meeting), S("summary-draft")), false};
}

/* What can be done with the meeting now, in the order in which it is usually done. */
static void fill_deeds(
    struct page *p, struct meeting_one_page *v, const struct meeting_one_row *row)
{
	int64_t m = row->number;
	bool announced = str_is(row->state, "announced"), closed = str_is(row->state, "closed");
	if (str_is(row->state, "cancelled"))
		return;
	course_deeds(p, v, row);
	if (!closed) {
		add_deed(p, &v->deeds, m, 0, "meeting.agenda_item", "Add an agenda item", false);
		add_deed(p, &v->deeds, m, 0, "meeting.sitting", "Schedule a sitting", false);
		add_deed(p, &v->deeds, m, 0, "meeting.interpret", "Name the interpreters", false);
	}
	add_deed(p, &v->deeds, m, 0, "meeting.document", "Add a document", false);
	if (!announced) {
		add_deed(p, &v->deeds, m, 0, "meeting.attend", "Record attendance", false);
		draft_deed(p, v, m);
		add_deed(p, &v->deeds, m, 0, "meeting.summary", "Publish a Chair's summary", false);
		add_deed(
		    p, &v->deeds, m, 0, "meeting.record", "Say where a record is found", false);
	}
	if (announced || str_is(row->state, "suspended"))
		add_deed(p, &v->deeds, m, 0, "meeting.change", "Change its days or place", false);
	if (announced)
		add_deed(p, &v->deeds, m, 0, "meeting.cancel", "Cancel the meeting", false);
}

enum rc meeting_page_one(struct page *p, struct err *err)
{
	struct meeting_one_page v = {0};
	struct meeting_one_row row = {0};
	int64_t number;
	bool found;
	TRY(page_arg_i64(p, "meeting", &number, err));
	TRY(meeting_one(p->db, p->arena, p->group.id, number, &row, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, number));
	page_fact(p, "meeting", meeting_one_row_json(p->arena, &row));
	fill_head(p, &v, &row);
	TRY(fill_steps(p, &v, &row, err));
	TRY(fill_sittings(p, &v, &row, err));
	TRY(fill_items(p, &v, &row, err));
	TRY(fill_documents(p, &v, &row, err));
	TRY(fill_statements(p, &v, number, err));
	TRY(meeting_load_attendance(p, row.number, &v.attendance, err));
	TRY(fill_summaries(p, &v, &row, err));
	TRY(fill_records(p, &v, &row, err));
	TRY(fill_transcript(p, &v, &row, err));
	fill_deeds(p, &v, &row);
	if (!str_is(row.state, "announced") && !str_is(row.state, "cancelled")) {
		v.floor = page_url(p, S("meetings"), page_i64(p, number), S("floor"));
		v.card.live = page_url(p, S("meetings"), page_i64(p, number), S("live"));
	}
	page_title(p, row.title);
	p->description =
	    arena_printf(p->arena, "%.*s, %.*s", STR(v.card.days.text), STR(row.place));
	meeting_page(&p->out, &v);
	return OK;
}
