/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Lines out of what a captioner's software sends, with corrections over their ends. */
#include "caption/stream.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "t.h"
#include "t_rand.h"

#include "base/poison.h"

/* All lines, each ended one with "|". */
static str shown(struct arena *a, const struct caption_stream *s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s->lines.n; i++) {
		buf_put(&b, s->lines.p[i]);
		if (i + 1 < s->lines.n || !s->open)
			buf_putc(&b, '|');
	}
	return buf_str(&b);
}

#define GIVES(piece, text)                            \
	do {                                          \
		caption_stream_take(a, &s, S(piece)); \
		CHECK_STR(shown(a, &s), text);        \
	} while (0)

TEST(lines_end_and_corrections_go_back_over_their_ends)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct caption_stream s = {0};
	GIVES("We a", "We a");
	GIVES("gree.\nThank", "We agree.|Thank");
	GIVES(" you\r\n\r", "We agree.|Thank you||");
	GIVES("\b\b\b", "We agree.|Thank yo");
	GIVES("\x7fo", "We agree.|Thank yo");
	GIVES("\b\b\b\b\b\b\b\b\b", "We agree.");
	CHECK(s.open);
	GIVES("\b!\n", "We agree!|");
	CHECK(!s.open);
	CHECK_EQ(s.late, 0);
	GIVES("\tM\x01\x1bore\xef\xbb\xbf", "We agree!| More");
}

TEST(a_correction_that_finds_nothing_is_counted)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct caption_stream s = {0};
	GIVES("ab\b\b\b\bc", "c");
	CHECK_EQ(s.late, 2);
}

TEST(a_character_of_several_bytes_goes_as_one)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct caption_stream s = {0};
	GIVES(
	    "\xe4\xbc\x9a\xe8\xae\xae\xf0\x9f\x98\x80", "\xe4\xbc\x9a\xe8\xae\xae\xf0\x9f\x98\x80");
	GIVES("\b\b", "\xe4\xbc\x9a");
}

TEST(a_line_that_never_ends_is_ended)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct caption_stream s = {0};
	for (int i = 0; i < 120; i++)
		caption_stream_take(a, &s, S("word "));
	CHECK_EQ(s.lines.n, 2);
	CHECK_EQ(s.lines.p[0].n, 504);
	/* A backspace for each character that was sent takes back all of it. */
	for (int i = 0; i < 600; i++)
		caption_stream_take(a, &s, S("\b"));
	CHECK_EQ(s.lines.n, 0);
	CHECK_EQ(s.late, 0);
	for (int i = 0; i < 1500; i++)
		caption_stream_take(a, &s, S("x"));
	CHECK_EQ(s.lines.n, 2);
	CHECK_EQ(s.lines.p[0].n, CAPTION_LINE_MAX);
}

/* However the characters are cut into pieces, the lines are the same. */
TEST(pieces_do_not_matter)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct t_rand rnd = {11};
	static const char *const some[] = {"a", "b", " ", "\n", "\b", "\xc3\xa9", "\x7f"};
	for (int round = 0; round < 300; round++) {
		struct caption_stream one = {0}, many = {0};
		struct buf all = buf_in(a, 0), piece = buf_in(a, 0);
		for (int i = 0; i < 200; i++) {
			const char *c = some[t_rand_below(&rnd, 7)];
			buf_put(&all, str_of(c));
			buf_put(&piece, str_of(c));
			if (t_rand_below(&rnd, 4) == 0) {
				caption_stream_take(a, &many, buf_str(&piece));
				piece = buf_in(a, 0);
			}
		}
		caption_stream_take(a, &many, buf_str(&piece));
		caption_stream_take(a, &one, buf_str(&all));
		CHECK_STR(shown(a, &many), arena_z(a, shown(a, &one)));
		CHECK_EQ(many.late, one.late);
	}
}

TEST(who_speaks_stands_before_the_words)
{
	bool turn;
	str label, words;
	caption_stream_speaker(S(">> KENYA: We agree: all."), &turn, &label, &words);
	CHECK(turn);
	CHECK_STR(label, "KENYA");
	CHECK_STR(words, "We agree: all.");
	caption_stream_speaker(S(">>Thank you."), &turn, &label, &words);
	CHECK(turn);
	CHECK_STR(label, "");
	CHECK_STR(words, "Thank you.");
	caption_stream_speaker(S("At 10:30 we meet."), &turn, &label, &words);
	CHECK(!turn);
	CHECK_STR(label, "");
	CHECK_STR(words, "At 10:30 we meet.");
	caption_stream_speaker(S(">> :"), &turn, &label, &words);
	CHECK_STR(label, "");
}
