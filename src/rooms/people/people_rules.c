/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/people/people_rules.h"

#include "base/must.h"
#include "rooms/members/members.h"

#include "base/poison.h"

/* --- questions --- */

static str id_key_of(const actor_id *who)
{
	return str_from(who->b, sizeof who->b);
}

static struct person *find(const struct group *g, actor_id who)
{
	return g->id ? map_get(&people_in(g)->by_id, id_key_of(&who)) : NULL;
}

const struct person *people_person(const struct group *g, actor_id who)
{
	return find(g, who);
}

const struct account *people_account(const struct group *g, actor_id who)
{
	return g->id ? NULL : map_get(&people_in(g)->by_id, id_key_of(&who));
}

str people_name(const struct group *g, actor_id who)
{
	const struct person *p = people_person(g, who);
	return p && p->name.n ? p->name : S("this person");
}

/* An office for `code` is held by the focal point of that constituency or of an outer one. */
static bool covers(const struct group *g, const struct appointment *a, str code)
{
	if (a->office != PERSON_FOCAL_POINT || code.n == 0)
		return true;
	return members_within(g, code, a->constituency);
}

bool people_holds(const struct group *g, actor_id who, enum person_office office, str code)
{
	const struct people_state *st = people_in(g);
	for (size_t i = 0; i < st->appointments.n; i++) {
		const struct appointment *a = &st->appointments.p[i];
		if (a->office == office && actor_eq(a->person, who) && covers(g, a, code))
			return true;
	}
	return false;
}

unsigned people_roles(const struct group *g, actor_id who)
{
	if (!g->id) {
		const struct account *a = people_account(g, who);
		return a ? ROLE_ACCOUNT | (a->admin ? ROLE_ADMIN : 0U) : 0;
	}
	if (!people_person(g, who))
		return 0;
	unsigned roles = ROLE_PARTICIPANT;
	if (people_holds(g, who, PERSON_SECRETARIAT, STR_EMPTY))
		roles |= ROLE_SECRETARIAT;
	if (people_holds(g, who, PERSON_FOCAL_POINT, STR_EMPTY))
		roles |= ROLE_FOCAL_POINT;
	return roles;
}

/* --- the state --- */

static struct people_state *state(struct group *g)
{
	struct people_state *st = people_in(g);
	if (!st->by_id.arena) {
		st->by_id = map_in(g->arena);
		st->by_email = map_in(g->arena);
	}
	return st;
}

static str lower(struct arena *a, str s)
{
	char *p = arena_push(a, s.n + 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]);
	return str_from(p, s.n);
}

/* --- accounts --- */

enum rc people_decide_account(const struct group *g, struct act *act, struct err *err)
{
	str email = lower(act->arena, act_str(act, "email"));
	if (map_get(&people_in(g)->by_email, email))
		return ERR(err, REFUSED, "email",
		    "There is an account with this e-mail address already; sign in with it.");
	act_give_actor(act, "account", actor_new(act->rng));
	return OK;
}

void people_fold_account(struct group *g, const struct fact *f)
{
	struct people_state *st = state(g);
	struct account *a = arena_new_of(g->arena, struct account);
	a->id = fact_actor(f, "account");
	a->email = lower(g->arena, fact_str(f, "email"));
	*vec_push(g->arena, &st->accounts) = a;
	map_put(&st->by_id, id_key_of(&a->id), a);
	/* The address is gone once it has been erased. */
	if (a->email.n)
		map_put(&st->by_email, a->email, a);
}

enum rc people_decide_admin(const struct group *g, struct act *act, struct err *err)
{
	const struct account *a = people_account(g, act_actor(act, "account"));
	if (!a)
		return ERR(err, ABSENT, "account", "There is no such account.");
	if (a->admin)
		return ERR(err, REFUSED, "account", "This account is an administrator already.");
	return OK;
}

void people_fold_admin(struct group *g, const struct fact *f)
{
	actor_id who = fact_actor(f, "account");
	struct account *a = map_get(&people_in(g)->by_id, id_key_of(&who));
	if (a)
		a->admin = true;
}

/* --- persons --- */

/* Two persons with one address or account would make it unclear who acts. */
static enum rc check_link(
    const struct group *g, const struct act *act, actor_id self, str account, struct err *err)
{
	const struct people_state *st = people_in(g);
	str email = lower(act->arena, act_str(act, "email"));
	const struct person *other = map_get(&st->by_email, email);
	/* The map remembers addresses that a person has given up. */
	if (email.n && other && !actor_eq(other->id, self) && str_eq(other->email, email))
		return ERR(err, REFUSED, "email",
		    "Somebody registered in this group uses this e-mail address already; correct "
		    "that person's card instead.");
	for (size_t i = 0; account.n && i < st->persons.n; i++)
		if (str_eq(st->persons.p[i]->account, account))
			return ERR(err, REFUSED, "account",
			    "Somebody registered in this group uses this account already; correct "
			    "that person's card instead.");
	return OK;
}

enum rc people_decide_add(const struct group *g, struct act *act, struct err *err)
{
	str account = act_str(act, "account");
	actor_id id;
	if (act_has(act, "account") && !actor_parse(account, &id))
		return ERR(err, INVALID, "account",
		    "This is not the id of an account; it begins with m_ and has {0} characters.",
		    act_digits(act, ACTOR_TEXT));
	TRY(check_link(g, act, (actor_id){0}, account, err));
	act_give_actor(act, "person", actor_new(act->rng));
	return OK;
}

static void take_card(struct group *g, struct person *p, const struct fact *f)
{
	struct people_state *st = state(g);
	p->name = arena_str(g->arena, fact_str(f, "name"));
	p->representing = arena_str(g->arena, fact_str(f, "representing"));
	str email = lower(g->arena, fact_str(f, "email"));
	if (!email.n || str_eq(email, p->email))
		return;
	p->email = email;
	map_put(&st->by_email, email, p);
}

void people_fold_add(struct group *g, const struct fact *f)
{
	struct people_state *st = state(g);
	struct person *p = arena_new_of(g->arena, struct person);
	p->id = fact_actor(f, "person");
	p->account = arena_str(g->arena, fact_str(f, "account"));
	p->seq = f->seq;
	*vec_push(g->arena, &st->persons) = p;
	map_put(&st->by_id, id_key_of(&p->id), p);
	take_card(g, p, f);
}

enum rc people_decide_card(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	bool office = act->roles & (ROLE_SECRETARIAT | ROLE_ADMIN);
	const struct person *p = people_person(g, who);
	if (!p)
		return ERR(err, ABSENT, "person", "Nobody of this id is registered in the group.");
	if (!office && !actor_eq(act->actor, who))
		return ERR(err, DENIED, "person",
		    "You may correct your own card; ask the secretariat about those of others.");
	if (!office && act_has(act, "email"))
		return ERR(err, DENIED, "email",
		    "The address with which you sign in is changed by the secretariat; ask it.");
	TRY(check_link(g, act, who, STR_EMPTY, err));
	act_ref(act, p->seq);
	return OK;
}

void people_fold_card(struct group *g, const struct fact *f)
{
	struct person *p = find(g, fact_actor(f, "person"));
	if (p)
		take_card(g, p, f);
}

/* --- offices --- */

static enum person_office office_of(str s)
{
	static const char *const names[PERSON_OFFICES] = {
	    [PERSON_SECRETARIAT] = "secretariat",
	    [PERSON_FOCAL_POINT] = "focal_point",
	    [PERSON_CAPTIONER] = "captioner",
	    [PERSON_FACILITATOR] = "facilitator",
	};
	for (enum person_office o = 0; o < PERSON_OFFICES; o++)
		if (str_is(s, names[o]))
			return o;
	must_fail("the office is one of its choices", __FILE__, __LINE__);
}

/* The appointment to this very office (of this very constituency), or NULL. */
static const struct appointment *appointment(
    const struct group *g, actor_id who, enum person_office office, str code)
{
	const struct people_state *st = people_in(g);
	for (size_t i = 0; i < st->appointments.n; i++) {
		const struct appointment *a = &st->appointments.p[i];
		if (a->office == office && actor_eq(a->person, who) &&
		    (code.n == 0 || str_eq(a->constituency, code)))
			return a;
	}
	return NULL;
}

static enum rc check_constituency(
    const struct group *g, const struct act *act, enum person_office office, struct err *err)
{
	str code = act_str(act, "constituency");
	if (office != PERSON_FOCAL_POINT && code.n)
		return ERR(err, INVALID, "constituency",
		    "Only a focal point is appointed for a constituency; leave this empty.");
	if (code.n && !members_constituency(g, code))
		return ERR(err, ABSENT, "constituency",
		    "There is no constituency with the code {0}; the page of the members lists "
		    "them.",
		    code);
	return OK;
}

enum rc people_decide_appoint(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	enum person_office office = office_of(act_str(act, "office"));
	str code = act_str(act, "constituency");
	const struct person *p = people_person(g, who);
	if (!p)
		return ERR(err, ABSENT, "person",
		    "Nobody of this id is registered in the group; register the person first.");
	if (office == PERSON_FOCAL_POINT && !code.n)
		return ERR(err, INVALID, "constituency",
		    "Say for which constituency the focal point nominates.");
	TRY(check_constituency(g, act, office, err));
	if (appointment(g, who, office, code))
		return ERR(
		    err, REFUSED, "office", "{0} holds this office already.", people_name(g, who));
	act_ref(act, p->seq);
	return OK;
}

void people_fold_appoint(struct group *g, const struct fact *f)
{
	struct people_state *st = state(g);
	*vec_push(g->arena, &st->appointments) = (struct appointment){
	    .person = fact_actor(f, "person"),
	    .office = office_of(fact_str(f, "office")),
	    .constituency = arena_str(g->arena, fact_str(f, "constituency")),
	    .seq = f->seq,
	};
}

static size_t holders(const struct group *g, enum person_office office)
{
	const struct people_state *st = people_in(g);
	size_t n = 0;
	for (size_t i = 0; i < st->appointments.n; i++)
		n += st->appointments.p[i].office == office;
	return n;
}

enum rc people_decide_release(const struct group *g, struct act *act, struct err *err)
{
	actor_id who = act_actor(act, "person");
	enum person_office office = office_of(act_str(act, "office"));
	TRY(check_constituency(g, act, office, err));
	const struct appointment *a = appointment(g, who, office, act_str(act, "constituency"));
	if (!a)
		return ERR(
		    err, REFUSED, "office", "{0} does not hold this office.", people_name(g, who));
	if (office == PERSON_SECRETARIAT && holders(g, office) == 1)
		return ERR(err, REFUSED, "person",
		    "{0} is the only member of the secretariat; appoint a successor first.",
		    people_name(g, who));
	act_ref(act, a->seq);
	return OK;
}

void people_fold_release(struct group *g, const struct fact *f)
{
	struct people_state *st = people_in(g);
	actor_id who = fact_actor(f, "person");
	enum person_office office = office_of(fact_str(f, "office"));
	str code = fact_str(f, "constituency");
	size_t kept = 0;
	for (size_t i = 0; i < st->appointments.n; i++) {
		struct appointment a = st->appointments.p[i];
		bool ends = a.office == office && actor_eq(a.person, who) &&
		            (code.n == 0 || str_eq(a.constituency, code));
		if (!ends)
			st->appointments.p[kept++] = a;
	}
	st->appointments.n = kept;
}
