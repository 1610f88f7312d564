/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Reads what the views of meeting, floor and caption hold of one meeting. */
#include "caption_view.sql.h"
#include "minutes_view.sql.h"
#include "rooms/minutes/minutes_pages.h"

#include "base/poison.h"

static enum rc load_attendance(struct page *p, struct minutes_facts *f, struct err *err)
{
	TRY(meeting_load_attendance(p, f->number, &f->attendance, err));
	for (size_t i = 0; i < f->attendance.parts.n; i++) {
		const struct meeting_attendance_part *part = &f->attendance.parts.p[i];
		for (size_t k = 0; k < part->people.n; k++) {
			const struct meeting_person_line *x = &part->people.p[k];
			*vec_push(p->arena, &f->here) = (struct minutes_here){
			    .party = x->representing,
			    .constituency = part->of,
			    .seat = x->seat,
			    .remote = x->remote,
			    .seq = x->seq,
			};
		}
	}
	return meeting_attended_entries(
	    p->db, p->arena, p->group.id, f->number, &f->here_entries, err);
}

static enum rc load_spans(struct page *p, struct minutes_facts *f, struct err *err)
{
	struct minutes_spans_rows rows = {0};
	TRY(minutes_spans(p->db, p->arena, p->group.id, f->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &f->spans) = (struct minutes_span){
		    .item = rows.p[i].item,
		    .from = rows.p[i].from_at,
		    .from_seq = rows.p[i].from_seq,
		    .until = rows.p[i].until_seq == INT64_MIN ? USEC_NONE : rows.p[i].until_at,
		    .until_seq = rows.p[i].until_seq,
		};
	return OK;
}

static enum rc load_turns(struct page *p, struct minutes_facts *f, struct err *err)
{
	struct minutes_turns_of_rows rows = {0};
	TRY(minutes_turns_of(p->db, p->arena, p->group.id, f->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct minutes_turns_of_row *r = &rows.p[i];
		*vec_push(p->arena, &f->turns) = (struct minutes_turn){
		    .request = r->request,
		    .item = r->item,
		    .seat = r->seat,
		    .party = r->party.n ? r->party : r->name,
		    .constituency = r->constituency,
		    .place = r->place,
		    .kind = r->kind,
		    .category = r->category,
		    .remote = str_is(r->mode, "remote"),
		    .out_of_turn = r->overridden,
		    .seconds = r->seconds,
		    .at = r->at,
		    .seq = r->seq,
		};
	}
	minutes_place(f->turns.p, f->turns.n, f->spans.p, f->spans.n);
	return OK;
}

static enum rc load_unheard(struct page *p, struct minutes_facts *f, struct err *err)
{
	struct minutes_unheard_rows rows = {0};
	TRY(minutes_unheard(p->db, p->arena, p->group.id, f->number, &rows, err));
	for (size_t i = 0; i < rows.n; i++) {
		const struct minutes_unheard_row *r = &rows.p[i];
		*vec_push(p->arena, &f->unheard) = (struct minutes_turn){
		    .request = r->request,
		    .item = r->item,
		    .party = r->party.n ? r->party : r->name,
		    .kind = r->state,
		    .at = r->at,
		    .seq = r->seq,
		};
		*vec_push(p->arena, &f->notes) = r->note;
	}
	minutes_place(f->unheard.p, f->unheard.n, f->spans.p, f->spans.n);
	return OK;
}

static enum rc load_voices(struct page *p, struct minutes_facts *f, struct err *err)
{
	struct caption_utterances_rows rows = {0};
	TRY(caption_utterances(p->db, p->arena, p->group.id, f->number, 1, INT64_MAX, -1, STR_EMPTY,
	    STR_EMPTY, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &f->voices) = (struct minutes_voice){
		    rows.p[i].segment, rows.p[i].item, rows.p[i].seat, rows.p[i].speaker};
	minutes_match(p->arena, f->turns.p, f->turns.n, f->voices.p, f->voices.n);
	return OK;
}

enum rc minutes_load_number(struct page *p, struct minutes_facts *f, struct err *err)
{
	bool found;
	TRY(meeting_one(p->db, p->arena, p->group.id, f->number, &f->meeting, &found, err));
	if (!found)
		return ERR(err, ABSENT, NULL, "There is no meeting {0} in this group.",
		    page_i64(p, f->number));
	TRY(meeting_steps(p->db, p->arena, p->group.id, f->number, &f->steps, err));
	TRY(meeting_items(p->db, p->arena, p->group.id, f->number, &f->items, err));
	TRY(meeting_documents(p->db, p->arena, p->group.id, f->number, &f->documents, err));
	TRY(meeting_sittings(p->db, p->arena, p->group.id, f->number, &f->sittings, err));
	TRY(meeting_load_statements(p, f->number, &f->statements, err));
	TRY(meeting_conclusions(p->db, p->arena, p->group.id, f->number, &f->conclusions, err));
	TRY(floor_puts(p->db, p->arena, p->group.id, f->number, &f->puts, err));
	TRY(floor_objections(p->db, p->arena, p->group.id, f->number, &f->objections, err));
	TRY(load_attendance(p, f, err));
	TRY(load_spans(p, f, err));
	TRY(load_turns(p, f, err));
	TRY(load_unheard(p, f, err));
	return load_voices(p, f, err);
}

enum rc minutes_load(struct page *p, struct minutes_facts *f, struct err *err)
{
	TRY(page_arg_i64(p, "meeting", &f->number, err));
	return minutes_load_number(p, f, err);
}
