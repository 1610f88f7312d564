/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The views of calls over a real log: who sees what, copies, original bytes, and the rebuild. */
#include "call_view.sql.h"
#include "harness/t.h"
#include "rooms/call/call_trial.h"
#include "rooms/rooms.h"

#include "base/poison.h"

extern const struct room_commands call_commands;
extern const struct room_view call_view;

/* The house wants an entry that makes a group. */
static const struct field create_fields[] = {
    {.name = "slug", .label = "Address", .type = FIELD_LINE, .flags = FIELD_REQUIRED},
};
static const struct command create_row = {.name = HOUSE_GROUP_CREATE,
    .title = "Create a group",
    .said = "created {slug}",
    .may = ROLE_ADMIN,
    .flags = COMMAND_SITE,
    COMMAND_FIELDS(create_fields)};
static const struct room_commands group_stub = {.rows = &create_row, .n = 1};

static const struct room list[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_stub},
    [ROOM_call] = {.name = "call", .commands = &call_commands, .view = &call_view},
};

static unsigned no_roles(const struct group *g, actor_id who)
{
	(void)g;
	(void)who;
	return 0;
}

static const struct rooms rooms = {.v = list, .n = ROOM_COUNT, .roles = no_roles};

static const actor_id SEC = {.b = {1}}, ANA = {.b = {2}};
static const char PDF[] = "%PDF-1.7 original bytes";

#define SECRETARIAT(...) \
	CHECK_EQ(trial_act(t, SEC, ROLE_SECRETARIAT | ROLE_PARTICIPANT, __VA_ARGS__, NULL), OK)
#define SUBMIT(who, name, mail, wish, ...)                                                        \
	CHECK_EQ(trial_act(t, who, 0, "call.submit", "call", "1", "author", name, "organisation", \
	             "Society of Nowhere", "category", "civil_society", "email", mail, "lang",    \
	             "fr", "publish_wish", wish, __VA_ARGS__, NULL),                              \
	    OK)

static void start(struct trial *t)
{
	CHECK_EQ(trial_open(t, &rooms, &t->err), OK);
	CHECK_EQ(trial_act(t, SEC, ROLE_ADMIN, "group.create", "slug", "wgec", NULL), OK);
	SECRETARIAT("call.draft", "title", "Input", "audience", "all", "zone", "UTC", "deadline",
	    "2016-12-07T23:59");
	SECRETARIAT("call.question", "call", "1", "text", "What is it?");
	SECRETARIAT("call.question", "call", "1", "text", "What can be done?");
	SECRETARIAT("call.open", "call", "1");
}

/* 1 published; 2 to be withheld; 3 a copy of 1 by address; 4 of 2 by its words; 5 by Ana, waiting.
 */
static void fill(struct trial *t)
{
	t->file = (struct attachment){.name = S("answer.pdf"),
	    .media_type = S("application/pdf"),
	    .bytes = str_from(PDF, sizeof PDF - 1),
	    .text = S("original words")};
	SUBMIT(ACTOR_PUBLIC, "Ben", "ben@example.org", "publish", "answer1", "First\n\nSecond",
	    "answer2", "Third");
	SUBMIT(ACTOR_PUBLIC, "Cy", "cy@example.org", "withhold", "text", "The canary sings");
	SUBMIT(ACTOR_PUBLIC, "Ben", "ben@example.org", "publish", "text", "Again");
	SUBMIT(ACTOR_PUBLIC, "Di", "di@example.org", "publish", "text", "The canary sings");
	SUBMIT(ANA, "Ana", "ana@example.org", "publish", "text", "Her own");
	SECRETARIAT("call.publish", "contribution", "1");
}

static struct call_contribution_get_row get(
    struct trial *t, int64_t number, bool all, const char *viewer)
{
	struct call_contribution_get_row row = {0};
	bool found = false;
	CHECK_EQ(call_contribution_get(
	             t->db, t->a, 1, number, all, str_of(viewer), &row, &found, &t->err),
	    OK);
	CHECK(found);
	return row;
}

TEST(contribution_names_and_texts_wait_for_publication)
{
	struct trial trial, *t = &trial;
	start(t);
	fill(t);
	struct call_contribution_get_row one = get(t, 1, false, "");
	CHECK(one.readable);
	CHECK_STR(one.author, "Ben");
	CHECK_STR(one.email, "");
	CHECK_STR(one.actor, "");
	for (int64_t n = 2; n <= 5; n++) {
		struct call_contribution_get_row row = get(t, n, false, "");
		CHECK(!row.readable);
		CHECK_STR(row.author, "");
		CHECK_STR(row.organisation, "");
		CHECK_STR(row.email, "");
		CHECK(get(t, n, true, "").readable);
	}
	CHECK_STR(get(t, 2, true, "").email, "cy@example.org");
	const char *ana = arena_z(t->a, actor_str(t->a, ANA));
	CHECK(get(t, 5, false, ana).readable);
	CHECK(!get(t, 4, false, ana).readable);
	trial_close(t);
}

TEST(contribution_register_hides_who_is_not_public)
{
	struct trial trial, *t = &trial;
	struct call_register_rows rows = {0}, all = {0};
	start(t);
	fill(t);
	SECRETARIAT("call.withhold", "contribution", "2");
	CHECK_EQ(
	    call_register(t->db, t->a, 1, 0, S(""), S(""), false, S(""), 0, 100, &rows, &t->err),
	    OK);
	CHECK_EQ(rows.n, 5);
	str json = json_str(t->a, call_register_rows_json(t->a, &rows));
	CHECK(str_find(json, S("Ben")) != SIZE_MAX);
	CHECK(str_find(json, S("Cy")) == SIZE_MAX);
	CHECK(str_find(json, S("Ana")) == SIZE_MAX);
	CHECK_STR(rows.p[1].status, "withheld");
	CHECK_EQ(
	    call_register(t->db, t->a, 1, 0, S(""), S(""), true, S(""), 0, 100, &all, &t->err), OK);
	CHECK_STR(all.p[1].author, "Cy");
	all.n = 0;
	CHECK_EQ(call_register(
	             t->db, t->a, 1, 0, S("academic"), S(""), true, S(""), 0, 100, &all, &t->err),
	    OK);
	CHECK_EQ(all.n, 0);
	CHECK_EQ(
	    call_register(t->db, t->a, 1, 1, S(""), S("fr"), true, S(""), 3, 1, &all, &t->err), OK);
	CHECK_EQ(all.n, 1);
	CHECK_EQ(all.p[0].number, 4);
	trial_close(t);
}

TEST(contribution_copies_are_shown_to_the_secretariat)
{
	struct trial trial, *t = &trial;
	struct call_inbox_rows rows = {0};
	struct call_copies_rows copies = {0};
	start(t);
	fill(t);
	CHECK_EQ(call_inbox(t->db, t->a, 1, &rows, &t->err), OK);
	NEED(rows.n == 4);
	const int64_t copy_of[] = {0, 1, 2, 0};
	for (size_t i = 0; i < rows.n; i++)
		CHECK_EQ(rows.p[i].copy_of, copy_of[i]);
	CHECK_STR(rows.p[0].beginning, "The canary sings");
	CHECK_EQ(call_copies(t->db, t->a, 1, 2, &copies, &t->err), OK);
	NEED(copies.n == 1);
	CHECK_EQ(copies.p[0].number, 4);
	CHECK(copies.p[0].same_text && !copies.p[0].same_email);
	trial_close(t);
}

TEST(contribution_keeps_paragraphs_and_original_bytes)
{
	struct trial trial, *t = &trial;
	struct call_paragraphs_rows paragraphs = {0};
	struct call_questions_rows questions = {0};
	struct call_files_rows files = {0};
	struct store_part part;
	start(t);
	fill(t);
	CHECK_EQ(call_paragraphs(t->db, t->a, 1, 1, &paragraphs, &t->err), OK);
	NEED(paragraphs.n == 3);
	CHECK_STR(paragraphs.p[1].text, "Second");
	CHECK_EQ(paragraphs.p[2].question, 2);
	CHECK_EQ(call_questions(t->db, t->a, 1, 1, &questions, &t->err), OK);
	NEED(questions.n == 2);
	CHECK_EQ(questions.p[0].answered, 1);
	CHECK_EQ(call_files(t->db, t->a, 1, 1, &files, &t->err), OK);
	NEED(files.n == 1);
	CHECK_STR(files.p[0].name, "answer.pdf");
	CHECK_STR(files.p[0].text, "original words");
	CHECK_EQ(files.p[0].size, sizeof PDF - 1);
	CHECK_EQ(log_part_read(house_store(t->house), t->a, house_origin(t->house, t->a, S("wgec")),
	             get(t, 1, true, "").seq, (size_t)files.p[0].part, &part, &t->err),
	    OK);
	CHECK_STR(part.body, PDF);
	trial_close(t);
}

TEST(call_views_are_the_same_after_a_rebuild)
{
	struct trial trial, *t = &trial;
	digest before, after;
	start(t);
	fill(t);
	SECRETARIAT("call.withhold", "contribution", "2");
	SECRETARIAT("call.reject", "contribution", "4", "reason", "A copy");
	SECRETARIAT("call.replace", "contribution", "3", "by", "5");
	SECRETARIAT("call.extend", "call", "1", "deadline", "2016-12-20T12:00");
	CHECK_EQ(trial_act(t, ANA, ROLE_ACCOUNT, "call.withdraw", "contribution", "5", NULL), OK);
	SECRETARIAT("call.close", "number", "1", "reason", "Enough");
	CHECK_EQ(house_view_digest(t->house, &before, &t->err), OK);
	CHECK_EQ(house_rebuild(t->house, &t->err), OK);
	CHECK_EQ(house_view_digest(t->house, &after, &t->err), OK);
	CHECK(digest_eq(before, after));
	CHECK_STR(get(t, 3, false, "").status, "replaced");
	CHECK_EQ(get(t, 3, false, "").replaced_by, 5);
	trial_close(t);
}

TEST(call_receipt_shows_the_hash_of_the_entry)
{
	struct trial trial, *t = &trial;
	start(t);
	fill(t);
	struct call_contribution_get_row row = get(t, 3, false, "");
	struct log_entry e;
	CHECK_EQ(log_get(house_store(t->house), t->a, house_origin(t->house, t->a, S("wgec")),
	             row.seq, &e, &t->err),
	    OK);
	CHECK_STREQ(row.leaf, digest_str(t->a, tree_leaf(e.text)));
	trial_close(t);
}
