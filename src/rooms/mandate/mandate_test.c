/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"
#include "rooms/mandate/mandate.h"
#include "harness/t.h"

#include "base/poison.h"

extern const struct room_commands mandate_commands;

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
