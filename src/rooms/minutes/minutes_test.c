/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/testing.h"
#include "harness/t.h"
#include "rooms/minutes/minutes_pages.h"

#include "base/poison.h"

extern const struct room_commands group_commands;
extern const struct room_commands methods_commands;
extern const struct room_commands meeting_commands;
extern const struct room_commands minutes_commands;

static const struct room list[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_commands},
    [ROOM_methods] = {.name = "methods", .commands = &methods_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
    [ROOM_minutes] = {.name = "minutes", .commands = &minutes_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

/* 26 January 2017, 09:00 UTC. */
#define NOW ((usec)17192 * USEC_DAY + 9 * 3600 * USEC_SECOND)
#define SAYS(code, sentence, g, name, ...)                                                 \
	do {                                                                               \
		struct err e_ = {0};                                                       \
		CHECK_EQ(try_act(&rooms, (g), (name), ACTOR_SYSTEM, ROLE_OFFICE, NOW, &e_, \
		             __VA_ARGS__, NULL),                                           \
		    code);                                                                 \
		CHECK_STR(err_text(&e_, (g)->arena), sentence);                            \
	} while (0)
#define OKAY(g, name, ...)                                                                         \
	CHECK_EQ(                                                                                  \
	    try_act(&rooms, (g), (name), ACTOR_SYSTEM, ROLE_OFFICE, NOW, NULL, __VA_ARGS__, NULL), \
	    OK)

TEST(a_draft_is_filed_of_a_meeting_that_has_begun)
{
	struct group *g = try_group(&rooms);
	SAYS(ABSENT, "There is no meeting 1; announce it first.", g, "minutes.file", "meeting", "1",
	    "text", "x");
	OKAY(g, "meeting.announce", "title", "Second meeting", "place", "Geneva", "starts",
	    "2017-01-26", "ends", "2017-01-27", "zone", "Europe/Zurich", "publicity", "public");
	SAYS(REFUSED,
	    "Meeting 1 has not begun; its summary is drafted when it is under way or over.", g,
	    "minutes.file", "meeting", "1", "text", "x");
	OKAY(g, "meeting.open", "meeting", "1");
	CHECK_EQ(minutes_latest(g, 1), 0);
	OKAY(g, "minutes.file", "meeting", "1", "text", "# One\n\nTwo");
	OKAY(g, "minutes.file", "meeting", "1", "text", "Three");
	CHECK_EQ(minutes_latest(g, 1), 2);
	CHECK_EQ(minutes_latest(g, 2), 0);
	arena_free(g->arena);
}

TEST(a_turn_belongs_to_the_item_under_consideration)
{
	const struct minutes_span spans[] = {
	    {.item = 1, .from = 10, .until = 40, .from_seq = 1, .until_seq = 9},
	    {.item = 2, .from = 20, .until = 30, .from_seq = 2, .until_seq = 8},
	    {.item = 3, .from = 50, .until = USEC_NONE, .from_seq = 10},
	};
	struct minutes_turn t[] = {{.at = 5}, {.at = 10}, {.at = 25}, {.at = 30}, {.at = 40},
	    {.at = 60}, {.at = 25, .item = 7}};
	const int64_t want[] = {0, 1, 2, 1, 0, 3, 7};
	minutes_place(t, 7, spans, 3);
	for (size_t i = 0; i < 7; i++)
		CHECK_EQ(t[i].item, want[i]);
}

static const struct minutes_voice said[] = {
    {1, 0, 0, {"CHAIR", 5}},
    {2, 0, 4, {"Kenya", 5}},
    {3, 0, 9, {"Estonia", 7}},
    {4, 0, 0, {"CHAIR", 5}},
    {5, 0, 4, {"Kenya", 5}},
    {6, 0, 0, {"Youth Observatory", 17}},
    {7, 0, 2, {"Ghana", 5}},
};

TEST(a_turn_finds_its_words_in_the_same_order)
{
	struct arena *a = arena_new(0);
	struct minutes_turn t[] = {
	    {.seat = 4, .party = S("Kenya")},
	    {.seat = 4, .party = S("Kenya")},
	    {.party = S("youth observatory")},
	    {.seat = 8, .party = S("Nobody heard")},
	    {.seat = 2, .party = S("Ghana")},
	};
	const int64_t want[] = {2, 5, 6, 0, 7};
	minutes_match(a, t, 5, said, 7);
	for (size_t i = 0; i < 5; i++)
		CHECK_EQ(t[i].said, want[i]);
	/* One that is out of its order costs no more than itself. */
	struct minutes_turn late[] = {{.seat = 2}, {.seat = 4}, {.seat = 9}, {.seat = 4}};
	const int64_t kept[] = {0, 2, 3, 5};
	minutes_match(a, late, 4, said, 7);
	for (size_t i = 0; i < 4; i++)
		CHECK_EQ(late[i].said, kept[i]);
	/* What was said under another item is not it. */
	const struct minutes_voice items[] = {{1, 2, 4, {"Kenya", 5}}, {2, 5, 4, {"Kenya", 5}}};
	struct minutes_turn under[] = {{.seat = 4, .item = 5}, {.seat = 4, .item = 6}};
	minutes_match(a, under, 2, items, 2);
	CHECK_EQ(under[0].said, 2);
	CHECK_EQ(under[1].said, 0);
	/* An empty label is nobody. */
	const struct minutes_voice note = {1, 0, 0, {"", 0}};
	struct minutes_turn erased = {.party = STR_EMPTY};
	minutes_match(a, &erased, 1, &note, 1);
	CHECK_EQ(erased.said, 0);
	minutes_match(a, &erased, 1, NULL, 0);
	arena_free(a);
}

/* Against all ways of matching, for short sequences of few speakers. */
static size_t most(const struct minutes_turn *t, size_t n, const struct minutes_voice *v, size_t m)
{
	if (!n || !m)
		return 0;
	size_t a = most(t + 1, n - 1, v, m), b = most(t, n, v + 1, m - 1);
	size_t best = a > b ? a : b;
	size_t c = t->seat == v->seat ? most(t + 1, n - 1, v + 1, m - 1) + 1 : 0;
	return c > best ? c : best;
}

TEST(no_way_matches_more_turns)
{
	struct arena *a = arena_new(0);
	uint32_t x = 12345;
	for (int round = 0; round < 300; round++) {
		struct minutes_turn t[6] = {0};
		struct minutes_voice v[7] = {0};
		size_t found = 0;
		int64_t before = 0;
		for (size_t i = 0; i < 6; i++)
			t[i].seat = 1 + (int64_t)((x = x * 1664525 + 1013904223) >> 30);
		for (size_t j = 0; j < 7; j++)
			v[j] = (struct minutes_voice){(int64_t)j + 1, 0,
			    1 + (int64_t)((x = x * 1664525 + 1013904223) >> 30), STR_EMPTY};
		minutes_match(a, t, 6, v, 7);
		for (size_t i = 0; i < 6; i++) {
			if (!t[i].said)
				continue;
			CHECK(t[i].said > before);
			CHECK_EQ(v[t[i].said - 1].seat, t[i].seat);
			before = t[i].said;
			found++;
		}
		CHECK_EQ(found, most(t, 6, v, 7));
		arena_reset(a);
	}
	arena_free(a);
}

TEST(times_add_up_by_constituency)
{
	struct arena *a = arena_new(0);
	const struct minutes_turn t[] = {
	    {.item = 3, .constituency = S("Business"), .place = 6, .seconds = 60},
	    {.item = 3, .seconds = 10},
	    {.item = 3, .constituency = S("Africa"), .place = 1, .seconds = 100},
	    {.item = 4, .constituency = S("Africa"), .place = 1, .seconds = 1000},
	    {.item = 3, .constituency = S("Business"), .place = 6, .seconds = 5},
	};
	minutes_turns of = minutes_of_item(a, t, 5, 3);
	CHECK_EQ(of.n, 4);
	minutes_times sum = minutes_sum(a, of.p, of.n);
	CHECK_EQ(sum.n, 3);
	CHECK_STR(sum.p[0].constituency, "Africa");
	CHECK_EQ(sum.p[0].seconds, 100);
	CHECK_EQ(sum.p[1].turns, 2);
	CHECK_EQ(sum.p[1].seconds, 65);
	CHECK_STR(sum.p[2].constituency, "");
	arena_free(a);
}

TEST(attendance_is_by_constituency_and_way)
{
	struct arena *a = arena_new(0);
	const struct minutes_here here[] = {
	    {.party = S("Ghana"), .constituency = S("Africa"), .seat = 1, .seq = 7},
	    {.party = S("Kenya"), .constituency = S("Africa"), .seat = 2, .seq = 7},
	    {.party = S("Kenya"), .constituency = S("Africa"), .seat = 2, .seq = 7},
	    {.party = S("Kenya"), .constituency = S("Africa"), .seat = 2, .remote = true, .seq = 3},
	    {.party = S("Norway"), .constituency = S("Observers"), .seq = 7},
	    {.constituency = S("Observers"), .seq = 7},
	};
	minutes_groups g = minutes_present(a, here, 6);
	CHECK_EQ(g.n, 2);
	CHECK_EQ(g.p[0].seats, 2);
	CHECK_EQ(g.p[0].people[0], 3);
	CHECK_EQ(g.p[0].people[1], 1);
	CHECK_EQ(g.p[0].parties[0].n, 2);
	CHECK_EQ(g.p[0].parties[0].p[1].people, 2);
	CHECK_EQ(g.p[0].entries.n, 2);
	CHECK_EQ(g.p[0].entries.p[0], 3);
	CHECK_EQ(g.p[0].entries.p[1], 7);
	CHECK_EQ(g.p[1].seats, 0);
	CHECK_EQ(g.p[1].people[0], 2);
	CHECK_EQ(g.p[1].parties[0].n, 2);
	CHECK_STR(g.p[1].parties[0].p[1].party, "");
	arena_free(a);
}

TEST(words_stay_words_in_markdown)
{
	struct arena *a = arena_new(0);
	CHECK_STR(minutes_escape(a, S("- not *a* point\n12. nor [a] number\n# nor > this"), true),
	    "\\- not \\*a\\* point\n12\\. nor \\[a\\] number\n\\# nor \\> this");
	static const char *const same[] = {"- not *a* point", "12. nor [a] number", "# nor > this",
	    "a\\b", "+1 = 2", "12) x", "plain, with . and ) and -"};
	for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
		CHECK_STR(minutes_plain(a, minutes_escape(a, str_of(same[i]), true)), same[i]);
	arena_free(a);
}

TEST(markdown_and_the_summary_that_comes_of_it)
{
	struct arena *a = arena_new(0);
	minutes_blocks b = {0};
	struct minutes_block *x = vec_push(a, &b);
	*x = (struct minutes_block){.kind = MINUTES_HEADING};
	*vec_push(a, &x->lines) = (struct minutes_line){.text = S("3. Mandate")};
	x = vec_push(a, &b);
	*x = (struct minutes_block){.kind = MINUTES_NUMBERS};
	struct minutes_link e12 = {S("entry 12"), URL(a, S("g"), S("x"), S("record"), S("12"))};
	for (int i = 0; i < 2; i++) {
		struct minutes_line *l = vec_push(a, &x->lines);
		*l = (struct minutes_line){.text = S("Kenya")};
		*vec_push(a, &l->links) = e12;
	}
	x = vec_push(a, &b);
	*x = (struct minutes_block){.kind = MINUTES_QUOTE};
	*vec_push(a, &x->lines) =
	    (struct minutes_line){.text = S("The group *agreed*.\n- On this.")};
	str md = minutes_markdown(a, b.p, b.n, STR_EMPTY);
	CHECK_STR(md, "## 3. Mandate\n\n1. Kenya [entry 12]\n2. Kenya [entry 12]\n\n> The group "
	              "\\*agreed\\*.\n> \\- On this.\n\n[entry 12]: /g/x/record/12\n");
	CHECK_STR(minutes_plain(a, md),
	    "3. Mandate\n\n1. Kenya [entry 12]\n\n2. Kenya [entry 12]\n\nThe group *agreed*.\n- On "
	    "this.");
	CHECK_STR(minutes_plain(a, STR_EMPTY), "");
	/* As a file it is read elsewhere. */
	md = minutes_markdown(a, b.p, b.n, S("https://wg.example.org"));
	CHECK(str_ends(md, S("\n[entry 12]: https://wg.example.org/g/x/record/12\n")));
	arena_free(a);
}
