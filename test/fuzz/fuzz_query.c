/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_query: the parser of searches, the tokenizer and the marks on any bytes. The first line is
 * the search, the rest the text; what is parsed must be something that FTS5 takes.
 */
#include "base/db.h"
#include "base/must.h"
#include "base/tokenizer.h"
#include "base/utf8.h"
#include "rooms/search/search_mark.h"

#include "fuzz/fuzz.h"

#include "base/poison.h"

struct place {
	size_t start;
	size_t size;
};

static int check_token(void *ctx, const struct token *t)
{
	struct place *p = ctx;
	must(t->text.n && utf8_valid(t->text));
	must(t->start >= p->start && t->start < t->end && t->end <= p->size);
	p->start = t->start;
	return 0;
}

/* The spans are the text, byte by byte. */
static void check_piece(const struct search_piece *p, str text)
{
	const char *at = p->spans.n ? p->spans.p[0].text.p : text.p;
	for (size_t i = 0; i < p->spans.n; i++) {
		must(p->spans.p[i].text.p == at && p->spans.p[i].text.n);
		at += p->spans.p[i].text.n;
	}
	must(at <= text.p + text.n);
}

static void try_match(const struct search_query *q, str text)
{
	static const struct db_stmt_info put = {"put", "INSERT INTO t VALUES (?, ?)", "", 0, false};
	static const struct db_stmt_info find = {
	    "find", "SELECT comity_rank(t, x'0102') FROM t WHERE t MATCH ?", "", 0, true};
	struct err err = {0};
	bool row;
	AUTO_DB struct db *db = NULL;
	must(db_open_memory(&db, &err) == OK);
	must(
	    db_script(db, S("CREATE VIRTUAL TABLE t USING fts5(head, text, tokenize='comity_icu')"),
	        &err) == OK);
	{
		AUTO_STMT struct db_use u = {0};
		must(db_take(db, &put, &u, &err) == OK);
		db_bind_text(&u, 1, S("head"));
		db_bind_text(&u, 2, text);
		must(db_step(&u, &row, &err) == OK);
	}
	AUTO_STMT struct db_use u = {0};
	must(db_take(db, &find, &u, &err) == OK);
	db_bind_text(&u, 1, q->match);
	must(db_step(&u, &row, &err) == OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str all = {(const char *)data, size}, typed;
	struct search_query q;
	str text = all;
	if (!str_cut(&text, '\n', &typed))
		return 0;
	text = text.p ? text : STR_EMPTY;
	for (int use = TOKEN_DOCUMENT; use <= TOKEN_QUERY; use++) {
		struct place p = {0, all.n};
		must(tokenize(all, (enum token_use)use, check_token, &p) == 0);
	}
	search_query_parse(a, typed, &q);
	must(!q.wanted.n == !q.match.n);
	if (!utf8_valid(text))
		return 0;
	struct search_piece whole = search_mark(a, &q, text);
	struct search_piece part = search_snippet(a, &q, text, 60);
	check_piece(&whole, text);
	check_piece(&part, text);
	for (size_t i = 0; i < part.spans.n; i++)
		must(utf8_valid(part.spans.p[i].text));
	/* A database costs more than all of the above. */
	if (q.match.n && size % 8 == 0)
		try_match(&q, text);
	return 0;
}
