/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"
#include "rooms/methods/methods.h"
#include "harness/t.h"

#include "base/poison.h"

extern const struct room_commands methods_commands;
extern const struct room_commands meeting_commands;

static const struct room list[ROOM_COUNT] = {
    [ROOM_methods] = {.name = "methods", .commands = &methods_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

#define NOW ((usec)17000 * USEC_DAY)
#define DO(g, err, name, ...) \
	try_act(&rooms, (g), (name), ACTOR_SYSTEM, ROLE_OFFICE, NOW, (err), __VA_ARGS__, NULL)
#define SAYS(code, sentence, g, name, ...)                      \
	do {                                                    \
		struct err e_ = {0};                            \
		CHECK_EQ(DO(g, &e_, name, __VA_ARGS__), code);  \
		CHECK_STR(err_text(&e_, (g)->arena), sentence); \
	} while (0)
#define DRAFT(g, preset, ...)                                                                      \
	DO(g, NULL, "methods.draft", "title", "Methods of work", "text", "One.\n\nTwo.", "preset", \
	    preset, __VA_ARGS__)

TEST(methods_before_any_adoption_are_un_consensus)
{
	struct group *g = try_group(&rooms);
	CHECK(methods_now(g) == methods_preset_settings(METHODS_UN_CONSENSUS));
	CHECK_EQ(methods_now(g)->silence_hours, 72);
	CHECK_EQ(methods_adopted(g), 0);
	/* A draft alone changes nothing. */
	CHECK_EQ(DRAFT(g, "ietf", "silence_hours", "24"), OK);
	CHECK_EQ(methods_now(g)->silence_hours, 72);
	arena_free(g->arena);
}

TEST(methods_empty_setting_takes_the_preset)
{
	struct group *g = try_group(&rooms);
	CHECK_EQ(DRAFT(g, "gnso", "quorum_percent", "0", "informals_public", "no", "languages",
	             "fr", "languages", "ar"),
	    OK);
	const struct methods_settings *s = &methods_get(g, 1)->settings;
	const struct methods_settings *gnso = methods_preset_settings(METHODS_GNSO);
	CHECK_EQ(s->quorum_percent, 0); /* set to none, not left empty */
	CHECK_EQ(s->informals_public, false);
	CHECK_EQ(s->languages, (1u << 3) | 1u);
	CHECK_EQ(s->silence_hours, gnso->silence_hours);
	CHECK_EQ(s->list_non_consensus, gnso->list_non_consensus);
	CHECK_EQ(s->may_amend, gnso->may_amend);
	SAYS(INVALID, "eo is not a language of the United Nations; write ar, en, es, fr, ru or zh.",
	    g, "methods.draft", "title", "x", "text", "x", "preset", "gnso", "languages", "eo");
	arena_free(g->arena);
}

TEST(methods_change_never_acts_back)
{
	struct group *g = try_group(&rooms);
	CHECK_EQ(DRAFT(g, "gnso", "silence_hours", "100"), OK);    /* entry 0 */
	CHECK_EQ(DRAFT(g, "ietf", "silence_hours", "200"), OK);    /* entry 1 */
	CHECK_EQ(DO(g, NULL, "methods.adopt", "number", "1"), OK); /* entry 2 */
	CHECK_EQ(DO(g, NULL, "methods.adopt", "number", "2"), OK); /* entry 3 */
	CHECK_EQ(methods_at(g, 1)->silence_hours, 72);
	CHECK_EQ(methods_at(g, 2)->silence_hours, 100);
	CHECK_EQ(methods_at(g, 3)->silence_hours, 200);
	CHECK_EQ(methods_now(g)->silence_hours, 200);
	CHECK_EQ(methods_get(g, 1)->status, METHODS_SUPERSEDED);
	CHECK_EQ(methods_get(g, 2)->status, METHODS_ADOPTED);
	CHECK_EQ(methods_adopted(g), 2);
	arena_free(g->arena);
}

TEST(methods_adoption_is_refused_in_words)
{
	struct group *g = try_group(&rooms);
	SAYS(ABSENT, "There is no version 1 of the methods of work; draft it first.", g,
	    "methods.adopt", "number", "1");
	CHECK_EQ(DRAFT(g, "gnso", "title", "a"), INVALID); /* one field, two values */
	CHECK_EQ(DRAFT(g, "gnso", "readings", "3"), OK);
	CHECK_EQ(DRAFT(g, "gnso", "readings", "4"), OK);
	SAYS(REFUSED, "Meeting 1 has not been opened, so it cannot have adopted anything.", g,
	    "methods.adopt", "number", "1", "meeting", "1");
	CHECK_EQ(DO(g, NULL, "methods.adopt", "number", "1"), OK);
	SAYS(REFUSED, "Version 1 of the methods of work is in force.", g, "methods.adopt", "number",
	    "1");
	CHECK_EQ(DO(g, NULL, "methods.adopt", "number", "2"), OK);
	SAYS(REFUSED,
	    "Version 1 was superseded; to return to it, draft it again so that the change is "
	    "visible.",
	    g, "methods.adopt", "number", "1");
	arena_free(g->arena);
}

/* The secretariat prepares, the Chair declares. */
TEST(methods_are_adopted_by_the_chair)
{
	struct group *g = try_group(&rooms);
	CHECK_EQ(DRAFT(g, "gnso", "readings", "3"), OK);
	CHECK_EQ(try_act(&rooms, g, "methods.adopt", ACTOR_SYSTEM, ROLE_SECRETARIAT, NOW, NULL,
	             "number", "1", NULL),
	    DENIED);
	arena_free(g->arena);
}
