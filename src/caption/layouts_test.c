/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The layouts of transcripts: what is read, what is refused and how, and write then read. */
#include "caption/layouts.h"

#include <dirent.h>
#include <stdio.h>

#include "harness/t.h"

#include "base/poison.h"

#define SECONDS(n) ((usec)((n)*1000) * (USEC_SECOND / 1000))

static caption_cues read_as(struct arena *a, const char *text, enum caption_layout want)
{
	caption_cues cues = {0};
	struct err err = {0};
	enum caption_layout layout = CAPTION_CART;
	CHECK_EQ(caption_layout_of(str_of(text), "file", &layout, &err), OK);
	CHECK_EQ(layout, want);
	CHECK_EQ(caption_read(a, str_of(text), layout, "file", &cues, &err), OK);
	return cues;
}

static void check_cue(const caption_cues *c, size_t i, const char *speaker, const char *text)
{
	NEED(i < c->n);
	CHECK_STR(c->p[i].speaker, speaker);
	CHECK_STR(c->p[i].text, text);
}

TEST(cart_has_turns_paragraphs_and_notes)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	caption_cues c = read_as(a,
	    "ROUGH DRAFT\nnot a verbatim record\n\n>> CHAIR PERSON: Good\r\nmorning.\n\nWe begin.\n"
	    "(no audio)\nThank you.\n\n>> Who is there?\n\\>> is a sign\n",
	    CAPTION_CART);
	CHECK_EQ(c.n, 4);
	check_cue(&c, 0, "CHAIR PERSON", "Good morning.\nWe begin.");
	check_cue(&c, 1, "", "(no audio)");
	check_cue(&c, 2, "CHAIR PERSON", "Thank you.");
	check_cue(&c, 3, "", "Who is there? >> is a sign");
	CHECK(!caption_has_times(c.p, c.n));
}

TEST(webvtt_has_voices_times_and_entities)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	caption_cues c = read_as(a,
	    "\xef\xbb\xbfWEBVTT - title\n\nNOTE\nnothing\n\nSTYLE\n::cue {}\n\nfirst\n"
	    "00:00:01.500 --> 01:00:02.000 align:start\n<v.loud Peru &amp; Chile>Yes "
	    "&lt;3\n<i>more</i>\n\n"
	    "00:03.000 --> 00:04.000\n<v A>one</v> <v B>two\n",
	    CAPTION_VTT);
	CHECK_EQ(c.n, 3);
	check_cue(&c, 0, "Peru & Chile", "Yes <3\nmore");
	CHECK_EQ(c.p[0].starts, SECONDS(1.5));
	CHECK_EQ(c.p[0].ends, SECONDS(3602));
	check_cue(&c, 1, "A", "one");
	check_cue(&c, 2, "B", "two");
	CHECK_EQ(c.p[2].starts, SECONDS(3));
}

TEST(subrip_takes_speakers_as_cart_does)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	caption_cues c = read_as(a,
	    "1\r\n00:00:01,000 --> 00:00:02,250\r\n>> Kenya: We <i>agree</i>.\r\nAll of it.\r\n\r\n"
	    "2\r\n00:00:03,000 --> 00:00:04,000\r\nNote: nobody\r\n",
	    CAPTION_SRT);
	CHECK_EQ(c.n, 2);
	check_cue(&c, 0, "Kenya", "We agree.\nAll of it.");
	CHECK_EQ(c.p[0].ends, SECONDS(2.25));
	check_cue(&c, 1, "", "Note: nobody");
}

TEST(markdown_of_both_kinds)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	caption_cues c = read_as(a,
	    "# 2015-08-03 Title\n\n> (applause)\n>\n> twice\n\n### "
	    "\xe5\x94\x90\xe9\xb3\xb3\xef\xbc\x9a\n"
	    "Hello \\[laughs\\]\n\nAgain.\n\n> note\n\nStill I.\n",
	    CAPTION_MARKDOWN);
	CHECK_EQ(c.n, 4);
	check_cue(&c, 0, "", "(applause)\ntwice");
	check_cue(&c, 1, "\xe5\x94\x90\xe9\xb3\xb3", "Hello [laughs]\nAgain.");
	check_cue(&c, 3, "\xe5\x94\x90\xe9\xb3\xb3", "Still I.");
	c = read_as(a,
	    "---\ntitle: x\n---\n# T\n**Chair:** not this\n## Content:\n{: .x}\n**Ann B:** one  \n"
	    "\xe2\x80\xa6 two  \n\n### 1. Topic\n{: #s}\n\n> *Bob:* +1\n",
	    CAPTION_MARKDOWN);
	CHECK_EQ(c.n, 3);
	check_cue(&c, 0, "Ann B", "one\ntwo");
	check_cue(&c, 1, "", "1. Topic");
	check_cue(&c, 2, "Bob", "+1");
}

static const struct {
	const char *text, *says;
} refusals[] = {
    {"WEBVTT\n\n00:00:01 --> 00:00:02.000\nx\n",
        "Line 3: these times cannot be read. They are written 00:01:02.345 --> 00:01:04.567."},
    {"WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nx\n",
        "Line 3: what is said here ends before it begins. Please correct its times."},
    {"WEBVTT\n\nid\nwords\n",
        "Line 4: here the times of a caption are wanted, such as 00:01:02.345 --> 00:01:04.567."},
    {"WEBVTT\n\n00:01.000 --> 00:02.000\nx\n00:02.000 --> 00:03.000\ny\n",
        "Line 5: times stand inside of a caption. Please put an empty line before the next one."},
    {"WEBVTTX\n", "Line 1: a WebVTT file begins with the word WEBVTT alone on its line."},
    {"1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n",
        "Line 5: here the number of a caption or its times are wanted. An empty line inside of a "
        "caption must go."},
    {">> CHAIR:\n", "Nobody says anything in this text."},
    {"Just a letter.\n",
        "This is no transcript that can be read: no line begins with \">> NAME:\", none is a "
        "heading \"### Name:\", and there are no times as in WebVTT or SRT."},
    {">> CHAIR: \xff\n", "This text is not in UTF-8. Please save it as UTF-8 and try again."},
};

TEST(refusals_name_the_line_and_the_way_out)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
		caption_cues c = {0};
		struct err err = {0};
		enum caption_layout layout;
		str text = str_of(refusals[i].text);
		enum rc rc = caption_layout_of(text, "file", &layout, &err);
		if (rc == OK)
			rc = caption_read(a, text, layout, "file", &c, &err);
		CHECK_EQ(rc, INVALID);
		CHECK_STR(err_text(&err, a), refusals[i].says);
		CHECK_STR(str_of(err.field), "file");
	}
}

TEST(limits_are_kept)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf many = buf_in(a, 0), longest = buf_in(a, 0);
	caption_cues c = {0};
	struct err err = {0};
	for (size_t i = 0; i <= CAPTION_CUES_MAX; i++)
		buf_put(&many, S(">> A: b\n"));
	CHECK_EQ(caption_read(a, buf_str(&many), CAPTION_CART, "file", &c, &err), INVALID);
	CHECK_STR(err_text(&err, a),
	    "Line 5001: a transcript may have 5000 utterances. Please import it in parts, for each "
	    "agenda item its own.");
	buf_put(&longest, S(">> A: "));
	for (size_t i = 0; i <= CAPTION_TEXT_MAX; i++)
		buf_putc(&longest, 'x');
	c = (caption_cues){0};
	CHECK_EQ(caption_read(a, buf_str(&longest), CAPTION_CART, "file", &c, &err), INVALID);
	c = (caption_cues){0};
	CHECK_EQ(caption_read(
	             a, str_head(buf_str(&longest), longest.n - 1), CAPTION_CART, "file", &c, &err),
	    OK);
}

/* --- write, then read --- */

static const char *const bits[] = {"peace", ">>", "\\", "(aside)", ":", "&amp;", "<", "\n", "-->",
    "\xe5\x94\x90", "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "###", "1", "\n\n", "WEBVTT", "NOTE", "  ",
    "**A:**", "\xc2\xa0", "(", ")", "\t"};

static str any_text(struct arena *a, struct t_rand *r)
{
	struct buf b = buf_in(a, 0);
	for (size_t n = t_rand_below(r, 9) + 1; n; n--) {
		buf_put(&b, str_of(bits[t_rand_below(r, sizeof bits / sizeof bits[0])]));
		if (t_rand_below(r, 3))
			buf_putc(&b, ' ');
	}
	str s = caption_tidy_text(a, buf_str(&b));
	return s.n ? s : S("words");
}

static caption_cues any_cues(struct arena *a, struct t_rand *r, bool times)
{
	caption_cues c = {0};
	usec at = 0;
	for (size_t n = t_rand_below(r, 6) + 1; n; n--) {
		struct caption_cue *cue = vec_push(a, &c);
		*cue = (struct caption_cue){
		    .starts = USEC_NONE, .ends = USEC_NONE, .text = any_text(a, r)};
		cue->speaker =
		    t_rand_below(r, 3) ? caption_tidy_speaker(a, any_text(a, r)) : STR_EMPTY;
		if (!times)
			continue;
		cue->starts = at;
		cue->ends = at + (usec)t_rand_below(r, 90000000) * 1000;
		at = cue->ends;
	}
	return c;
}

static void check_same(struct arena *a, const caption_cues *c, str text, enum caption_layout layout)
{
	caption_cues got = {0};
	struct err err = {0};
	int before = t_failures();
	CHECK_EQ(caption_read(a, text, layout, "file", &got, &err), OK);
	CHECK_EQ(got.n, c->n);
	for (size_t i = 0; i < c->n && i < got.n; i++) {
		CHECK_STREQ(got.p[i].speaker, c->p[i].speaker);
		CHECK_STREQ(got.p[i].text, c->p[i].text);
		if (layout == CAPTION_CART)
			continue;
		CHECK_EQ(got.p[i].starts, c->p[i].starts);
		CHECK_EQ(got.p[i].ends, c->p[i].ends);
	}
	if (t_failures() > before)
		t_fail(__FILE__, __LINE__, "in layout %d:\n%.*s", (int)layout, STR(text));
}

TEST(what_is_written_reads_back_the_same)
{
	struct t_rand r = {20261124};
	for (int i = 0; i < 4000 && !t_failures(); i++) {
		AUTO_ARENA struct arena *a = arena_new(0);
		caption_cues c = any_cues(a, &r, true);
		enum caption_layout layout;
		struct err err = {0};
		str vtt = caption_write_vtt(a, c.p, c.n), srt = caption_write_srt(a, c.p, c.n);
		check_same(a, &c, vtt, CAPTION_VTT);
		check_same(a, &c, srt, CAPTION_SRT);
		check_same(a, &c, caption_write_cart(a, S("DRAFT\n2017"), c.p, c.n), CAPTION_CART);
		CHECK_EQ(caption_layout_of(vtt, "file", &layout, &err), OK);
		CHECK_EQ(layout, CAPTION_VTT);
		CHECK_EQ(caption_layout_of(srt, "file", &layout, &err), OK);
		CHECK_EQ(layout, CAPTION_SRT);
	}
}

TEST(cues_without_times_stand_where_the_one_before_ends)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct caption_cue c[] = {
	    {SECONDS(1), SECONDS(2), S("A"), S("one")}, {USEC_NONE, USEC_NONE, S("B"), S("two")}};
	CHECK_STR(caption_write_vtt(a, c, 2),
	    "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v A>one\n\n2\n00:00:02.000 --> "
	    "00:00:02.000\n<v B>two\n");
}

/* --- files that nobody here wrote; without them nothing is counted --- */

struct tally {
	size_t files, read, cues, speakers;
};

static struct tally read_folder(struct arena *a, const char *folder, const char *ending)
{
	struct tally t = {0};
	DIR *d = opendir(arena_z(a, arena_printf(a, "%s/../shared/data/%s", t_root(), folder)));
	for (struct dirent *e; d && (e = readdir(d));) {
		if (!str_ends(str_of(e->d_name), str_of(ending)) ||
		    str_is(str_of(e->d_name), "README.md"))
			continue;
		str text = t_read_file(
		    a, arena_z(a, arena_printf(a, "../shared/data/%s/%s", folder, e->d_name)));
		caption_cues c = {0};
		struct err err = {0};
		enum caption_layout layout;
		t.files++;
		if (caption_layout_of(text, "file", &layout, &err) != OK ||
		    caption_read(a, text, layout, "file", &c, &err) != OK) {
			printf("# %s: %.*s\n", e->d_name, STR(err_text(&err, a)));
			continue;
		}
		t.read++;
		t.cues += c.n;
		for (size_t i = 0; i < c.n; i++)
			t.speakers += c.p[i].speaker.n > 0;
	}
	if (d)
		closedir(d);
	printf("# %s: %zu of %zu files, %zu cues, %zu with a speaker\n", folder, t.read, t.files,
	    t.cues, t.speakers);
	return t;
}

TEST(corpora_are_read)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct tally t = read_folder(a, "taiwan-consultations", ".md");
	if (!t.files)
		return;
	CHECK_EQ(t.read, t.files);
	CHECK(t.speakers > 6500);
	t = read_folder(a, "w3c-did-minutes/_minutes", ".md");
	CHECK_EQ(t.read, t.files);
	CHECK(t.speakers * 10 > t.cues * 8);
	t = read_folder(a, "captions/elephants-dream", ".vtt");
	CHECK_EQ(t.read, t.files);
	t = read_folder(a, "captions/vtt.js/cuetext/voice", ".vtt");
	CHECK(t.read > 0 && t.speakers > 0);
}
