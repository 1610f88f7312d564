/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/stem.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/must.h"
#include "base/tokenizer.h"
#include "base/utf8.h"

#include "base/poison.h"

#define LETTERS_MIN 3
#define WORD_ROOM   512 /* bytes or units of UTF-16; the tokenizer cuts words before */
/* Arabic puts several beginnings and endings on one word; each turn takes one or two of them. */
#define ARABIC_TURNS 6

enum lang { EN, FR, ES, RU, AR };
#define LANGS 5
static const struct {
	const char *code;
	const char *algorithm;
} langs[LANGS] = {
    {"en", "english"}, {"fr", "french"}, {"es", "spanish"}, {"ru", "russian"}, {"ar", "arabic"}};

struct stemmer {
	struct sb_stemmer *of[LANGS]; /* made when first needed */
};

struct stemmer *stemmer_new(void)
{
	struct stemmer *s = calloc(1, sizeof *s);
	must(s);
	return s;
}

void stemmer_free(struct stemmer *s)
{
	for (size_t i = 0; s && i < LANGS; i++)
		if (s->of[i])
			sb_stemmer_delete(s->of[i]);
	free(s);
}

void stemmer_auto_free(struct stemmer **s)
{
	stemmer_free(*s);
}

/* The script of a word, when all of it is letters and there are enough of them. */
static UScriptCode script_of(str folded)
{
	UScriptCode script = USCRIPT_INVALID_CODE;
	UErrorCode code = U_ZERO_ERROR;
	size_t at = 0, n = 0;
	uint32_t c;
	for (; utf8_next(folded, &at, &c); n++) {
		if (!u_isalpha((UChar32)c))
			return USCRIPT_INVALID_CODE;
		if (!n)
			script = uscript_getScript((UChar32)c, &code);
	}
	return n < LETTERS_MIN || U_FAILURE(code) ? USCRIPT_INVALID_CODE : script;
}

/* Small letters with their accents, each accent in one with its letter, as Snowball wants them. */
static str lower(struct arena *a, str written)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar in[WORD_ROOM], out[WORD_ROOM];
	char utf8[WORD_ROOM * 3];
	int32_t n = 0, bytes = 0;
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&code);
	u_strFromUTF8(in, WORD_ROOM, &n, written.p, (int32_t)written.n, &code);
	n = unorm2_normalize(fold, in, n, out, WORD_ROOM, &code);
	u_strToUTF8(utf8, sizeof utf8, &bytes, out, n, &code);
	return U_SUCCESS(code) ? arena_str(a, str_from(utf8, (size_t)bytes)) : STR_EMPTY;
}

static str snowball(struct stemmer *s, struct arena *a, enum lang lang, str word)
{
	if (!s->of[lang])
		s->of[lang] = sb_stemmer_new(langs[lang].algorithm, "UTF_8");
	must(s->of[lang]);
	const sb_symbol *stem =
	    sb_stemmer_stem(s->of[lang], (const sb_symbol *)word.p, (int)word.n);
	must(stem);
	return arena_str(a, str_from((const char *)stem, (size_t)sb_stemmer_length(s->of[lang])));
}

/* Once more, until nothing more comes off: التزام and الالتزام end as one. */
static str snowball_arabic(struct stemmer *s, struct arena *a, str folded)
{
	str word = arena_str(a, folded);
	for (int i = 0; i < ARABIC_TURNS; i++) {
		str next = snowball(s, a, AR, word);
		if (utf8_count(next) < LETTERS_MIN || str_eq(next, word))
			break;
		word = next;
	}
	return word;
}

struct folding {
	struct arena *a;
	str text;
};

static int take_folded(void *ctx, const struct token *t)
{
	struct folding *f = ctx;
	f->text = arena_str(f->a, t->text);
	return 1;
}

static str folded_stem(struct arena *a, str stem)
{
	struct folding f = {a, stem};
	(void)tokenize(stem, TOKEN_QUERY, take_folded, &f);
	return f.text;
}

static void add(struct stem *out, size_t *n, enum lang lang, str text)
{
	if (text.n)
		out[(*n)++] = (struct stem){langs[lang].code, text};
}

/*
 * Snowball takes the end of "gobiernos" for the pronoun of "hacernos" and leaves "gobi": such a
 * word has the stem that it would have without its s as well.
 */
static bool ends_like_a_pronoun(str word)
{
	return str_ends(word, S("arnos")) || str_ends(word, S("ernos")) ||
	       str_ends(word, S("irnos"));
}

static void add_latin(
    struct stemmer *s, struct arena *a, enum lang lang, str word, struct stem *out, size_t *n)
{
	add(out, n, lang, folded_stem(a, snowball(s, a, lang, word)));
}

/* The end of "cooperación" is known with its accent only, which whoever searches may leave out. */
static void add_spanish(struct stemmer *s, struct arena *a, str word, struct stem *out, size_t *n)
{
	if (str_ends(word, S("ion")))
		word = arena_printf(a, "%.*s\u00f3n", STR(str_head(word, word.n - 2)));
	add_latin(s, a, ES, word, out, n);
	if (ends_like_a_pronoun(word))
		add_latin(s, a, ES, str_head(word, word.n - 1), out, n);
}

static size_t stem_latin(
    struct stemmer *s, struct arena *a, str word, str lang, struct stem out[STEMS_MAX])
{
	size_t n = 0;
	bool all = !str_is(lang, "en") && !str_is(lang, "fr") && !str_is(lang, "es");
	if (all || str_is(lang, "en"))
		add_latin(s, a, EN, word, out, &n);
	if (all || str_is(lang, "fr"))
		add_latin(s, a, FR, word, out, &n);
	if (all || str_is(lang, "es"))
		add_spanish(s, a, word, out, &n);
	return n;
}

size_t stem_word(struct stemmer *s, struct arena *a, str written, str folded, str lang,
    struct stem out[STEMS_MAX])
{
	size_t n = 0;
	UScriptCode script = script_of(folded);
	if (script == USCRIPT_ARABIC) {
		/* Without vowel signs, article and the like, which the tokenizer takes off. */
		add(out, &n, AR, snowball_arabic(s, a, folded));
		return n;
	}
	if (script != USCRIPT_LATIN && script != USCRIPT_CYRILLIC)
		return 0;
	str word = lower(a, written);
	if (!word.n)
		return 0;
	if (script == USCRIPT_LATIN)
		return stem_latin(s, a, word, lang, out);
	add(out, &n, RU, folded_stem(a, snowball(s, a, RU, word)));
	return n;
}
