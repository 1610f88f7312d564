/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * The cheapest way to lay the utterances, in their order, over the stretches, in theirs. What
 * counts is whose floor it is. Where that leaves a choice, text and time go on at one pace between
 * the turns: for this the way is looked for twice, first for the turns and then for the rest.
 */
#include "main/captions_plan.h"

#include "base/must.h"
#include "base/poison.h"

#define UNIT  (INT64_C(1000000000)) /* what a misplaced utterance costs, against MOMENT */
#define NEVER (INT64_MAX / 4)

/* So an utterance costs in a stretch. */
enum {
	INTERJECTED = 100, /* the Chair, while somebody speaks */
	UNASKED = 200,     /* who has the floor at other times, while nobody has it */
	OVER = 400,        /* the same while another one has it */
	MORE = 50,         /* the Chair, after what is put */
	UNHEARD = 150,     /* a turn, or a decision that is put, without words */
};

/* At most so long for a word, for whoever has the floor and for all others. */
#define WORD_OF_TURN (8 * USEC_SECOND)
#define WORD_BETWEEN (1 * USEC_SECOND)

/* How the cheapest way came to a place. */
enum {
	TAKEN_FIRST = 1, /* without own words so far: by the utterance before */
	TAKEN_AFTER = 2, /* with own words: by another one after them */
	WITH_OWN = 4,    /* the stretch has own words */
};

struct plan {
	const struct plan_stretch *stretches;
	struct plan_words *words;
	size_t n, m;
	int64_t *best, *bare, *own; /* [m + 1]: cost of the first j utterances so far */
	usec *kept_from;            /* [n + 1]: of kept time before each stretch */
	usec *ideal;                /* [m + 1]: when each would be spoken, in kept time */
	uint8_t *came;              /* [n][m + 1] */
};

static bool is_own(const struct plan_stretch *s, const struct plan_words *w)
{
	return !w->note && (s->who ? w->who == s->who : s->chair && w->chair);
}

static int64_t misplaced(const struct plan_stretch *s, const struct plan_words *w)
{
	if (w->note || w->who == s->who)
		return 0;
	if (!w->who)
		return INTERJECTED;
	return s->who ? OVER : UNASKED;
}

static int64_t cost(const struct plan *p, size_t i, size_t j)
{
	const struct plan_stretch *s = &p->stretches[i];
	const struct plan_words *w = &p->words[j];
	usec at = p->ideal[j];
	if (!s->kept || s->till <= s->from || s->from >= w->before ||
	    (w->sitting && w->sitting != s->sitting))
		return NEVER;
	usec from = p->kept_from[i], till = p->kept_from[i + 1];
	usec off = at < from ? from - at : at > till ? at - till : 0;
	return misplaced(s, w) * UNIT + off / USEC_SECOND;
}

static int64_t plus(int64_t a, int64_t b)
{
	return a >= NEVER || b >= NEVER ? NEVER : a + b;
}

/* From the utterance `first` on, up to `end`, at one pace from `from` to `till`. */
static void set_pace(struct plan *p, size_t first, size_t end, usec from, usec till)
{
	int64_t chars = 1, before = 0;
	for (size_t j = first; j < end; j++)
		chars += p->words[j].chars;
	for (size_t j = first; j < end; j++) {
		p->ideal[j] = from + (till - from) / 1000 * (before * 1000 / chars);
		before += p->words[j].chars;
	}
}

static void set_kept(struct plan *p)
{
	usec at = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct plan_stretch *s = &p->stretches[i];
		p->kept_from[i] = at;
		at += s->kept ? s->till - s->from : 0;
	}
	p->kept_from[p->n] = at;
}

/* The utterance before is spoken in the stretch i, or none is. */
static void lay(struct plan *p, size_t i)
{
	const struct plan_stretch *s = &p->stretches[i];
	uint8_t *came = p->came + i * (p->m + 1);
	int64_t unheard = (s->who || s->chair) && s->kept ? UNHEARD * UNIT : 0;
	int64_t more = s->chair ? MORE * UNIT : 0;
	for (size_t j = 0; j <= p->m; j++) {
		int64_t c = j ? cost(p, i, j - 1) : NEVER;
		bool own = j && is_own(s, &p->words[j - 1]);
		int64_t first = j && !own ? plus(p->bare[j - 1], c) : NEVER;
		int64_t after = j ? plus(p->own[j - 1], plus(c, more)) : NEVER;
		int64_t begun = own ? plus(p->bare[j - 1], c) : NEVER;
		p->bare[j] = first < p->best[j] ? first : p->best[j];
		p->own[j] = after < begun ? after : begun;
		came[j] = (uint8_t)((first < p->best[j] ? TAKEN_FIRST : 0) |
		                    (after < begun ? TAKEN_AFTER : 0));
	}
	for (size_t j = 0; j <= p->m; j++) {
		int64_t bare = plus(p->bare[j], unheard);
		bool with = p->own[j] < bare;
		p->best[j] = with ? p->own[j] : bare;
		came[j] |= with ? WITH_OWN : 0;
	}
}

/* --- when, within its stretch --- */

static usec longest(const struct plan_stretch *s, const struct plan_words *w)
{
	usec each = is_own(s, w) ? WORD_OF_TURN : WORD_BETWEEN;
	return (w->count ? w->count : 1) * each;
}

/* By their length; the last words before somebody gets the floor end when that happens. */
static void place(const struct plan *p, size_t i, size_t from, size_t till)
{
	const struct plan_stretch *s = &p->stretches[i];
	usec end = s->till;
	int64_t chars = 0, before = 0;
	for (size_t j = from; j < till; j++) {
		chars += p->words[j].chars + 1;
		end = p->words[j].before < end ? p->words[j].before : end;
	}
	usec whole = end - s->from;
	for (size_t j = from; j < till; j++) {
		struct plan_words *w = &p->words[j];
		usec slot = s->from + whole / 1000 * (before * 1000 / chars);
		before += w->chars + 1;
		usec slot_end = s->from + whole / 1000 * (before * 1000 / chars);
		usec most = longest(s, w);
		bool leads =
		    !s->who && j + 1 == till && j > from && i + 1 < p->n && p->stretches[i + 1].who;
		w->from = leads && slot_end - most > slot ? slot_end - most : slot;
		w->till = slot_end - w->from > most ? w->from + most : slot_end;
	}
}

/* Backwards along the cheapest way: in[j] is the stretch in which each is spoken. */
static void follow(const struct plan *p, size_t *in)
{
	size_t j = p->m;
	for (size_t i = p->n; i-- > 0;) {
		const uint8_t *came = p->came + i * (p->m + 1);
		bool own = came[j] & WITH_OWN;
		while (own) {
			own = came[j] & TAKEN_AFTER;
			in[--j] = i;
		}
		while (came[j] & TAKEN_FIRST)
			in[--j] = i;
	}
}

static bool find(struct plan *p, size_t *in)
{
	for (size_t j = 0; j <= p->m; j++)
		p->best[j] = j ? NEVER : 0;
	for (size_t i = 0; i < p->n; i++)
		lay(p, i);
	if (p->best[p->m] >= NEVER)
		return false;
	follow(p, in);
	return true;
}

/* What is spoken in a turn stays there; the rest goes on from one turn to the next. */
static void set_ideal(struct plan *p, const size_t *in)
{
	size_t first = 0;
	usec from = 0;
	for (size_t j = 0; j < p->m; j++) {
		const struct plan_stretch *s = &p->stretches[in[j]];
		if (!is_own(s, &p->words[j]))
			continue;
		set_pace(p, first, j, from, p->kept_from[in[j]]);
		p->ideal[j] = p->kept_from[in[j]];
		from = p->kept_from[in[j] + 1];
		first = j + 1;
	}
	set_pace(p, first, p->m, from, p->kept_from[p->n]);
}

bool captions_plan(struct arena *a, const struct plan_stretch *stretches, size_t n,
    struct plan_words *words, size_t m)
{
	struct plan p = {.stretches = stretches,
	    .words = words,
	    .n = n,
	    .m = m,
	    .best = arena_array(a, int64_t, m + 1),
	    .bare = arena_array(a, int64_t, m + 1),
	    .own = arena_array(a, int64_t, m + 1),
	    .kept_from = arena_array(a, usec, n + 1),
	    .ideal = arena_array(a, usec, m + 1),
	    .came = arena_array(a, uint8_t, (n + 1) * (m + 1))};
	size_t *in = arena_array(a, size_t, m + 1);
	set_kept(&p);
	set_pace(&p, 0, m, 0, p.kept_from[n]);
	if (!find(&p, in))
		return false;
	set_ideal(&p, in);
	must(find(&p, in));
	for (size_t j = 0, end; j < m; j = end) {
		for (end = j + 1; end < m && in[end] == in[j];)
			end++;
		place(&p, in[j], j, end);
	}
	return true;
}

int64_t captions_pieces(const struct plan_words *w, usec step, usec settled)
{
	usec time = w->till - w->from;
	int64_t pieces = step > 0 ? time / step : w->count;
	pieces = pieces < w->count ? pieces : w->count;
	return w->note || pieces < 2 || time / pieces >= settled ? 1 : pieces;
}

usec captions_piece_at(const struct plan_words *w, int64_t pieces, int64_t i)
{
	return w->from + (w->till - w->from) / pieces * i;
}
