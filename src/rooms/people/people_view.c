/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Entries about accounts, persons and offices into the tables of people_view.sql, and the roles
 * that follow from them and from those of members. */
#include "engine/room.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"
#include "people_view.sql.h"

#include "base/poison.h"

static enum rc apply_account(struct view *v, const struct fact *f, struct err *err)
{
	return people_account_put(v->db, actor_str(v->arena, fact_actor(f, "account")),
	    fact_str(f, "email"), fact_str(f, "name"), f->seq, err);
}

static enum rc apply_admin(struct view *v, const struct fact *f, struct err *err)
{
	return people_account_set_admin(v->db, actor_str(v->arena, fact_actor(f, "account")), err);
}

/*
 * One act may change the roles of several persons (a seat is vacated, a head is replaced), so all
 * are worked out and those that differ are written.
 */
static enum rc apply_roles(struct view *v, const struct fact *f, struct err *err)
{
	const struct people_state *st = people_in(v->group);
	struct people_roles_shown_rows rows = {0};
	struct map shown = map_in(v->arena);
	(void)f;
	TRY(people_roles_shown(v->db, v->arena, v->grp, &rows, err));
	for (size_t i = 0; i < rows.n; i++)
		map_put(&shown, rows.p[i].person, &rows.p[i].roles);
	for (size_t i = 0; i < st->persons.n; i++) {
		actor_id who = st->persons.p[i]->id;
		str person = actor_str(v->arena, who);
		int64_t roles = group_roles(v->group, who);
		const int64_t *before = map_get(&shown, person);
		if (!before || *before != roles)
			TRY(people_role_set(v->db, v->grp, person, roles, err));
	}
	return OK;
}

static enum rc apply_add(struct view *v, const struct fact *f, struct err *err)
{
	str person = actor_str(v->arena, fact_actor(f, "person"));
	TRY(people_person_put(v->db, v->grp, person, fact_str(f, "name"), fact_str(f, "title"),
	    fact_str(f, "representing"), fact_str(f, "kind"), fact_str(f, "account"),
	    fact_str(f, "email"), f->seq, f->time, err));
	return people_role_set(
	    v->db, v->grp, person, group_roles(v->group, fact_actor(f, "person")), err);
}

static enum rc apply_card(struct view *v, const struct fact *f, struct err *err)
{
	return people_person_card(v->db, v->grp, actor_str(v->arena, fact_actor(f, "person")),
	    fact_str(f, "name"), fact_str(f, "title"), fact_str(f, "representing"),
	    fact_str(f, "email"), f->seq, err);
}

static enum rc apply_appoint(struct view *v, const struct fact *f, struct err *err)
{
	TRY(people_office_put(v->db, v->grp, f->seq, actor_str(v->arena, fact_actor(f, "person")),
	    fact_str(f, "office"), fact_str(f, "constituency"), f->time, err));
	return apply_roles(v, f, err);
}

static enum rc apply_release(struct view *v, const struct fact *f, struct err *err)
{
	TRY(people_office_end(v->db, v->grp, actor_str(v->arena, fact_actor(f, "person")),
	    fact_str(f, "office"), fact_str(f, "constituency"), f->time, f->seq, err));
	return apply_roles(v, f, err);
}

static const struct applier appliers[] = {
    {"people.account", apply_account},
    {"people.admin", apply_admin},
    {"people.add", apply_add},
    {"people.card", apply_card},
    {"people.appoint", apply_appoint},
    {"people.release", apply_release},
    {"members.take_seat", apply_roles},
    {"members.assign", apply_roles},
    {"members.unassign", apply_roles},
    {"members.vacate", apply_roles},
    {"members.accredit", apply_roles},
    {"members.end_accreditation", apply_roles},
    {"members.elect", apply_roles},
    {"members.end_office", apply_roles},
};

const struct room_view people_view = {
    .schema = &people_view_sql,
    .appliers = appliers,
    .appliers_n = sizeof appliers / sizeof appliers[0],
};
