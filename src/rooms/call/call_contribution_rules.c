/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/call/call_rules_inside.h"

#include "base/must.h"
#include "base/utf8.h"

#include "base/poison.h"

const struct choice call_categories[] = {
    {"government", "Government"},
    {"private_sector", "Private sector"},
    {"civil_society", "Civil society"},
    {"technical", "Technical community"},
    {"academic", "Academic community"},
    {"international_organisation", "International organisation"},
    {"other", "Other"},
    {NULL, NULL},
};

static struct contribution_item *contribution_at(const struct group *g, int64_t number)
{
	struct call_state *s = call_in(g);
	if (number < 1 || number > (int64_t)s->contributions.n)
		return NULL;
	return &s->contributions.p[number - 1];
}

const struct contribution_item *contribution_find(const struct group *g, int64_t number)
{
	return contribution_at(g, number);
}

int64_t contribution_count(const struct group *g, enum contribution_status status)
{
	return call_in(g)->count[status];
}

int64_t contribution_total(const struct group *g)
{
	return (int64_t)call_in(g)->contributions.n;
}

bool contribution_is_public(const struct group *g, int64_t number)
{
	const struct contribution_item *c = contribution_at(g, number);
	return c && c->published;
}

str contribution_words(const struct contribution_item *c, int64_t question, int64_t n)
{
	for (size_t i = 0; i < c->paragraphs.n; i++)
		if (c->paragraphs.p[i].question == question && c->paragraphs.p[i].n == n)
			return c->paragraphs.p[i].text;
	return STR_EMPTY;
}

bool contribution_is_by(const struct contribution_item *c, actor_id who)
{
	return !c->on_behalf && !actor_eq(who, ACTOR_PUBLIC) && actor_eq(c->actor, who);
}

str contribution_status_word(enum contribution_status s)
{
	switch (s) {
	case CONTRIBUTION_RECEIVED:
		return S("received");
	case CONTRIBUTION_PUBLISHED:
		return S("published");
	case CONTRIBUTION_WITHHELD:
		return S("withheld");
	case CONTRIBUTION_REJECTED:
		return S("rejected");
	case CONTRIBUTION_WITHDRAWN:
		return S("withdrawn");
	case CONTRIBUTION_REPLACED:
		return S("replaced");
	}
	must_fail("status of a contribution", __FILE__, __LINE__);
}

static enum rc named_contribution(const struct group *g, struct act *act, const char *field,
    struct contribution_item **out, struct err *err)
{
	*out = contribution_at(g, act_i64(act, field));
	if (!*out)
		return ERR(err, ABSENT, field, "There is no contribution {0}.",
		    act_digits(act, act_i64(act, field)));
	act_ref(act, (*out)->seq);
	return OK;
}

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
	       (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
	       cp == 0x205F || cp == 0x3000;
}

/* Scripts that write no spaces between words: kana and ideographs. */
static bool is_word_alone(uint32_t cp)
{
	return (cp >= 0x3041 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

int64_t call_count_words(str s)
{
	int64_t n = 0;
	bool inside = false;
	uint32_t cp;
	for (size_t at = 0; utf8_next(s, &at, &cp);) {
		if (is_word_alone(cp)) {
			n++;
			inside = false;
		} else if (is_space(cp)) {
			inside = false;
		} else if (!inside) {
			n++;
			inside = true;
		}
	}
	return n;
}

static const char *const answer_fields[CALL_QUESTIONS_MAX] = {
    "answer1", "answer2", "answer3", "answer4"};

static bool on_behalf(const struct act *act)
{
	str via = act_str(act, "via");
	return str_is(via, "mail") || str_is(via, "paper");
}

static enum rc check_sender(const struct call_item *c, struct act *act, struct err *err)
{
	bool secretariat = act->roles & ROLE_SECRETARIAT;
	if (on_behalf(act) && !secretariat)
		return ERR(err, DENIED, "via",
		    "Only the secretariat enters what came by mail or on paper; leave this empty.");
	if (act_has(act, "received") && !on_behalf(act))
		return ERR(err, INVALID, "received",
		    "A time of receipt is noted only for what came by mail or on paper.");
	if (act_i64(act, "received") > act->now)
		return ERR(err, INVALID, "received", "The time of receipt lies in the future.");
	if (c->members_only && !(act->roles & (ROLE_MEMBER | ROLE_OFFICE)))
		return ERR(err, DENIED, "call",
		    "Call {0} asks the members of the group only; sign in if you are one.",
		    act_digits(act, c->number));
	if (!act_has(act, "email") && !on_behalf(act) && !(act->roles & ROLE_PARTICIPANT))
		return ERR(err, INVALID, "email",
		    "Please give an e-mail address for the receipt; it is never published.");
	return OK;
}

/* What comes late is accepted and marked as late, unless the call says otherwise. */
static enum rc check_time(const struct call_item *c, struct act *act, struct err *err)
{
	if (c->status == CALL_DRAFT)
		return ERR(
		    err, REFUSED, "call", "Call {0} is not open yet.", act_digits(act, c->number));
	usec came = act_has(act, "received") ? act_i64(act, "received") : act->now;
	bool late = came > c->deadline || (c->status == CALL_CLOSED && !act_has(act, "received"));
	if (late && c->refuse_late && !(act->roles & ROLE_SECRETARIAT))
		return ERR(err, REFUSED, "call",
		    "Call {0} closed at {1} and takes no late contributions; please write to the "
		    "secretariat.",
		    act_digits(act, c->number), call_utc(act, c->deadline));
	act_give_i64(act, "late", late);
	return OK;
}

static enum rc check_content(const struct call_item *c, struct act *act, struct err *err)
{
	int64_t words = call_count_words(act_str(act, "text"));
	bool any = act_has(act, "text") || act_value(act, "files")->files.n > 0;
	const char *last = "text";
	for (int64_t i = 0; i < CALL_QUESTIONS_MAX; i++) {
		if (!act_has(act, answer_fields[i]))
			continue;
		if (i >= c->questions)
			return ERR(err, INVALID, answer_fields[i],
			    "Call {0} has {1} questions; there is no question {2} to answer.",
			    act_digits(act, c->number), act_digits(act, c->questions),
			    act_digits(act, i + 1));
		words += call_count_words(act_str(act, answer_fields[i]));
		any = true;
		last = answer_fields[i];
	}
	if (!any)
		return ERR(err, REFUSED, c->questions ? "answer1" : "text",
		    "Please answer a question, write a text or add a file.");
	if (c->word_limit && words > c->word_limit)
		return ERR(err, REFUSED, act_has(act, "text") ? "text" : last,
		    "Your text has {0} words; the limit is {1} words for all answers together.",
		    act_digits(act, words), act_digits(act, c->word_limit));
	return OK;
}

enum rc call_decide_submit(const struct group *g, struct act *act, struct err *err)
{
	struct call_item *c;
	TRY(call_named(g, act, "call", &c, err));
	TRY(check_sender(c, act, err));
	TRY(check_time(c, act, err));
	TRY(check_content(c, act, err));
	act_give_i64(act, "contribution", contribution_total(g) + 1);
	return OK;
}

/* Other rooms quote them. */
static void keep_paragraphs(
    struct group *g, const struct fact *f, const char *field, int64_t question)
{
	struct call_state *s = call_in(g);
	struct contribution_item *c = &s->contributions.p[s->contributions.n - 1];
	const struct value *text = fact_value(f, field);
	for (size_t i = 0; i < text->list.n; i++)
		*vec_push(g->arena, &c->paragraphs) = (struct contribution_paragraph){
		    question, (int64_t)i + 1, arena_str(g->arena, text->list.p[i])};
}

void call_fold_submit(struct group *g, const struct fact *f)
{
	struct call_state *s = call_in(g);
	struct call_item *c = call_at(g, fact_i64(f, "call"));
	str via = fact_str(f, "via");
	*vec_push(g->arena, &s->contributions) = (struct contribution_item){
	    .number = fact_i64(f, "contribution"),
	    .seq = f->seq,
	    .status_seq = f->seq,
	    .call = c->number,
	    .actor = f->actor,
	    .on_behalf = str_is(via, "mail") || str_is(via, "paper"),
	    .status = CONTRIBUTION_RECEIVED,
	    .wish_withhold = str_is(fact_str(f, "publish_wish"), "withhold"),
	    .late = fact_bool(f, "late"),
	    .cite = fact_bool(f, "cite"),
	};
	keep_paragraphs(g, f, "text", 0);
	for (int64_t i = 0; i < CALL_QUESTIONS_MAX; i++)
		keep_paragraphs(g, f, answer_fields[i], i + 1);
	c->received++;
	s->count[CONTRIBUTION_RECEIVED]++;
}

/* The contribution that a fact is about: whatever was decided on is there. */
static struct contribution_item *contribution_of(struct group *g, const struct fact *f)
{
	struct contribution_item *c = contribution_at(g, fact_i64(f, "contribution"));
	must(c);
	return c;
}

static void set_status(struct group *g, const struct fact *f, enum contribution_status status)
{
	struct call_state *s = call_in(g);
	struct contribution_item *c = contribution_of(g, f);
	s->count[c->status]--;
	s->count[status]++;
	c->status = status;
	c->status_seq = f->seq;
}

static enum rc need_received(struct act *act, const struct contribution_item *c, struct err *err)
{
	if (c->status == CONTRIBUTION_RECEIVED)
		return OK;
	return ERR(err, REFUSED, "contribution",
	    "Contribution {0} no longer waits: it is {1} (entry {2} of the record).",
	    act_digits(act, c->number), contribution_status_word(c->status),
	    act_digits(act, c->status_seq));
}

/* The entry refers to the submission: that is what makes its held parts public. */
enum rc call_decide_publish(const struct group *g, struct act *act, struct err *err)
{
	struct contribution_item *c;
	TRY(named_contribution(g, act, "contribution", &c, err));
	if (c->wish_withhold)
		return ERR(err, REFUSED, "contribution",
		    "The author of contribution {0} asked that it is not published; withhold it "
		    "instead.",
		    act_digits(act, c->number));
	return need_received(act, c, err);
}

void call_fold_publish(struct group *g, const struct fact *f)
{
	set_status(g, f, CONTRIBUTION_PUBLISHED);
	contribution_of(g, f)->published = true;
}

enum rc call_decide_withhold(const struct group *g, struct act *act, struct err *err)
{
	struct contribution_item *c;
	TRY(named_contribution(g, act, "contribution", &c, err));
	if (c->published)
		return ERR(err, REFUSED, "contribution",
		    "Contribution {0} is already published; it can be withdrawn, or its text "
		    "erased.",
		    act_digits(act, c->number));
	return need_received(act, c, err);
}

void call_fold_withhold(struct group *g, const struct fact *f)
{
	set_status(g, f, CONTRIBUTION_WITHHELD);
}

enum rc call_decide_reject(const struct group *g, struct act *act, struct err *err)
{
	struct contribution_item *c;
	TRY(named_contribution(g, act, "contribution", &c, err));
	return need_received(act, c, err);
}

void call_fold_reject(struct group *g, const struct fact *f)
{
	set_status(g, f, CONTRIBUTION_REJECTED);
}

/* Authors act on their own; what came without an account, only the secretariat can act on. */
static enum rc need_author(
    const struct act *act, const struct contribution_item *c, struct err *err)
{
	bool own = actor_eq(act->actor, c->actor) && !actor_eq(c->actor, ACTOR_PUBLIC);
	if (own || act->roles & ROLE_SECRETARIAT)
		return OK;
	return ERR(err, DENIED, "contribution",
	    "Only the author of contribution {0} can do this; please write to the secretariat.",
	    act_digits(act, c->number));
}

static enum rc need_standing(struct act *act, const struct contribution_item *c, struct err *err)
{
	if (c->status == CONTRIBUTION_RECEIVED || c->status == CONTRIBUTION_PUBLISHED)
		return OK;
	return ERR(err, REFUSED, "contribution",
	    "Contribution {0} is {1} (entry {2} of the record), so this is not possible.",
	    act_digits(act, c->number), contribution_status_word(c->status),
	    act_digits(act, c->status_seq));
}

enum rc call_decide_withdraw(const struct group *g, struct act *act, struct err *err)
{
	struct contribution_item *c;
	TRY(named_contribution(g, act, "contribution", &c, err));
	TRY(need_author(act, c, err));
	return need_standing(act, c, err);
}

void call_fold_withdraw(struct group *g, const struct fact *f)
{
	set_status(g, f, CONTRIBUTION_WITHDRAWN);
}

/* No rings can form: what is replaced stands no longer, and only what stands replaces. */
enum rc call_decide_replace(const struct group *g, struct act *act, struct err *err)
{
	struct contribution_item *old;
	struct contribution_item *by;
	TRY(named_contribution(g, act, "contribution", &old, err));
	TRY(named_contribution(g, act, "by", &by, err));
	TRY(need_author(act, old, err));
	TRY(need_author(act, by, err));
	TRY(need_standing(act, old, err));
	if (by->number <= old->number)
		return ERR(err, REFUSED, "by",
		    "Contribution {0} is not newer than contribution {1}; the newer one replaces.",
		    act_digits(act, by->number), act_digits(act, old->number));
	if (by->call != old->call)
		return ERR(err, REFUSED, "by", "Contribution {0} answers another call, number {1}.",
		    act_digits(act, by->number), act_digits(act, by->call));
	return need_standing(act, by, err);
}

void call_fold_replace(struct group *g, const struct fact *f)
{
	set_status(g, f, CONTRIBUTION_REPLACED);
	contribution_of(g, f)->replaced_by = fact_i64(f, "by");
}
