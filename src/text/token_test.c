/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Tokens and graphemes: cases by hand, and the short cuts against ICU asked for everything.
 */
#include "base/buf.h"
#include "base/vec.h"
#include "t.h"
#include "text/token.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* The tokens with a bar between them. */
static str barred(struct arena *a, struct text_lexer *l, str text)
{
	struct text_tokens t = text_cut(a, l, text);
	struct buf b = buf_in(a, 0);
	for (size_t i = 0, at = 0; i < t.n; at = t.end[i++]) {
		buf_sep(&b, S("|"));
		buf_put(&b, str_from(text.p + at, t.end[i] - at));
	}
	return buf_str(&b);
}

static void check_cut(const char *text, const char *want, const char *file, int line)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	t_check_str(file, line, text, barred(a, l, str_of(text)), str_of(want));
	text_lexer_close(l);
}
#define CUT(text, want) check_cut(text, want, __FILE__, __LINE__)

TEST(token_words_spaces_and_signs)
{
	CUT("", "");
	CUT("The States,  Parties.", "The| |States|,|  |Parties|.");
	CUT("a \t\r\n\nb", "a| \t\r\n\n|b");
	CUT("it's 1,000.5 e.g. x,y", "it's| |1,000.5| |e.g|.| |x|,|y");
	CUT("(a)[b]--", "(|a|)|[|b|]|-|-");
	CUT("«été» – l’État", "«|été|»| |–| |l’État");
	CUT("a\u00a0 \u3000b", "a|\u00a0 \u3000|b");
	CUT("وكل شخص", "وكل| |شخص");
	CUT("人人生而自由。", "人|人生|而|自由|。");
	CUT("Права человека", "Права| |человека");
}

TEST(token_complex_scripts_are_cut_into_graphemes)
{
	CUT("กำมนุษย์ (xข)", "กำ|ม|นุ|ษ|ย์| |(|x|ข|)");
	CUT("abcกขabc", "abc|ก|ข|abc");
	CUT("ລາວ ខ្មែរ", "ລ|າ|ວ| |ខ្|មែ|រ");
}

TEST(token_never_ends_inside_a_grapheme)
{
	CUT("\u0600 a", "\u0600 |a"); /* a prepended sign, which words would cut off */
	CUT("a e\u0301 \u0301", "a| |e\u0301| \u0301");
	CUT("👩‍⚖️!", "👩‍⚖️|!");
}

TEST(token_numbers_are_those_of_the_bytes)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	struct text_tokens t = text_cut(a, l, S("the law, the Law"));
	NEED(t.n == 8);
	CHECK_EQ(t.id[0], t.id[5]);
	CHECK(t.id[2] != t.id[7]);
	CHECK_EQ(t.id[1], t.id[4]);
	CHECK(t.id[1] != t.id[3]);
	CHECK_EQ(text_cut(a, l, S("law")).id[0], t.id[2]);
	for (int i = 0; i < 5000; i++)
		(void)text_cut(a, l, arena_printf(a, "word%d", i));
	CHECK_EQ(text_cut(a, l, S("law")).id[0], t.id[2]);
	text_lexer_close(l);
}

TEST(token_spaces_and_signs_are_told_apart)
{
	CHECK(text_token_is_space(S(" \u00a0\n")));
	CHECK(!text_token_is_space(S("a ")));
	CHECK(!text_token_is_space(S("")));
	CHECK(text_token_is_sign(S("،")));
	CHECK(text_token_is_sign(S("_")));
	CHECK(!text_token_is_sign(S("人")));
	CHECK(!text_token_is_sign(S(" ")));
	CHECK(!text_token_is_sign(S("1")));
}

TEST(grapheme_counts_and_places)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	CHECK_EQ(text_graphemes(l, S("")), 0);
	CHECK_EQ(text_graphemes(l, S("abc")), 3);
	CHECK_EQ(text_graphemes(l, S("a\r\nb")), 3);
	CHECK_EQ(text_graphemes(l, S("e\u0301a")), 2);
	CHECK_EQ(text_graphemes(l, S("👩‍⚖️🇰🇪🇵🇪")), 3);
	str t = S("xe\u0301\r\ny");
	CHECK_EQ(text_grapheme_at(l, t, 0), 0);
	CHECK_EQ(text_grapheme_at(l, t, 1), 1);
	CHECK_EQ(text_grapheme_at(l, t, 2), 4);
	CHECK_EQ(text_grapheme_at(l, t, 3), 6);
	CHECK_EQ(text_grapheme_at(l, t, 4), 7);
	CHECK_EQ(text_grapheme_at(l, t, 5), SIZE_MAX);
	text_lexer_close(l);
}

/* --- against ICU ------------------------------------------------------------------------------ */

struct ends {
	VEC(uint32_t) list;
};

static struct ends icu(struct arena *a, UBreakIteratorType type, str text)
{
	struct ends e = {0};
	UErrorCode status = U_ZERO_ERROR;
	UText t = UTEXT_INITIALIZER;
	utext_openUTF8(&t, text.p, (int64_t)text.n, &status);
	UBreakIterator *it = ubrk_open(type, "", NULL, 0, &status);
	ubrk_setUText(it, &t, &status);
	CHECK(U_SUCCESS(status));
	for (int32_t b = ubrk_first(it); (b = ubrk_next(it)) != UBRK_DONE;)
		*vec_push(a, &e.list) = (uint32_t)b;
	ubrk_close(it);
	utext_close(&t);
	return e;
}

static bool complex_at(str text, size_t at)
{
	int32_t c;
	U8_NEXT_UNSAFE((const uint8_t *)text.p, at, c);
	return u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT;
}

/* The tokens by the definition: words of ICU, made of whole graphemes, complex ones one by one. */
static struct ends defined(struct arena *a, str text)
{
	struct ends words = icu(a, UBRK_WORD, text);
	struct ends graphemes = icu(a, UBRK_CHARACTER, text);
	struct ends out = {0};
	bool last_is_space = false;
	for (size_t g = 0, w = 0, from = 0, at = 0; g < graphemes.list.n; g++) {
		uint32_t to = graphemes.list.p[g];
		while (w < words.list.n && words.list.p[w] < to)
			w++;
		bool edge = w < words.list.n && words.list.p[w] == to;
		edge = edge || complex_at(text, at) || (to < text.n && complex_at(text, to));
		at = to;
		if (!edge)
			continue;
		bool space = text_token_is_space(str_from(text.p + from, to - from));
		if (space && last_is_space)
			out.list.n--;
		*vec_push(a, &out.list) = to;
		last_is_space = space;
		from = to;
	}
	return out;
}

static bool check_text(struct arena *a, struct text_lexer *l, str text)
{
	struct ends want = defined(a, text);
	struct text_tokens got = text_cut(a, l, text);
	bool same = got.n == want.list.n &&
	            (!got.n || memcmp(got.end, want.list.p, got.n * sizeof *got.end) == 0);
	if (!same) {
		struct buf b = buf_in(a, 0);
		for (size_t i = 0, at = 0; i < want.list.n; at = want.list.p[i++]) {
			buf_sep(&b, S("|"));
			buf_put(&b, str_from(text.p + at, want.list.p[i] - at));
		}
		CHECK_STREQ(barred(a, l, text), buf_str(&b));
	}
	struct ends g = icu(a, UBRK_CHARACTER, text);
	CHECK_EQ(text_graphemes(l, text), g.list.n);
	for (size_t i = 0; i < g.list.n; i++)
		if (text_grapheme_at(l, text, i + 1) != g.list.p[i]) {
			CHECK_EQ(text_grapheme_at(l, text, i + 1), g.list.p[i]);
			return false;
		}
	for (size_t i = 0, t = 0; i < g.list.n; i++) {
		while (t < got.n && got.end[t] < g.list.p[i])
			t++;
		str left = str_head(text, g.list.p[i]);
		bool edge = t < got.n && got.end[t] == g.list.p[i];
		if (text_is_edge(l, left, str_skip(text, left.n)) != edge) {
			CHECK_STREQ(left, edge ? S("(an edge)") : S("(none)"));
			CHECK_STREQ(text, barred(a, l, text));
			return false;
		}
	}
	return same && t_failures() == 0;
}

static const char *const ascii[] = {"a", "b", "Z", "1", "2", "_", ".", ",", ";", ":", "'", "\"",
    "-", " ", " ", "\t", "\n", "\r", "\r\n", "\v", "/", "@", "\x1c", "\x7f", "&", "(", "the"};

static const char *const mixed[] = {"a", "b", "1", "_", ".", ",", "'", " ", " ", " ", "\t", "\n",
    "\r\n", "\u00e9", "e\u0301", "\u0301", "\u200d", "\u200f", "\u200b", "\u2060", "\u00ad",
    "\u00a0", "\u3000", "\u2003", "\u2028", "\u2019", "\u201c", "\u2014", "\u2026", "\u00b7",
    "\u0600", "\u0661", "\u0640", "\u0648", "\u0643\u0644", "\u064e", "\u060c", "\u05d0", "\"",
    "人", "人人生而自由", "。", "の", "カ", "ー", "한", "\u1100", "\u1161", "\u11a8", "ก", "\u0e33",
    "\u0e38", "\u0e40", "ລ", "ខ", "\u17d2", "မ", "\u1031", "👩", "⚖", "\ufe0f", "🇰", "🇪", "\u0915",
    "\u094d", "\u0937", "\u093e", "\U00011c3f", "\u0d4e", "я", "the rights of all", "\u0378"};

static void try_random(const char *const *piece, size_t pieces, int cases, uint64_t seed)
{
	struct t_rand r = {seed};
	AUTO_ARENA struct arena *keep = arena_new(0);
	struct text_lexer *l = text_lexer_open(keep);
	AUTO_ARENA struct arena *a = arena_new(0);
	bool good = true;
	for (int i = 0; i < cases && good; i++) {
		arena_reset(a);
		struct buf b = buf_in(a, 0);
		for (size_t n = t_rand_below(&r, 24); n; n--)
			buf_put(&b, str_of(piece[t_rand_below(&r, pieces)]));
		good = check_text(a, l, buf_str(&b));
	}
	text_lexer_close(l);
}

TEST(token_ascii_by_hand_is_what_icu_gives)
{
	try_random(ascii, sizeof ascii / sizeof *ascii, 10000, 1);
}

TEST(token_mixed_texts_are_what_icu_gives)
{
	try_random(mixed, sizeof mixed / sizeof *mixed, 20000, 2);
}

/* Every pair and triple of ASCII, since the rules look one character to each side. */
TEST(token_ascii_triples)
{
	AUTO_ARENA struct arena *keep = arena_new(0);
	struct text_lexer *l = text_lexer_open(keep);
	AUTO_ARENA struct arena *a = arena_new(0);
	static const char some[] = "aZ09_.,;:'\"- \n";
	bool good = true;
	for (int sign = 1; sign < 128 && good; sign++)
		for (const char *x = some; *x && good; x++) {
			arena_reset(a);
			struct buf b = buf_in(a, 0);
			for (const char *y = some; *y; y++)
				buf_printf(&b, "%c%c%c%c \n", *x, sign, *y, sign);
			good = check_text(a, l, buf_str(&b));
		}
	text_lexer_close(l);
}

TEST(token_the_declaration_in_its_languages)
{
	static const char *const file[] = {"arb", "cmn_hans", "eng", "fra", "rus", "spa"};
	AUTO_ARENA struct arena *a = arena_new(0);
	struct text_lexer *l = text_lexer_open(a);
	size_t checked = 0;
	for (size_t i = 0; i < sizeof file / sizeof *file; i++) {
		str path = arena_printf(a, "../shared/data/udhr-six-languages/%s.html", file[i]);
		str rest = t_read_file(a, arena_z(a, path));
		/* What stands between tags. */
		for (str piece; str_cut(&rest, '>', &piece);) {
			str text = str_trim(str_head(piece, str_find_char(piece, '<')));
			checked += text.n > 20 && check_text(a, l, text);
		}
	}
	CHECK(checked > 300);
	text_lexer_close(l);
}
