/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Every revision of a draft can be made anew from the record, and another text is found out. */
#include "draft_view.sql.h"
#include "engine/house.h"
#include "main/replay.h"
#include "main/verify_drafts.h"
#include "record/verify.h"
#include "rooms/rooms_list.h"
#include "t.h"
#include "text/op_json.h"

#include <stdio.h>

#include "base/poison.h"

/* Shows the drafts' verifier every entry, and remembers what is told. */
struct forger {
	struct arena *arena;
	struct verify_drafts *drafts;
	bool forge;      /* the text of an accepted revision gets one letter changed */
	bool forge_base; /* the hash that a closed reading states gets one digit changed */
	int64_t forged;  /* the entry, or -1 */
	str what;        /* the first finding */
	int64_t seq;
};

static void change_a_letter(struct forger *f, struct log_entry *e)
{
	struct store_part *parts = arena_array(f->arena, struct store_part, e->entry.parts);
	for (size_t i = 0; i < e->entry.parts; i++) {
		parts[i] = e->parts[i];
		if (str_find(e->entry.part[i].media, S("blocks")) == SIZE_MAX)
			continue;
		char *body = arena_z(f->arena, parts[i].body);
		body[parts[i].body.n - 2] ^= 1; /* the last byte of the last paragraph */
		parts[i].body.p = body;
		f->forged = f->forged < 0 ? e->entry.seq : f->forged;
	}
	e->parts = parts;
}

static void change_a_digit(struct forger *f, struct log_entry *e)
{
	struct store_part *parts = arena_array(f->arena, struct store_part, e->entry.parts);
	for (size_t i = 0; i < e->entry.parts; i++) {
		parts[i] = e->parts[i];
		size_t at = str_find(parts[i].body, S("\"base\":\""));
		if (at == SIZE_MAX)
			continue;
		char *body = arena_z(f->arena, parts[i].body);
		body[at + 8] = body[at + 8] == 'a' ? 'b' : 'a';
		parts[i].body.p = body;
		f->forged = f->forged < 0 ? e->entry.seq : f->forged;
	}
	e->parts = parts;
}

static enum rc visit(void *ctx, const struct log_entry *e, struct err *err)
{
	struct forger *f = ctx;
	struct log_entry shown = *e;
	if (f->forge && str_is(e->entry.type, "draft.accept"))
		change_a_letter(f, &shown);
	if (f->forge_base && str_is(e->entry.type, "reading.close"))
		change_a_digit(f, &shown);
	return verify_drafts_visit(f->drafts, &shown, err);
}

static void tell(void *ctx, const struct verify_finding *finding)
{
	struct forger *f = ctx;
	if (f->what.n)
		return;
	f->what = arena_str(f->arena, finding->what);
	f->seq = finding->seq;
}

/* The sample, replayed into a folder of that number. */
static struct house *sample(struct arena *a, int n)
{
	struct replay_stats stats;
	struct err err = {0};
	struct house *h = NULL;
	str dir = arena_printf(a, "%s/data%d", t_tmpdir(), n);
	str script = arena_printf(a, "%s/examples/wgec", t_root());
	struct replay_how how = {.folder = script, .dir = dir, .seed = S("a test")};
	CHECK_EQ(replay_folder(a, &comity_rooms, &how, &stats, &err), OK);
	struct house_conf conf = {
	    .dir = dir, .rooms = &comity_rooms, .clock = clock_wall(), .rng = rng_system()};
	CHECK_EQ(house_open(&conf, &h, &err), OK);
	return h;
}

static struct verify_result verify(struct forger *f)
{
	struct err err = {0};
	struct verify_result r = {0};
	AUTO_HOUSE struct house *h = sample(f->arena, f->forge + 2 * f->forge_base);
	struct verify_how how = {.tell = tell, .visit = visit, .ctx = f};
	str origin = house_origin(h, f->arena, S("wgec"));
	CHECK_EQ(verify_store(f->arena, house_store(h), origin, &how, &r, &err), OK);
	return r;
}

TEST(every_revision_is_made_anew_from_the_record)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct forger f = {.arena = a, .drafts = verify_drafts_new(), .forged = -1};
	CHECK_EQ(verify(&f).findings, 0);
	CHECK(verify_drafts_right(f.drafts) > 0);
	CHECK_EQ(verify_drafts_bases(f.drafts), 6);
	CHECK_EQ(verify_drafts_unknown(f.drafts), 0);
	verify_drafts_free(f.drafts);
}

TEST(a_revision_that_reads_otherwise_is_named)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct forger f = {.arena = a, .drafts = verify_drafts_new(), .forge = true, .forged = -1};
	CHECK(verify(&f).findings > 0);
	CHECK(f.forged >= 0);
	CHECK_EQ(f.seq, f.forged);
	CHECK(str_find(f.what, S("is not what the accepted amendments make")) != SIZE_MAX);
	verify_drafts_free(f.drafts);
}

TEST(a_reading_that_states_another_hash_is_named)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct forger f = {
	    .arena = a, .drafts = verify_drafts_new(), .forge_base = true, .forged = -1};
	CHECK(verify(&f).findings > 0);
	CHECK(f.forged >= 0);
	CHECK_EQ(f.seq, f.forged);
	CHECK(str_find(f.what, S("The hash that this reading states")) != SIZE_MAX);
	verify_drafts_free(f.drafts);
}

/* --- what the texts of the sample say of it --- */

static const char *const small[] = {"no", "one", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    "seventeen", "eighteen", "nineteen"};

/* "sixty-three"; below a hundred. */
static str spelled(struct arena *a, size_t n)
{
	static const char *const tens[] = {
	    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"};
	if (n < 20)
		return str_of(small[n]);
	return n % 10 ? arena_printf(a, "%s-%s", tens[n / 10 - 2], small[n % 10])
	              : str_of(tens[n / 10 - 2]);
}

static void once(struct map *m, str paragraph, size_t *n)
{
	*n += !map_get(m, paragraph);
	map_put(m, paragraph, m);
}

TEST(the_report_of_the_sample_counts_amendments_right)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_HOUSE struct house *h = sample(a, 9);
	struct err err = {0};
	struct draft_revision_one_row first;
	struct draft_amendments_rows rows = {0};
	struct map numbered = map_in(a), tabled = map_in(a), accepted = map_in(a);
	size_t paragraphs = 0, touched = 0, changed = 0;
	struct json *doc;
	struct text_doc d;
	bool found;
	CHECK_EQ(draft_revision_one(house_db(h), a, 1, 1, 1, &first, &found, &err), OK);
	CHECK_EQ(draft_amendments(house_db(h), a, 1, 1, &rows, &err), OK);
	CHECK_EQ(json_parse(a, first.doc, "doc", &doc, &err), OK);
	CHECK_EQ(text_doc_of_json(a, doc, &d, &err), OK);
	for (size_t i = 0; i < d.n; i++)
		if (d.par[i].number.n)
			once(&numbered, d.par[i].id, &paragraphs);
	for (size_t i = 0; i < rows.n; i++) {
		const struct draft_amendments_row *r = &rows.p[i];
		if (str_is(r->kind, "insert") || !map_get(&numbered, r->paragraph))
			continue; /* a new paragraph, or one that came in with another revision */
		once(&tabled, r->paragraph, &touched);
		if (str_is(r->status, "accepted"))
			once(&accepted, r->paragraph, &changed);
	}
	CHECK_EQ(touched, paragraphs); /* "all" */
	str said = arena_printf(a,
	    "Amendments were tabled to all %.*s paragraphs of the draft recommendations, and "
	    "accepted "
	    "in %.*s of them.",
	    STR(spelled(a, paragraphs)), STR(spelled(a, changed)));
	str report = arena_printf(a, "%s/examples/wgec/texts/report-of-the-chair.en.txt", t_root());
	printf("# %.*s\n", STR(said));
	CHECK(str_find(t_read_file(a, arena_z(a, report)), said) != SIZE_MAX);
}
