/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Accounts, persons and offices: every refusal, and what follows from what is done. */
#include "harness/t.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"
#include "rooms/people/people_try.h"

#include "base/poison.h"

static actor_id add(struct trial *t, const char *name, const char *email)
{
	enum rc rc = trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", name, "representing",
	    "Nowhere", "kind", "delegate", "email", email, NULL);
	CHECK_EQ(rc, OK);
	return rc == OK ? fact_actor(&t->fact, "person") : (actor_id){0};
}

TEST(people_accounts_are_of_the_instance)
{
	AUTO_TRIAL struct trial trial = trial_new(0);
	struct trial *t = &trial;

	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.account", "name", "Ann", "email",
	             "Ann@Example.org", NULL),
	    OK);
	actor_id ann = fact_actor(&t->fact, "account");
	CHECK(!actor_is_none(ann));
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_ACCOUNT);

	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.account", "name", "Another", "email",
	             "ann@example.ORG", NULL),
	    REFUSED);
	CHECK_STR(trial_says(t),
	    "There is an account with this e-mail address already; sign in with it.");
	CHECK_STR(str_of(t->err.field), "email");

	CHECK_EQ(trial_do(t, ann, 0, "people.admin", "account", trial_id(t, ann), NULL), DENIED);
	CHECK_EQ(
	    trial_do(t, ACTOR_SYSTEM, 0, "people.admin", "account", trial_id(t, ann), NULL), OK);
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_ACCOUNT | ROLE_ADMIN);
	CHECK_EQ(trial_do(t, ann, 0, "people.admin", "account", trial_id(t, ann), NULL), REFUSED);
	CHECK_STR(trial_says(t), "This account is an administrator already.");
	actor_id nobody = {.b = {7}};
	CHECK_EQ(trial_do(t, ann, 0, "people.admin", "account", trial_id(t, nobody), NULL), ABSENT);
}

TEST(people_one_person_an_address)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	actor_id ann = add(t, "Ann", "ann@example.org");
	actor_id ben = add(t, "Ben", "");
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_PARTICIPANT);
	CHECK_EQ(group_roles(t->g, (actor_id){.b = {9}}), ROLE_PUBLIC);

	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", "Cy", "representing", "X",
	             "kind", "expert", "email", "ANN@example.org", NULL),
	    REFUSED);
	CHECK_STR(trial_says(t),
	    "Somebody registered in this group uses this e-mail address already; correct that "
	    "person's card instead.");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", "Cy", "representing", "X",
	             "kind", "expert", "account", "m_short", NULL),
	    INVALID);
	CHECK_STR(trial_says(t),
	    "This is not the id of an account; it begins with m_ and has 28 characters.");

	/* An address that was given up is free again; keeping one's own is no conflict. */
	CHECK_EQ(
	    trial_do(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "people.card", "person", trial_id(t, ann),
	        "name", "Ann B", "representing", "X", "email", "new@example.org", NULL),
	    OK);
	CHECK_EQ(
	    trial_do(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "people.card", "person", trial_id(t, ann),
	        "name", "Ann B", "representing", "X", "email", "new@example.org", NULL),
	    OK);
	CHECK_EQ(
	    trial_do(t, ACTOR_SYSTEM, ROLE_SECRETARIAT, "people.card", "person", trial_id(t, ben),
	        "name", "Ben", "representing", "X", "email", "ann@example.org", NULL),
	    OK);
	CHECK_STR(people_name(t->g, ann), "Ann B");
}

TEST(people_one_person_an_account)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *account = trial_id(t, (actor_id){.b = {1, 2, 3}});
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", "Ann", "representing", "X",
	             "kind", "expert", "account", account, NULL),
	    OK);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.add", "name", "Bob", "representing", "X",
	             "kind", "expert", "account", account, NULL),
	    REFUSED);
	CHECK_STR(trial_says(t),
	    "Somebody registered in this group uses this account already; correct that person's "
	    "card instead.");
}

TEST(people_card_is_one_s_own)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	actor_id ann = add(t, "Ann", "ann@example.org");
	actor_id ben = add(t, "Ben", "ben@example.org");

	CHECK_EQ(trial_do(t, ann, 0, "people.card", "person", trial_id(t, ann), "name", "Dr Ann",
	             "representing", "Kenya", NULL),
	    OK);
	CHECK_STR(people_person(t->g, ann)->representing, "Kenya");
	CHECK_STR(people_person(t->g, ann)->email, "ann@example.org");
	CHECK_EQ(trial_do(t, ann, 0, "people.card", "person", trial_id(t, ben), "name", "X",
	             "representing", "Kenya", NULL),
	    DENIED);
	CHECK_STR(trial_says(t),
	    "You may correct your own card; ask the secretariat about those of others.");
	CHECK_EQ(trial_do(t, ann, 0, "people.card", "person", trial_id(t, ann), "name", "X",
	             "representing", "Kenya", "email", "other@example.org", NULL),
	    DENIED);
	CHECK_STR(str_of(t->err.field), "email");
	CHECK_EQ(trial_do(t, ACTOR_PUBLIC, 0, "people.card", "person", trial_id(t, ann), "name",
	             "X", "representing", "Kenya", NULL),
	    DENIED);
}

TEST(people_secretariat_never_ends)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	actor_id ann = add(t, "Ann", "");
	actor_id ben = add(t, "Ben", "");
	const char *office = "secretariat";

	CHECK_EQ(trial_do(t, ann, 0, "people.appoint", "person", trial_id(t, ann), "office", office,
	             NULL),
	    DENIED);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", trial_id(t, ann),
	             "office", office, NULL),
	    OK);
	CHECK(group_roles(t->g, ann) & ROLE_SECRETARIAT);
	CHECK_EQ(trial_do(t, ann, 0, "people.appoint", "person", trial_id(t, ann), "office", office,
	             NULL),
	    REFUSED);
	CHECK_STR(trial_says(t), "Ann holds this office already.");
	CHECK_EQ(trial_do(t, ann, 0, "people.release", "person", trial_id(t, ann), "office", office,
	             NULL),
	    REFUSED);
	CHECK_STR(
	    trial_says(t), "Ann is the only member of the secretariat; appoint a successor first.");
	CHECK_EQ(trial_do(t, ann, 0, "people.release", "person", trial_id(t, ben), "office", office,
	             NULL),
	    REFUSED);
	CHECK_STR(trial_says(t), "Ben does not hold this office.");
	CHECK_EQ(trial_do(t, ann, 0, "people.appoint", "person", trial_id(t, ben), "office", office,
	             NULL),
	    OK);
	CHECK_EQ(trial_do(t, ben, 0, "people.release", "person", trial_id(t, ann), "office", office,
	             NULL),
	    OK);
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_PARTICIPANT);
	CHECK_EQ(trial_do(t, ben, 0, "people.appoint", "person", trial_id(t, (actor_id){.b = {5}}),
	             "office", office, NULL),
	    ABSENT);
}

TEST(people_focal_points_are_of_a_constituency)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	actor_id ann = add(t, "Ann", "");
	const char *id = trial_id(t, ann);
	unsigned sec = ROLE_SECRETARIAT;
	static const char *const codes[] = {"CIVIL", "TECH"};
	for (size_t i = 0; i < 2; i++)
		CHECK_EQ(trial_do(t, ACTOR_SYSTEM, sec, "members.constituency", "code", codes[i],
		             "name", codes[i], "quota", "5", "route", "focal_point", NULL),
		    OK);

	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", id, "office",
	             "focal_point", NULL),
	    INVALID);
	CHECK_STR(trial_says(t), "Say for which constituency the focal point nominates.");
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", id, "office", "captioner",
	             "constituency", "CIVIL", NULL),
	    INVALID);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", id, "office",
	             "focal_point", "constituency", "NONE", NULL),
	    ABSENT);
	CHECK_STR(trial_says(t),
	    "There is no constituency with the code NONE; the page of the members lists them.");
	for (size_t i = 0; i < 2; i++)
		CHECK_EQ(trial_do(t, ACTOR_SYSTEM, 0, "people.appoint", "person", id, "office",
		             "focal_point", "constituency", codes[i], NULL),
		    OK);
	CHECK_EQ(trial_do(t, ACTOR_SYSTEM, sec, "people.release", "person", id, "office",
	             "focal_point", "constituency", "CIVIL", NULL),
	    OK);
	CHECK(!people_holds(t->g, ann, PERSON_FOCAL_POINT, S("CIVIL")));
	CHECK(people_holds(t->g, ann, PERSON_FOCAL_POINT, S("TECH")));
	CHECK_EQ(group_roles(t->g, ann), ROLE_PUBLIC | ROLE_PARTICIPANT | ROLE_FOCAL_POINT);
}
