/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Which words meet in a stem, language by language, and which do not. */
#include "base/buf.h"
#include "base/stem.h"
#include "base/tokenizer.h"
#include "harness/t.h"

#include "base/poison.h"

struct reading {
	struct arena *a;
	struct stemmer *stemmer;
	str lang, text;
	struct buf b; /* "en:govern fr:govern" */
};

static int put_stems(void *ctx, const struct token *t)
{
	struct reading *r = ctx;
	struct stem stems[STEMS_MAX];
	str written = str_head(str_skip(r->text, t->start), t->end - t->start);
	size_t n = stem_word(r->stemmer, r->a, written, t->text, r->lang, stems);
	CHECK(n <= STEMS_MAX);
	for (size_t i = 0; i < n; i++) {
		buf_sep(&r->b, S(" "));
		buf_printf(&r->b, "%s:%.*s", stems[i].lang, STR(stems[i].text));
	}
	return 0;
}

static str stems_of(struct arena *a, struct stemmer *s, const char *lang, const char *text)
{
	struct reading r = {a, s, str_of(lang), str_of(text), buf_in(a, 0)};
	CHECK_EQ(tokenize(r.text, TOKEN_DOCUMENT, put_stems, &r), 0);
	return buf_str(&r.b);
}

static const struct family {
	const char *lang;
	const char *words[6];
	bool one; /* they have one stem; or each its own */
} families[] = {
    {"en", {"government", "Governments", "governing", "GOVERNED"}, true},
    {"en", {"policy", "policies"}, true},
    {"en", {"nation", "notion", "ration"}, false},
    {"fr", {"adopter", "adopté", "adoptées", "ADOPTÉES", "adopte"}, true},
    {"fr", {"droit", "droits"}, true},
    {"fr", {"nationaux", "nationale"}, true},
    {"es", {"cooperación", "cooperaciones", "COOPERACIÓN", "cooperacion"}, true},
    {"es", {"sesión", "sesiones", "sesion"}, true},
    {"es", {"derecho", "derechos"}, true},
    {"es", {"mano", "mayo"}, false},
    {"ru", {"государство", "государства", "государствам", "Государствами", "государств"}, true},
    {"ru", {"решение", "решений", "решениями"}, true},
    {"ru", {"право", "прение"}, false},
    {"ar", {"حكومة", "الحكومات", "والحكومة", "للحكومات", "حُكُومَة"}, true},
    {"ar", {"التزام", "الالتزام", "الالتزامات"}, true},
    {"ar", {"قرار", "القرارات", "قرارات", "بقرار"}, true},
    {"ar", {"دولة", "قرار"}, false},
    /* Composed or not, an accent is an accent. */
    {"fr", {"adopt\u00e9", "adopte\u0301"}, true},
};

TEST(forms_of_a_word_meet_in_a_stem)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
		const struct family *f = &families[i];
		str first = stems_of(a, s, f->lang, f->words[0]);
		CHECK(first.n);
		for (size_t k = 1; k < 6 && f->words[k]; k++)
			if (str_eq(stems_of(a, s, f->lang, f->words[k]), first) != f->one)
				t_fail(__FILE__, __LINE__, "%s and %s", f->words[0], f->words[k]);
	}
}

static const struct row {
	const char *lang;
	const char *text;
	const char *stems;
} rows[] = {
    /* The script says it, and of Latin letters the language of the text. */
    {"en", "nations", "en:nation"},
    {"fr", "nations", "fr:nation"},
    {"es", "naciones", "es:nacion"},
    {"", "nations", "en:nation fr:nation es:nations"},
    {"ru", "nations", "en:nation fr:nation es:nations"},
    {"en", "Нации", "ru:нац"},
    {"en", "حكومة", "ar:حكوم"},
    /* Spanish nouns that end like a verb with a pronoun. */
    {"es", "gobierno", "es:gobiern"},
    {"es", "gobiernos", "es:gobi es:gobiern"},
    /* Folded, as words are. */
    {"fr", "côté", "fr:cot"},
    /* No stems. */
    {"en", "of 125 3rd", ""},
    {"zh", "互联网治理", ""},
    {"", "Ελλάδα हिन्दी ไทย", ""},
    {"", "", ""},
};

TEST(script_and_language_say_whose_rules_hold)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(stems_of(a, s, rows[i].lang, rows[i].text), rows[i].stems);
}

TEST(the_longest_words_are_taken)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	static const char *const letters[] = {"a", "é", "ﷺ", "ﬃ", "Ж", "ا", "\xcc\x81"};
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
		struct buf b = buf_in(a, 0);
		buf_put(&b, S("e"));
		for (int k = 0; k < 1000; k++)
			buf_put(&b, str_of(letters[i]));
		buf_putc(&b, 0);
		(void)stems_of(a, s, "", buf_str(&b).p);
	}
	stemmer_free(NULL);
}
