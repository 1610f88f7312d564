/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/fts.h"

#include "base/tokenizer.h"

#include <sqlite3.h>

#include "base/poison.h"

struct to_fts {
	void *ctx;
	int (*token)(void *ctx, int flags, const char *text, int n, int start, int end);
};

static int to_fts(void *ctx, const struct token *t)
{
	const struct to_fts *to = ctx;
	return to->token(to->ctx, t->beside ? FTS5_TOKEN_COLOCATED : 0, t->text.p, (int)t->text.n,
	    (int)t->start, (int)t->end);
}

static int fts_tokenize(Fts5Tokenizer *self, void *ctx, int flags, const char *text, int n,
    int (*token)(void *ctx, int flags, const char *text, int n, int start, int end))
{
	struct to_fts to = {ctx, token};
	(void)self;
	if (flags & FTS5_TOKENIZE_QUERY && n > 1 && text[0] == FTS_AS_IT_IS)
		return token(ctx, 0, text + 1, n - 1, 1, n);
	return tokenize(str_from(text, n > 0 ? (size_t)n : 0),
	    flags & FTS5_TOKENIZE_QUERY ? TOKEN_QUERY : TOKEN_DOCUMENT, to_fts, &to);
}

/* FTS5 wants an object for each table; ours has no state, so one byte stands for all. */
static int fts_create(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
	static const char stateless;
	(void)ctx;
	(void)args;
	*out = (Fts5Tokenizer *)(uintptr_t)&stateless;
	return n ? SQLITE_ERROR : SQLITE_OK;
}

static void fts_delete(Fts5Tokenizer *self)
{
	(void)self;
}

/* --- ranking --- */

/* What the first, second ... occurrence of a phrase in the text adds up to; more add nothing. */
static const int64_t occurrences[] = {0, 100, 138, 157, 169, 177, 183, 188, 192};
#define OCCURRENCES_MAX ((int)(sizeof occurrences / sizeof occurrences[0]) - 1)
#define IN_HEAD         250
/* All that other forms can add up to is less than one occurrence of the word as it was asked for.
 */
#define OF_A_FORM 5
_Static_assert((192 + IN_HEAD) / OF_A_FORM < 100, "the exact word ranks first");

/* Where one phrase stands, or several that are forms of one word. */
struct places {
	int in_text; /* up to OCCURRENCES_MAX */
	bool in_head;
};

static void add_places(
    const Fts5ExtensionApi *api, Fts5Context *fts, int phrase, struct places *out)
{
	Fts5PhraseIter it;
	int column, at;
	int rc = api->xPhraseFirst(fts, phrase, &it, &column, &at);
	for (; rc == SQLITE_OK && column >= 0 && out->in_text < OCCURRENCES_MAX;
	     api->xPhraseNext(fts, &it, &column, &at)) {
		out->in_head = out->in_head || column == 0;
		out->in_text += column > 0;
	}
}

static int64_t worth(struct places p)
{
	return occurrences[p.in_text] + (p.in_head ? IN_HEAD : 0);
}

static void rank(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *out, int n,
    sqlite3_value **args)
{
	const unsigned char *weights = n == 1 ? sqlite3_value_blob(args[0]) : NULL;
	int weights_n = weights ? sqlite3_value_bytes(args[0]) : 0;
	int phrases = api->xPhraseCount(fts);
	int64_t score = 0;
	bool in_text = false;
	for (int i = 0; i < phrases && i < weights_n;) {
		struct places exact = {0}, forms = {0};
		int64_t weight = weights[i] & ~FTS_FORM;
		add_places(api, fts, i, &exact);
		for (i++; i < phrases && i < weights_n && weights[i] & FTS_FORM; i++)
			add_places(api, fts, i, &forms);
		score += weight * (worth(exact) * OF_A_FORM + worth(forms));
		in_text = in_text || exact.in_text || forms.in_text;
	}
	sqlite3_result_int64(out, score * 2 + in_text);
}

bool fts_register(struct sqlite3 *db)
{
	fts5_tokenizer methods = {fts_create, fts_delete, fts_tokenize};
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;
	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(stmt, 1, (void *)&api, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return api && api->xCreateTokenizer(api, "comity_icu", NULL, &methods, NULL) == SQLITE_OK &&
	       api->xCreateFunction(api, "comity_rank", NULL, rank, NULL) == SQLITE_OK;
}
