/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "gen_text.h"

#include <unicode/ubrk.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/buf.h"
#include "base/must.h"
#include "base/utf8.h"
#include "harness/t.h"

#include "base/poison.h"

#define SYMBOLS 5
#define LONGEST 90 /* code points of a paragraph of scripts: short ones collide more often */

static const char *const alphabets[][SYMBOLS] = {
    {"a", "b", "c", "d", "e"},
    {"a", "b", "ab", "ba", "aa"},
    {"\u4eba", "\u6743", "\u4e00", "\u5927", "\u4eba\u6743"},
    {"e\u0301", "\u00e9", "e", "a\u0301", "a"},
    {"\u0648", "\u062d\u0642", "\u0627\u0644\u062d\u0642", "\u0640", "\u0628"},
    {"\u0e01", "\u0e32\u0e23", "\u0e04\u0e19", "\u0e17\u0e35\u0e48", "\u0e01\u0e33"},
    {"\U0001f468\u200d\U0001f469", "\U0001f468", "\U0001f1eb\U0001f1f7", "\U0001f1eb", "x\u200f"},
};
#define ALPHABETS (sizeof alphabets / sizeof alphabets[0])

static const char *const seams[] = {" ", " ", " ", "", ", ", "-", "  "};

static const char *const words[] = {"the", "States", "shall", "should", "and", "or", "of", "take",
    "measures", "appropriate", "to", "ensure", "human", "rights", "in", "accordance", "with",
    "international", "law", "including", "through", "capacity", "building", "for", "developing",
    "countries", "by", "2030", "promote", "data", "governance", "access", "(a)", "non-binding",
    "co\u2010operation", "l\u2019accord", "as", "not", "all", "levels"};

static const char *const marks[] = {"\u0301", "\u0308", "\u200d", "\u200f", "\u200e", "\u064b",
    "\ufe0f", "\u0327", "\u00a0", "\u2029"};

static const char *const languages[GEN_LANGUAGES] = {"eng", "fra", "spa", "rus", "arb", "cmn_hans"};

struct gen_tools *gen_tools_open(struct arena *a)
{
	struct gen_tools *t = arena_new_of(a, struct gen_tools);
	UErrorCode e = U_ZERO_ERROR;
	t->a = a;
	t->chars = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &e);
	must(U_SUCCESS(e));
	return t;
}

void gen_tools_close(struct gen_tools *t)
{
	if (t && t->chars)
		ubrk_close(t->chars);
}

static struct gen_cuts cut_ascii(struct arena *a, str text)
{
	struct gen_cuts c = {arena_array(a, size_t, text.n + 1), text.n};
	for (size_t i = 0; i <= text.n; i++)
		c.at[i] = i;
	return c;
}

struct gen_cuts gen_graphemes(struct arena *a, struct gen_tools *t, str text)
{
	bool ascii = true;
	for (size_t i = 0; i < text.n && ascii; i++)
		ascii = (unsigned char)text.p[i] < 0x80 && text.p[i] != '\r';
	if (ascii)
		return cut_ascii(a, text);
	struct gen_cuts c = {arena_array(a, size_t, text.n + 1), 0};
	UErrorCode e = U_ZERO_ERROR;
	UText u = UTEXT_INITIALIZER;
	utext_openUTF8(&u, text.p, (int64_t)text.n, &e);
	ubrk_setUText(t->chars, &u, &e);
	must(U_SUCCESS(e));
	for (int32_t at = ubrk_first(t->chars); (at = ubrk_next(t->chars)) != UBRK_DONE;)
		c.at[++c.n] = (size_t)at;
	utext_close(&u);
	return c;
}

str gen_nfc(struct arena *a, str text)
{
	UErrorCode e = U_ZERO_ERROR;
	int32_t room = (int32_t)text.n + 1, n = 0;
	UChar *u = arena_array(a, UChar, room), *v = arena_array(a, UChar, 4 * room);
	u_strFromUTF8(u, room, &n, text.p, (int32_t)text.n, &e);
	n = unorm2_normalize(unorm2_getNFCInstance(&e), u, n, v, 4 * room, &e);
	char *z = arena_push(a, 3 * (size_t)n + 1);
	u_strToUTF8(z, 3 * n + 1, &n, v, n, &e);
	must(U_SUCCESS(e));
	return (str){z, (size_t)n};
}

bool gen_same_text(struct arena *a, str x, str y)
{
	return str_eq(x, y) || str_eq(gen_nfc(a, x), gen_nfc(a, y));
}

struct gen_voice gen_voice(struct t_rand *r, enum gen_style style)
{
	struct gen_voice v = {.style = style};
	/* Half the tiny texts are plain letters, which are the easiest to read when one fails. */
	v.alphabet = t_rand_below(r, 2) ? 0 : t_rand_below(r, ALPHABETS);
	v.symbols = 2 + t_rand_below(r, SYMBOLS - 1);
	v.seam = t_rand_below(r, 2) ? 0 : t_rand_below(r, sizeof seams / sizeof seams[0]);
	v.language = t_rand_below(r, GEN_LANGUAGES);
	return v;
}

/* --- the Universal Declaration --- */

struct gen_lines gen_read_html(struct arena *a, const char *path)
{
	struct gen_lines out = {0};
	str all = t_read_file(a, path), line;
	while (str_cut(&all, '\n', &line)) {
		struct buf b = buf_in(a, 0);
		bool tag = false;
		for (size_t i = 0; i < line.n; i++) {
			tag = line.p[i] == '<' || (tag && line.p[i] != '>');
			if (!tag && line.p[i] != '>')
				buf_putc(&b, line.p[i]);
		}
		str text = str_trim(buf_str(&b));
		if (text.n)
			*vec_push(a, &out.list) = text;
	}
	return out;
}

static void read_declaration(struct gen_tools *t, size_t language)
{
	struct gen_lines lines = gen_read_html(
	    t->a, arena_z(t->a, arena_printf(t->a, "../shared/data/udhr-six-languages/%s.html",
	                            languages[language])));
	must(lines.list.n > 60);
	t->declaration[language].p = lines.list.p;
	t->declaration[language].n = lines.list.n;
}

/* n code points of a paragraph from anywhere, with marks thrown in. */
static str piece_of_script(
    struct arena *a, struct gen_tools *t, struct t_rand *r, size_t language, size_t n)
{
	if (!t->declaration[language].n)
		read_declaration(t, language);
	str line = t->declaration[language].p[t_rand_below(r, t->declaration[language].n)];
	size_t all = utf8_count(line);
	size_t first = n < all ? t_rand_below(r, all - n + 1) : 0;
	line = str_head(str_skip(line, utf8_prefix(line, first)), line.n);
	line = str_head(line, utf8_prefix(line, n));
	struct buf b = buf_in(a, 0);
	size_t at = 0, from;
	uint32_t cp;
	for (from = 0; utf8_next(line, &at, &cp); from = at) {
		if (t_rand_below(r, 25) == 0)
			buf_put(&b, str_of(marks[t_rand_below(r, sizeof marks / sizeof marks[0])]));
		buf_put(&b, str_head(str_skip(line, from), at - from));
	}
	return buf_str(&b);
}

/* --- words --- */

static str one_word(struct t_rand *r, const struct gen_voice *v)
{
	if (v->style == GEN_TINY)
		return str_of(alphabets[v->alphabet][t_rand_below(r, v->symbols)]);
	return str_of(words[t_rand_below(r, sizeof words / sizeof words[0])]);
}

static str seam(struct t_rand *r, const struct gen_voice *v)
{
	if (v->style == GEN_PROSE)
		return t_rand_below(r, 12) ? S(" ") : S(", ");
	return str_of(seams[t_rand_below(r, 16) ? v->seam : t_rand_below(r, 7)]);
}

static str several(struct arena *a, struct t_rand *r, const struct gen_voice *v, size_t n)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_put(&b, seam(r, v));
		buf_put(&b, one_word(r, v));
	}
	return buf_str(&b);
}

str gen_paragraph(struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_voice *v)
{
	if (v->style == GEN_SCRIPTS)
		return gen_nfc(
		    a, piece_of_script(a, t, r, v->language, 1 + t_rand_below(r, LONGEST)));
	return gen_nfc(a,
	    several(a, r, v, v->style == GEN_TINY ? t_rand_below(r, 8) : 4 + t_rand_below(r, 20)));
}

str gen_words(struct arena *a, struct gen_tools *t, struct t_rand *r, const struct gen_voice *v)
{
	if (v->style == GEN_SCRIPTS)
		return piece_of_script(a, t, r, v->language, t_rand_below(r, 9));
	str w = several(a, r, v, t_rand_below(r, 4));
	switch (t_rand_below(r, 4)) {
	case 0:
		return arena_printf(a, "%.*s%.*s", STR(seam(r, v)), STR(w));
	case 1:
		return arena_printf(a, "%.*s%.*s", STR(w), STR(seam(r, v)));
	default:
		return w;
	}
}
