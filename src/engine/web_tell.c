/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/web_tell.h"

#include <stdlib.h>

#include "base/cond.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/i18n.h"
#include "engine/live.h"
#include "engine/live_lines.h"
#include "engine/tell_step.h"

#include "base/poison.h"

#define PAGES  256
#define REST   (60 * 1000)         /* microseconds; acts that come together are told together */
#define LINGER (120 * USEC_SECOND) /* so long a page is told of that nobody follows */
#define LOOK   (30 * USEC_SECOND)  /* how often one looks for those */
#define STEPS  1024                /* numbers of changes for one state of the record */
#define PIECES 400                 /* of a page, at most */

/*
 * A line of the channel: a piece of the page, or (key "") the order of a part, as the keys of its
 * pieces. Its number stays the same.
 */
struct slot {
	char *part, *key;
	char *text; /* as told last; NULL: it is not on the page */
	bool seen;
};

/* A page in one language. */
struct told {
	struct told *next;
	const struct live_row *row;
	char *path; /* as followed */
	char *lang;
	char *channel;
	int64_t n; /* entries that it was made of; -1: not made yet */
	int64_t erased;
	usec wanted; /* monotonic: when it was followed last */
	VEC(struct slot) slots;
};

struct tell {
	struct web *web;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	pthread_t thread;
	bool stopping, moved;
	struct told *all; /* changed by its thread and by tell_channel, under the lock */
	size_t n;
};

static void free_told(struct told *x)
{
	for (size_t i = 0; i < x->slots.n; i++) {
		free(x->slots.p[i].part);
		free(x->slots.p[i].key);
		free(x->slots.p[i].text);
	}
	free(x->slots.p);
	free(x->path);
	free(x->lang);
	free(x->channel);
	free(x);
}

int64_t page_live_at(const struct page *p)
{
	return p->group.n * STEPS + STEPS - 1;
}

/* --- one page ----------------------------------------------------------------------------- */

static struct slot *slot_of(struct told *x, str part, str key)
{
	for (size_t i = 0; i < x->slots.n; i++)
		if (str_is(key, x->slots.p[i].key) && str_is(part, x->slots.p[i].part))
			return &x->slots.p[i];
	if (x->slots.n == x->slots.cap) {
		x->slots.cap = x->slots.cap ? 2 * x->slots.cap : 32;
		x->slots.p = realloc(x->slots.p, x->slots.cap * sizeof x->slots.p[0]);
		must(x->slots.p);
	}
	struct slot *s = &x->slots.p[x->slots.n++];
	*s = (struct slot){.part = live_copy(part), .key = live_copy(key)};
	return s;
}

/* The head differs each time: who has the piece from the page knows no earlier words of it. */
static struct live_line line_of(
    struct arena *a, const struct told *x, const struct slot *s, int64_t id)
{
	struct buf head = buf_in(a, 0);
	buf_printf(&head, "\"p\":\"%s\",", s->part);
	if (*s->key)
		buf_printf(&head, "\"i\":\"%s\",", s->key);
	buf_printf(&head, "\"e\":%lld", (long long)(id / STEPS));
	return (struct live_line){
	    .id = id, .line = s - x->slots.p + 1, .text = str_of(s->text), .head = buf_str(&head)};
}

/* What changes while a page is compared with what was told. */
struct change {
	struct told *x;
	struct arena *arena;
	VEC(size_t) lines;            /* slots that changed */
	VEC(struct step_slot) before; /* all slots as they were, and as they are */
};

static str text_of(struct arena *a, const struct slot *s)
{
	return s->text ? arena_str(a, str_of(s->text)) : (str){0};
}

static void keep_before(struct change *c)
{
	for (size_t i = 0; i < c->x->slots.n; i++)
		*vec_push(c->arena, &c->before) =
		    (struct step_slot){.before = text_of(c->arena, &c->x->slots.p[i])};
}

/* Slots that came meanwhile stand behind those that were there. */
static void keep_now(struct change *c)
{
	size_t known = c->before.n;
	for (size_t i = 0; i < c->x->slots.n; i++) {
		const struct slot *s = &c->x->slots.p[i];
		str before = i < known ? c->before.p[i].before : (str){0};
		struct step_slot *k = i < known ? &c->before.p[i] : vec_push(c->arena, &c->before);
		*k = (struct step_slot){.part = str_of(s->part),
		    .key = str_of(s->key),
		    .before = before,
		    .now = s->text ? str_of(s->text) : (str){0}};
	}
}

static void put(struct change *c, str part, str key, str text)
{
	struct slot *s = slot_of(c->x, part, key);
	s->seen = true;
	if (s->text && str_is(text, s->text))
		return;
	free(s->text);
	s->text = live_copy(text);
	*vec_push(c->arena, &c->lines) = (size_t)(s - c->x->slots.p);
}

/*
 * The last change of a state has the greatest number that it can have, and so has a page made of
 * this state: who has seen it has seen everything, also after a start of the server.
 */
static void say_changes(struct tell *t, const struct change *c, int64_t n)
{
	int64_t last = n * STEPS + STEPS - 1, from = c->x->n;
	struct live_line *v = arena_array(c->arena, struct live_line, c->lines.n + 1);
	for (size_t i = 0; i < c->lines.n; i++)
		v[i] = line_of(c->arena, c->x, &c->x->slots.p[c->lines.p[i]],
		    i + 1 < c->lines.n ? n * STEPS + 1 + (int64_t)i : last);
	live_say_step(t->web->live, str_of(c->x->channel),
	    &(struct live_step){.v = v,
	        .n = c->lines.n,
	        .from = from * STEPS + STEPS - 1,
	        .json = tell_step(c->arena, from, c->before.p, c->before.n)});
}

/* The keys of a part, if this is its first piece. */
static bool order_of(struct arena *a, const struct pieces *now, size_t at, str *out)
{
	struct buf b = buf_in(a, 0);
	str part = now->v.p[at].part;
	for (size_t i = 0; i < at; i++)
		if (str_eq(now->v.p[i].part, part))
			return false;
	for (size_t i = at; i < now->v.n; i++) {
		if (!str_eq(now->v.p[i].part, part))
			continue;
		buf_sep(&b, S(" "));
		buf_put(&b, now->v.p[i].key);
	}
	*out = buf_str(&b);
	return true;
}

static void compare(struct tell *t, struct told *x, const struct pieces *now, int64_t n)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct change c = {.x = x, .arena = a};
	bool first = x->n < 0;
	str order;

	keep_before(&c);
	for (size_t i = 0; i < x->slots.n; i++)
		x->slots.p[i].seen = false;
	for (size_t i = 0; i < now->v.n && i < PIECES; i++) {
		const struct piece *piece = &now->v.p[i];
		put(&c, piece->part, piece->key, piece->text.s);
		if (order_of(a, now, i, &order))
			put(&c, piece->part, STR_EMPTY, order);
	}
	/* What is not there any more is told by the order; it would be new if it came back. */
	for (size_t i = 0; i < x->slots.n; i++) {
		struct slot *s = &x->slots.p[i];
		if (s->seen)
			continue;
		if (!*s->key) {
			put(&c, str_of(s->part), STR_EMPTY, STR_EMPTY);
			continue;
		}
		free(s->text);
		s->text = NULL;
	}
	keep_now(&c);
	if (first)
		live_know(t->web->live, str_of(x->channel), n * STEPS + STEPS - 1);
	else if (now->erased != x->erased) /* what was told before may hold it */
		live_forget(t->web->live, str_of(x->channel), n * STEPS + STEPS - 1);
	else
		say_changes(t, &c, n);
	x->n = n;
	x->erased = now->erased;
}

/* The pieces as somebody without a session sees them, and of how many entries. */
static enum rc make(struct tell *t, struct told *x, struct arena *a, struct pieces *out, int64_t *n,
    struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct http_request q = {.arena = a, .method = HTTP_GET, .path = str_of(x->path)};
	struct http_response r = {0};
	struct route_args args;
	struct page p;
	struct page_request pr;
	str rest = str_skip(q.path, 1), piece;

	while (str_cut(&rest, '/', &piece))
		*vec_push(a, &q.segments) = piece;
	*vec_push(a, &q.params) = (struct http_pair){S("lang"), str_of(x->lang)};
	must(route_match(x->row->pattern, q.segments.p, q.segments.n, &args));
	TRY(web_page(t->web, &q, &r, &reader, &args, &p, &pr, err));
	*n = p.group.n;
	return *n == x->n ? OK : x->row->pieces(&p, out, err);
}

static void tell_one(struct tell *t, struct told *x)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct pieces now = {0};
	struct err err = {0};
	int64_t n = 0;

	if (make(t, x, a, &now, &n, &err) != OK)
		say_err("live page", &err);
	else if (n != x->n)
		compare(t, x, &now, n);
}

/* --- its thread ---------------------------------------------------------------------------- */

/* Under the lock. */
static void drop_old(struct tell *t)
{
	usec now = clock_monotonic();
	for (struct told **at = &t->all; *at;) {
		struct told *x = *at;
		if (live_is_followed(t->web->live, str_of(x->channel)))
			x->wanted = now;
		if (now - x->wanted < LINGER) {
			at = &x->next;
			continue;
		}
		*at = x->next;
		t->n--;
		free_told(x);
	}
}

/* Under the lock; true when something moved, or the end has come. */
static bool rest(struct tell *t, usec how_long, bool until_moved)
{
	usec till = clock_monotonic() + how_long;
	while (!t->stopping && !(until_moved && t->moved))
		if (!cond_wait_until(&t->wake, &t->lock, till))
			return false;
	return true;
}

static void *run(void *arg)
{
	struct tell *t = arg;

	pthread_mutex_lock(&t->lock);
	while (!t->stopping) {
		bool moved = rest(t, LOOK, true);
		drop_old(t);
		if (!moved)
			continue;
		rest(t, REST, false);
		t->moved = false;
		/* Pages are added at the head only, and dropped by this thread alone. */
		struct told *x = t->all;
		pthread_mutex_unlock(&t->lock);
		for (; x; x = x->next)
			tell_one(t, x);
		pthread_mutex_lock(&t->lock);
	}
	pthread_mutex_unlock(&t->lock);
	return NULL;
}

void tell_moved(struct tell *t)
{
	pthread_mutex_lock(&t->lock);
	t->moved = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
}

/* Under the lock. */
static struct told *add(
    struct tell *t, const struct http_request *q, const struct live_row *row, str channel)
{
	struct told *x = calloc(1, sizeof *x);
	must(x);
	*x = (struct told){.next = t->all,
	    .row = row,
	    .path = live_copy(q->path),
	    .lang = live_copy(i18n_choose(http_param(q, S("lang")), STR_EMPTY, STR_EMPTY)),
	    .channel = live_copy(channel),
	    .n = -1};
	t->all = x;
	t->n++;
	return x;
}

str tell_channel(struct tell *t, const struct http_request *q, const struct live_row *row)
{
	str lang = i18n_choose(http_param(q, S("lang")), STR_EMPTY, STR_EMPTY);
	str channel = arena_printf(q->arena, "%.*s?%.*s", STR(q->path), STR(lang));

	pthread_mutex_lock(&t->lock);
	struct told *x = t->all;
	while (x && !str_is(channel, x->channel))
		x = x->next;
	if (!x && t->n < PAGES) {
		x = add(t, q, row, channel);
		t->moved = true;
		pthread_cond_signal(&t->wake);
	}
	if (x)
		x->wanted = clock_monotonic();
	pthread_mutex_unlock(&t->lock);
	return x ? channel : STR_EMPTY;
}

struct tell *tell_new(struct web *w)
{
	struct tell *t = calloc(1, sizeof *t);

	must(t);
	t->web = w;
	pthread_mutex_init(&t->lock, NULL);
	cond_init(&t->wake);
	must(pthread_create(&t->thread, NULL, run, t) == 0);
	return t;
}

void tell_free(struct tell *t)
{
	if (!t)
		return;
	pthread_mutex_lock(&t->lock);
	t->stopping = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	(void)pthread_join(t->thread, NULL);
	while (t->all) {
		struct told *x = t->all;
		t->all = x->next;
		free_told(x);
	}
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t);
}
