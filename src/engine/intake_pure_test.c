/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The parts of intake without a child: the strict reading of replies, and paragraphs of pages. */
#include "base/utf8.h"
#include "engine/intake_reply.h"
#include "engine/intake_text.h"
#include "t.h"

#include "base/poison.h"

/* ---- replies ---- */

static bool takes(str s)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in;
	enum intake_no no;
	return intake_reply_read(a, s, &in, &no);
}

#define KIND "K\1\0\0\0\2"
#define END  "E\0\0\0\0"

TEST(reply_is_read_strictly)
{
	static const struct {
		str bytes;
		bool taken;
	} cases[] = {
	    {S(KIND END), true},
	    {S(KIND "P\2\0\0\0\0a" END), true},
	    {S(KIND "P\2\0\0\0\012a" END), true}, /* a note */
	    {S("N\1\0\0\0\1"), true},
	    {S(""), false},
	    {S("K"), false},
	    {S(KIND), false},              /* no end */
	    {S(END), false},               /* no kind */
	    {S("K\1\0\0\0\5" END), false}, /* no such kind */
	    {S("K\1\0\0\0\377" END), false},
	    {S("K\2\0\0\0\1\1" END), false},
	    {S("K\0\0\0\0" END), false},
	    {S(KIND KIND END), false}, /* two kinds */
	    {S(KIND END END), false},  /* after the end */
	    {S(KIND END "x"), false},
	    {S(KIND "E\1\0\0\0x"), false},
	    {S(KIND "P\1\0\0\0\0" END), false}, /* empty */
	    {S(KIND "P\0\0\0\0" END), false},
	    {S(KIND "P\2\0\0\0\013a" END), false},          /* no such level */
	    {S(KIND "P\2\0\0\0\0 " END), false},            /* not trimmed */
	    {S(KIND "P\2\0\0\0\0\xff" END), false},         /* not UTF-8 */
	    {S(KIND "P\4\0\0\0\0a\0b" END), false},         /* a control */
	    {S(KIND "P\4\0\0\0\0\xed\xa0\x80" END), false}, /* a surrogate */
	    {S(KIND "P\377\377\377\377\0a"), false},        /* longer than there is */
	    {S(KIND "P\0\0\20\200\0a"), false},             /* above the limit */
	    {S(KIND "P\3\0\0\0\0a"), false},                /* cut off */
	    {S(KIND "Q\2\0\0\0\0a" END), false},            /* no such letter */
	    {S(KIND "N\1\0\0\0\1"), false},                 /* a refusal does not follow */
	    {S("N\1\0\0\0\0"), false},                      /* no reason */
	    {S("N\1\0\0\0\100"), false},                    /* no such reason */
	    {S("N\1\0\0\0\1" END), false},
	    {S("N\0\0\0\0"), false},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (takes(cases[i].bytes) != cases[i].taken)
			t_fail(__FILE__, __LINE__, "case %zu: %s", i,
			    cases[i].taken ? "not taken" : "taken");
}

TEST(reply_writer_cuts_between_characters)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf text = buf_in(a, 0);
	buf_putc(&text, 'x');
	while (text.n < 3 * REPLY_PARAGRAPH_MAX)
		buf_put(&text, S("\xe4\xb8\xad"));
	struct buf reply = buf_in(a, REPLY_MAX);
	reply_kind(&reply, INTAKE_ODT);
	reply_paragraph(&reply, 3, buf_str(&text));
	reply_end(&reply);
	struct intake in;
	enum intake_no no;
	NEED(intake_reply_read(a, buf_str(&reply), &in, &no) && no == NO_REASON);
	CHECK_EQ(in.paragraphs.n, 4);
	size_t sum = 0;
	for (size_t i = 0; i < in.paragraphs.n; i++)
		sum += in.paragraphs.p[i].text.n;
	CHECK_EQ(sum, text.n);
	CHECK_EQ(in.paragraphs.p[0].level, 3);
}

TEST(reply_of_too_many_paragraphs_is_too_long)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf reply = buf_in(a, REPLY_MAX);
	reply_kind(&reply, INTAKE_ODT);
	for (int i = 0; i < REPLY_PARAGRAPHS_MAX; i++)
		reply_paragraph(&reply, 0, S("x"));
	struct buf more = buf_in(a, REPLY_MAX);
	buf_put(&more, buf_str(&reply));
	reply_end(&reply);
	struct intake in;
	enum intake_no no;
	NEED(intake_reply_read(a, buf_str(&reply), &in, &no));
	CHECK_EQ(no, NO_REASON);
	CHECK_EQ(in.paragraphs.n, REPLY_PARAGRAPHS_MAX);
	reply_paragraph(&more, 0, S("x"));
	reply_end(&more);
	NEED(intake_reply_read(a, buf_str(&more), &in, &no));
	CHECK_EQ(no, NO_TOO_LONG);
}

/* ---- pages ---- */

static void check_pages(const char *pages, const char *want)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct intake in = {0};
	intake_text_pages(a, str_of(pages), &in);
	struct buf got = buf_in(a, 0);
	for (size_t i = 0; i < in.paragraphs.n; i++) {
		buf_sep(&got, S("|"));
		buf_put(&got, in.paragraphs.p[i].text);
	}
	CHECK_STR(buf_str(&got), want);
}

TEST(pages_become_paragraphs)
{
	check_pages("", "");
	check_pages("\f\f", "");
	check_pages("One line that is long\nand one that goes on\n\nSecond\n\f",
	    "One line that is long and one that goes on|Second");
	/* A short line ends on purpose. */
	check_pages(
	    "Title\nA line that is much longer than the title is\nand so on and so on and on.\n\f",
	    "Title\nA line that is much longer than the title is and so on and so on and on.");
	/* A sentence goes on over the break, and over the page's number. */
	check_pages("The Group agreed on the\n\n12\n\f13\n\nfollowing text.\n\n- 13 -\n\f",
	    "The Group agreed on the following text.");
	check_pages("It ended.\n\fthen it went on\n\f", "It ended.|then it went on");
	check_pages("Heading\n\fAnother\n\f", "Heading|Another");
	check_pages("工作组\n会议\n\f记录\n\f", "工作组会议记录");
	check_pages(
	    "Рабочая группа\n\fпродолжила работу.\n\f", "Рабочая группа продолжила работу.");
	/* A number alone on its page, and a year, are text. */
	check_pages("42\n\f", "42");
	check_pages("2016\n\nReport of the Group\n\f", "2016|Report of the Group");
	/* Whatever is not UTF-8 does not get through. */
	check_pages("a\xff"
	            "b\x01"
	            "c\xed\xa0\x80"
	            "d\f",
	    "a\xef\xbf\xbd"
	    "bc\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	    "d");
}
