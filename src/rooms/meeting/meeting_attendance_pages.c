/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The list of participants: who attended a meeting, for whom, in which sittings and how. */
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting_pages.h"
#include "rooms/people/people_pages.h"

#include "base/poison.h"

/* Under which heading somebody stands. */
static str part_of(struct page *p, const struct meeting_attended_row *r)
{
	if (r->office.n)
		return people_office_label(p, r->office, STR_EMPTY);
	if (r->constituency.n)
		return r->constituency_name.n ? r->constituency_name : r->constituency;
	if (!r->kind.n || str_is(r->kind, "delegate"))
		return page_t(p, "Without a seat");
	return people_kind_heading(p, r->kind);
}

/* True if an earlier row speaks for the same seat. */
static bool seat_counted(const struct meeting_attended_rows *rows, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (rows->p[i].seat == rows->p[at].seat)
			return true;
	return false;
}

static enum rc load_sittings(
    struct page *p, int64_t meeting, struct meeting_attendance *out, struct err *err)
{
	struct meeting_attended_sittings_rows rows = {0};
	TRY(meeting_attended_sittings(p->db, p->arena, p->group.id, meeting, &rows, err));
	page_fact(p, "attendance_by_sitting", meeting_attended_sittings_rows_json(p->arena, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &out->sittings) = (struct meeting_attended_line){
		    .sitting = rows.p[i].sitting,
		    .kind = meeting_kind_label(p, rows.p[i].kind),
		    .room = rows.p[i].room,
		    .remote = rows.p[i].remote,
		    .seats = rows.p[i].seats,
		};
	return OK;
}

enum rc meeting_load_attendance(
    struct page *p, int64_t meeting, struct meeting_attendance *out, struct err *err)
{
	struct meeting_attended_rows rows = {0};
	TRY(meeting_attended(p->db, p->arena, p->group.id, meeting, &rows, err));
	page_fact(p, "attendance", meeting_attended_rows_json(p->arena, &rows));
	out->people = (int64_t)rows.n;
	struct meeting_attendance_part *part = NULL;
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_attended_row *r = &rows.p[i];
		str of = part_of(p, r);
		out->seats += r->seat && !seat_counted(&rows, i);
		/* Rows come in the order of the parts. */
		if (!part || !str_eq(of, part->of)) {
			part = vec_push(p->arena, &out->parts);
			*part = (struct meeting_attendance_part){.of = of};
		}
		*vec_push(p->arena, &part->people) = (struct meeting_person_line){
		    .name = r->name,
		    .title = r->title,
		    .representing = r->representing,
		    .seat = r->seat,
		    .remote = str_is(r->mode, "remote"),
		    .room_at = r->room_at,
		    .remote_at = r->remote_at,
		    .seq = r->seq,
		};
	}
	return load_sittings(p, meeting, out, err);
}
