/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The pages of people and members over a small group: what a reader, and who may act, find there.
 */
#include "engine/web_inner.h"
#include "harness/t.h"
#include "rooms/members/members.h"
#include "rooms/people/people.h"
#include "rooms/people/people_pages.h"
#include "rooms/people/people_try.h"
#include "rooms/rooms_list.h"

#include "base/poison.h"

#define SEC ROLE_SECRETARIAT
#define DO(t, command, ...) \
	CHECK_EQ(trial_do((t), ACTOR_SYSTEM, SEC | ROLE_SYSTEM, (command), __VA_ARGS__, NULL), OK)

static const char *person(struct trial *t, const char *name, const char *of, const char *kind)
{
	DO(t, "people.add", "name", name, "representing", of, "kind", kind, "title", "Counsellor",
	    "email",
	    arena_z(t->arena, arena_printf(t->arena, "%lld@example.org", (long long)t->g->n)));
	return trial_id(t, fact_actor(&t->fact, "person"));
}

static const char *seated(struct trial *t, const char *code, const char *delegation)
{
	DO(t, "members.nominate", "constituency", code, "delegation", delegation);
	const char *n = trial_number(t, fact_i64(&t->fact, "nomination"));
	DO(t, "members.assess", "nomination", n, "verdict", "eligible");
	DO(t, "members.endorse", "nomination", n);
	const char *seat = trial_number(t, fact_i64(&t->fact, "seat"));
	DO(t, "members.take_seat", "seat", seat);
	return seat;
}

/* Two constituencies, one with parts; a delegation whose head was replaced; one that left. */
static void play(struct trial *t, const char **ann, const char **ben)
{
	DO(t, "members.constituency", "code", "STATES", "name", "Member <States>", "quota", "4",
	    "route", "appointed", "states", "1");
	DO(t, "members.constituency", "code", "AFRICA", "name", "African States", "quota", "2",
	    "parent", "STATES", "route", "appointed");
	DO(t, "members.constituency", "code", "CIVIL", "name", "Civil society", "quota", "2",
	    "route", "focal_point");
	*ann = person(t, "Ann <b>Otieno", "Kenya", "delegate");
	*ben = person(t, "Ben", "Kenya", "delegate");
	const char *kenya = seated(t, "AFRICA", "Kenya & Co");
	DO(t, "members.assign", "seat", kenya, "person", *ann, "role", "head");
	DO(t, "members.assign", "seat", kenya, "person", *ben, "role", "head");
	DO(t, "members.assign", "seat", kenya, "person", *ann, "role", "adviser");
	DO(t, "members.vacate", "seat", seated(t, "CIVIL", "Net Union"), "reason", "dissolved");
	DO(t, "members.nominate", "constituency", "CIVIL", "delegation", "Digital Rights");
	DO(t, "members.accredit", "organisation", "Institute", "category", "academic", "person",
	    person(t, "Cyn", "Institute", "observer"));
	DO(t, "members.candidate", "person", *ben, "office", "chair");
	DO(t, "members.elect", "person", *ben, "office", "chair", "words", "by acclamation");
}

/* The page at an address of the trial, for a viewer with these roles; "" when it failed. */
static str get(struct trial *t, const char *address, const char *q, actor_id viewer, unsigned roles)
{
	static struct web web = {.conf = {.rooms = &comity_rooms}};
	struct http_request request = {.arena = t->arena};
	struct page_request pr = {.web = &web, .q = &request};
	VEC(str) pieces = {0};
	str rest = str_skip(str_of(address), 1), piece;
	while (str_cut(&rest, '/', &piece))
		*vec_push(t->arena, &pieces) = piece;
	const struct route *route = route_find(&comity_rooms, pieces.p, pieces.n, &pr.args);
	struct page p = {
	    .arena = t->arena,
	    .db = t->db,
	    .viewer = {.actor = viewer, .roles = ROLE_PUBLIC | roles, .lang = S("en")},
	    .group = {.id = 1, .slug = S("trial"), .title = S("Trial"), .zone = S("UTC")},
	    .out = page_out_in(t->arena, 0),
	    .facts = json_new_object(t->arena),
	    .request = &pr,
	};
	if (q)
		*vec_push(t->arena, &request.params) =
		    (struct http_pair){.name = S("q"), .value = str_of(q)};
	err_clear(&t->err);
	if (!route || route->page(&p, &t->err) != OK)
		return STR_EMPTY;
	CHECK(p.title.n > 0 && p.facts->count > 0);
	return page_out_str(&p.out);
}

static bool has(str page, const char *what)
{
	return str_find(page, str_of(what)) != SIZE_MAX;
}

TEST(members_page_shows_the_composition)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	str page = get(t, "/g/trial/members", NULL, ACTOR_PUBLIC, 0);
	CHECK(has(page, "1 of 6 seats are filled"));
	CHECK(has(page, "Member &lt;States&gt;"));
	CHECK(has(page, "African States"));
	CHECK(has(page, "Kenya &amp; Co"));
	CHECK(has(page, "Ann &lt;b&gt;Otieno"));
	CHECK(has(page, ">Head<") && has(page, "Adviser"));
	CHECK(has(page, "by acclamation"));
	CHECK(has(page, "Digital Rights"));
	CHECK(has(page, "Institute"));
	CHECK(has(page, "3 vacancies"));
	CHECK(has(page, "dissolved"));
	CHECK(has(page, "/g/trial/members/seats/3"));
	/* A reader gets no button. */
	CHECK(!has(page, "/do/"));

	str office = get(t, "/g/trial/members", NULL, ACTOR_SYSTEM, SEC);
	CHECK(has(office, "/do/members.assess?nomination=3"));
	CHECK(!has(office, "/do/members.endorse"));
	DO(t, "members.assess", "nomination", "3", "verdict", "eligible");
	office = get(t, "/g/trial/members", NULL, ACTOR_SYSTEM, SEC);
	CHECK(has(office, "/do/members.endorse?nomination=3"));
	CHECK(!has(office, "/do/members.assess"));
	CHECK(has(office, "/do/members.end_accreditation?observer=1"));
}

TEST(members_page_before_anything)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	str page = get(&trial, "/g/trial/members", NULL, ACTOR_PUBLIC, 0);
	CHECK(has(page, "have not been laid down yet"));
	CHECK(has(page, "have not elected a Chair yet"));
	CHECK(!has(page, "Composition at a glance"));
}

TEST(members_seat_page_tells_its_history)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	/* The parts take the first seats of the whole. */
	str page = get(t, "/g/trial/members/seats/1", NULL, ACTOR_PUBLIC, 0);
	CHECK(has(page, "Kenya &amp; Co"));
	CHECK(has(page, "African States"));
	CHECK(has(page, "was endorsed for the seat"));
	CHECK(has(page, "as head of the delegation of"));
	CHECK(has(page, "Everyone who has represented it"));
	CHECK(!has(page, "/do/"));
	CHECK(has(get(t, "/g/trial/members/seats/1", NULL, ACTOR_SYSTEM, SEC),
	    "/do/members.vacate?seat=1"));

	page = get(t, "/g/trial/members/seats/5", NULL, ACTOR_SYSTEM, SEC);
	CHECK(has(page, "Vacant seat"));
	CHECK(has(page, "Net Union") && has(page, "left the seat"));
	CHECK(has(page, "Digital Rights"));
	CHECK(!has(page, "/do/members.vacate"));
	CHECK(has(get(t, "/g/trial/members/seats/2", NULL, ACTOR_PUBLIC, 0), "vacant from the"));

	CHECK_EQ(get(t, "/g/trial/members/seats/0", NULL, ACTOR_PUBLIC, 0).n, 0);
	CHECK_EQ(t->err.code, ABSENT);
	CHECK_EQ(get(t, "/g/trial/members/seats/7", NULL, ACTOR_PUBLIC, 0).n, 0);
	CHECK_STR(trial_says(t), "There is no seat 7 in this group.");
}

TEST(people_page_finds_and_keeps_addresses_to_itself)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	str page = get(t, "/g/trial/people", NULL, ACTOR_SYSTEM, SEC);
	CHECK(has(page, "Ann &lt;b&gt;Otieno") && has(page, "Ben") && has(page, "Cyn"));
	CHECK(has(page, "Adviser, seat 1"));
	CHECK(!has(page, "example.org"));
	page = get(t, "/g/trial/people", "oTIENO", ACTOR_PUBLIC, 0);
	CHECK(has(page, "1 participant found") && has(page, "Otieno") && !has(page, ">Ben<"));
	page = get(t, "/g/trial/people", "\"><script>", ACTOR_PUBLIC, 0);
	CHECK(has(page, "Nobody registered") && !has(page, "<script>"));
}

TEST(people_card_offers_what_one_may_do)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	actor_id self = {0};
	NEED(actor_parse(str_of(ben), &self));
	const char *address = arena_z(t->arena, arena_printf(t->arena, "/g/trial/people/%s", ben));
	str page = get(t, address, NULL, ACTOR_PUBLIC, 0);
	CHECK(has(page, "Chair") && has(page, "Head of delegation, seat 1"));
	CHECK(!has(page, "/do/") && !has(page, "example.org"));
	page = get(t, address, NULL, self, ROLE_PARTICIPANT);
	CHECK(has(page, "/do/people.card?person=m_") && !has(page, "/do/people.appoint"));
	page = get(t, address, NULL, ACTOR_SYSTEM, SEC);
	CHECK(has(page, "/do/people.card?person=m_") && has(page, "/do/people.appoint?person=m_"));
	CHECK_EQ(get(t, "/g/trial/people/m_nobody", NULL, ACTOR_PUBLIC, 0).n, 0);
	CHECK_EQ(t->err.code, ABSENT);
}

TEST(people_who_is_found_by_account_or_address)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	/* Accounts are entries of the instance; the tables are the same. */
	t->g->id = 0;
	DO(t, "people.account", "name", "Benjamin", "email", "Chair@example.org");
	actor_id account = fact_actor(&t->fact, "account");
	t->g->id = 1;
	struct viewer v = {.account = account, .actor = ACTOR_PUBLIC};
	bool found = false;
	actor_id same = {0};
	CHECK_EQ(
	    comity_rooms.account(t->db, t->arena, S("CHAIR@example.org"), &same, &found, &t->err),
	    OK);
	CHECK(found && actor_eq(same, account));
	CHECK_EQ(comity_rooms.account(t->db, t->arena, STR_EMPTY, &same, &found, &t->err), OK);
	CHECK(!found);

	CHECK_EQ(comity_rooms.who(t->db, t->arena, 1, 0, &v, &t->err), OK);
	CHECK_STR(v.name, "Benjamin");
	CHECK(actor_eq(v.actor, ACTOR_PUBLIC));
	DO(t, "people.card", "person", ben, "name", "Ben", "representing", "Kenya", "email",
	    "chair@example.org");
	CHECK_EQ(comity_rooms.who(t->db, t->arena, 1, 0, &v, &t->err), OK);
	CHECK_STREQ(actor_str(t->arena, v.actor), str_of(ben));
	CHECK((v.roles & ROLE_CHAIR) && (v.roles & ROLE_MEMBER));
	/* In another group the account is nobody. */
	struct viewer elsewhere = {.account = account, .actor = ACTOR_PUBLIC};
	CHECK_EQ(comity_rooms.who(t->db, t->arena, 2, 0, &elsewhere, &t->err), OK);
	CHECK(actor_eq(elsewhere.actor, ACTOR_PUBLIC));
	CHECK_EQ(elsewhere.roles, 0);
}

TEST(people_named_in_sentences_of_the_record)
{
	AUTO_TRIAL struct trial trial = trial_new(1);
	struct trial *t = &trial;
	const char *ann, *ben;
	play(t, &ann, &ben);
	struct page p = {
	    .arena = t->arena, .db = t->db, .group.id = 1, .out = page_out_in(t->arena, 0)};
	str said = arena_printf(t->arena, "named %s, not m_, mm%s", ben, ben);
	CHECK_STR(people_named(&p, said), "named \u2068Ben\u2069, not m_, mm\u2068Ben\u2069");
	str unknown = S("appointed m_00000000000000000000000000 m_1");
	CHECK_STREQ(people_named(&p, unknown), unknown);
	CHECK_STR(people_named(&p, STR_EMPTY), "");
}
