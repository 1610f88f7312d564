/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Stances on words of the text itself: which words, whose, and who takes one back. */
#include "rooms/draft/draft_rules.h"

#include "base/must.h"
#include "rooms/draft/draft_text.h"
#include "rooms/members/members.h"
#include "text/op_json.h"
#include "text/relate.h"
#include "text/token.h"

#include "base/poison.h"

static const char *const stance_words[] = {[TEXT_SUPPORT] = "support",
    [TEXT_RETAIN] = "retain",
    [TEXT_DELETE] = "delete",
    [TEXT_RESERVE] = "reserve",
    [TEXT_OBJECT] = "object"};

bool draft_stance_of(str word, enum text_stance_kind *out)
{
	for (size_t k = 0; k < TEXT_STANCE_KINDS; k++)
		if (str_is(word, stance_words[k])) {
			*out = (enum text_stance_kind)k;
			return true;
		}
	return false;
}

/* Bytes of what is read, at the edges of what a reader calls one letter. */
static bool is_edge(struct act *act, str read, size_t at)
{
	struct text_lexer *l = text_lexer_open(act->arena);
	bool edge = text_grapheme_at(l, read, text_graphemes(l, str_head(read, at))) == at;
	text_lexer_close(l);
	return edge;
}

/* Where the words stand in the paragraph: once, and nowhere else. */
static enum rc find_words(
    struct act *act, const struct text_par *par, struct text_op *op, struct err *err)
{
	str words = str_trim(act_str(act, "words")), read = text_par_read(act->arena, par);
	size_t at = str_find(read, words);
	if (at == SIZE_MAX)
		return ERR(err, INVALID, "words",
		    "These words do not stand in the paragraph: copy them from it as they are, or "
		    "leave this empty for the whole paragraph.");
	if (str_find(str_skip(read, at + 1), words) != SIZE_MAX)
		return ERR(err, INVALID, "words",
		    "These words stand in the paragraph more than once: add words before or behind "
		    "them until they stand there only once.");
	if (!is_edge(act, read, at) || !is_edge(act, read, at + words.n))
		return ERR(err, INVALID, "words",
		    "Begin and end with a whole letter, with the signs above and below it.");
	op->kind = TEXT_EDIT;
	op->from = text_par_at(par, at, 0);
	op->to = text_par_at(par, at + words.n, 0);
	for (size_t i = 0; i < par->gone_n; i++) /* what has gone right before them is not meant */
		if (par->gone[i].from == op->from)
			op->from = par->gone[i].to;
	return OK;
}

/* The operation that names the words: nobody proposes it (text/op.h, on_text). */
static enum rc name_words(
    struct act *act, const struct draft *d, struct text_op *op, struct err *err)
{
	str id = act_str(act, "paragraph");
	size_t par = text_doc_find(&d->doc, id);
	if (par == TEXT_START || d->doc.par[par].is_gone)
		return ERR(err, ABSENT, "paragraph", "This draft has no paragraph {0}.", id);
	*op = (struct text_op){.kind = TEXT_DELETE_PAR, .par = par};
	if (!str_trim(act_str(act, "words")).n)
		return OK;
	return find_words(act, &d->doc.par[par], op, err);
}

/* The stance of this seat on just these words, or NULL. */
static const struct draft_stand *stand_on(
    const struct draft *d, int64_t seat, const struct text_op *op)
{
	for (size_t i = 0; i < d->stands.n; i++) {
		const struct draft_stand *s = &d->stands.p[i];
		if (draft_stand_holds(s) && s->seat == seat && text_op_same(&s->text.ops[0], op))
			return s;
	}
	return NULL;
}

bool draft_is_other(const struct group *g, const struct act *act, int64_t seat)
{
	const struct seat *own = members_seat_of(g, act->actor, NULL);
	return !own || own->number != seat;
}

enum rc draft_may_replace(
    const struct group *g, struct act *act, int64_t seat, str party, bool floor, struct err *err)
{
	if (floor || !draft_is_other(g, act, seat))
		return OK;
	return ERR(err, DENIED, "stance",
	    "{0} took its stance itself. Only {0}, or the Chair with notice, removes it.", party);
}

enum rc draft_may_remove(const struct group *g, struct act *act, int64_t seat, str party,
    const char *why, struct err *err)
{
	bool other = draft_is_other(g, act, seat);
	act_give_str(act, "by_chair", other ? S("yes") : S("no"));
	if (!other)
		return OK;
	if (!(act->roles & ROLE_CHAIR))
		return ERR(err, DENIED, "stance",
		    "Only {0} itself, or the Chair with notice, removes its stance.", party);
	return act_has(act, why)
	           ? OK
	           : ERR(err, INVALID, why,
	                 "Say why the stance of {0} is removed, and when it was given notice; this "
	                 "is shown.",
	                 party);
}

enum rc draft_decide_stand(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	struct text_op op;
	int64_t seat;
	str party;
	TRY(draft_need(g, act, &d, err));
	TRY(draft_give_seat(g, act, &seat, &party, err));
	TRY(name_words(act, d, &op, err));
	const struct draft_stand *before = stand_on(d, seat, &op);
	if (before)
		TRY(draft_may_replace(g, act, seat, party, before->from_floor, err));
	act_give_i64(act, "number", (int64_t)d->stands.n + 1);
	act_give_i64(act, "revision", d->revision);
	act_give_str(act, "ops", json_str(act->arena, text_ops_json(act->arena, &d->doc, &op, 1)));
	act_give_str(act, "from_floor", draft_is_other(g, act, seat) ? S("yes") : S("no"));
	act_ref(act, d->last_seq);
	return OK;
}

void draft_fold_stand(struct group *g, const struct fact *f)
{
	must(draft_text_stand(g->arena, draft_of_fact(g, f), f, NULL) == OK);
}

enum rc draft_decide_unstand(const struct group *g, struct act *act, struct err *err)
{
	const struct draft *d;
	TRY(draft_need(g, act, &d, err));
	int64_t number = act_i64(act, "stance");
	const struct draft_stand *s =
	    number >= 1 && number <= (int64_t)d->stands.n ? &d->stands.p[number - 1] : NULL;
	if (!s || s->ended)
		return ERR(err, ABSENT, "stance",
		    "There is no stance {0} on the text of draft {1}.", act_digits(act, number),
		    act_digits(act, act_i64(act, "draft")));
	TRY(draft_may_remove(g, act, s->seat, s->party, "reason", err));
	act_give_i64(act, "for_seat", s->seat);
	act_give_str(act, "party", s->party);
	act_ref(act, s->seq);
	return OK;
}

void draft_fold_unstand(struct group *g, const struct fact *f)
{
	struct draft *d = draft_of_fact(g, f);
	int64_t number = fact_i64(f, "stance");
	must(number >= 1 && number <= (int64_t)d->stands.n);
	d->stands.p[number - 1].ended = true;
}

bool draft_stand_holds(const struct draft_stand *s)
{
	return !s->ended && text_op_is_live(&s->text.ops[0]);
}

bool draft_stands_against(const struct draft *d, const struct amendment *m)
{
	for (size_t i = 0; i < d->stands.n; i++) {
		const struct draft_stand *s = &d->stands.p[i];
		enum text_stance_kind kind = s->text.stances[0].kind;
		if (!draft_stand_holds(s) || (kind != TEXT_RETAIN && kind != TEXT_RESERVE))
			continue;
		for (size_t k = 0; k < m->text.ops_n; k++)
			if (text_op_is_live(&m->text.ops[k]) &&
			    text_relate(&d->doc, &s->text.ops[0], &m->text.ops[k], NULL) !=
			        TEXT_APART)
				return true;
	}
	return false;
}
