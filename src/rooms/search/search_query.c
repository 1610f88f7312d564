/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/search/search_query.h"

#include "base/buf.h"
#include "base/fts.h"
#include "base/tokenizer.h"
#include "base/utf8.h"

#include "base/poison.h"

/* A run of Chinese up to this length is looked for as it stands: it is a word or a name. */
#define RUN_MAX 4

struct parsing {
	struct arena *a;
	struct search_query *out;
	str s;
	size_t at;
	size_t words;
};

static bool is_quote(uint32_t c)
{
	/* " « » “ ” „ 「 」 『 』 ＂ */
	static const uint32_t quotes[] = {
	    '"', 0xab, 0xbb, 0x201c, 0x201d, 0x201e, 0x300c, 0x300d, 0x300e, 0x300f, 0xff02};
	for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++)
		if (c == quotes[i])
			return true;
	return false;
}

/* The character at the place, or 0 at the end. */
static uint32_t peek(const struct parsing *p)
{
	size_t at = p->at;
	uint32_t c;
	return utf8_next(p->s, &at, &c) ? c : 0;
}

static void step(struct parsing *p)
{
	uint32_t c;
	(void)utf8_next(p->s, &p->at, &c);
}

/* --- one term --- */

struct collecting {
	struct parsing *p;
	struct search_term *term;
};

static int collect(void *ctx, const struct token *t)
{
	struct collecting *c = ctx;
	if (c->p->words == SEARCH_WORDS_MAX) {
		c->p->out->cut = true;
		return 1;
	}
	*vec_push(c->p->a, &c->term->words) = arena_str(c->p->a, t->text);
	c->term->last = str_head(str_skip(c->term->typed, t->start), t->end - t->start);
	c->p->words++;
	return 0;
}

/* Quoted, so that FTS5 reads nothing into it, and without FTS_AS_IT_IS. */
static void put_typed(struct buf *b, const struct search_term *t)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < t->typed.n; i++) {
		char c = t->typed.p[i];
		if (c == '"')
			buf_putc(b, c);
		buf_putc(b, (unsigned char)c < ' ' ? ' ' : c);
	}
	buf_put(b, t->prefix ? S("\" *") : S("\""));
}

/* Folded words hold letters and digits only. */
static void put_word(struct buf *b, str word)
{
	buf_putc(b, '"');
	buf_putc(b, FTS_AS_IT_IS);
	buf_put(b, word);
	buf_putc(b, '"');
}

str search_word_match(struct arena *a, str word)
{
	struct buf b = buf_in(a, 0);
	put_word(&b, word);
	return buf_str(&b);
}

/* As it was typed first: comity_rank takes what follows as its forms. */
static str match_of(struct arena *a, const struct search_term *t)
{
	struct buf b = buf_in(a, 0);
	buf_put(&b, t->forms.n ? S("(") : STR_EMPTY);
	put_typed(&b, t);
	for (size_t i = 0; i < t->forms.n; i++) {
		buf_put(&b, S(" OR "));
		for (size_t k = 0; k + 1 < t->words.n; k++) {
			put_word(&b, t->words.p[k]);
			buf_put(&b, S(" + "));
		}
		put_word(&b, t->forms.p[i]);
	}
	buf_put(&b, t->forms.n ? S(")") : STR_EMPTY);
	return buf_str(&b);
}

bool search_term_has_forms(const struct search_term *t)
{
	return !t->phrase && !t->prefix;
}

static void add_term(struct parsing *p, str typed, bool phrase, bool prefix, bool unwanted)
{
	struct search_query *q = p->out;
	struct search_term t = {.typed = typed, .phrase = phrase, .often = -1};
	struct collecting c = {p, &t};
	size_t before = p->words;
	if (q->wanted.n + q->unwanted.n == SEARCH_TERMS_MAX) {
		q->cut = true;
		return;
	}
	/* A term that does not fit would find something else than was asked: it is left out. */
	if (tokenize(typed, TOKEN_QUERY, collect, &c) || !t.words.n) {
		p->words = before;
		return;
	}
	t.prefix = prefix && utf8_count(t.words.p[t.words.n - 1]) >= SEARCH_PREFIX_MIN;
	if (unwanted)
		*vec_push(p->a, &q->unwanted) = t;
	else
		*vec_push(p->a, &q->wanted) = t;
}

/* --- a run without spaces, by its words --- */

static size_t unspaced_in(str s)
{
	size_t at = 0, n = 0;
	uint32_t c;
	while (utf8_next(s, &at, &c))
		n += tokenizer_is_unspaced((int32_t)c);
	return n;
}

struct run {
	struct arena *a;
	VEC(str) words;
	size_t longer;   /* words of several characters */
	bool last_alone; /* the last piece was one character */
};

/*
 * Characters that follow each other alone are a word that the dictionary does not know (互联网
 * in some): they are put together again, since words of one run stand beside each other.
 */
static void add_to_run(void *ctx, str word)
{
	struct run *r = ctx;
	bool alone = utf8_count(word) == 1;
	str *last = r->words.n ? &r->words.p[r->words.n - 1] : NULL;
	bool goes_on = last && r->last_alone && alone && last->p + last->n == word.p;
	if (last && goes_on)
		last->n += word.n;
	else
		*vec_push(r->a, &r->words) = word;
	r->longer += goes_on || !alone;
	r->last_alone = alone;
}

/* One character alone says little beside longer words: it is left out, as a particle. */
static void add_run(struct parsing *p, str typed)
{
	struct run r = {.a = p->a};
	if (!tokenizer_cut(typed, add_to_run, &r) || !r.words.n) {
		add_term(p, typed, false, false, false);
		return;
	}
	for (size_t i = 0; i < r.words.n; i++)
		if (!r.longer || utf8_count(r.words.p[i]) > 1)
			add_term(p, r.words.p[i], false, false, false);
}

/* --- what was typed --- */

static str read_quoted(struct parsing *p)
{
	size_t from = p->at;
	uint32_t c;
	while ((c = peek(p)) && !is_quote(c))
		step(p);
	str s = str_head(str_skip(p->s, from), p->at - from);
	step(p);
	return s;
}

static str read_word(struct parsing *p)
{
	size_t from = p->at;
	uint32_t c;
	while ((c = peek(p)) && !tokenizer_is_break((int32_t)c) && !is_quote(c))
		step(p);
	return str_head(str_skip(p->s, from), p->at - from);
}

/* A beginning of words costs the more the more words it has: one is enough, the last. */
static bool is_last(const struct parsing *p)
{
	size_t at = p->at;
	uint32_t c;
	while (utf8_next(p->s, &at, &c))
		if (!tokenizer_is_break((int32_t)c))
			return false;
	return true;
}

static void parse_term(struct parsing *p)
{
	bool unwanted = peek(p) == '-';
	if (unwanted)
		step(p);
	if (is_quote(peek(p))) {
		step(p);
		add_term(p, read_quoted(p), true, false, unwanted);
		return;
	}
	str word = read_word(p);
	bool prefix = !unwanted && str_ends(word, S("*")) && is_last(p);
	if (!unwanted && !prefix && unspaced_in(word) > RUN_MAX)
		add_run(p, word);
	else
		add_term(p, word, false, prefix, unwanted);
}

/* Those of the terms that are `among` (NULL: all), with the word between. False: none. */
static bool put_terms(
    struct buf *b, const struct search_term *terms, size_t n, const bool *among, str between)
{
	bool any = false;
	for (size_t i = 0; i < n; i++) {
		if (among && !among[i])
			continue;
		buf_put(b, any ? between : S("("));
		buf_put(b, terms[i].match);
		any = true;
	}
	if (any)
		buf_putc(b, ')');
	return any;
}

static str match_query(
    struct arena *a, const struct search_query *q, const bool *among, str between)
{
	struct buf b = buf_in(a, 0);
	if (!put_terms(&b, q->wanted.p, q->wanted.n, among, between))
		return STR_EMPTY;
	if (q->unwanted.n) {
		buf_put(&b, S(" NOT "));
		(void)put_terms(&b, q->unwanted.p, q->unwanted.n, NULL, S(" OR "));
	}
	return buf_str(&b);
}

str search_query_any(struct arena *a, const struct search_query *q, const bool *among)
{
	return match_query(a, q, among, S(" OR "));
}

void search_query_settle(struct arena *a, struct search_query *q)
{
	for (size_t i = 0; i < q->wanted.n; i++)
		q->wanted.p[i].match = match_of(a, &q->wanted.p[i]);
	for (size_t i = 0; i < q->unwanted.n; i++)
		q->unwanted.p[i].match = match_of(a, &q->unwanted.p[i]);
	q->match = match_query(a, q, NULL, S(" AND "));
}

void search_query_parse(struct arena *a, str typed, struct search_query *out)
{
	struct parsing p = {.a = a, .out = out};
	*out = (struct search_query){.match = STR_EMPTY};
	if (!utf8_valid(typed) || memchr(typed.p ? typed.p : "", 0, typed.n))
		return;
	p.s = str_head(typed, utf8_prefix(typed, SEARCH_TYPED_MAX));
	out->cut = p.s.n < typed.n;
	while (p.at < p.s.n) {
		uint32_t c = peek(&p);
		if (tokenizer_is_break((int32_t)c) && !is_quote(c))
			step(&p);
		else
			parse_term(&p);
	}
	search_query_settle(a, out);
}
