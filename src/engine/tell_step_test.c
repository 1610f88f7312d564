/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How a page became what it is, in few bytes. */
#include "engine/tell_step.h"

#include "t.h"
#include "base/poison.h"

#define GHANA                                                                               \
	"<div id=\"f-1\" data-state=\"speaking\">\n <h3>Has the floor</h3><p><b>Ghana</b> " \
	"<span></span></p></div>"
#define KENYA                                                                               \
	"<div id=\"f-2\" data-state=\"speaking\">\n <h3>Has the floor</h3><p><b>Kenya</b> " \
	"<span>A. N. Other</span></p></div>"
#define NOBODY "<div id=\"f-nobody\"><h3>Has the floor</h3><p>Nobody</p></div>"

#define STEP(...)                                                \
	tell_step(a, 7, (const struct step_slot[]){__VA_ARGS__}, \
	    sizeof((const struct step_slot[]){__VA_ARGS__}) / sizeof(struct step_slot))
#define ON(part, key, before, now)           \
	{                                    \
		S(part), S(key), before, now \
	}
#define NONE ((str){0})

TEST(what_changed_in_a_piece)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(
	    STEP(ON("say", "say-floor", S("<p id=\"say-floor\" data-seq=\"6\">Ghana &amp; co</p>"),
	        S("<p id=\"say-floor\" data-seq=\"8\">C&#39;est &lt;l&gt;</p>"))),
	    "[7,{},{\"say-floor\":[1,\"8\",2,\"C'est <l>\"]}]");
	CHECK_STR(STEP(ON("now", "f-1", S(GHANA), S(GHANA))), "[7,{},{}]");
	CHECK_STR(STEP(ON("now", "x", S("<p id=\"x\"></p>"), S("<p id=\"x\">An end</p>"))),
	    "[7,{},{\"x\":[1,\"An end\"]}]");
}

TEST(a_new_piece_is_told_by_another_of_its_kind)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(STEP(ON("now", "f-1", S(GHANA), NONE), ON("now", "f-2", NONE, S(KENYA)),
	              ON("now", "", S("i-1 f-1"), S("i-1 f-2"))),
	    "[7,{\"now\":[1,1,\"f-2\"]},{\"f-2\":[\"f-1\",6,\"Kenya\",8,\"A. N. "
	    "Other\"]}]");
	/* The tags differ, or nothing of its kind was there, or it is shorter so: whole. */
	CHECK_STR(STEP(ON("now", "f-1", S(GHANA), NONE),
	              ON("now", "f-nobody", NONE, S("<p id=\"f-nobody\">No</p>"))),
	    "[7,{},{\"f-nobody\":\"<p id=\\\"f-nobody\\\">No</p>\"}]");
	CHECK_STR(STEP(ON("queue", "q-1", S("<p id=\"q-1\">K</p>"), NONE),
	              ON("now", "f-2", NONE, S("<p id=\"f-2\">K</p>"))),
	    "[7,{},{\"f-2\":\"<p id=\\\"f-2\\\">K</p>\"}]");
	/* What templates do not write is not taken apart. */
	CHECK_STR(STEP(ON("a", "x", S("<p id=\"x\">a&nbsp;b and a long text</p>"),
	              S("<p id=\"x\">a&nbsp;c</p>"))),
	    "[7,{},{\"x\":\"<p id=\\\"x\\\">a&nbsp;c</p>\"}]");
	CHECK_STR(STEP(ON("a", "x", S("<p id=\"x\">a long text<br>b</p>"),
	              S("<p id=\"x\">a long text<br>c</p>"))),
	    "[7,{},{\"x\":\"<p id=\\\"x\\\">a long text<br>c</p>\"}]");
	CHECK_STR(STEP(ON("a", "x", S("a text"), S("another"))), "[7,{},{\"x\":\"another\"}]");
	CHECK(str_find(STEP(ON("now", "f-nobody", NONE, S(NOBODY))), S("Nobody</p>")) != SIZE_MAX);
}

TEST(the_order_of_a_part)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(STEP(ON("q", "", S("q-1 q-2 q-3"), S("q-2 q-3"))), "[7,{\"q\":[0,1]},{}]");
	CHECK_STR(
	    STEP(ON("q", "", S("q-1 q-2"), S("q-1 q-2 q-3"))), "[7,{\"q\":[2,0,\"q-3\"]},{}]");
	CHECK_STR(STEP(ON("q", "", S("q-1 q-2 q-3"), S("q-1 q-9 q-8 q-3"))),
	    "[7,{\"q\":[1,1,\"q-9\",\"q-8\"]},{}]");
	CHECK_STR(STEP(ON("q", "", S("q-1 q-1"), S("q-1"))), "[7,{\"q\":[1,1]},{}]");
	CHECK_STR(STEP(ON("q", "", NONE, S("q-1"))), "[7,{\"q\":[0,0,\"q-1\"]},{}]");
	CHECK_STR(STEP(ON("q", "", S("q-1"), S(""))), "[7,{\"q\":[0,1]},{}]");
}
