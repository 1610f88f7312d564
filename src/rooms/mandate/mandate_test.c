/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"
#include "mandate_view.sql.h"
#include "rooms/mandate/mandate.h"
#include "harness/t.h"

#include <stdarg.h>

#include "base/poison.h"

extern const struct room_commands mandate_commands;
extern const struct room_view mandate_view;

static const struct room list[ROOM_COUNT] = {
    [ROOM_mandate] = {.name = "mandate", .commands = &mandate_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

#define MARCH_2016 (16861 * USEC_DAY)
#define DO(g, err, name, ...)                                                           \
	try_act(&rooms, (g), (name), ACTOR_SYSTEM, ROLE_SECRETARIAT, MARCH_2016, (err), \
	    __VA_ARGS__, NULL)
#define SAYS(code, sentence, g, name, ...)                      \
	do {                                                    \
		struct err e_ = {0};                            \
		CHECK_EQ(DO(g, &e_, name, __VA_ARGS__), code);  \
		CHECK_STR(err_text(&e_, (g)->arena), sentence); \
	} while (0)

static struct group *group_with_mandate(void)
{
	struct group *g = try_group(&rooms);
	CHECK_EQ(DO(g, NULL, "mandate.record", "parent_body", "General Assembly", "symbol",
	             "A/RES/70/125", "title", "Outcome document", "date", "2015-12-16",
	             "report_back_session", "CSTD 21", "report_back_date", "2018-05-14"),
	    OK);
	return g;
}

static void done(struct group *g)
{
	arena_free(g->arena);
}

TEST(mandate_is_recorded_once)
{
	struct group *g = group_with_mandate();
	const struct mandate *m = mandate_get(g, 1);
	NEED(m);
	CHECK_EQ(m->status, MANDATE_NOTED);
	CHECK_STR(m->symbol, "A/RES/70/125");
	CHECK(!mandate_get(g, 0) && !mandate_get(g, 2) && !mandate_is_in_force(g));
	SAYS(REFUSED, "a/res/70/125 is already recorded as mandate 1; quote its paragraphs there.",
	    g, "mandate.record", "parent_body", "GA", "symbol", "a/res/70/125", "title", "x",
	    "date", "2015-12-16");
	done(g);
}

TEST(mandate_dates_are_in_order)
{
	struct group *g = try_group(&rooms);
	SAYS(INVALID, "A resolution is recorded after its adoption; this date is in the future.", g,
	    "mandate.record", "parent_body", "GA", "symbol", "A/1", "title", "x", "date",
	    "2016-04-01");
	SAYS(INVALID, "The group cannot be asked to report back before the resolution itself.", g,
	    "mandate.record", "parent_body", "GA", "symbol", "A/1", "title", "x", "date",
	    "2015-12-16", "report_back_date", "2015-12-15");
	CHECK_EQ(mandate_in(g)->mandates.n, 0);
	done(g);
}

TEST(mandate_paragraph_is_quoted_once_in_a_language)
{
	struct group *g = group_with_mandate();
	CHECK_EQ(DO(g, NULL, "mandate.quote", "mandate", "1", "paragraph", "65", "text",
	             "We request the Chair", "lang", "en"),
	    OK);
	CHECK_EQ(DO(g, NULL, "mandate.quote", "mandate", "1", "paragraph", "65", "text",
	             "Nous prions le Président", "lang", "fr"),
	    OK);
	SAYS(REFUSED, "Paragraph 65 of A/RES/70/125 is already quoted in this language.", g,
	    "mandate.quote", "mandate", "1", "paragraph", "65", "text", "again", "lang", "fr");
	SAYS(ABSENT, "There is no mandate 7 in this group; record the resolution first.", g,
	    "mandate.quote", "mandate", "7", "paragraph", "65", "text", "x", "lang", "en");
	CHECK_STR(mandate_paragraph_get(g, 2)->lang, "fr");
	CHECK(!mandate_paragraph_get(g, 3));
	done(g);
}

TEST(mandate_line_names_each_body_once)
{
	struct group *g = group_with_mandate();
	CHECK_EQ(DO(g, NULL, "mandate.line", "bodies", "General Assembly", "bodies", "ECOSOC",
	             "bodies", "CSTD"),
	    OK);
	CHECK_EQ(mandate_in(g)->line_seq, 1);
	SAYS(INVALID, "ecosoc stands twice in the line; every body reports to the one above it.", g,
	    "mandate.line", "bodies", "ECOSOC", "bodies", "CSTD", "bodies", "ecosoc");
	CHECK_EQ(mandate_in(g)->line_seq, 1);
	done(g);
}

TEST(mandate_states_follow_each_other)
{
	struct group *g = group_with_mandate();
	SAYS(REFUSED, "A report under A/RES/70/125 needs the mandate to be in force or extended.",
	    g, "mandate.state", "mandate", "1", "state", "reported");
	CHECK_EQ(DO(g, NULL, "mandate.state", "mandate", "1", "state", "in_force"), OK);
	CHECK(mandate_is_in_force(g));
	SAYS(REFUSED, "A/RES/70/125 is in this state already.", g, "mandate.state", "mandate", "1",
	    "state", "in_force");
	SAYS(REFUSED,
	    "The parent body discharges or extends A/RES/70/125 once the group has reported; mark "
	    "it as reported first.",
	    g, "mandate.state", "mandate", "1", "state", "discharged", "reason", "x");
	CHECK_EQ(DO(g, NULL, "mandate.state", "mandate", "1", "state", "reported"), OK);
	SAYS(INVALID,
	    "Say by which decision of the parent body A/RES/70/125 was discharged or extended.", g,
	    "mandate.state", "mandate", "1", "state", "extended");
	CHECK_EQ(DO(g, NULL, "mandate.state", "mandate", "1", "state", "extended", "reason",
	             "ECOSOC decision"),
	    OK);
	SAYS(REFUSED,
	    "A/RES/70/125 has come into force before; extend it when the parent body prolongs it.",
	    g, "mandate.state", "mandate", "1", "state", "in_force");
	CHECK_EQ(DO(g, NULL, "mandate.state", "mandate", "1", "state", "reported"), OK);
	CHECK_EQ(DO(g, NULL, "mandate.state", "mandate", "1", "state", "discharged", "reason",
	             "ECOSOC decision"),
	    OK);
	SAYS(REFUSED, "A/RES/70/125 is discharged; what it asked for can no longer be added to.", g,
	    "mandate.quote", "mandate", "1", "paragraph", "66", "text", "x", "lang", "en");
	done(g);
}

TEST(mandate_belongs_to_the_secretariat)
{
	struct group *g = group_with_mandate();
	CHECK_EQ(try_act(&rooms, g, "mandate.state", ACTOR_SYSTEM, ROLE_CHAIR | ROLE_MEMBER,
	             MARCH_2016, NULL, "mandate", "1", "state", "in_force", NULL),
	    DENIED);
	done(g);
}

/* What the report room writes when a section is added to the outline. */
static const struct field section_fields[] = {
    {"report", NULL, NULL, FIELD_REF},
    {"section", NULL, NULL, FIELD_INT},
    {"heading", NULL, NULL, FIELD_LINE},
    {"covers", NULL, NULL, FIELD_REFS},
};
static const struct command section_command = {
    .name = "report.section", COMMAND_FIELDS(section_fields)};

static void apply(struct db *db, const struct group *g, const struct fact *f)
{
	struct err err = {0};
	struct view v = {.db = db, .arena = g->arena, .group = g, .grp = g->id};
	for (size_t i = 0; i < mandate_view.appliers_n; i++)
		if (fact_is(f, mandate_view.appliers[i].type))
			CHECK_EQ(mandate_view.appliers[i].apply(&v, f, &err), OK);
}

static void seen(struct db *db, struct group *g, const char *command, ...)
{
	va_list fields;
	struct fact f = {0};
	va_start(fields, command);
	CHECK_EQ(try_act_with(&rooms, g, command, ACTOR_SYSTEM, ROLE_SECRETARIAT, MARCH_2016, &f,
	             NULL, fields),
	    OK);
	va_end(fields);
	apply(db, g, &f);
}

static void section_covers(struct db *db, struct group *g, int64_t section, int64_t number)
{
	struct value v[4] = {
	    {.set = true, .i = 1},
	    {.set = true, .i = section},
	    {.set = true, .s = S("Executive summary")},
	    {.set = true},
	};
	*vec_push(g->arena, &v[3].numbers) = number;
	*vec_push(g->arena, &v[3].numbers) = number; /* named twice, it counts once */
	struct fact f = {.command = &section_command, .values = v, .seq = 100 + section};
	apply(db, g, &f);
}

TEST(mandate_view_shows_paragraphs_that_no_section_answers)
{
	AUTO_DB struct db *db = NULL;
	struct err err = {0};
	struct group *g = try_group(&rooms);
	struct mandate_paragraphs_rows rows = {0};
	struct mandate_answers_rows answers = {0};
	NEED(db_open_memory(&db, &err) == OK);
	NEED(db_apply(db, mandate_view.schema, &err) == OK);
	seen(db, g, "mandate.record", "parent_body", "General Assembly", "symbol", "A/RES/70/125",
	    "title", "Outcome", "date", "2015-12-16", NULL);
	seen(db, g, "mandate.quote", "mandate", "1", "paragraph", "65", "text", "a", "lang", "en",
	    NULL);
	seen(db, g, "mandate.quote", "mandate", "1", "paragraph", "66", "text", "b", "lang", "en",
	    NULL);
	seen(db, g, "mandate.quote", "mandate", "1", "paragraph", "65", "text", "c", "lang", "fr",
	    NULL);
	section_covers(db, g, 1, 1);
	NEED(mandate_paragraphs(db, g->arena, g->id, &rows, &err) == OK);
	NEED(rows.n == 3);
	CHECK_EQ(rows.p[0].covered, 1);
	CHECK_EQ(rows.p[1].covered, 0); /* paragraph 66: not covered yet */
	CHECK_EQ(rows.p[2].covered, 1); /* the same paragraph in French */
	section_covers(db, g, 2, 3);
	NEED(mandate_answers(db, g->arena, g->id, &answers, &err) == OK);
	CHECK_EQ(answers.n, 4); /* two sections for 65, in either language */
	for (size_t i = 0; i < answers.n; i++)
		CHECK(answers.p[i].number != 2);
	done(g);
}

TEST(mandate_view_keeps_the_present_line_and_every_state)
{
	AUTO_DB struct db *db = NULL;
	struct err err = {0};
	struct group *g = try_group(&rooms);
	struct mandate_line_rows line = {0};
	struct mandate_steps_rows steps = {0};
	struct mandate_list_rows mandates = {0};
	NEED(db_open_memory(&db, &err) == OK);
	NEED(db_apply(db, mandate_view.schema, &err) == OK);
	seen(db, g, "mandate.record", "parent_body", "General Assembly", "symbol", "A/RES/70/125",
	    "title", "Outcome", "date", "2015-12-16", NULL);
	seen(db, g, "mandate.line", "bodies", "A", "bodies", "B", "bodies", "C", NULL);
	seen(db, g, "mandate.line", "bodies", "General Assembly", "bodies", "ECOSOC", NULL);
	seen(db, g, "mandate.state", "mandate", "1", "state", "in_force", NULL);
	NEED(mandate_line(db, g->arena, g->id, &line, &err) == OK);
	NEED(line.n == 2);
	CHECK_STR(line.p[1].body, "ECOSOC");
	NEED(mandate_steps(db, g->arena, g->id, &steps, &err) == OK);
	NEED(steps.n == 2);
	CHECK_STR(steps.p[0].state, "noted");
	CHECK_STR(steps.p[1].state, "in_force");
	NEED(mandate_list(db, g->arena, g->id, &mandates, &err) == OK);
	NEED(mandates.n == 1);
	CHECK_STR(mandates.p[0].state, "in_force");
	CHECK_EQ(mandates.p[0].report_back_date, INT64_MIN);
	done(g);
}
