/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* How amendments are filed: from what a delegation wants to read to operations of the log. */
#include "rooms/draft/draft_rules.h"

#include "base/must.h"
#include "rooms/draft/draft_text.h"
#include "rooms/reading/reading.h"
#include "text/amend.h"
#include "text/op_json.h"

#include "base/poison.h"

/* What is being filed. */
struct filing {
	const struct draft *draft;
	str party;
	struct text_wish wish;
	const struct text_reading *reading; /* NULL: the wish counts */
	size_t readings;
};

static enum rc begin(const struct group *g, struct act *act, struct filing *f, struct err *err)
{
	int64_t seat;
	TRY(draft_need(g, act, &f->draft, err));
	return draft_give_seat(g, act, &seat, &f->party, err);
}

/* The field of the form that a refusal of the text engine is about. */
static const char *field_of(const struct act *act, const struct err *err)
{
	bool after = err->field && strcmp(err->field, "after") == 0;
	for (size_t i = 0; i < act->command->fields_n; i++)
		if (after && strcmp(act->command->fields[i].name, "after") == 0)
			return "after";
	for (size_t i = 0; i < act->command->fields_n; i++)
		if (strcmp(act->command->fields[i].name, "paragraph") == 0 &&
		    !(act->command->fields[i].flags & FIELD_GIVEN))
			return "paragraph";
	return "text";
}

/* One that is before the group and does the same is to be co-sponsored. */
static enum rc offer_same(
    struct act *act, const struct draft *d, const struct text_amendment *young, struct err *err)
{
	for (size_t i = 0; i < d->amendments.n; i++) {
		const struct amendment *m = &d->amendments.p[i];
		bool same = amendment_is_ready(m) && m->text.ops_n == young->ops_n;
		for (size_t k = 0; same && k < young->ops_n; k++)
			same = text_op_same(&m->text.ops[k], &young->ops[k]);
		if (same)
			return ERR(err, REFUSED, field_of(act, &(struct err){0}),
			    "Amendment {0} of {1} says the same. Co-sponsor it instead.",
			    act_digits(act, (int64_t)i + 1), m->text.party);
	}
	return OK;
}

/*
 * What the text engine says of one amendment among many, in the words of the form and of the
 * catalogues. {0} is the paragraph as people name it.
 */
static void say_own(struct act *act, const struct draft *d, struct err *err)
{
	static const char *const all[][2] = {{TEXT_SAYS_NO_PAR, "This draft has no paragraph {0}."},
	    {TEXT_SAYS_GONE, "Paragraph {0} has been deleted."},
	    {TEXT_SAYS_NOTHING,
	        "This changes nothing: change the words that should read otherwise."},
	    {TEXT_SAYS_BEHIND_ITSELF, "Paragraph {0} cannot be moved behind itself."},
	    {TEXT_SAYS_THERE_ALREADY, "Paragraph {0} stands there already."},
	    {TEXT_SAYS_NONE_FOLLOWS, "No paragraph follows {0} that it could be joined with."}};
	size_t par = text_doc_find(&d->doc, err->arg[1]);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if (strcmp(err->msg, all[i][0]) != 0)
			continue;
		err->msg = all[i][1];
		err->arg[0] = par == TEXT_START ? err->arg[1]
		                                : reading_par_shown(act->arena, &d->doc.par[par]);
		return;
	}
}

/* Gives the operations that the wish comes to in the revision of now. */
static enum rc settle(struct act *act, const struct filing *f, struct err *err)
{
	const struct draft *d = f->draft;
	struct text_amendment m = {
	    .id = arena_printf(act->arena, "a%zu", d->amendments.n + 1), .party = f->party};
	struct text_lexer *l = text_lexer_open(act->arena);
	enum rc rc = text_settle(
	    act->arena, l, &d->doc, &f->wish, f->reading ? 0 : 1, f->reading, f->readings, &m, err);
	text_lexer_close(l);
	if (rc == INVALID && err) {
		err->field = field_of(act, err);
		say_own(act, d, err);
	}
	TRY(rc);
	TRY(offer_same(act, d, &m, err));
	act_give_i64(act, "revision", d->revision);
	act_give_str(
	    act, "ops", json_str(act->arena, text_ops_json(act->arena, &d->doc, m.ops, m.ops_n)));
	act_ref(act, d->last_seq);
	return OK;
}

static enum rc file(struct act *act, const struct filing *f, struct err *err)
{
	TRY(settle(act, f, err));
	act_give_i64(act, "amendment", (int64_t)f->draft->amendments.n + 1);
	return OK;
}

/* The paragraph as it should read. */
static enum rc read_par(str par, str text, struct text_reading *out, struct err *err)
{
	*out = (struct text_reading){.par = par, .text = text};
	if (str_find(out->text, S("\n\n")) != SIZE_MAX)
		return ERR(err, INVALID, "text",
		    "An empty line would split the paragraph: propose that on its own.");
	return OK;
}

static enum rc read_words(struct act *act, struct text_reading *out, struct err *err)
{
	return read_par(act_str(act, "paragraph"), act_str(act, "text"), out, err);
}

enum rc draft_decide_amend(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {0};
	struct text_reading r;
	TRY(begin(g, act, &f, err));
	TRY(read_words(act, &r, err));
	f.reading = &r;
	f.readings = 1;
	return file(act, &f, err);
}

enum rc draft_settle_words(
    struct act *act, const struct draft *d, str par, str text, str party, struct err *err)
{
	struct text_reading r;
	struct filing f = {.draft = d, .party = party, .reading = &r, .readings = 1};
	TRY(read_par(par, text, &r, err));
	return file(act, &f, err);
}

enum rc draft_decide_restate(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {0};
	struct text_reading r;
	const struct amendment *m;
	const struct amendment_sponsor *s;
	TRY(draft_need_amendment(g, act, &f.draft, &m, err));
	TRY(draft_need_tabled(act, m, err));
	TRY(draft_need_sponsor(g, act, m, &s, err));
	if (!amendment_needs_author(m))
		return ERR(err, REFUSED, "amendment",
		    "Amendment {0} can be accepted as it stands: to change it, withdraw it and "
		    "table "
		    "another.",
		    act_digits(act, act_i64(act, "amendment")));
	TRY(read_words(act, &r, err));
	f.party = s->party;
	f.reading = &r;
	f.readings = 1;
	return settle(act, &f, err);
}

enum rc draft_decide_insert(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {0};
	const struct value *text = act_value(act, "text");
	struct text_reading *r = arena_array(act->arena, struct text_reading, text->list.n + 1);
	TRY(begin(g, act, &f, err));
	for (size_t i = 0; i < text->list.n; i++)
		r[i] = (struct text_reading){
		    .par = STR_EMPTY, .after = act_str(act, "after"), .text = text->list.p[i]};
	f.reading = r;
	f.readings = text->list.n;
	return file(act, &f, err);
}

enum rc draft_decide_delete(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {.wish = {.verb = TEXT_DO_DELETE_PAR, .par = act_str(act, "paragraph")}};
	TRY(begin(g, act, &f, err));
	return file(act, &f, err);
}

enum rc draft_decide_move(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {.wish = {.verb = TEXT_DO_MOVE_PAR,
	                       .par = act_str(act, "paragraph"),
	                       .after = act_str(act, "after")}};
	TRY(begin(g, act, &f, err));
	return file(act, &f, err);
}

/* The paragraph is typed with an empty line at the place; nothing else may change. */
enum rc draft_decide_split(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {.wish = {.verb = TEXT_DO_SPLIT_PAR, .par = act_str(act, "paragraph")}};
	str text = act_str(act, "text");
	TRY(begin(g, act, &f, err));
	size_t par = text_doc_find(&f.draft->doc, f.wish.par);
	size_t gap = str_find(text, S("\n\n"));
	if (par == TEXT_START)
		return ERR(
		    err, ABSENT, "paragraph", "This draft has no paragraph {0}.", f.wish.par);
	if (gap == SIZE_MAX)
		return ERR(err, INVALID, "text",
		    "Leave an empty line where the paragraph is to be split.");
	str read = text_par_read(act->arena, &f.draft->doc.par[par]);
	str left = str_trim(str_head(text, gap)), right = str_trim(str_skip(text, gap));
	str rest = str_starts(read, left) ? str_trim(str_skip(read, left.n)) : STR_EMPTY;
	if (!right.n || !str_eq(rest, right))
		return ERR(err, INVALID, "text",
		    "Change nothing but the empty line; propose other words as an amendment of "
		    "their own.");
	struct text_lexer *l = text_lexer_open(act->arena);
	/* The spaces go with the first half, where nobody sees them; the second begins with a word.
	 */
	f.wish.from = text_graphemes(l, str_head(read, (size_t)(rest.p - read.p)));
	text_lexer_close(l);
	return file(act, &f, err);
}

enum rc draft_decide_join(const struct group *g, struct act *act, struct err *err)
{
	struct filing f = {.wish = {.verb = TEXT_DO_JOIN_PAR, .par = act_str(act, "paragraph")}};
	TRY(begin(g, act, &f, err));
	return file(act, &f, err);
}

void draft_fold_restate(struct group *g, const struct fact *f)
{
	must(draft_text_restate(g->arena, draft_of_fact(g, f), f, NULL) == OK);
}

void draft_fold_file(struct group *g, const struct fact *f)
{
	must(draft_text_file(g->arena, draft_of_fact(g, f), f, NULL) == OK);
}

/* A formal act on the draft must not be decided on what was before it. */
void draft_fold_words(struct group *g, const struct fact *f)
{
	draft_fold_file(g, f);
	g->touched[ROOM_draft] = f->seq;
}
