/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_forms.h"

#include "rooms/search/search.h"
#include "search_view.sql.h"

#include "base/map.h"
#include "base/stem.h"
#include "base/tokenizer.h"

#include "base/poison.h"

/* --- the words of rows --- */

/* Words that are counted together before they are written; a bound of memory, not of words. */
#define SPELLINGS_MAX 200000

/* One word as it is written in the texts of one language. */
struct spelling {
	str word; /* folded */
	struct stem stems[STEMS_MAX];
	size_t stems_n;
	int64_t n;
};

struct counting {
	struct db *db;
	struct arena *a;
	struct stemmer *stemmer;
	struct map by_spelling[SEARCH_LANGS]; /* as words are written in that language */
	VEC(struct spelling *) all;
	bool take;       /* away */
	str lang;        /* of the row that is read */
	struct map *map; /* of that language */
	str text;        /* the piece of it that is read */
};

static int count_word(void *ctx, const struct token *t)
{
	struct counting *c = ctx;
	str written = str_head(str_skip(c->text, t->start), t->end - t->start);
	struct spelling *s = map_get(c->map, written);
	if (!s) {
		s = arena_new_of(c->a, struct spelling);
		s->word = arena_str(c->a, t->text);
		s->stems_n = stem_word(c->stemmer, c->a, written, t->text, c->lang, s->stems);
		map_put(c->map, arena_str(c->a, written), s);
		*vec_push(c->a, &c->all) = s;
	}
	s->n++;
	return 0;
}

static enum rc write_spelling(struct counting *c, const struct spelling *s, struct err *err)
{
	for (size_t i = 0; i < s->stems_n; i++) {
		const struct stem *x = &s->stems[i];
		int64_t n = c->take ? -s->n : s->n;
		TRY(search_form_count(c->db, str_of(x->lang), x->text, s->word, n, err));
		if (c->take)
			TRY(search_form_end(c->db, str_of(x->lang), x->text, s->word, err));
	}
	return OK;
}

static void begin_counting(struct counting *c)
{
	arena_reset(c->a);
	for (size_t i = 0; i < SEARCH_LANGS; i++)
		c->by_spelling[i] = map_in(c->a);
	c->all.p = NULL;
	c->all.n = c->all.cap = 0;
}

static enum rc write_counts(struct counting *c, struct err *err)
{
	for (size_t i = 0; i < c->all.n; i++)
		TRY(write_spelling(c, c->all.p[i], err));
	begin_counting(c);
	return OK;
}

static enum rc count_row(struct counting *c, str head, str text, str lang, struct err *err)
{
	c->lang = lang;
	c->map = &c->by_spelling[search_lang_of(lang)];
	c->text = head;
	(void)tokenize(head, TOKEN_DOCUMENT, count_word, c);
	c->text = text;
	(void)tokenize(text, TOKEN_DOCUMENT, count_word, c);
	return c->all.n < SPELLINGS_MAX ? OK : write_counts(c, err);
}

static enum rc count_one(void *ctx, const struct search_form_all_row *row, struct err *err)
{
	return count_row(ctx, row->head, row->text, row->lang, err);
}

static enum rc count_new(void *ctx, const struct search_form_new_row *row, struct err *err)
{
	return count_row(ctx, row->head, row->text, row->lang, err);
}

static enum rc count_old(void *ctx, const struct search_form_old_row *row, struct err *err)
{
	return count_row(ctx, row->head, row->text, row->lang, err);
}

enum rc search_forms_count_all(struct db *db, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	struct counting c = {.db = db, .a = a, .stemmer = s};
	begin_counting(&c);
	TRY(search_form_all(db, NULL, count_one, &c, err));
	return write_counts(&c, err);
}

enum rc search_forms_count_new(struct db *db, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	struct counting c = {.db = db, .a = a, .stemmer = s};
	begin_counting(&c);
	TRY(search_form_new(db, NULL, count_new, &c, err));
	return write_counts(&c, err);
}

enum rc search_forms_take(struct db *db, int64_t grp, str kind, str object, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	struct counting c = {.db = db, .a = a, .stemmer = s, .take = true};
	begin_counting(&c);
	TRY(search_form_old(db, NULL, grp, kind, object, count_old, &c, err));
	return write_counts(&c, err);
}

/* --- the forms of what is looked for --- */

struct form {
	str word;
	int64_t n;
};

struct looking {
	struct db *db;
	struct arena *a;
	struct stemmer *stemmer;
	VEC(struct stem) stems;
	VEC(struct form) forms;
	int64_t often; /* the word itself */
};

static void add_stem(struct looking *l, const char *lang, str text)
{
	for (size_t i = 0; i < l->stems.n; i++)
		if (str_is(str_of(lang), l->stems.p[i].lang) && str_eq(text, l->stems.p[i].text))
			return;
	*vec_push(l->a, &l->stems) = (struct stem){lang, text};
}

static void add_form(struct looking *l, str word, int64_t n)
{
	for (size_t i = 0; i < l->forms.n; i++) {
		if (str_eq(word, l->forms.p[i].word)) {
			l->forms.p[i].n += n;
			return;
		}
	}
	*vec_push(l->a, &l->forms) = (struct form){word, n};
}

static int frequent_first(const void *a, const void *b)
{
	const struct form *x = a, *y = b;
	return x->n != y->n ? (x->n > y->n ? -1 : 1) : str_cmp(x->word, y->word);
}

/*
 * The stems that the word has in the texts that hold it: by their languages, and with the accents
 * that whoever searches need not type; then those that it has as it was typed. False: it is none
 * that has a stem.
 */
static enum rc find_stems(
    struct looking *l, const struct search_term *t, str word, bool *has_stem, struct err *err)
{
	struct search_form_stems_rows known = {0};
	struct stem typed[STEMS_MAX];
	size_t n = stem_word(l->stemmer, l->a, t->last, word, STR_EMPTY, typed);
	l->stems.n = 0;
	l->often = 0;
	*has_stem = n > 0;
	if (!n)
		return OK;
	TRY(search_form_stems(l->db, l->a, word, &known, err));
	for (size_t i = 0; i < known.n; i++) {
		add_stem(l, arena_z(l->a, known.p[i].lang), known.p[i].stem);
		l->often += known.p[i].n;
	}
	for (size_t i = 0; i < n; i++)
		add_stem(l, typed[i].lang, typed[i].text);
	return OK;
}

static enum rc find_forms(struct looking *l, struct search_term *t, struct err *err)
{
	str word = t->words.p[t->words.n - 1];
	bool has_stem;
	t->forms.n = 0;
	if (!search_term_has_forms(t))
		return OK;
	TRY(find_stems(l, t, word, &has_stem, err));
	if (!has_stem)
		return OK;
	l->forms.n = 0;
	for (size_t i = 0; i < l->stems.n; i++) {
		struct search_form_words_rows rows = {0};
		TRY(search_form_words(l->db, l->a, str_of(l->stems.p[i].lang), l->stems.p[i].text,
		    SEARCH_FORMS_MAX + 1, &rows, err));
		for (size_t k = 0; k < rows.n; k++)
			if (!str_eq(rows.p[k].word, word))
				add_form(l, rows.p[k].word, rows.p[k].n);
	}
	vec_sort(&l->forms, frequent_first);
	for (size_t i = 0; i < l->forms.n && i < SEARCH_FORMS_MAX; i++) {
		*vec_push(l->a, &t->forms) = l->forms.p[i].word;
		l->often += l->forms.p[i].n;
	}
	if (t->words.n == 1)
		t->often = l->often;
	return OK;
}

enum rc search_forms_find(struct db *db, struct arena *a, struct search_query *q, struct err *err)
{
	AUTO_STEMMER struct stemmer *s = stemmer_new();
	struct looking l = {.db = db, .a = a, .stemmer = s};
	for (size_t i = 0; i < q->wanted.n; i++)
		TRY(find_forms(&l, &q->wanted.p[i], err));
	for (size_t i = 0; i < q->unwanted.n; i++)
		TRY(find_forms(&l, &q->unwanted.p[i], err));
	search_query_settle(a, q);
	return OK;
}
