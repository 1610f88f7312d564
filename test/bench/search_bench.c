/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * search_bench: what a search costs, beside the same texts in bare FTS5.
 *
 *     search_bench FOLDER [PARAGRAPHS]     100,000 paragraphs unless told otherwise
 *
 * Paragraphs are pieces of the shared texts in six languages, five in ten English. The peers are
 * FTS5 tables that rank with bm25 and read the best 20 rows: one with its tokenizer porter, which
 * finds the inflected forms of English words, for searches as they are typed; one with unicode61,
 * for the same words in quotation marks. Ours parses, searches, and makes the 20 snippets of a
 * page. Searches of one to three words that stand together somewhere give the median; frequent
 * words and beginnings give the worst. Each line: what, ours, peer, ratio; milliseconds of
 * processor time, of three interleaved rounds the median.
 */
#include "base/must.h"
#include "base/utf8.h"
#include "base/when.h"
#include "harness/t_rand.h"
#include "rooms/search/search_find.h"
#include "rooms/search/search_forms.h"
#include "rooms/search/search_mark.h"
#include "search_view.sql.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/poison.h"

#define SHARED    T_ROOT "/../shared/data/"
#define PARAGRAPH 360 /* bytes, about */
#define TYPICAL   300
#define ROUNDS    3
#define BATCH     20000
#define BEST      20
#define SLOW      60.0 /* milliseconds: worth a line of its own */

#define LANGS 6
static const char *const langs[LANGS] = {"en", "ar", "es", "fr", "ru", "zh"};

struct bench {
	struct arena *a;
	struct db *db;
	str texts[LANGS];
	int64_t n;
	struct t_rand chance;
	usec forms; /* of filling ours */
};

/* --- texts --- */

static void read_file(struct buf *b, const char *path)
{
	static char bytes[1 << 20];
	FILE *f = fopen(path, "rb");
	if (!f)
		return;
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	bool tag = false;
	for (size_t i = 0; i < n; i++) {
		tag = bytes[i] == '<' || (tag && bytes[i] != '>');
		if (!tag && bytes[i] != '>')
			buf_putc(b, (unsigned char)bytes[i] < ' ' ? ' ' : bytes[i]);
	}
}

static void read_folder(struct arena *a, struct buf *b, const char *folder)
{
	DIR *d = opendir(folder);
	must(d);
	for (struct dirent *e; (e = readdir(d));)
		if (str_ends(str_of(e->d_name), S(".txt")))
			read_file(b, arena_printf(a, "%s/%s", folder, e->d_name).p);
	closedir(d);
}

static void read_texts(struct bench *x)
{
	static const char *const sdg[LANGS] = {"en", "ar", "es", "fr", "ru", "zh-Hans"};
	static const char *const udhr[LANGS] = {"eng", "arb", "spa", "fra", "rus", "cmn_hans"};
	for (size_t i = 0; i < LANGS; i++) {
		struct buf b = buf_in(x->a, 0);
		read_file(&b, arena_printf(x->a, SHARED "udhr-six-languages/%s.html", udhr[i]).p);
		read_file(&b,
		    arena_printf(x->a, SHARED "sdg-six-languages/%s/global_targets.yml", sdg[i]).p);
		read_file(&b,
		    arena_printf(x->a, SHARED "sdg-six-languages/%s/global_indicators.yml", sdg[i])
		        .p);
		if (i == 0)
			read_folder(x->a, &b, SHARED "un-general-debate-2015");
		x->texts[i] = buf_str(&b);
		must(x->texts[i].n > 10000);
	}
}

static size_t at_word(str s, size_t i)
{
	for (size_t n = 0; n < 40 && i < s.n && s.p[i] != ' '; n++)
		i++;
	while (i < s.n && ((unsigned char)s.p[i] & 0xc0) == 0x80)
		i++;
	return i;
}

static str paragraph(struct bench *x, size_t lang)
{
	str s = x->texts[lang];
	size_t from = at_word(s, t_rand_below(&x->chance, s.n - 3 * PARAGRAPH));
	size_t to = at_word(s, from + PARAGRAPH / 2 + t_rand_below(&x->chance, PARAGRAPH));
	str piece = str_trim(str_head(str_skip(s, from), to - from));
	return utf8_valid(piece) ? piece : S("-");
}

/* --- the tables --- */

enum table { OURS, STEMMED, BARE }; /* the peers: by stems, and as written */

static const struct db_stmt_info puts_of[] = {
    [STEMMED] = {"stemmed_put", "INSERT INTO stemmed (rowid, text) VALUES (?, ?)", "", 0, false},
    [BARE] = {"bare_put", "INSERT INTO bare (rowid, text) VALUES (?, ?)", "", 0, false}};
static const struct db_stmt_info finds_of[] = {
    [STEMMED] = {"stemmed_find",
        "SELECT rowid, text FROM stemmed WHERE stemmed MATCH ? ORDER BY rank LIMIT 20", "", 0,
        true},
    [BARE] = {"bare_find", "SELECT rowid, text FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 20",
        "", 0, true}};

static void put_peer(struct bench *x, enum table to, int64_t id, str text)
{
	struct err err;
	bool row;
	AUTO_STMT struct db_use u = {0};
	must(db_take(x->db, &puts_of[to], &u, &err) == OK);
	db_bind_i64(&u, 1, id);
	db_bind_text(&u, 2, text);
	must(db_step(&u, &row, &err) == OK);
}

static void put_ours(struct bench *x, int64_t id, str lang, str text)
{
	struct err err;
	must(search_row_add(x->db, id, 1, S("document"), S("1"), S("documents/1"), S("p1"),
	         S("Paper"), S("Paper"), text, lang, 1, id, 0, &err) == OK);
	must(search_new_add(x->db, id, &err) == OK);
}

/* Processor time of this thread, in microseconds: others may share the machine. */
static usec spent(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (usec)t.tv_sec * USEC_SECOND + t.tv_nsec / 1000;
}

/* Ten paragraphs an entry. The tables are filled one after the other, and timed. */
static usec fill(struct bench *x, enum table to)
{
	struct err err;
	usec start = spent();
	AUTO_ARENA struct arena *a = arena_new(0);
	x->chance = (struct t_rand){42};
	for (int64_t i = 0; i < x->n;) {
		struct db_tx tx = {0};
		must(db_begin(x->db, &tx, &err) == OK);
		for (int64_t k = 0; k < BATCH && i < x->n; k++, i++) {
			size_t r = t_rand_below(&x->chance, 10), lang = r < LANGS ? r : 0;
			str text = arena_printf(a, "%.*s (S/2017/%lld)", STR(paragraph(x, lang)),
			    (long long)(i % 50000));
			int64_t id = search_id(1, i / 10, SEARCH_DOCUMENT,
			    search_lang_of(str_of(langs[lang])), i % 10);
			if (to == OURS)
				put_ours(x, id, str_of(langs[lang]), text);
			else
				put_peer(x, to, id, text);
			arena_reset(a);
		}
		usec before = spent();
		must(search_forms_count_new(x->db, &err) == OK);
		x->forms += spent() - before;
		must(search_new_words(x->db, &err) == OK && search_new_done(x->db, &err) == OK);
		must(db_commit(&tx, &err) == OK);
	}
	return spent() - start;
}

/* --- the searches --- */

/* One to three words of one paragraph, in a language with spaces. */
static str typical(struct bench *x)
{
	struct buf b = buf_in(x->a, 0);
	size_t n = 1 + t_rand_below(&x->chance, 3);
	str text = paragraph(
	    x, t_rand_below(&x->chance, 10) < 6 ? 0 : t_rand_below(&x->chance, LANGS - 1));
	for (size_t tries = 0; n && tries < 30; tries++) {
		size_t from = at_word(text, t_rand_below(&x->chance, text.n)) + 1;
		str rest = str_skip(text, from < text.n ? from : text.n);
		size_t space = str_find_char(rest, ' ');
		if (space == SIZE_MAX || space < 4)
			continue;
		buf_sep(&b, S(" "));
		buf_put(&b, str_head(rest, space));
		n--;
	}
	return buf_str(&b);
}

static double ours(struct bench *x, str typed, size_t *found)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct search_query q;
	struct search_found f;
	struct search_ask ask = {.grp = 1, .kind = SEARCH_KINDS};
	struct err err;
	usec start = spent();
	search_query_parse(a, typed, &q);
	must(search_find(x->db, a, &q, &ask, &f, &err) == OK);
	for (size_t i = 0; i < f.hits.n && i < BEST; i++) {
		struct search_row_get_row row;
		bool there;
		must(search_row_get(x->db, a, f.hits.p[i].id, &row, &there, &err) == OK && there);
		struct search_piece p = search_snippet(a, &q, row.text, 280);
		must(p.spans.n || !row.text.n);
	}
	*found = f.hits.n;
	return (double)(spent() - start) / 1e3;
}

static double peer(struct bench *x, enum table in, str typed)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct search_query q;
	struct err err;
	bool row = true;
	search_query_parse(a, typed, &q);
	if (!q.match.n)
		return 0;
	usec start = spent();
	AUTO_STMT struct db_use u = {0};
	must(db_take(x->db, &finds_of[in], &u, &err) == OK);
	db_bind_text(&u, 1, q.match);
	while (row) {
		must(db_step(&u, &row, &err) == OK);
		if (row)
			(void)db_col_text(&u, a, 1);
	}
	return (double)(spent() - start) / 1e3;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

struct times {
	double ours, peer;
	size_t found;
};

static struct times measure(struct bench *x, enum table in, str typed)
{
	double o[ROUNDS], p[ROUNDS];
	struct times t;
	for (size_t i = 0; i < ROUNDS; i++) {
		p[i] = peer(x, in, typed);
		o[i] = ours(x, typed, &t.found);
	}
	qsort(o, ROUNDS, sizeof *o, by_value);
	qsort(p, ROUNDS, sizeof *p, by_value);
	t.ours = o[ROUNDS / 2];
	t.peer = p[ROUNDS / 2];
	return t;
}

static void say_line(const char *what, double o, double b)
{
	printf("%-44s ours %8.2f ms   peer %8.2f ms   ratio %.2f\n", what, o, b, b > 0 ? o / b : 0);
}

/* Every word in quotation marks. */
static str quoted(struct arena *a, str typed)
{
	struct buf b = buf_in(a, 0);
	buf_putc(&b, '"');
	for (size_t i = 0; i < typed.n; i++)
		buf_put(&b, typed.p[i] == ' ' ? S("\" \"") : str_head(str_skip(typed, i), 1));
	buf_putc(&b, '"');
	return buf_str(&b);
}

static double measure_typical(struct bench *x, enum table peer, const char *what)
{
	double o[TYPICAL], p[TYPICAL];
	size_t found = 0;
	x->chance = (struct t_rand){7};
	for (size_t i = 0; i < TYPICAL; i++) {
		str typed = typical(x);
		struct times t = measure(x, peer, peer == BARE ? quoted(x->a, typed) : typed);
		if (t.ours > SLOW)
			printf("slow: %.*s (%zu)  ours %.1f ms   peer %.1f ms\n", STR(typed),
			    t.found, t.ours, t.peer);
		o[i] = t.ours;
		p[i] = t.peer;
		found += t.found;
	}
	qsort(o, TYPICAL, sizeof *o, by_value);
	qsort(p, TYPICAL, sizeof *p, by_value);
	say_line(arena_printf(x->a, "%s, p50", what).p, o[TYPICAL / 2], p[TYPICAL / 2]);
	say_line(
	    arena_printf(x->a, "%s, p95", what).p, o[TYPICAL * 95 / 100], p[TYPICAL * 95 / 100]);
	say_line(arena_printf(x->a, "%s, worst", what).p, o[TYPICAL - 1], p[TYPICAL - 1]);
	printf("%s: %zu texts found\n", what, found);
	return o[TYPICAL - 1];
}

static void measure_frequent(struct bench *x, double worst)
{
	static const char *const typed[] = {"the", "the of", "the of and to in", "of -the",
	    "\"of the\"", "\"the of\"", "nations -peace -the -and", "int*", "the*", "con* dev*",
	    "в и", "в the", "de la", "في من", "的", "发展", "发展中国家", "可持续发展 国家",
	    "的 the", "s 2017 12345", "S/2017/12345", "2017 zzzzz", "the S/2017/77",
	    "peace security development rights"};
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		struct times t = measure(x, STEMMED, str_of(typed[i]));
		char what[128];
		snprintf(what, sizeof what, "%s (%zu)", typed[i], t.found);
		say_line(what, t.ours, t.peer);
		worst = t.ours > worst ? t.ours : worst;
	}
	printf("worst of all: %.1f ms\n", worst);
}

int main(int argc, char **argv)
{
	struct err err;
	struct bench x = {.a = arena_new(0), .n = 100000};
	if (argc < 2 || (argc > 2 && !str_to_i64(str_of(argv[2]), &x.n))) {
		fprintf(stderr, "use: search_bench FOLDER [PARAGRAPHS]\n");
		return 2;
	}
	mkdir(argv[1], 0700);
	const char *path = arena_printf(x.a, "%s/search.db", argv[1]).p;
	read_texts(&x);
	if (access(path, F_OK) != 0) {
		must(db_open_write(path, &x.db, &err) == OK);
		must(db_script(x.db,
		         S("PRAGMA synchronous=OFF; CREATE VIRTUAL TABLE bare USING fts5(text);"
		           "CREATE VIRTUAL TABLE stemmed USING fts5(text, tokenize='porter')"),
		         &err) == OK);
		must(db_apply(x.db, &search_view_sql, &err) == OK);
		double n = (double)x.n, o = (double)fill(&x, OURS) / n;
		say_line("filling, per 1,000 paragraphs", o, (double)fill(&x, STEMMED) / n);
		say_line("the same; without stems", o, (double)fill(&x, BARE) / n);
		say_line("counting the forms; all of it", (double)x.forms / n, o);
		db_close(x.db);
	}
	must(db_open_read(path, &x.db, &err) == OK);
	(void)measure_typical(&x, BARE, "as written");
	measure_frequent(&x, measure_typical(&x, STEMMED, "typical search"));
	db_close(x.db);
	arena_free(x.a);
	return 0;
}
