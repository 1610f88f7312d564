/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Themes and passages. */
#include "rooms/analysis/analysis_rules.h"

#include "base/must.h"
#include "base/utf8.h"
#include "rooms/call/call.h"
#include "rooms/caption/caption.h"

#include "base/poison.h"

/* --- what others ask --- */

#define FIND(vec, number) \
	((number) >= 1 && (number) <= (int64_t)(vec).n ? &(vec).p[(number)-1] : NULL)

const struct analysis_theme *analysis_theme(const struct group *g, int64_t number)
{
	return FIND(analysis_in(g)->themes, number);
}

const struct passage *analysis_passage(const struct group *g, int64_t number)
{
	return FIND(analysis_in(g)->passages, number);
}

str passage_source_word(enum passage_source s)
{
	switch (s) {
	case PASSAGE_CONTRIBUTION:
		return S("contribution");
	case PASSAGE_TRANSCRIPT:
		return S("transcript");
	}
	must_fail("source of a passage", __FILE__, __LINE__);
}

/* All of what the passage is cut from; empty when it was erased or is not public. */
static str words_around(const struct group *g, const struct passage *p)
{
	const struct contribution_item *c = contribution_find(g, p->contribution);
	const struct utterance *u = caption_utterance(g, p->meeting, p->segment);
	if (p->source == PASSAGE_TRANSCRIPT)
		return u ? utterance_words(u, p->version) : STR_EMPTY;
	return c && c->published ? contribution_words(c, p->question, p->paragraph) : STR_EMPTY;
}

str passage_words(const struct group *g, const struct passage *p)
{
	if (p->dropped)
		return STR_EMPTY;
	str all = words_around(g, p);
	size_t from = utf8_prefix(all, (size_t)p->from);
	return str_skip(str_head(all, utf8_prefix(all, (size_t)p->to)), from);
}

/* --- themes --- */

enum rc analysis_need_theme(
    const struct group *g, struct act *act, const struct analysis_theme **out, struct err *err)
{
	*out = analysis_theme(g, act_i64(act, "theme"));
	if (!*out)
		return ERR(err, ABSENT, "theme", "There is no theme {0}.",
		    act_digits(act, act_i64(act, "theme")));
	act_ref(act, (*out)->seq);
	return OK;
}

static enum rc need_new_title(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_state *s = analysis_in(g);
	for (size_t i = 0; i < s->themes.n; i++)
		if (str_eq_nocase(s->themes.p[i].title, act_str(act, "title")))
			return ERR(err, REFUSED, "title", "Theme {0} has this name already.",
			    act_digits(act, s->themes.p[i].number));
	return OK;
}

enum rc analysis_decide_theme(const struct group *g, struct act *act, struct err *err)
{
	TRY(need_new_title(g, act, err));
	act_give_i64(act, "number", (int64_t)analysis_in(g)->themes.n + 1);
	return OK;
}

void analysis_fold_theme(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->themes) = (struct analysis_theme){
	    fact_i64(f, "number"), f->seq, arena_str(g->arena, fact_str(f, "title"))};
}

enum rc analysis_decide_rename(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_theme *theme;
	TRY(analysis_need_theme(g, act, &theme, err));
	return need_new_title(g, act, err);
}

void analysis_fold_rename(struct group *g, const struct fact *f)
{
	struct analysis_theme *theme = FIND(analysis_in(g)->themes, fact_i64(f, "theme"));
	must(theme);
	theme->title = arena_str(g->arena, fact_str(f, "title"));
}

/* --- marking --- */

/* What stays public after it was withdrawn or replaced is no longer what its author says. */
static enum rc need_quotable(
    const struct group *g, struct act *act, const struct contribution_item **out, struct err *err)
{
	str number = act_digits(act, act_i64(act, "contribution"));
	const struct contribution_item *c = contribution_find(g, act_i64(act, "contribution"));
	*out = c;
	if (!c)
		return ERR(err, ABSENT, "contribution", "There is no contribution {0}.", number);
	act_ref(act, c->seq);
	if (!c->published)
		return ERR(err, REFUSED, "contribution",
		    "Contribution {0} is not public, so nothing of it can be marked.", number);
	if (c->status == CONTRIBUTION_REPLACED)
		return ERR(err, REFUSED, "contribution",
		    "Contribution {0} was replaced by {1}; please mark that one.", number,
		    act_digits(act, c->replaced_by));
	if (c->status == CONTRIBUTION_WITHDRAWN)
		return ERR(err, REFUSED, "contribution",
		    "Contribution {0} was withdrawn; nothing more of it is marked.", number);
	return OK;
}

/* The only place where the words stand; no words: the whole of it. */
enum rc analysis_find_words(struct act *act, str all, str where, struct passage *p, struct err *err)
{
	str words = act_has(act, "words") ? act_str(act, "words") : all;
	size_t from = str_find(all, words);
	bool said = p->source == PASSAGE_TRANSCRIPT;
	if (from == SIZE_MAX && said)
		return ERR(err, INVALID, "words",
		    "These words do not stand in utterance {0}; copy them from it as they are.",
		    where);
	if (from == SIZE_MAX)
		return ERR(err, INVALID, "words",
		    "These words do not stand in paragraph {0}; copy them from it as they are.",
		    where);
	bool twice = str_find(str_skip(all, from + 1), words) != SIZE_MAX;
	if (twice && said)
		return ERR(err, INVALID, "words",
		    "These words stand more than once in utterance {0}; take more of the words "
		    "around "
		    "them.",
		    where);
	if (twice)
		return ERR(err, INVALID, "words",
		    "These words stand more than once in paragraph {0}; take more of the words "
		    "around them.",
		    where);
	p->from = (int64_t)utf8_count(str_head(all, from));
	p->to = p->from + (int64_t)utf8_count(words);
	return OK;
}

enum rc analysis_need_new_passage(
    const struct group *g, struct act *act, const struct passage *p, struct err *err)
{
	const struct analysis_state *s = analysis_in(g);
	for (size_t i = 0; i < s->passages.n; i++) {
		const struct passage *o = &s->passages.p[i];
		if (!o->dropped && o->contribution == p->contribution &&
		    o->question == p->question && o->paragraph == p->paragraph &&
		    o->meeting == p->meeting && o->segment == p->segment &&
		    o->version == p->version && o->from == p->from && o->to == p->to &&
		    o->theme == p->theme)
			return ERR(err, REFUSED, "words",
			    "These words are marked already for this theme, as passage {0}.",
			    act_digits(act, o->number));
	}
	return OK;
}

void analysis_give_passage(const struct group *g, struct act *act, const struct passage *p)
{
	act_give_i64(act, "passage", (int64_t)analysis_in(g)->passages.n + 1);
	act_give_str(act, "source", passage_source_word(p->source));
	act_give_i64(act, "from", p->from);
	act_give_i64(act, "to", p->to);
}

static struct passage passage_typed(const struct act *act)
{
	return (struct passage){
	    .contribution = act_i64(act, "contribution"),
	    .question = act_i64(act, "question"),
	    .paragraph = act_i64(act, "paragraph"),
	    .theme = act_i64(act, "theme"),
	};
}

enum rc analysis_decide_mark(const struct group *g, struct act *act, struct err *err)
{
	const struct contribution_item *c;
	const struct analysis_theme *theme;
	struct passage p = passage_typed(act);
	TRY(need_quotable(g, act, &c, err));
	TRY(analysis_need_theme(g, act, &theme, err));
	str all = contribution_words(c, p.question, p.paragraph);
	if (!all.n)
		return ERR(err, INVALID, "paragraph",
		    "Contribution {0} has no paragraph {1} in this answer, or it was erased.",
		    act_digits(act, c->number), act_digits(act, p.paragraph));
	TRY(analysis_find_words(act, all, act_digits(act, p.paragraph), &p, err));
	TRY(analysis_need_new_passage(g, act, &p, err));
	analysis_give_passage(g, act, &p);
	return OK;
}

void analysis_fold_mark(struct group *g, const struct fact *f)
{
	*vec_push(g->arena, &analysis_in(g)->passages) = (struct passage){
	    .number = fact_i64(f, "passage"),
	    .seq = f->seq,
	    .source = PASSAGE_CONTRIBUTION,
	    .contribution = fact_i64(f, "contribution"),
	    .question = fact_i64(f, "question"),
	    .paragraph = fact_i64(f, "paragraph"),
	    .from = fact_i64(f, "from"),
	    .to = fact_i64(f, "to"),
	    .theme = fact_i64(f, "theme"),
	};
}

enum rc analysis_need_passage(const struct group *g, struct act *act, int64_t number,
    const struct passage **out, struct err *err)
{
	*out = analysis_passage(g, number);
	if (!*out || (*out)->dropped)
		return ERR(err, ABSENT, NULL, "There is no passage {0}, or it was unmarked.",
		    act_digits(act, number));
	act_ref(act, (*out)->seq);
	return OK;
}

enum rc analysis_decide_unmark(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_state *s = analysis_in(g);
	const struct passage *p;
	TRY(analysis_need_passage(g, act, act_i64(act, "passage"), &p, err));
	for (size_t i = 0; i < s->statements.n; i++)
		for (size_t k = 0; k < s->statements.p[i].citations.n; k++)
			if (s->statements.p[i].citations.p[k].passage == p->number)
				return ERR(err, REFUSED, "passage",
				    "Passage {0} is cited in statement {1}; take it out there "
				    "first.",
				    act_digits(act, p->number),
				    act_digits(act, s->statements.p[i].number));
	act_give_i64(act, "contribution", p->contribution);
	return OK;
}

static struct passage *passage_of(struct group *g, const struct fact *f)
{
	struct passage *p = FIND(analysis_in(g)->passages, fact_i64(f, "passage"));
	must(p);
	return p;
}

void analysis_fold_unmark(struct group *g, const struct fact *f)
{
	passage_of(g, f)->dropped = true;
}

enum rc analysis_decide_sort(const struct group *g, struct act *act, struct err *err)
{
	const struct analysis_theme *theme;
	const struct passage *p;
	TRY(analysis_need_passage(g, act, act_i64(act, "passage"), &p, err));
	TRY(analysis_need_theme(g, act, &theme, err));
	struct passage moved = *p;
	moved.theme = theme->number;
	if (p->theme == theme->number)
		return ERR(err, REFUSED, "theme", "Passage {0} belongs to theme {1} already.",
		    act_digits(act, p->number), act_digits(act, theme->number));
	return analysis_need_new_passage(g, act, &moved, err);
}

void analysis_fold_sort(struct group *g, const struct fact *f)
{
	passage_of(g, f)->theme = fact_i64(f, "theme");
}
