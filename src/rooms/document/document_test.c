/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Documents and symbols: each refusal, the scheme, revisions, and that a symbol is given once. */
#include "engine/testing.h"
#include "harness/t.h"
#include "rooms/document/document.h"
#include "rooms/group/group.h"

#include <stdio.h>

#include "base/poison.h"

extern const struct room_commands document_commands;
extern const struct room_commands group_commands;
extern const struct room_commands meeting_commands;

static const struct room list[ROOM_COUNT] = {
    [ROOM_group] = {.name = "group", .commands = &group_commands},
    [ROOM_meeting] = {.name = "meeting", .commands = &meeting_commands},
    [ROOM_document] = {.name = "document", .commands = &document_commands},
};
static const struct rooms rooms = {.v = list, .n = ROOM_COUNT};

static const actor_id SEC = {.b = {1}};

#define NOON(year, month, day) when_from_civil((struct civil){year, month, day, 12, 0, 0, 0})

struct trial {
	struct group *g;
	usec now;
	struct err err;
};

static void start(struct trial *t)
{
	*t = (struct trial){.g = try_group(&rooms), .now = NOON(2017, 1, 26)};
	group_in(t->g)->short_title = S("WGEC");
}

#define DO(command, ...)                                                                        \
	(err_clear(&t.err), try_act(&rooms, t.g, command, SEC, ROLE_SECRETARIAT, t.now, &t.err, \
	                        __VA_ARGS__, NULL))
#define ISSUE(kind, ...)                                                                      \
	DO("document.issue", "kind", kind, "title", "A title", "lang", "en", "text", "Words", \
	    __VA_ARGS__)
#define ISSUE_PLAIN(kind) ISSUE(kind, "meeting", "")
#define SAYS(z)           CHECK_STR(err_text(&t.err, t.g->arena), z)
#define SYMBOL(n)         document_find(t.g, n)->symbol

TEST(document_symbols_count_by_kind_and_year)
{
	struct trial t;
	start(&t);
	CHECK_EQ(ISSUE_PLAIN("crp"), OK);
	CHECK_EQ(ISSUE_PLAIN("crp"), OK);
	CHECK_EQ(ISSUE_PLAIN("zero_draft"), OK);
	t.now = NOON(2018, 1, 29);
	CHECK_EQ(ISSUE_PLAIN("crp"), OK);
	CHECK_STR(SYMBOL(1), "WGEC/2017/CRP.1");
	CHECK_STR(SYMBOL(2), "WGEC/2017/CRP.2");
	CHECK_STR(SYMBOL(3), "WGEC/2017/ZD.1");
	CHECK_STR(SYMBOL(4), "WGEC/2018/CRP.1");
	CHECK_STR(document_next_symbol(t.g->arena, t.g, "report", t.now), "WGEC/2018/REP.1");
	arena_free(t.g->arena);
}

TEST(document_scheme_holds_from_now_on)
{
	struct trial t;
	start(&t);
	CHECK_EQ(ISSUE_PLAIN("information"), OK);
	CHECK_EQ(DO("document.scheme", "scheme", "SHORT/KIND"), INVALID);
	SAYS("The scheme needs an n, where the number of the document goes.");
	CHECK_EQ(DO("document.scheme", "scheme", "SHORT n"), INVALID);
	SAYS("A scheme is made of letters, digits and the signs / . - ( ).");
	CHECK_EQ(DO("document.scheme", "scheme", "E/CN.16/SHORT/KIND/n"), OK);
	CHECK_EQ(ISSUE_PLAIN("information"), OK);
	CHECK_STR(SYMBOL(1), "WGEC/2017/INF.1");
	CHECK_STR(SYMBOL(2), "E/CN.16/WGEC/INF/1");
	arena_free(t.g->arena);
}

TEST(document_is_followed_by_rev_add_corr)
{
	struct trial t;
	start(&t);
	CHECK_EQ(ISSUE_PLAIN("crp"), OK);
	CHECK_EQ(ISSUE("crp", "revises", "1"), OK);
	CHECK_STR(SYMBOL(2), "WGEC/2017/CRP.1/Rev.1");
	CHECK_EQ(document_find(t.g, 1)->revised_by, 2);
	CHECK_EQ(ISSUE("crp", "revises", "1"), REFUSED);
	SAYS("WGEC/2017/CRP.1 was already revised by WGEC/2017/CRP.1/Rev.1; revise that one.");
	CHECK_EQ(ISSUE("crp", "revises", "2", "suffix", "rev"), OK);
	CHECK_STR(SYMBOL(3), "WGEC/2017/CRP.1/Rev.2");
	CHECK_EQ(ISSUE("corrigendum", "revises", "2", "suffix", "corr"), OK);
	CHECK_STR(SYMBOL(4), "WGEC/2017/CRP.1/Rev.1/Corr.1");
	CHECK_EQ(ISSUE("crp", "revises", "3", "suffix", "add"), OK);
	CHECK_STR(SYMBOL(5), "WGEC/2017/CRP.1/Rev.2/Add.1");
	CHECK_EQ(ISSUE("crp", "revises", "5"), OK);
	CHECK_STR(SYMBOL(6), "WGEC/2017/CRP.1/Rev.2/Add.1/Rev.1");
	CHECK_EQ(ISSUE("limited", "revises", "3"), REFUSED);
	SAYS("WGEC/2017/CRP.1/Rev.2 is of the kind \"Conference room paper\" and so is its "
	     "revision; a "
	     "document of another kind is new.");
	CHECK_EQ(ISSUE("crp", "revises", "77"), ABSENT);
	CHECK_EQ(ISSUE("crp", "suffix", "add"), INVALID);
	SAYS("Choose the document that this one follows.");
	CHECK_EQ(ISSUE("crp", "meeting", "3"), ABSENT);
	SAYS("There is no meeting 3.");
	arena_free(t.g->arena);
}

TEST(document_symbol_is_received_once)
{
	struct trial t;
	start(&t);
	CHECK_EQ(ISSUE("report", "own_symbol", "A/RES/70/125"), OK);
	CHECK_STR(SYMBOL(1), "A/RES/70/125");
	CHECK_EQ(ISSUE("report", "own_symbol", "A/RES/70/125"), REFUSED);
	SAYS("A/RES/70/125 is issued already and never changes; issue a revision of it instead.");
	/* The same address would lead to two documents. */
	CHECK_EQ(ISSUE("report", "own_symbol", "A-RES-70-125"), REFUSED);
	CHECK_EQ(ISSUE("report", "own_symbol", "A RES"), INVALID);
	SAYS("A symbol is made of letters, digits and the signs / . - ( ), such as A/RES/70/125.");
	CHECK_EQ(ISSUE("crp", "own_symbol", "WGEC/2017/CRP.1"), OK);
	CHECK_EQ(ISSUE_PLAIN("crp"), OK);
	CHECK_STR(SYMBOL(3), "WGEC/2017/CRP.2");
	CHECK_EQ(DO("document.issue", "kind", "crp", "title", "T", "lang", "en"), REFUSED);
	SAYS("Please write the text or add a file.");
	arena_free(t.g->arena);
}

TEST(document_symbols_are_unique_whatever_is_issued)
{
	struct trial t;
	struct t_rand r = {7};
	static const char *const kinds[] = {"crp", "limited", "report"};
	static const char *const suffixes[] = {"rev", "add", "corr"};
	start(&t);
	for (int i = 0; i < 300; i++) {
		char number[24];
		const char *kind = kinds[t_rand_below(&r, 3)];
		const char *suffix = suffixes[t_rand_below(&r, 3)];
		snprintf(number, sizeof number, "%zu", t_rand_below(&r, 40) + 1);
		t.now += USEC_DAY * (usec)t_rand_below(&r, 9);
		enum rc rc = t_rand_below(&r, 2) ? ISSUE(kind, "revises", number, "suffix", suffix)
		                                 : ISSUE_PLAIN(kind);
		CHECK(rc == OK || rc == REFUSED || rc == ABSENT);
		if (t_rand_below(&r, 20) == 0)
			document_fold_other(t.g, t.g->n, S("report"),
			    document_next_symbol(t.g->arena, t.g, "report", t.now), 0);
	}
	NEED(document_total(t.g) > 100);
	for (int64_t i = 1; i <= document_total(t.g); i++) {
		const struct document_item *d = document_find(t.g, i);
		CHECK(document_by_symbol(t.g, d->symbol) == d);
		for (int64_t k = 1; k < i; k++)
			CHECK(!str_eq(document_slug(t.g->arena, d->symbol),
			    document_slug(t.g->arena, SYMBOL(k))));
		if (d->revised_by)
			CHECK_EQ(document_find(t.g, d->revised_by)->revises, i);
	}
	arena_free(t.g->arena);
}
