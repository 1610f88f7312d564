/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Verbs that decide: which amendments go together, and adopting some of them. */
#include "main/cli_text.h"
#include "text/json_write.h"
#include "text/number.h"
#include "text/rebase.h"

#include <stdio.h>

#include "base/poison.h"

#define PAIRS_TOLD 100

int cli_text_check(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	if (draft_begin(args, &r, &err) != OK)
		return text_fail(&err);
	struct text_clashes clashes =
	    text_find_clashes(r.arena, &r.file.doc, r.file.list, r.file.n);
	struct text_groups same = text_unify(r.arena, r.file.list, r.file.n);
	return text_print_json(r.arena, text_json_check(r.arena, &r.file, &clashes, &same));
}

/* --- adopt -------------------------------------------------------------------------------- */

/* The amendments that are adopted, and those that remain, each in the order of the file. */
struct parted {
	struct text_amendment *in, *out;
	size_t in_n, out_n;
};

static struct parted part(const struct draft *r, const struct text_chosen *chosen)
{
	struct parted p = {
	    .in = arena_array(r->arena, struct text_amendment, r->file.n),
	    .out = arena_array(r->arena, struct text_amendment, r->file.n),
	};
	for (size_t i = 0; i < r->file.n; i++) {
		if (chosen->is[i])
			p.in[p.in_n++] = r->file.list[i];
		else
			p.out[p.out_n++] = r->file.list[i];
	}
	return p;
}

/* What an adoption left in conflict waits for its author. */
static enum rc refuse_waiting(const struct parted *p, struct err *err)
{
	for (size_t i = 0; i < p->in_n; i++)
		if (p->in[i].outcome == TEXT_IN_CONFLICT)
			return ERR(err, REFUSED, NULL,
			    "Amendment {0} cannot be adopted. {1} File that as a new amendment.",
			    p->in[i].id, p->in[i].why);
	return OK;
}

/* Names every pair on stderr. */
static enum rc refuse_clashes(
    const struct draft *r, const struct parted *p, bool both, struct err *err)
{
	struct text_clashes all = text_find_clashes(r->arena, &r->file.doc, p->in, p->in_n);
	bool only_texts = true;
	size_t n = 0;
	for (size_t i = 0; i < all.list.n; i++) {
		const struct text_clash *c = &all.list.p[i];
		if (both && c->relation == TEXT_ALTERNATIVES)
			continue;
		only_texts = only_texts && c->relation == TEXT_ALTERNATIVES;
		if (n++ < PAIRS_TOLD)
			fprintf(stderr, "comity: %.*s and %.*s: %s\n", STR(p->in[c->a].id),
			    STR(p->in[c->b].id), c->why);
	}
	if (n > PAIRS_TOLD)
		fprintf(stderr, "comity: and %zu pairs more\n", n - PAIRS_TOLD);
	if (!n)
		return OK;
	return ERR(err, REFUSED, NULL,
	    "These amendments cannot be adopted together. Adopt one of each pair{0}.",
	    only_texts && !both ? S(", or both texts with --both") : STR_EMPTY);
}

/* New paragraphs get numbers such as "3 bis", where paragraphs have numbers at all. */
static void give_numbers(struct arena *a, const struct text_doc *old, struct text_doc *d)
{
	bool any = false;
	for (size_t i = 0; i < d->n && !any; i++)
		any = d->par[i].number.n > 0;
	if (!any)
		return;
	str *numbers = text_number_kept(a, d);
	for (size_t i = 0; i < d->n; i++)
		if (!d->par[i].is_gone && text_doc_find(old, d->par[i].id) == TEXT_START)
			d->par[i].number = numbers[i];
}

static enum rc adopt(
    const struct cli_args *args, struct draft *r, struct json **out, struct err *err)
{
	bool both = cli_option(args, "both").p != NULL;
	struct text_chosen chosen;
	struct text_revision revision;
	TRY(draft_begin(args, r, err));
	TRY(text_choose(args, r, "ids", 1, &chosen, err));
	struct parted p = part(r, &chosen);
	TRY(refuse_waiting(&p, err));
	TRY(refuse_clashes(r, &p, both, err));
	enum rc rc = text_merge(r->arena, &r->file.doc, p.in, p.in_n, both, &revision, err);
	if (rc == CONFLICT)
		err->code = REFUSED;
	if (rc != OK)
		return err->code;
	for (size_t i = 0; i < p.out_n; i++)
		p.out[i] = text_rebase(r->arena, &revision, &p.out[i]);
	give_numbers(r->arena, &r->file.doc, &revision.doc);
	*out = text_json_file(r->arena, r->lexer, &r->file, &revision.doc, p.out, p.out_n);
	return OK;
}

int cli_text_adopt(struct cli_args *args)
{
	struct err err = {0};
	AUTO_DRAFT struct draft r = {0};
	struct json *out = NULL;
	if (adopt(args, &r, &out, &err) != OK)
		return text_fail(&err);
	return text_print_json(r.arena, out);
}
