/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/document/document_rules.h"

#include "rooms/group/group.h"
#include "rooms/meeting/meeting.h"

#include "base/poison.h"

const struct choice document_kinds[] = {
    {"agenda", "Agenda"},
    {"chair_paper", "Chair's paper"},
    {"non_paper", "Non-paper"},
    {"contribution", "Contribution"},
    {"compilation", "Compilation"},
    {"synthesis", "Synthesis"},
    {"zero_draft", "Zero draft"},
    {"rolling_text", "Rolling text"},
    {"crp", "Conference room paper"},
    {"limited", "Limited document"},
    {"information", "Information document"},
    {"report", "Report"},
    {"corrigendum", "Corrigendum"},
    {"transcript", "Transcript"},
    {"letter", "Letter"},
    {NULL, NULL},
};

/* What stands for KIND in a symbol. */
static const struct {
	const char *kind;
	const char *code;
} codes[] = {
    {"agenda", "AGENDA"},
    {"chair_paper", "CHAIR"},
    {"non_paper", "NP"},
    {"contribution", "CONTR"},
    {"compilation", "COMP"},
    {"synthesis", "SYN"},
    {"zero_draft", "ZD"},
    {"rolling_text", "RT"},
    {"crp", "CRP"},
    {"limited", "L"},
    {"information", "INF"},
    {"report", "REP"},
    {"corrigendum", "CORR"},
    {"transcript", "TR"},
    {"letter", "LET"},
};

str document_kind_label(str kind)
{
	for (const struct choice *c = document_kinds; c->value; c++)
		if (str_is(kind, c->value))
			return str_of(c->label);
	return kind;
}

const char *document_kind_of_symbol(str symbol)
{
	str piece, code;
	while (symbol.n && str_cut(&symbol, '/', &piece)) {
		str_cut(&piece, '.', &code);
		for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
			if (str_is(code, codes[i].code))
				return codes[i].kind;
	}
	return "rolling_text";
}

static str kind_code(str kind)
{
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (str_is(kind, codes[i].kind))
			return str_of(codes[i].code);
	return S("DOC");
}

static struct document_item *item_at(const struct group *g, int64_t number)
{
	struct document_state *s = document_in(g);
	return number >= 1 && number <= (int64_t)s->items.n ? &s->items.p[number - 1] : NULL;
}

const struct document_item *document_find(const struct group *g, int64_t number)
{
	return item_at(g, number);
}

const struct document_item *document_by_symbol(const struct group *g, str symbol)
{
	const struct document_state *s = document_in(g);
	for (size_t i = 0; i < s->items.n; i++)
		if (str_eq(s->items.p[i].symbol, symbol))
			return &s->items.p[i];
	return NULL;
}

int64_t document_total(const struct group *g)
{
	return (int64_t)document_in(g)->items.n;
}

static char slug_char(char c)
{
	return c == '/' ? '-' : c;
}

str document_slug(struct arena *a, str symbol)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < symbol.n; i++)
		buf_putc(&b, slug_char(symbol.p[i]));
	return buf_str(&b);
}

static bool same_slug(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (slug_char(a.p[i]) != slug_char(b.p[i]))
			return false;
	return true;
}

/* The document that holds this symbol, or one with the same address; NULL: it is free. */
static const struct document_item *taken(const struct group *g, str symbol)
{
	const struct document_state *s = document_in(g);
	for (size_t i = 0; i < s->items.n; i++)
		if (same_slug(s->items.p[i].symbol, symbol))
			return &s->items.p[i];
	return NULL;
}

/* ---- symbols ---- */

static void put_token(struct buf *b, str *scheme, str token, str value)
{
	buf_put(b, value);
	*scheme = str_skip(*scheme, token.n);
}

static str fill_scheme(struct arena *a, str scheme, str group_name, int year, str kind, int64_t n)
{
	struct buf b = buf_in(a, 0);
	while (scheme.n) {
		if (str_starts(scheme, S("SHORT")))
			put_token(&b, &scheme, S("SHORT"), group_name);
		else if (str_starts(scheme, S("YEAR")))
			put_token(&b, &scheme, S("YEAR"), arena_printf(a, "%04d", year));
		else if (str_starts(scheme, S("KIND")))
			put_token(&b, &scheme, S("KIND"), kind);
		else if (str_starts(scheme, S("n")))
			put_token(&b, &scheme, S("n"), arena_printf(a, "%lld", (long long)n));
		else
			put_token(&b, &scheme, str_head(scheme, 1), str_head(scheme, 1));
	}
	return buf_str(&b);
}

/* Spaces have no place in a symbol: "WG on EC" gives "WG-on-EC". In arena. */
static str symbol_name(struct arena *a, str name)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < name.n; i++)
		buf_putc(&b, name.p[i] == ' ' ? '-' : name.p[i]);
	return buf_str(&b);
}

/* A gap left by a symbol that came from outside is filled: n is the first that is free. */
str document_next_symbol(struct arena *a, const struct group *g, const char *kind, usec when)
{
	str scheme = document_in(g)->scheme.n ? document_in(g)->scheme : DOCUMENT_SCHEME;
	str title = group_short_title(g);
	str name = symbol_name(a, title.n ? title : g->slug);
	int year = when_civil(when).year;
	str code = kind_code(str_of(kind));
	for (int64_t n = 1;; n++) {
		str symbol = fill_scheme(a, scheme, name, year, code, n);
		if (!taken(g, symbol))
			return symbol;
	}
}

str document_next_after(
    struct arena *a, const struct group *g, const struct document_item *d, str suffix)
{
	bool add = str_is(suffix, "add");
	bool corr = str_is(suffix, "corr");
	/* A revision takes the place of the whole line of revisions; the others hang on this text.
	 */
	str root = add || corr ? d->symbol : d->base;
	const char *word = add ? "Add" : corr ? "Corr" : "Rev";
	for (int64_t n = 1;; n++) {
		str symbol = arena_printf(a, "%.*s/%s.%lld", STR(root), word, (long long)n);
		if (!taken(g, symbol))
			return symbol;
	}
}

/* ---- issuing ---- */

static bool symbol_is_plain(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool word =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!word && c != '/' && c != '.' && c != '-' && c != '(' && c != ')')
			return false;
	}
	return s.n > 0;
}

static enum rc own_symbol(const struct group *g, struct act *act, str *symbol, struct err *err)
{
	*symbol = act_str(act, "own_symbol");
	if (!symbol_is_plain(*symbol))
		return ERR(err, INVALID, "own_symbol",
		    "A symbol is made of letters, digits and the signs / . - ( ), such as "
		    "A/RES/70/125.");
	const struct document_item *d = taken(g, *symbol);
	if (d)
		return ERR(err, REFUSED, "own_symbol",
		    "{0} is issued already and never changes; issue a revision of it instead.",
		    d->symbol);
	return OK;
}

static enum rc following(
    const struct group *g, struct act *act, const struct document_item **d, struct err *err)
{
	*d = NULL;
	if (!act_has(act, "revises")) {
		if (act_has(act, "suffix"))
			return ERR(
			    err, INVALID, "revises", "Choose the document that this one follows.");
		return OK;
	}
	*d = document_find(g, act_i64(act, "revises"));
	if (!*d)
		return ERR(err, ABSENT, "revises", "There is no such document.");
	act_ref(act, (*d)->seq);
	bool whole = !act_has(act, "suffix") || str_is(act_str(act, "suffix"), "rev");
	const struct document_item *newer = document_find(g, (*d)->revised_by);
	if (whole && newer)
		return ERR(err, REFUSED, "revises",
		    "{0} was already revised by {1}; revise that one.", (*d)->symbol,
		    newer->symbol);
	if (whole && !str_eq((*d)->kind, act_str(act, "kind")))
		return ERR(err, REFUSED, "kind",
		    "{0} is of the kind \"{1}\" and so is its revision; a document of another kind "
		    "is new.",
		    (*d)->symbol, document_kind_label((*d)->kind));
	return OK;
}

enum rc document_decide_issue(const struct group *g, struct act *act, struct err *err)
{
	const struct document_item *d;
	str symbol;
	if (!act_has(act, "text") && act_value(act, "files")->files.n == 0)
		return ERR(err, REFUSED, "text", "Please write the text or add a file.");
	if (act_has(act, "meeting") && !meeting_get(g, act_i64(act, "meeting")))
		return ERR(err, ABSENT, "meeting", "There is no meeting {0}.",
		    act_digits(act, act_i64(act, "meeting")));
	TRY(following(g, act, &d, err));
	if (act_has(act, "own_symbol"))
		TRY(own_symbol(g, act, &symbol, err));
	else if (d)
		symbol = document_next_after(act->arena, g, d, act_str(act, "suffix"));
	else
		symbol = document_next_symbol(
		    act->arena, g, arena_z(act->arena, act_str(act, "kind")), act->now);
	act_give_i64(act, "number", document_total(g) + 1);
	act_give_str(act, "symbol", symbol);
	return OK;
}

static struct document_item *fold_new(struct group *g, int64_t seq, str kind, str symbol)
{
	struct document_state *s = document_in(g);
	struct document_item *d = vec_push(g->arena, &s->items);
	*d = (struct document_item){
	    .number = (int64_t)s->items.n,
	    .seq = seq,
	    .kind = arena_str(g->arena, kind),
	    .symbol = arena_str(g->arena, symbol),
	};
	d->base = d->symbol;
	return d;
}

void document_fold_issue(struct group *g, const struct fact *f)
{
	struct document_item *d = fold_new(g, f->seq, fact_str(f, "kind"), fact_str(f, "symbol"));
	struct document_item *before = item_at(g, fact_i64(f, "revises"));
	if (!before)
		return;
	d->revises = before->number;
	if (!fact_has(f, "suffix") || str_is(fact_str(f, "suffix"), "rev")) {
		d->base = before->base;
		before->revised_by = d->number;
	}
}

void document_fold_other(struct group *g, int64_t seq, str kind, str symbol, int64_t revises)
{
	struct document_item *d = fold_new(g, seq, kind, symbol);
	struct document_item *before = item_at(g, revises);
	if (!before)
		return;
	d->revises = revises;
	d->base = before->base;
	before->revised_by = d->number;
}

enum rc document_decide_scheme(const struct group *g, struct act *act, struct err *err)
{
	(void)g;
	str scheme = act_str(act, "scheme");
	if (str_find(scheme, S("n")) == SIZE_MAX)
		return ERR(err, INVALID, "scheme",
		    "The scheme needs an n, where the number of the document goes.");
	if (!symbol_is_plain(scheme))
		return ERR(err, INVALID, "scheme",
		    "A scheme is made of letters, digits and the signs / . - ( ).");
	return OK;
}

void document_fold_scheme(struct group *g, const struct fact *f)
{
	document_in(g)->scheme = arena_str(g->arena, fact_str(f, "scheme"));
}
