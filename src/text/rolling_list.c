/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Below the rolling text: every amendment with its sponsors, stances, reason and state. */
#include "base/err.h"
#include "text/rolling_page.h"

#include "base/poison.h"

struct names {
	VEC(str) list;
};

static void put_names(struct roll_page *p, const char *label, const struct names *names)
{
	if (!names->list.n)
		return;
	str said = roll_voice(p, label);
	size_t at = str_find(said, S("{0}"));
	markup_open(&p->m, "p");
	markup_open(&p->m, "bdi");
	markup_text(&p->m, str_head(said, at));
	for (size_t i = 0; i < names->list.n; i++) {
		if (i)
			markup_text(&p->m, S(", "));
		roll_put_name(p, names->list.p[i]);
	}
	markup_text(&p->m, str_skip(said, at == SIZE_MAX ? said.n : at + 3));
	markup_close(&p->m);
	markup_close(&p->m);
}

static void put_stances(struct roll_page *p, const struct text_amendment *m)
{
	static const char *const label[] = {[TEXT_SUPPORT] = "Support: {0}",
	    [TEXT_RETAIN] = "Retain the text: {0}",
	    [TEXT_DELETE] = "Delete both: {0}",
	    [TEXT_RESERVE] = "Reserve: {0}",
	    [TEXT_OBJECT] = "Object: {0}"};
	for (int kind = TEXT_SUPPORT; kind < TEXT_STANCE_KINDS; kind++) {
		struct names names = {0};
		for (size_t i = 0; i < m->stances_n; i++)
			if (m->stances[i].kind == (enum text_stance_kind)kind)
				*vec_push(p->cast.arena, &names.list) = m->stances[i].party;
		put_names(p, label[kind], &names);
	}
}

/* What people wrote, in a block that finds its own direction. */
static void put_quote(struct roll_page *p, const char *class, str s)
{
	markup_open(&p->m, "p");
	markup_class(&p->m, class);
	markup_attr(&p->m, "dir", S("auto"));
	markup_text(&p->m, s);
	markup_close(&p->m);
}

static void put_state(struct roll_page *p, const char *english, const char *state)
{
	markup_open(&p->m, "p");
	markup_class(&p->m, "rolling-state");
	markup_attr(&p->m, "data-state", str_of(state));
	markup_text(&p->m, roll_voice(p, english));
	markup_close(&p->m);
}

/* The words of an operation that waits for its author. */
static void put_waiting(struct roll_page *p, const struct text_op *op)
{
	markup_open(&p->m, "blockquote");
	if (op->where.n) {
		size_t par = text_doc_find(p->cast.r->doc, op->where);
		str where = par == TEXT_START ? op->where : roll_reference(&p->cast, par);
		where = arena_printf(p->cast.arena, "\u2068%.*s\u2069", STR(where));
		markup_open(&p->m, "p");
		markup_text(
		    &p->m, err_fill(p->cast.arena, roll_voice(p, "In paragraph {0}:"), &where, 1));
		markup_close(&p->m);
	}
	if (op->was.n) {
		markup_open(&p->m, "p");
		markup_attr(&p->m, "dir", S("auto"));
		markup_open(&p->m, "del");
		markup_text(&p->m, op->was);
		markup_close(&p->m);
		markup_close(&p->m);
	}
	for (size_t i = 0; i <= op->news_n; i++) {
		str words = i ? op->news[i - 1].text : op->text;
		if (!words.n)
			continue;
		markup_open(&p->m, "p");
		markup_attr(&p->m, "dir", S("auto"));
		markup_open(&p->m, "ins");
		markup_text(&p->m, words);
		markup_close(&p->m);
		markup_close(&p->m);
	}
	markup_close(&p->m);
}

static void put_amendment(struct roll_page *p, size_t who)
{
	const struct text_amendment *m = &p->cast.r->list[who];
	markup_open(&p->m, "li");
	markup_attr(&p->m, "id", text_rolling_anchor(p->cast.arena, who));
	markup_attr(&p->m, "data-amendment", m->id);
	markup_open(&p->m, "p");
	markup_open(&p->m, "strong");
	roll_put_name(p, roll_party(m));
	for (size_t i = 0; i < m->cosponsors_n; i++) {
		markup_text(&p->m, S(", "));
		roll_put_name(p, m->cosponsors[i]);
	}
	markup_close(&p->m);
	markup_text(&p->m, S(" "));
	markup_open(&p->m, "span");
	markup_class(&p->m, "rolling-id");
	roll_put_name(p, m->id);
	markup_close(&p->m);
	markup_close(&p->m);
	if (m->reason.n)
		put_quote(p, "rolling-reason", m->reason);
	put_stances(p, m);
	if (m->outcome == TEXT_IN_CONFLICT)
		put_state(p, "Waits for its author", "pending");
	if (m->outcome == TEXT_SATISFIED)
		put_state(p, "In the text already", "adopted");
	if (m->outcome == TEXT_PARTLY_SATISFIED)
		put_state(p, "In part in the text already", "adopted");
	if (m->why.n)
		put_quote(p, "rolling-why", m->why);
	for (size_t i = 0; i < m->ops_n; i++)
		if (m->ops[i].outcome == TEXT_IN_CONFLICT)
			put_waiting(p, &m->ops[i]);
	if (p->voice && p->voice->at_amendment)
		p->voice->at_amendment(p->voice->ctx, &p->m, m);
	markup_close(&p->m);
	markup_line(&p->m);
}

void roll_put_list(struct roll_page *p)
{
	size_t amendments = 0;
	for (size_t i = 0; i < p->cast.r->list_n; i++)
		amendments += !p->cast.r->list[i].on_text;
	if (!amendments)
		return;
	markup_open(&p->m, "section");
	markup_class(&p->m, "rolling-amendments");
	markup_open(&p->m, "h2");
	markup_text(&p->m, roll_voice(p, "Amendments"));
	markup_close(&p->m);
	markup_open(&p->m, "ol");
	markup_line(&p->m);
	for (size_t i = 0; i < p->cast.r->list_n; i++)
		if (!p->cast.r->list[i].on_text)
			put_amendment(p, i);
	markup_close(&p->m);
	markup_close(&p->m);
	markup_line(&p->m);
}
