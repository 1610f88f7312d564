/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Forms about a meeting begin with the sitting that its programme has now. */
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

/* The programme of a meeting, as the rules read it. The kinds are all that a sitting that is due
 * is chosen by, beside its hours. */
static enum rc load_programme(struct page *p, int64_t meeting, struct meeting *out, struct err *err)
{
	struct meeting_sittings_rows rows = {0};
	TRY(meeting_sittings(p->db, p->arena, p->group.id, meeting, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		*vec_push(p->arena, &out->sittings) = (struct meeting_sitting){.cancelled = true};
	for (size_t i = 0; i < rows.n; i++) {
		const struct meeting_sittings_row *r = &rows.p[i];
		out->sittings.p[r->sitting - 1] = (struct meeting_sitting){
		    .kind = str_is(r->kind, "plenary") ? SITTING_PLENARY : SITTING_INFORMAL,
		    .starts = r->starts,
		    .ends = r->ends,
		    .transcript = r->transcript,
		    .cancelled = r->cancelled,
		};
	}
	return OK;
}

static int64_t meeting_named(struct form *f)
{
	int64_t n;
	const struct form_field *x = form_field_of(f, "meeting");
	return x && str_to_i64(x->value, &n) ? n : 0;
}

/* Left empty it is the one that is due: whoever acts sees beforehand which that is. */
static enum rc shape_begin(struct page *p, struct form *f, struct err *err)
{
	struct meeting m = {0};
	const struct form_field *sitting = form_field_of(f, "sitting");
	if (sitting->value.n || sitting->error.n)
		return OK;
	TRY(load_programme(p, meeting_named(f), &m, err));
	int64_t due = meeting_sitting_due(&m, p->now);
	if (due)
		form_fill(f, "sitting", page_i64(p, due));
	return OK;
}

/* Who attends is counted to the sitting that is held, unless another is named. */
static enum rc shape_attend(struct page *p, struct form *f, struct err *err)
{
	struct meeting m = {0};
	struct meeting_begun_row begun = {0};
	const struct form_field *sitting = form_field_of(f, "sitting");
	int64_t number = meeting_named(f), held;
	bool found;
	if (sitting->value.n || sitting->error.n)
		return OK;
	TRY(meeting_begun(p->db, p->arena, p->group.id, number, &begun, &found, err));
	if (!found || !str_is(begun.state, "open"))
		return OK;
	TRY(load_programme(p, number, &m, err));
	*vec_push(p->arena, &m.openings) = (struct meeting_opening){begun.at, begun.sitting};
	held = meeting_sitting_at(&m, p->now);
	if (held)
		form_fill(f, "sitting", page_i64(p, held));
	return OK;
}

const struct form_shape meeting_shapes[MEETING_SHAPES] = {
    {"meeting.open", shape_begin},
    {"meeting.resume", shape_begin},
    {"meeting.attend", shape_attend},
};
