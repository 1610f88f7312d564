/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Entries about transcripts into the tables of caption_view.sql. */
#include "caption_view.sql.h"
#include "base/must.h"
#include "engine/room.h"
#include "rooms/caption/caption.h"
#include "rooms/members/members.h"

#include "base/poison.h"

/* "123 456", or "-" when nobody noted them. */
static void read_times(str s, int64_t *starts, int64_t *ends)
{
	str first, rest = s;
	*starts = *ends = INT64_MIN;
	if (!str_cut(&rest, ' ', &first) || !rest.p || !str_to_i64(first, starts) ||
	    !str_to_i64(rest, ends))
		*starts = *ends = INT64_MIN;
}

/* lines: "12 14" for each, or NULL when they were not live. */
static enum rc add_utterances(
    struct view *v, const struct fact *f, const struct value *lines, struct err *err)
{
	int64_t meeting = fact_i64(f, "meeting"), first = fact_i64(f, "first");
	const struct value *times = fact_value(f, "times"), *texts = fact_value(f, "utterances");
	for (size_t i = 0; i < texts->list.n; i++) {
		int64_t segment = first + (int64_t)i, starts, ends, line = 0, line_to = 0;
		const struct utterance *u = caption_utterance(v->group, meeting, segment);
		must(u);
		const struct seat *seat = members_seat(v->group, u->seat);
		read_times(i < times->list.n ? times->list.p[i] : S("-"), &starts, &ends);
		if (lines && i < lines->list.n)
			read_times(lines->list.p[i], &line, &line_to);
		TRY(caption_utterance_add(v->db, v->grp, meeting, segment, fact_i64(f, "item"),
		    fact_str(f, "kind"), u->lang, u->speaker, u->seat,
		    seat ? seat->constituency : STR_EMPTY,
		    actor_is_none(u->person) ? STR_EMPTY : actor_str(v->arena, u->person), starts,
		    ends, f->time, f->seq, line, line_to, u->sitting,
		    lines ? STR_EMPTY : fact_str(f, "spoken"), err));
		TRY(caption_version_add(v->db, v->grp, meeting, segment, 1, texts->list.p[i],
		    STR_EMPTY, f->time, f->seq, err));
	}
	return OK;
}

static enum rc apply_import(struct view *v, const struct fact *f, struct err *err)
{
	return add_utterances(v, f, NULL, err);
}

static enum rc apply_take(struct view *v, const struct fact *f, struct err *err)
{
	return add_utterances(v, f, fact_value(f, "lines"), err);
}

static enum rc apply_connect(struct view *v, const struct fact *f, struct err *err)
{
	return caption_connection_add(v->db, v->grp, fact_i64(f, "connection"),
	    fact_i64(f, "meeting"), fact_str(f, "lang"), fact_str(f, "label"), fact_str(f, "hash"),
	    f->time, f->seq, err);
}

static enum rc apply_disconnect(struct view *v, const struct fact *f, struct err *err)
{
	return caption_connection_end(
	    v->db, v->grp, fact_i64(f, "connection"), f->time, f->seq, err);
}

static enum rc add_version(struct view *v, const struct fact *f, str reason, struct err *err)
{
	int64_t meeting = fact_i64(f, "meeting"), segment = fact_i64(f, "segment");
	const struct utterance *u = caption_utterance(v->group, meeting, segment);
	must(u);
	int64_t version = (int64_t)u->versions.n;
	TRY(caption_version_add(v->db, v->grp, meeting, segment, version,
	    utterance_words(u, version), reason, f->time, f->seq, err));
	return caption_version_set(v->db, v->grp, meeting, segment, version, err);
}

static enum rc apply_correct(struct view *v, const struct fact *f, struct err *err)
{
	return add_version(v, f, fact_str(f, "reason"), err);
}

static enum rc apply_ask(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	return caption_request_add(v->db, v->grp, fact_i64(f, "request"), fact_i64(f, "meeting"),
	    fact_i64(f, "segment"), fact_i64(f, "version"),
	    text->list.n ? text->list.p[0] : STR_EMPTY, fact_str(f, "reason"), f->time, f->seq,
	    err);
}

static enum rc apply_decide(struct view *v, const struct fact *f, struct err *err)
{
	TRY(caption_request_answer(v->db, v->grp, fact_i64(f, "request"), fact_str(f, "outcome"),
	    fact_str(f, "reason"), f->time, f->seq, err));
	return str_is(fact_str(f, "outcome"), "accepted")
	           ? add_version(v, f, fact_str(f, "reason"), err)
	           : OK;
}

static enum rc apply_finalise(struct view *v, const struct fact *f, struct err *err)
{
	return caption_final_add(v->db, v->grp, fact_i64(f, "meeting"), f->time, f->seq, err);
}

static const struct applier appliers[] = {
    {"caption.import", apply_import},
    {"caption.add", apply_import},
    {"caption.take", apply_take},
    {"caption.connect", apply_connect},
    {"caption.disconnect", apply_disconnect},
    {"caption.correct", apply_correct},
    {"caption.ask", apply_ask},
    {"caption.decide", apply_decide},
    {"caption.finalise", apply_finalise},
};

const struct room_view caption_view = {
    .schema = &caption_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
