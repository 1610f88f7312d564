/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/verify_drafts.h"

#include "base/must.h"
#include "engine/codec.h"
#include "engine/room.h"
#include "record/media.h"
#include "record/part.h"
#include "rooms/draft/draft_text.h"
#include "rooms/reading/reading.h"
#include "rooms/rooms_list.h"

#include "base/poison.h"

struct verify_drafts {
	struct arena *arena, *each;
	VEC(struct draft) drafts;
	VEC(bool) unknown; /* of each draft: something that its text was made of is not there */
	uint64_t right, bases, passed;
};

struct verify_drafts *verify_drafts_new(void)
{
	struct arena *a = arena_new(0);
	struct verify_drafts *v = arena_new_of(a, struct verify_drafts);
	v->arena = a;
	v->each = arena_new(0);
	return v;
}

void verify_drafts_free(struct verify_drafts *v)
{
	if (!v)
		return;
	arena_free(v->each);
	arena_free(v->arena);
}

uint64_t verify_drafts_right(const struct verify_drafts *v)
{
	return v->right;
}

uint64_t verify_drafts_bases(const struct verify_drafts *v)
{
	return v->bases;
}

uint64_t verify_drafts_unknown(const struct verify_drafts *v)
{
	return v->passed;
}

/* The parts of an entry as the codec wants them; *whole: nothing of them is missing. */
static enum rc open_parts(
    struct arena *a, const struct log_entry *e, plain_parts *out, bool *whole, struct err *err)
{
	*whole = true;
	for (size_t i = 0; i < e->entry.parts; i++) {
		const struct store_part *part = &e->parts[i];
		struct plain_part *p = vec_push(a, out);
		struct blocks blocks;
		p->media = e->entry.part[i].media;
		p->is_blocks = media_is_blocks(p->media);
		p->gone = part->erased || part->elsewhere;
		*whole = *whole && !p->gone;
		if (p->gone)
			continue;
		p->body = part->body;
		p->size = part->body.n;
		if (!p->is_blocks)
			continue;
		TRY(blocks_parse(a, part->body, part->salts, &blocks, err));
		for (size_t k = 0; k < blocks.n; k++) {
			*vec_push(a, &p->blocks) = blocks.v[k].gone ? STR_EMPTY : blocks.v[k].text;
			*whole = *whole && !blocks.v[k].gone;
		}
	}
	return OK;
}

static bool is_filing(const struct fact *f)
{
	static const char *const filings[] = {"draft.amend", "draft.insert", "draft.delete",
	    "draft.move", "draft.split", "draft.join", "informal.result"};
	for (size_t i = 0; i < sizeof filings / sizeof filings[0]; i++)
		if (fact_is(f, filings[i]))
			return true;
	return false;
}

/* The draft that an entry is about. */
static enum rc draft_of(struct verify_drafts *v, const struct fact *f, size_t *out, struct err *err)
{
	int64_t number = fact_i64(f, "draft");
	if (number < 1 || (uint64_t)number > v->drafts.n)
		return ERR(err, REFUSED, NULL, "It is about a draft that there is not.");
	*out = (size_t)number - 1;
	return OK;
}

/* What does not fit is a finding, not a failure to read. */
static enum rc finding(enum rc rc, struct err *err)
{
	if (rc != OK && err)
		err->code = REFUSED;
	return rc == OK ? OK : REFUSED;
}

static enum rc accept(
    struct verify_drafts *v, struct draft *d, const struct fact *f, struct err *err)
{
	const struct value *text = fact_value(f, "text");
	TRY(finding(draft_text_accept(v->arena, d, f, err), err));
	if (!draft_text_reads(v->each, d, text->list.p, text->list.n))
		return ERR(err, REFUSED, NULL,
		    "The text of this revision is not what the accepted amendments make of the one "
		    "before.");
	v->right++;
	return OK;
}

/* What a reading began or ended with is the text as it stood then. */
static enum rc read_base(
    struct verify_drafts *v, const struct draft *d, const struct fact *f, struct err *err)
{
	bool same = fact_i64(f, "revision") == d->revision &&
	            str_eq(fact_str(f, "base"), reading_base_hash(v->each, &d->doc));
	if (!same)
		return ERR(err, REFUSED, NULL,
		    "The hash that this reading states is not that of the text of its draft.");
	v->bases++;
	return OK;
}

static bool is_reading(const struct fact *f)
{
	return fact_is(f, "reading.open") || fact_is(f, "reading.close");
}

static enum rc take(struct verify_drafts *v, const struct fact *f, bool whole, struct err *err)
{
	size_t i;
	if (fact_is(f, "draft.open")) {
		struct draft *d = vec_push(v->arena, &v->drafts);
		*vec_push(v->arena, &v->unknown) = !whole;
		return finding(draft_text_open(v->arena, f, d, err), err);
	}
	bool accepts = fact_is(f, "draft.accept");
	bool reads = is_reading(f);
	bool restates = fact_is(f, "draft.restate");
	bool stands = fact_is(f, "draft.stand_on_text");
	if (!accepts && !reads && !restates && !stands && !is_filing(f))
		return OK;
	TRY(draft_of(v, f, &i, err));
	v->unknown.p[i] = v->unknown.p[i] || (!whole && !reads);
	if (v->unknown.p[i]) {
		v->passed += accepts || reads;
		return OK;
	}
	struct draft *d = &v->drafts.p[i];
	if (reads)
		return read_base(v, d, f, err);
	if (stands)
		return finding(draft_text_stand(v->arena, d, f, err), err);
	if (restates)
		return finding(draft_text_restate(v->arena, d, f, err), err);
	return accepts ? accept(v, d, f, err) : finding(draft_text_file(v->arena, d, f, err), err);
}

enum rc verify_drafts_visit(void *ctx, const struct log_entry *e, struct err *err)
{
	struct verify_drafts *v = ctx;
	plain_parts parts = {0};
	bool whole;
	const struct command *c = rooms_command(&comity_rooms, e->entry.type, NULL);
	bool ours = str_starts(e->entry.type, S("draft.")) ||
	            str_starts(e->entry.type, S("reading.")) ||
	            str_eq(e->entry.type, S("informal.result"));
	if (!c || !ours)
		return OK;
	arena_reset(v->each);
	struct fact f = {
	    .command = c, .actor = e->entry.actor, .time = e->entry.time, .seq = e->entry.seq};
	struct value *values = NULL;
	TRY(finding(open_parts(v->each, e, &parts, &whole, err), err));
	TRY(finding(codec_decode(v->each, c, &parts, &values, err), err));
	f.values = values;
	return take(v, &f, whole, err);
}
