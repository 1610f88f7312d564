/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "meeting_view.sql.h"
#include "rooms/meeting/meeting.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"

#include "base/poison.h"

static const char *const publicity_words[] = {
    [PUBLICITY_PUBLIC] = "public",
    [PUBLICITY_PARTICIPANTS] = "members_observers",
    [PUBLICITY_MEMBERS] = "members",
};

static int64_t i64_or_null(const struct fact *f, const char *name)
{
	return fact_has(f, name) ? fact_i64(f, name) : INT64_MIN;
}

static str str_or_null(const struct fact *f, const char *name)
{
	return fact_has(f, name) ? fact_str(f, name) : (str){0};
}

/* One line of the course of a meeting. */
static enum rc step(
    struct view *v, const struct fact *f, int64_t meeting, str name, str reason, struct err *err)
{
	return meeting_put_step(v->db, v->grp, meeting, f->seq, name, reason, f->time, err);
}

static enum rc apply_announce(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "number");
	TRY(meeting_put(v->db, v->grp, number, fact_str(f, "title"), fact_str(f, "place"),
	    fact_i64(f, "starts"), fact_i64(f, "ends"), fact_str(f, "zone"),
	    fact_str(f, "publicity"), fact_bool(f, "remote"), fact_str(f, "url"),
	    fact_str(f, "how"), f->seq, err));
	return step(v, f, number, S("announced"), STR_EMPTY, err);
}

static enum rc apply_change(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	TRY(meeting_change(v->db, v->grp, number, str_or_null(f, "place"), i64_or_null(f, "starts"),
	    i64_or_null(f, "ends"), str_or_null(f, "url"), str_or_null(f, "how"), err));
	return step(v, f, number, S("changed"), fact_str(f, "reason"), err);
}

/* What a meeting becomes by each act of its course, and the word for the step. */
static enum rc apply_course(struct view *v, const struct fact *f, struct err *err)
{
	static const struct {
		const char *type, *state, *step;
	} course[] = {
	    {"meeting.open", "open", "opened"},
	    {"meeting.suspend", "suspended", "suspended"},
	    {"meeting.resume", "open", "resumed"},
	    {"meeting.close", "closed", "closed"},
	    {"meeting.cancel", "cancelled", "cancelled"},
	};
	int64_t number = fact_i64(f, "meeting");
	for (size_t i = 0; i < sizeof course / sizeof course[0]; i++) {
		if (!fact_is(f, course[i].type))
			continue;
		bool cancelled = fact_is(f, "meeting.cancel");
		const struct meeting *m = meeting_get(v->group, number);
		if (m->openings.n)
			TRY(meeting_set_begun(
			    v->db, v->grp, number, m->openings.p[m->openings.n - 1].sitting, err));
		TRY(meeting_set_state(v->db, v->grp, number, str_of(course[i].state), f->seq, err));
		return step(v, f, number, str_of(course[i].step),
		    cancelled ? fact_str(f, "reason") : STR_EMPTY, err);
	}
	return OK;
}

static enum rc apply_sitting(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	int64_t sitting = fact_i64(f, "sitting");
	/* Left empty it follows rules that the state has already applied. */
	const struct meeting_sitting *s = &meeting_get(v->group, number)->sittings.p[sitting - 1];
	return meeting_put_sitting(v->db, v->grp, number, sitting, fact_str(f, "kind"),
	    fact_i64(f, "starts"), fact_i64(f, "ends"), str_of(publicity_words[s->publicity]),
	    fact_str(f, "room"), fact_str(f, "topic"), fact_str(f, "url"), s->transcript, f->seq,
	    err);
}

static enum rc apply_cancel_sitting(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_drop_sitting(
	    v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "sitting"), err);
}

static enum rc apply_item(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	TRY(meeting_put_item(v->db, v->grp, number, fact_i64(f, "item"), fact_str(f, "title"),
	    fact_str(f, "note"), f->seq, err));
	return meeting_amend_agenda(v->db, v->grp, number, f->seq, err);
}

static enum rc apply_withdraw_item(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	TRY(meeting_set_item(
	    v->db, v->grp, number, fact_i64(f, "item"), S("withdrawn"), f->seq, err));
	return meeting_amend_agenda(v->db, v->grp, number, f->seq, err);
}

static enum rc apply_adopt_agenda(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	TRY(meeting_set_agenda(v->db, v->grp, number, S("adopted"), f->seq, err));
	return step(v, f, number, S("agenda_adopted"), STR_EMPTY, err);
}

static enum rc apply_consider(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_set_item(v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "item"),
	    S("under_consideration"), f->seq, err);
}

static enum rc apply_conclude(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	int64_t item = fact_i64(f, "item");
	bool deferred = meeting_get(v->group, number)->items.p[item - 1].status == ITEM_DEFERRED;
	TRY(meeting_set_item(
	    v->db, v->grp, number, item, deferred ? S("deferred") : S("concluded"), f->seq, err));
	return meeting_put_conclusion(v->db, v->grp, number, item, f->seq, fact_str(f, "outcome"),
	    fact_str(f, "text"), i64_or_null(f, "decision"), f->time, err);
}

static enum rc apply_document(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_put_document(v->db, v->grp, fact_i64(f, "meeting"),
	    fact_has(f, "item") ? fact_i64(f, "item") : 0, fact_i64(f, "document"), f->seq, err);
}

static enum rc apply_statement(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_put_statement(v->db, v->grp, fact_i64(f, "meeting"),
	    fact_i64(f, "statement"), fact_i64(f, "item"), fact_i64(f, "document"),
	    fact_i64(f, "contribution"), f->seq, err);
}

static enum rc apply_withdraw_statement(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_drop_statement(
	    v->db, v->grp, fact_i64(f, "meeting"), fact_i64(f, "statement"), err);
}

/* For whom somebody attended is kept as it was then: people change delegations later. */
static enum rc apply_attend(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *persons = fact_value(f, "persons");
	int64_t meeting = fact_i64(f, "meeting");
	int64_t held = fact_i64(f, "held"); /* 0: the meeting as a whole, as in older logs */
	for (size_t i = 0; i < persons->actors.n; i++) {
		actor_id who = persons->actors.p[i];
		if (str_is(fact_str(f, "mode"), "absent")) {
			TRY(meeting_drop_attendance(
			    v->db, v->grp, meeting, held, actor_str(v->arena, who), err));
			continue;
		}
		const struct person *p = people_person(v->group, who);
		const struct seat *seat = members_seat_of(v->group, who, NULL);
		TRY(meeting_put_attendance(v->db, v->grp, meeting, held, actor_str(v->arena, who),
		    fact_str(f, "mode"),
		    seat ? seat->delegation
		    : p  ? p->representing
		         : STR_EMPTY,
		    seat ? seat->constituency : STR_EMPTY, seat ? seat->number : 0, f->seq, err));
	}
	return OK;
}

static enum rc apply_interpret(struct view *v, const struct fact *f, struct err *err)
{
	const struct value *persons = fact_value(f, "persons");
	int64_t meeting = fact_i64(f, "meeting");
	str lang = fact_str(f, "lang");
	TRY(meeting_drop_interpreters(v->db, v->grp, meeting, lang, err));
	for (size_t i = 0; persons && i < persons->actors.n; i++)
		TRY(meeting_put_interpreter(v->db, v->grp, meeting, lang,
		    actor_str(v->arena, persons->actors.p[i]), f->seq, err));
	return OK;
}

static enum rc apply_summary(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "meeting");
	int64_t sitting = fact_has(f, "sitting") ? fact_i64(f, "sitting") : 0;
	const struct value *text = fact_value(f, "text");
	TRY(meeting_supersede_summary(v->db, v->grp, number, sitting, f->seq, err));
	TRY(meeting_put_summary(v->db, v->grp, number, f->seq, sitting, f->time, err));
	for (size_t i = 0; i < text->list.n; i++)
		TRY(meeting_put_summary_paragraph(
		    v->db, v->grp, number, f->seq, (int64_t)i + 1, text->list.p[i], err));
	return OK;
}

static enum rc apply_record(struct view *v, const struct fact *f, struct err *err)
{
	return meeting_put_record(v->db, v->grp, fact_i64(f, "meeting"), f->seq,
	    fact_has(f, "sitting") ? fact_i64(f, "sitting") : 0, fact_str(f, "kind"),
	    fact_str(f, "url"), i64_or_null(f, "document"), fact_str(f, "note"), err);
}

static const struct applier appliers[] = {
    {"meeting.announce", apply_announce},
    {"meeting.change", apply_change},
    {"meeting.open", apply_course},
    {"meeting.suspend", apply_course},
    {"meeting.resume", apply_course},
    {"meeting.close", apply_course},
    {"meeting.cancel", apply_course},
    {"meeting.sitting", apply_sitting},
    {"meeting.cancel_sitting", apply_cancel_sitting},
    {"meeting.agenda_item", apply_item},
    {"meeting.withdraw_item", apply_withdraw_item},
    {"meeting.adopt_agenda", apply_adopt_agenda},
    {"meeting.consider", apply_consider},
    {"meeting.conclude", apply_conclude},
    {"meeting.document", apply_document},
    {"meeting.statement", apply_statement},
    {"meeting.withdraw_statement", apply_withdraw_statement},
    {"meeting.attend", apply_attend},
    {"meeting.interpret", apply_interpret},
    {"meeting.summary", apply_summary},
    {"meeting.record", apply_record},
};

const struct room_view meeting_view = {
    .schema = &meeting_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
