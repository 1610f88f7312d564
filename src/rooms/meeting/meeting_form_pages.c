/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Forms about a meeting begin with the sitting that its programme has now. */
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting.h"
#include "rooms/meeting/meeting_pages.h"

#include "base/poison.h"

/* The kinds are all that a sitting that is due is chosen by, beside its hours. */
enum rc meeting_load_programme(
    struct page *p, int64_t meeting, struct meeting *out, struct err *err)
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

int64_t meeting_named(struct form *f)
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
	TRY(meeting_load_programme(p, meeting_named(f), &m, err));
	int64_t due = meeting_sitting_due(&m, p->now);
	if (due)
		form_fill(f, "sitting", page_i64(p, due));
	return OK;
}

const struct form_shape meeting_shapes[MEETING_SHAPES] = {
    {"meeting.open", shape_begin},
    {"meeting.resume", shape_begin},
    {"meeting.attend", meeting_shape_attend},
};
