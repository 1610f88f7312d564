/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* The words that search compares, language by language, and through FTS5. */
#include "base/buf.h"
#include "base/db.h"
#include "base/tokenizer.h"
#include "base/utf8.h"
#include "harness/t.h"

#include "base/poison.h"

/* --- as text: words by spaces, '+' before one that stands beside the word before it --- */

static int put_token(void *ctx, const struct token *t)
{
	struct buf *b = ctx;
	buf_sep(b, S(" "));
	if (t->beside)
		buf_putc(b, '+');
	buf_put(b, t->text);
	return 0;
}

static str words(struct arena *a, enum token_use use, const char *text)
{
	struct buf b = buf_in(a, 0);
	CHECK_EQ(tokenize(str_of(text), use, put_token, &b), 0);
	return buf_str(&b);
}

static const struct row {
	const char *text;
	const char *words;
} rows[] = {
    /* English, symbols and numbers. */
    {"The Working Group's 3rd reading", "the working group s 3rd reading"},
    {"A/RES/70/125, para. 65", "a res 70 125 para 65"},
    {"multi-stakeholder co"
     "\xc2\xad"
     "operation",
        "multi stakeholder cooperation"},
    {"", ""},
    {" ... — ", ""},
    /* French and Spanish: with and without accents. */
    {"L’accès à l'Œuvre", "l acces a l œuvre"},
    {"Coopération renforcée", "cooperation renforcee"},
    {"Coope"
     "\xcc\x81"
     "ration",
        "cooperation"},
    {"El niño, ¿qué?", "el nino que"},
    {"ﬁn STRASSE Straße", "fin strasse strasse"},
    /* Russian: й is a letter of its own, ё is written as е. */
    {"Всё расширенное сотрудничествО", "все расширенное сотрудничество"},
    {"Мой мои и\xcc\x86", "мой мои й"},
    /* Arabic: harakat, tatweel, alef, ya, ta marbuta, the article, digits. */
    {"الإِنْتَرْنِت", "انترنت"},
    {"إنترنت", "انترنت"},
    {"والإنترنت بالإنترنت للإنترنت", "انترنت انترنت انترنت"},
    {"الحـــق", "حق"},
    {"حكومة حكومه على علي", "حكومه حكومه علي علي"},
    {"الفقرة ٦٥", "فقره 65"},
    {"وال أل", "وال ال"},
    /* Chinese: pairs, and each character beside them. */
    {"互联网治理", "互联 +互 联网 +联 网治 +网 治理 +治 +理"},
    {"我", "我"},
    {"互联网，WGEC工作组2018", "互联 +互 联网 +联 +网 wgec 工作 +工 作组 +作 +组 2018"},
    {"ＷＧＥＣ ２０１８", "wgec 2018"},
    /* Others are not broken. */
    {"हिन्दी", "हिन्दी"},
    {"ΚΌΣΜΟΣ κόσμος", "κοσμοσ κοσμοσ"},
};

TEST(words_of_documents)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STR(words(a, TOKEN_DOCUMENT, rows[i].text), rows[i].words);
}

TEST(words_of_queries_have_pairs_only)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	CHECK_STR(words(a, TOKEN_QUERY, "互联网治理"), "互联 联网 网治 治理");
	CHECK_STR(words(a, TOKEN_QUERY, "网"), "网");
	CHECK_STR(words(a, TOKEN_QUERY, "网 WGEC 组"), "网 wgec 组");
}

static int keep_last(void *ctx, const struct token *t)
{
	struct token *last = ctx;
	*last = *t;
	return t->end == 9 ? 7 : 0;
}

TEST(composed_and_decomposed_are_the_same)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str composed = words(a, TOKEN_QUERY, "한 ế");
	CHECK_STREQ(words(a, TOKEN_QUERY, "\u1112\u1161\u11ab e\u0302\u0301"), composed);
}

TEST(places_are_those_of_the_source)
{
	struct token t = {0};
	CHECK_EQ(tokenize(S("«Accès» à"), TOKEN_DOCUMENT, keep_last, &t), 0);
	CHECK_EQ(t.start, 11);
	CHECK_EQ(t.end, 13);
	/* What the callback returns ends the walk. */
	CHECK_EQ(tokenize(S("«Accès x» à"), TOKEN_DOCUMENT, keep_last, &t), 0);
	CHECK_EQ(tokenize(S("ab cd efg hi jk"), TOKEN_DOCUMENT, keep_last, &t), 7);
	CHECK_EQ(t.start, 6);
}

/* --- any bytes --- */

struct span {
	size_t n;
	size_t end;
	size_t start;
	size_t size;
	bool bad;
};

static int check_span(void *ctx, const struct token *t)
{
	struct span *s = ctx;
	s->bad |= !t->text.n || !utf8_valid(t->text) || t->start >= t->end || t->end > s->size;
	s->bad |= t->start < s->start || (!s->n && t->beside);
	s->start = t->start;
	s->n++;
	return 0;
}

TEST(any_bytes_are_taken)
{
	uint64_t x = 88172645463325252u;
	char bytes[200];
	for (int round = 0; round < 20000; round++) {
		struct span s = {.size = (size_t)round % sizeof bytes};
		for (size_t i = 0; i < s.size; i++) {
			x ^= x << 13;
			x ^= x >> 7;
			x ^= x << 17;
			/* Often a lead byte of CJK or Arabic, so that whole characters arise. */
			bytes[i] = (char)(round % 3 == 0 ? x >> 32
			                  : i % 3 == 0   ? 0xe4 + (x >> 40) % 6
			                                 : 0x80 + (x >> 33) % 0x40);
		}
		tokenize(str_from(bytes, s.size), round % 2 ? TOKEN_DOCUMENT : TOKEN_QUERY,
		    check_span, &s);
		if (s.bad) {
			t_fail(__FILE__, __LINE__, "round %d", round);
			return;
		}
	}
}

TEST(long_words_are_cut_alike)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct buf b = buf_in(a, 0);
	for (int i = 0; i < 100000; i++)
		buf_put(&b, i % 2 ? S("é") : S("ﷺ"));
	struct span s = {.size = buf_str(&b).n};
	tokenize(buf_str(&b), TOKEN_DOCUMENT, check_span, &s);
	CHECK(!s.bad);
	CHECK(s.n > 1000);
}

/* --- with FTS5 --- */

static int64_t found(struct db *db, struct arena *a, const char *match)
{
	const struct db_stmt_info info = {
	    "count", "SELECT count(*) FROM t WHERE t MATCH ?", "", 0, true};
	struct db_use u = {0};
	struct err err = {0};
	bool row = false;
	CHECK_EQ(db_take(db, &info, &u, &err), OK);
	db_bind_text(&u, 1, arena_printf(a, "\"%s\"", match));
	CHECK_EQ(db_step(&u, &row, &err), OK);
	int64_t n = row ? db_col_i64(&u, 0) : -1;
	/* The row of the cache is that of a local: gone with it. */
	db_auto_use(&u);
	return n;
}

TEST(every_part_of_a_chinese_text_is_found)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct err err = {0};
	static const char *const finds[] = {"网", "互联网", "联网治", "理工", "工作组", "组", "互",
	    "互联网治理工作组 WGEC", "组 WGEC", "WGEC", "互联网治理工作组WGEC"};
	static const char *const lacks[] = {"网络", "治网", "组互", "理组"};
	for (size_t i = 0; i < sizeof finds / sizeof finds[0] + sizeof lacks / sizeof lacks[0];
	     i++) {
		AUTO_DB struct db *db = NULL;
		bool find = i < sizeof finds / sizeof finds[0];
		NEED(db_open_memory(&db, &err) == OK);
		NEED(db_script(db,
		         S("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='comity_icu');"
		           "INSERT INTO t VALUES ('互联网治理工作组WGEC')"),
		         &err) == OK);
		const char *text = find ? finds[i] : lacks[i - sizeof finds / sizeof finds[0]];
		if (found(db, a, text) != find)
			t_fail(__FILE__, __LINE__, "%s", text);
	}
}
