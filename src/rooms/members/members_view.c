/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Entries about the composition into the tables of members_view.sql. */
#include "engine/room.h"
#include "rooms/members/members.h"
#include "members_view.sql.h"

#include "base/poison.h"

static const char *const seat_words[] = {[SEAT_VACANT] = "vacant",
    [SEAT_NOMINATED] = "nominated",
    [SEAT_ENDORSED] = "endorsed",
    [SEAT_FILLED] = "filled"};

/* The seats of a constituency as the state has them: one act may move several nominations on. */
static enum rc sync_seats(struct view *v, str code, struct err *err)
{
	const struct members_state *st = members_in(v->group);
	for (size_t i = 0; i < st->seats.n; i++) {
		const struct seat *s = &st->seats.p[i];
		if (str_eq(s->constituency, code))
			TRY(members_put_seat(v->db, v->grp, s->number, s->constituency,
			    str_of(seat_words[s->state]), s->delegation, s->nomination, err));
	}
	return OK;
}

static str person_str(struct view *v, actor_id who)
{
	return actor_is_none(who) ? STR_EMPTY : actor_str(v->arena, who);
}

static const struct nomination *nomination(struct view *v, const struct fact *f)
{
	return &members_in(v->group)->nominations.p[fact_i64(f, "nomination") - 1];
}

/* --- constituencies and nominations --- */

static enum rc apply_constituency(struct view *v, const struct fact *f, struct err *err)
{
	str code = fact_str(f, "code");
	const struct constituency *c = members_constituency(v->group, code);
	TRY(members_put_constituency(v->db, v->grp, code, c->name, c->parent, c->quota,
	    fact_str(f, "route"), c->states, f->seq, err));
	return sync_seats(v, code, err);
}

static enum rc apply_nominate(struct view *v, const struct fact *f, struct err *err)
{
	TRY(members_put_nomination(v->db, v->grp, fact_i64(f, "nomination"),
	    fact_str(f, "constituency"), fact_str(f, "delegation"),
	    person_str(v, fact_actor(f, "person")), fact_str(f, "note"),
	    actor_str(v->arena, f->actor), f->time, f->seq, err));
	return sync_seats(v, fact_str(f, "constituency"), err);
}

static enum rc apply_assess(struct view *v, const struct fact *f, struct err *err)
{
	TRY(members_set_nomination(v->db, v->grp, fact_i64(f, "nomination"), fact_str(f, "verdict"),
	    fact_str(f, "reason"), f->seq, err));
	return sync_seats(v, nomination(v, f)->constituency, err);
}

static enum rc apply_decline(struct view *v, const struct fact *f, struct err *err)
{
	TRY(members_set_nomination(v->db, v->grp, fact_i64(f, "nomination"), S("not_endorsed"),
	    fact_str(f, "reason"), f->seq, err));
	return sync_seats(v, nomination(v, f)->constituency, err);
}

static enum rc apply_withdraw(struct view *v, const struct fact *f, struct err *err)
{
	TRY(members_set_nomination(v->db, v->grp, fact_i64(f, "nomination"), S("withdrawn"),
	    fact_str(f, "reason"), f->seq, err));
	return sync_seats(v, nomination(v, f)->constituency, err);
}

/* --- seats --- */

struct change {
	const char *what;
	str delegation, person, former, role, reason;
};

static enum rc note_change(struct view *v, const struct fact *f, struct change c, struct err *err)
{
	return members_change_put(v->db, v->grp, f->seq, fact_i64(f, "seat"), str_of(c.what),
	    c.delegation, c.person, c.former, c.role, c.reason, f->time, err);
}

static enum rc apply_endorse(struct view *v, const struct fact *f, struct err *err)
{
	const struct nomination *n = nomination(v, f);
	TRY(members_set_nomination(
	    v->db, v->grp, n->number, S("endorsed"), STR_EMPTY, f->seq, err));
	TRY(sync_seats(v, n->constituency, err));
	return note_change(
	    v, f, (struct change){.what = "endorsed", .delegation = n->delegation}, err);
}

/* A new head ends the service of the former one; whoever joins leaves the role held before. */
static enum rc join(
    struct view *v, const struct fact *f, str person, str role, str delegation, struct err *err)
{
	int64_t seat = fact_i64(f, "seat");
	TRY(members_representative_end(
	    v->db, v->grp, seat, person, STR_EMPTY, f->time, f->seq, err));
	if (str_is(role, "head"))
		TRY(members_representative_end(
		    v->db, v->grp, seat, STR_EMPTY, role, f->time, f->seq, err));
	return members_representative_put(
	    v->db, v->grp, seat, f->seq, person, role, delegation, f->time, err);
}

/* The head that the act gave the seat, or none: heads named before it are in the view already. */
static actor_id new_head(const struct seat *s)
{
	for (size_t i = 0; i < s->representatives.n; i++)
		if (s->representatives.p[i].role == SEAT_HEAD)
			return s->representatives.p[i].person;
	return (actor_id){0};
}

static enum rc apply_take_seat(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "seat");
	const struct seat *s = members_seat(v->group, number);
	str head = person_str(v, new_head(s));
	struct members_head_row before = {0};
	bool found = false;
	TRY(sync_seats(v, s->constituency, err));
	TRY(members_seat_since(v->db, v->grp, number, f->time, f->seq, err));
	TRY(members_head(v->db, v->arena, v->grp, number, &before, &found, err));
	if (head.n && !(found && str_eq(before.person, head)))
		TRY(join(v, f, head, S("head"), s->delegation, err));
	return note_change(v, f,
	    (struct change){.what = "taken", .delegation = s->delegation, .person = head}, err);
}

static enum rc apply_assign(struct view *v, const struct fact *f, struct err *err)
{
	const struct seat *s = members_seat(v->group, fact_i64(f, "seat"));
	str person = person_str(v, fact_actor(f, "person"));
	str role = fact_str(f, "role");
	struct members_head_row head = {0};
	bool had = false;
	TRY(members_head(v->db, v->arena, v->grp, s->number, &head, &had, err));
	bool replaces = had && str_is(role, "head") && !str_eq(head.person, person);
	TRY(join(v, f, person, role, s->delegation, err));
	return note_change(v, f,
	    (struct change){.what = replaces ? "head_replaced" : "joined",
	        .delegation = s->delegation,
	        .person = person,
	        .former = replaces ? head.person : STR_EMPTY,
	        .role = role},
	    err);
}

static enum rc apply_unassign(struct view *v, const struct fact *f, struct err *err)
{
	const struct seat *s = members_seat(v->group, fact_i64(f, "seat"));
	str person = person_str(v, fact_actor(f, "person"));
	TRY(members_representative_end(
	    v->db, v->grp, s->number, person, STR_EMPTY, f->time, f->seq, err));
	return note_change(v, f,
	    (struct change){.what = "left", .delegation = s->delegation, .person = person}, err);
}

static enum rc apply_vacate(struct view *v, const struct fact *f, struct err *err)
{
	int64_t number = fact_i64(f, "seat");
	struct members_one_seat_row before;
	bool found = false;
	TRY(members_one_seat(v->db, v->arena, v->grp, number, &before, &found, err));
	TRY(members_representative_end(
	    v->db, v->grp, number, STR_EMPTY, STR_EMPTY, f->time, f->seq, err));
	TRY(members_seat_since(v->db, v->grp, number, INT64_MIN, INT64_MIN, err));
	TRY(sync_seats(v, members_seat(v->group, number)->constituency, err));
	return note_change(v, f,
	    (struct change){.what = "vacated",
	        .delegation = found ? before.delegation : STR_EMPTY,
	        .reason = fact_str(f, "reason")},
	    err);
}

/* --- observers and officers --- */

static enum rc apply_accredit(struct view *v, const struct fact *f, struct err *err)
{
	return members_put_observer(v->db, v->grp, fact_i64(f, "observer"),
	    fact_str(f, "organisation"), fact_str(f, "category"),
	    person_str(v, fact_actor(f, "person")), f->time, f->seq, err);
}

static enum rc apply_end_accreditation(struct view *v, const struct fact *f, struct err *err)
{
	return members_end_observer(
	    v->db, v->grp, fact_i64(f, "observer"), f->time, fact_str(f, "reason"), err);
}

static enum rc apply_candidate(struct view *v, const struct fact *f, struct err *err)
{
	return members_put_officer(v->db, v->grp, f->seq, person_str(v, fact_actor(f, "person")),
	    fact_str(f, "office"), f->time, err);
}

static enum rc apply_elect(struct view *v, const struct fact *f, struct err *err)
{
	return members_officer_elected(v->db, v->grp, person_str(v, fact_actor(f, "person")),
	    fact_str(f, "office"), f->time, f->seq,
	    fact_has(f, "meeting") ? fact_i64(f, "meeting") : INT64_MIN, fact_str(f, "words"), err);
}

static enum rc apply_end_office(struct view *v, const struct fact *f, struct err *err)
{
	return members_officer_ended(v->db, v->grp, person_str(v, fact_actor(f, "person")),
	    fact_str(f, "office"), f->time, fact_str(f, "reason"), err);
}

static const struct applier appliers[] = {
    {"members.constituency", apply_constituency},
    {"members.nominate", apply_nominate},
    {"members.assess", apply_assess},
    {"members.endorse", apply_endorse},
    {"members.decline", apply_decline},
    {"members.withdraw", apply_withdraw},
    {"members.take_seat", apply_take_seat},
    {"members.assign", apply_assign},
    {"members.unassign", apply_unassign},
    {"members.vacate", apply_vacate},
    {"members.accredit", apply_accredit},
    {"members.end_accreditation", apply_end_accreditation},
    {"members.candidate", apply_candidate},
    {"members.elect", apply_elect},
    {"members.end_office", apply_end_office},
};

const struct room_view members_view = {
    .schema = &members_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
