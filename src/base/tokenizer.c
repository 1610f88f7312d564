/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/tokenizer.h"

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "base/poison.h"

/* A longer run of letters is cut: it is no word, and queries are cut in the same places. */
#define WORD_MAX 96
/* One character folds into at most 18; a word keeps room for its last one. */
#define FOLD_MAX  24
#define WORD_ROOM (WORD_MAX + FOLD_MAX)

#define TATWEEL     0x640
#define ALEF        0x627
#define LAM         0x644
#define WAW         0x648
#define BA          0x628
#define FA          0x641
#define ALEF_WASLA  0x671
#define ALEF_MAQSUR 0x649
#define YA          0x64a
#define YA_FARSI    0x6cc
#define TA_MARBUTA  0x629
#define HA          0x647
#define KAF         0x643
#define KAF_FARSI   0x6a9
#define CYRILLIC_I  0x438
#define SHORT_I     0x439
#define BREVE       0x306

struct walk {
	const UNormalizer2 *casefold;
	const UNormalizer2 *decompose;
	str s;
	enum token_use use;
	token_fn *fn;
	void *ctx;
	/* The word being read. */
	UChar32 word[WORD_ROOM];
	size_t n;
	size_t read; /* characters of the source in it */
	size_t start;
	/* The character before, of a run without spaces. */
	UChar32 before;
	size_t before_start;
	bool in_pairs; /* it has been part of a pair already */
};

/* --- classes --- */

enum kind { KIND_NONE, KIND_WORD, KIND_MARK, KIND_UNSPACED };

static bool has_script(UChar32 c, const UScriptCode *list, size_t n)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(c, &code);
	for (size_t i = 0; i < n; i++)
		if (script == list[i])
			return true;
	return false;
}
#define HAS_SCRIPT(c, list) has_script((c), (list), sizeof(list) / sizeof((list)[0]))

bool tokenizer_is_unspaced(int32_t cp)
{
	static const UScriptCode unspaced[] = {USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
	    USCRIPT_THAI, USCRIPT_LAO, USCRIPT_KHMER, USCRIPT_MYANMAR};
	return cp >= 0xe00 && HAS_SCRIPT(cp, unspaced);
}

static enum kind kind_of(UChar32 c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
		           ? KIND_WORD
		           : KIND_NONE;
	uint32_t mask = U_MASK(u_charType(c));
	if (mask & (U_GC_L_MASK | U_GC_N_MASK | U_GC_M_MASK) && tokenizer_is_unspaced(c))
		return KIND_UNSPACED;
	if (mask & (U_GC_L_MASK | U_GC_N_MASK))
		return KIND_WORD;
	/* Joiners and soft hyphens go on with a word, like marks, and fold to nothing. */
	return mask & (U_GC_M_MASK | U_GC_CF_MASK) ? KIND_MARK : KIND_NONE;
}

/* Scripts whose marks are left out; elsewhere marks are vowels and tell words apart. */
static bool drops_marks(UChar32 c)
{
	static const UScriptCode bare[] = {USCRIPT_LATIN, USCRIPT_COMMON, USCRIPT_INHERITED,
	    USCRIPT_CYRILLIC, USCRIPT_ARABIC, USCRIPT_GREEK, USCRIPT_HEBREW};
	return HAS_SCRIPT(c, bare);
}

/* --- folding one character --- */

/* Letters that are written for one another. */
static UChar32 usual_form(UChar32 c)
{
	static const UChar32 forms[][2] = {{ALEF_WASLA, ALEF}, {ALEF_MAQSUR, YA}, {YA_FARSI, YA},
	    {TA_MARBUTA, HA}, {KAF_FARSI, KAF}};
	for (size_t i = 0; c >= ALEF && c <= YA_FARSI && i < sizeof forms / sizeof forms[0]; i++)
		if (c == forms[i][0])
			return forms[i][1];
	return c;
}

static void put_folded(struct walk *w, UChar32 c)
{
	if (w->n == WORD_ROOM || c == TATWEEL)
		return;
	int digit = c >= 0x80 ? u_charDigitValue(c) : -1;
	w->word[w->n++] = digit >= 0 ? '0' + digit : usual_form(c);
}

/* A mark: dropped, but that it makes another letter of и, and vowels of other scripts stay. */
static void put_mark(struct walk *w, UChar32 c)
{
	if (c == BREVE && w->n && w->word[w->n - 1] == CYRILLIC_I)
		w->word[w->n - 1] = SHORT_I;
	else if (!drops_marks(c) || (w->n && !drops_marks(w->word[w->n - 1])))
		put_folded(w, c);
}

/* c without its accents, when its script drops them. */
static void put_bare(struct walk *w, UChar32 c)
{
	UChar parts[FOLD_MAX];
	UErrorCode code = U_ZERO_ERROR;
	int32_t n = -1;
	if (c >= 0x80 && drops_marks(c))
		n = unorm2_getDecomposition(w->decompose, c, parts, FOLD_MAX, &code);
	if (n < 0 || U_FAILURE(code)) {
		if (U_GET_GC_MASK(c) & U_GC_M_MASK)
			put_mark(w, c);
		else
			put_folded(w, c);
		return;
	}
	for (int32_t i = 0; i < n;) {
		UChar32 part;
		U16_NEXT(parts, i, n, part);
		if (U_GET_GC_MASK(part) & U_GC_M_MASK)
			put_mark(w, part);
		else
			put_folded(w, part);
	}
}

static void put_char(struct walk *w, UChar32 c)
{
	if (c < 0x80) {
		w->word[w->n++] = c >= 'A' && c <= 'Z' ? c + 32 : c;
		return;
	}
	UChar folded[FOLD_MAX];
	UErrorCode code = U_ZERO_ERROR;
	int32_t n = unorm2_getDecomposition(w->casefold, c, folded, FOLD_MAX, &code);
	if (n < 0 || U_FAILURE(code)) {
		put_bare(w, c);
		return;
	}
	for (int32_t i = 0; i < n;) {
		UChar32 part;
		U16_NEXT(folded, i, n, part);
		put_bare(w, part);
	}
}

/* --- words --- */

/* The article, alone or with what is written in one with it, of a word of four letters or more. */
static size_t article(const UChar32 *w, size_t n)
{
	if (w[1] == LAM && (w[0] == ALEF || w[0] == LAM))
		return 2;
	/* wa-, bi-, ka-, fa- */
	bool joined = w[0] == WAW || w[0] == BA || w[0] == KAF || w[0] == FA;
	return n >= 5 && joined && w[1] == ALEF && w[2] == LAM ? 3 : 0;
}

static int give(struct walk *w, const UChar32 *p, size_t n, struct token t)
{
	char text[WORD_ROOM * 4];
	int32_t len = 0;
	text[0] = 0;
	for (size_t i = 0; i < n; i++)
		U8_APPEND_UNSAFE(text, len, p[i]);
	t.text = str_from(text, (size_t)len);
	return len ? w->fn(w->ctx, &t) : 0;
}

static int end_word(struct walk *w, size_t end)
{
	if (!w->read)
		return 0;
	size_t skip = w->n >= 4 ? article(w->word, w->n) : 0;
	struct token t = {.start = w->start, .end = end};
	size_t n = w->n;
	w->read = 0;
	w->n = 0;
	return give(w, w->word + skip, n - skip, t);
}

/* One character of a run without spaces, folded. */
static int give_single(struct walk *w, UChar32 c, struct token t)
{
	w->n = 0;
	put_char(w, c);
	size_t n = w->n;
	w->n = 0;
	return give(w, w->word, n, t);
}

static int end_unspaced(struct walk *w, size_t at)
{
	UChar32 c = w->before;
	bool paired = w->in_pairs;
	w->before = 0;
	w->in_pairs = false;
	if (!c || (paired && w->use == TOKEN_QUERY))
		return 0;
	return give_single(
	    w, c, (struct token){.start = w->before_start, .end = at, .beside = paired});
}

/* The pair of the character before and this one; in documents the one before alone beside it. */
static int add_unspaced(struct walk *w, UChar32 c, size_t at, size_t end)
{
	int rc = 0;
	if (w->before) {
		struct token t = {.start = w->before_start, .end = end};
		w->n = 0;
		put_char(w, w->before);
		put_char(w, c);
		size_t n = w->n;
		w->n = 0;
		rc = give(w, w->word, n, t);
		t.end = at;
		t.beside = true;
		if (!rc && w->use == TOKEN_DOCUMENT)
			rc = give_single(w, w->before, t);
		w->in_pairs = true;
	}
	w->before = c;
	w->before_start = at;
	return rc;
}

static int add_word(struct walk *w, UChar32 c, size_t at)
{
	int rc = w->read == WORD_MAX || w->n >= WORD_MAX ? end_word(w, at) : 0;
	if (!w->read)
		w->start = at;
	w->read++;
	put_char(w, c);
	return rc;
}

static int add(struct walk *w, UChar32 c, size_t at, size_t end)
{
	enum kind kind = c < 0 ? KIND_NONE : kind_of(c);
	int rc = 0;
	if (kind == KIND_MARK && !w->read)
		kind = w->before ? KIND_MARK : KIND_NONE;
	if (kind != KIND_WORD && kind != KIND_MARK)
		rc = end_word(w, at);
	if (!rc && kind != KIND_UNSPACED && kind != KIND_MARK)
		rc = end_unspaced(w, at);
	if (rc || kind == KIND_NONE || (kind == KIND_MARK && !w->read))
		return rc;
	return kind == KIND_UNSPACED ? add_unspaced(w, c, at, end) : add_word(w, c, at);
}

int tokenize(str s, enum token_use use, token_fn *fn, void *ctx)
{
	UErrorCode code = U_ZERO_ERROR;
	struct walk w;
	w.casefold = unorm2_getNFKCCasefoldInstance(&code);
	w.decompose = unorm2_getNFDInstance(&code);
	w.s = s;
	w.use = use;
	w.fn = fn;
	w.ctx = ctx;
	w.n = w.read = w.start = w.before_start = 0;
	w.before = 0;
	w.in_pairs = false;
	if (U_FAILURE(code))
		return 0;
	const uint8_t *p = (const uint8_t *)s.p;
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		UChar32 c;
		U8_NEXT(p, at, s.n, c);
		int rc = add(&w, c, from, at);
		if (rc)
			return rc;
	}
	int rc = end_word(&w, s.n);
	return rc ? rc : end_unspaced(&w, s.n);
}

/* --- what queries are cut by --- */

bool tokenizer_is_break(int32_t cp)
{
	if (cp < 0x80)
		return cp <= ' ' || cp == 0x7f;
	bool joins = (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2018 || cp == 0x2019;
	return u_isUWhiteSpace(cp) || (U_GET_GC_MASK(cp) & U_GC_P_MASK && !joins);
}

bool tokenizer_cut(str s, void (*fn)(void *ctx, str word), void *ctx)
{
	UErrorCode code = U_ZERO_ERROR;
	UText *text = utext_openUTF8(NULL, s.p, (int64_t)s.n, &code);
	UBreakIterator *it = ubrk_open(UBRK_WORD, "zh", NULL, 0, &code);
	ubrk_setUText(it, text, &code);
	if (U_SUCCESS(code)) {
		int32_t from = ubrk_first(it);
		for (int32_t to = ubrk_next(it); to != UBRK_DONE; from = to, to = ubrk_next(it))
			if (ubrk_getRuleStatus(it) >= UBRK_WORD_NONE_LIMIT)
				fn(ctx, str_head(str_skip(s, (size_t)from), (size_t)(to - from)));
	}
	if (it)
		ubrk_close(it);
	utext_close(text);
	return U_SUCCESS(code);
}
