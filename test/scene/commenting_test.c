/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* A commenting table comes in as a file, gets its dispositions, goes out and comes in again. */
#include "t.h"
#include "visitor.h"

#include "base/poison.h"

#define DO(v, command, ...)                                                              \
	visitor_send((v), S("/g/wgec/do/" command), (const struct typed[]){__VA_ARGS__}, \
	    sizeof((const struct typed[]){__VA_ARGS__}) / sizeof(struct typed))
#define VISIT(who, path) CHECK_EQ(visitor_visit(who, S(path)), 200)
#define HEAD                                                                         \
	"MB/NC;Line number;Clause/Subclause;Paragraph/Figure/Table;Type of comment;" \
	"Comments;Proposed change;Observations of the secretariat\r\n"
#define TABLE "/g/wgec/drafts/2/comments"

/* The file as people get it. */
static str file_of(struct visitor *who)
{
	VISIT(who, TABLE ".csv");
	return arena_str(who->site->arena, who->at.body);
}

TEST(a_table_in_and_out)
{
	struct site s = site_start("examples/wgec");
	struct visitor office = visitor_enter(&s, "Secretariat");
	struct visitor kenya = visitor_enter(&s, "Delegate");
	struct visitor anyone = visitor_enter(&s, "");

	/* A new text, and a table as a spreadsheet in Europe saves it. */
	CHECK_EQ(DO(&office, "draft.open", {"title", S("Short text")}, {"lang", S("en")},
	             {"text", S("States ensure access.\n\nAll take part.")}),
	    200);
	CHECK_EQ(DO(&office, "comment.import", {"draft", S("2")},
	             {"file",
	                 S("\xef\xbb\xbf" HEAD "Kenya;;;Paragraph 2;te;\"Who; exactly?\";=All;\r\n"
	                   "GB;;;7;ed;Typo;;\r\nPeru;;;;ge;\"Two\nlines\";;Noted\r\n"),
	                 S("table.csv")}),
	    200);
	VISIT(&anyone, TABLE);
	CHECK(visitor_sees(&anyone, "Who; exactly?"));
	CHECK(visitor_sees(&anyone, "id=\"comment-3\""));
	CHECK(visitor_sees(&anyone, "not found in the text"));
	CHECK(visitor_sees(&anyone, "not a delegation of this group"));
	CHECK(!visitor_sees(&anyone, "Give a disposition"));
	VISIT(&anyone, "/g/wgec/drafts/2");
	CHECK(visitor_sees(&anyone, "Comments (3)"));
	CHECK(visitor_sees(&anyone, "/comments?paragraph=p2"));

	/* A delegate comments on a paragraph; the secretariat says what becomes of it. */
	CHECK_EQ(DO(&kenya, "comment.make", {"draft", S("2")}, {"paragraph", S("p1")},
	             {"kind", S("te")}, {"text", S("Access to what?")}),
	    200);
	CHECK_EQ(DO(&office, "comment.dispose", {"draft", S("2")}, {"comment", S("1")},
	             {"disposition", S("rejected")}),
	    422);
	CHECK(visitor_sees(&office, "Say why: Kenya is owed a reason"));
	CHECK_EQ(DO(&office, "comment.dispose", {"draft", S("2")}, {"comment", S("1")},
	             {"disposition", S("rejected")}, {"reason", S("All, and it says so.")}),
	    200);
	VISIT(&anyone, TABLE "?disposition=open");
	CHECK(visitor_sees(&anyone, "Access to what?"));
	CHECK(!visitor_sees(&anyone, "Who; exactly?"));
	VISIT(&anyone, TABLE "?paragraph=p2&party=Kenya");
	CHECK(visitor_sees(&anyone, "All, and it says so."));
	CHECK(!visitor_sees(&anyone, "Access to what?"));

	/* What goes out comes in again as the same rows. */
	str out = file_of(&anyone);
	CHECK(str_find(out, S("Rejected: \"")) == SIZE_MAX);
	CHECK(str_find(out, S("\"Who; exactly?\",'=All,\"Rejected: All, and it says so.\"")) !=
	      SIZE_MAX);
	CHECK_EQ(DO(&office, "draft.open", {"title", S("Its copy")}, {"lang", S("en")},
	             {"text", S("States ensure access.\n\nAll take part.")}),
	    200);
	CHECK_EQ(
	    DO(&office, "comment.import", {"draft", S("3")}, {"file", out, S("out.csv")}), 200);
	VISIT(&anyone, "/g/wgec/drafts/3/comments.csv");
	CHECK_STREQ(anyone.at.body, out);

	/* A spoiled one is refused as a whole, and says where. */
	CHECK_EQ(
	    DO(&kenya, "comment.import", {"draft", S("2")},
	        {"file", S(HEAD "Kenya;;;1;te;One;;\r\nKenya;;;1;xx;Two;;\r\n"), S("spoiled.csv")}),
	    422);
	CHECK(visitor_sees(&kenya, "Row 3, column 5: the type of comment is ge (general)"));
	CHECK_STREQ(file_of(&anyone), out);
	site_stop(&s);
}
