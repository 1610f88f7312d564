/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/post.h"

#include "base/buf.h"
#include "base/cond.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/i18n.h"
#include "engine/web_inner.h"
#include "post.sql.h"

#include <stdlib.h>

#include "base/poison.h"

#define FIRST_WAIT (2 * USEC_SECOND)        /* before the second try; then four times as long ... */
#define LONG_WAIT  (6 * 3600 * USEC_SECOND) /* ... until this */
#define TRIES      20                       /* three days and a half */
#define PAUSE      (10 * USEC_SECOND)       /* when the writer or the disk is in trouble */

struct post {
	struct web *web;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t come;
	bool news, stopping;
	bool started;
	bool trouble; /* the thread's own */
};

/* One letter on its way. */
struct job {
	struct post *post;
	struct arena *arena;
	int64_t grp;
	struct letter letter;
	bool retry;    /* it was put off before; else it is the next one of its group */
	int64_t tries; /* that failed */
	bool wanted;   /* there is such a letter, and its account wants it */
	enum rc sent;
};

enum rc post_prepare(struct db *db, bool begins, struct err *err)
{
	TRY(db_apply(db, &post_sql, err));
	return begins ? post_begin(db, err) : OK;
}

/* --- finding --- */

static enum rc find_due(struct job *j, struct db *db, bool *found, struct err *err)
{
	struct post_due_row row;
	TRY(post_due(db, j->arena, clock_now(clock_wall()), &row, found, err));
	if (!*found)
		return OK;
	j->retry = true;
	j->grp = row.grp;
	j->tries = row.tries;
	j->letter = (struct letter){.seq = row.seq, .key = row.who, .slug = row.slug};
	return j->post->web->conf.rooms->find_letter(
	    db, j->arena, j->grp, false, &j->letter, &j->wanted, err);
}

static enum rc find_new(struct job *j, struct db *db, bool *found, struct err *err)
{
	struct post_groups_rows rows = {0};
	TRY(post_groups(db, j->arena, &rows, err));
	for (size_t i = 0; i < rows.n && !*found; i++) {
		const struct post_groups_row *g = &rows.p[i];
		j->grp = g->grp;
		j->letter = (struct letter){.seq = g->seq, .key = g->who, .slug = g->slug};
		TRY(j->post->web->conf.rooms->find_letter(
		    db, j->arena, j->grp, true, &j->letter, found, err));
	}
	j->wanted = *found;
	return OK;
}

/* What the account behind the address wants; somebody without one is written to. */
static enum rc ask_wish(struct job *j, struct db *db, struct err *err)
{
	struct post_wish_of_row wish;
	struct letter *l = &j->letter;
	actor_id account;
	bool found;
	TRY(j->post->web->conf.rooms->account(db, j->arena, l->to, &account, &found, err));
	if (found)
		TRY(post_wish_of(db, j->arena, actor_str(j->arena, account), &wish, &found, err));
	if (found && i18n_knows(wish.lang))
		l->lang = wish.lang;
	if (!i18n_knows(l->lang))
		l->lang = S("en");
	j->wanted = !found || wish.mail;
	return OK;
}

static enum rc write_letter(struct job *j, struct db *db, struct err *err)
{
	struct letter *l = &j->letter;
	TRY(ask_wish(j, db, err));
	l->site = j->post->web->conf.public_address;
	l->base = arena_printf(j->arena, "%.*s/g/%.*s", STR(l->site), STR(l->slug));
	enum rc rc = j->post->web->conf.rooms->write_letter(db, j->arena, j->grp, l, err);
	if (rc == ABSENT)
		j->wanted = false;
	return rc == ABSENT ? OK : rc;
}

static enum rc find(struct job *j, bool *found, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	*found = false;
	TRY(web_reader(j->post->web, &reader, err));
	TRY(find_due(j, reader.on.db, found, err));
	if (!*found)
		TRY(find_new(j, reader.on.db, found, err));
	return j->wanted ? write_letter(j, reader.on.db, err) : OK;
}

/* --- handing over --- */

/* The same for every try, and without the address. */
static str message_id(const struct job *j, str host)
{
	const struct letter *l = &j->letter;
	str what =
	    arena_printf(j->arena, "%.*s/%lld/%.*s", STR(l->base), (long long)l->seq, STR(l->key));
	digest d = sha256(what);
	struct buf b = buf_in(j->arena, 0);
	buf_printf(&b, "comity.%lld.", (long long)l->seq);
	buf_put_hex(&b, str_from(d.b, 16));
	buf_printf(&b, "@%.*s", STR(host));
	return buf_str(&b);
}

static void send(struct job *j)
{
	const struct mail_conf *conf = &j->post->web->conf.mail;
	const struct letter *l = &j->letter;
	struct err err = {0};
	str host = str_skip(conf->from, str_find_char(conf->from, '@') + 1);
	struct mail_message m = {
	    .to = l->to,
	    .subject = l->subject,
	    .text = l->text,
	    .message_id = message_id(j, host),
	    .list_id = arena_printf(j->arena, "%.*s.%.*s", STR(l->slug), STR(host)),
	};
	j->sent = mail_send(conf, &m, &err);
	if (j->sent != OK)
		say_err("notice", &err);
}

static usec wait_after(int64_t tries)
{
	usec wait = FIRST_WAIT;
	for (int64_t i = 0; i < tries && wait < LONG_WAIT; i++)
		wait *= 4;
	return wait < LONG_WAIT ? wait : LONG_WAIT;
}

/* In the writer: the place moves on; what was not taken is put off. */
static enum rc mark(struct errand *e, struct house *h, struct err *err)
{
	struct job *j = e->ctx;
	struct db *db = house_db(h);
	const struct letter *l = &j->letter;
	if (!j->retry)
		TRY(post_pass(db, j->grp, l->seq, l->key, err));
	if (j->sent == FAULT && j->tries + 1 < TRIES)
		return post_put_off(db, j->grp, l->seq, l->key, j->tries + 1,
		    clock_now(clock_wall()) + wait_after(j->tries), err);
	return j->retry ? post_settle(db, j->grp, l->seq, l->key, err) : OK;
}

/* One letter. False when there is none now, or when something is in trouble. */
static bool deliver(struct post *p)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	struct job j = {.post = p, .arena = a, .sent = OK};
	struct err err = {0};
	bool found = false;
	enum rc rc = find(&j, &found, &err);
	if (rc == OK && found) {
		if (j.wanted)
			send(&j);
		rc = writer_carry_out(
		    p->web->writer, &(struct errand){.run = mark, .ctx = &j}, &err);
	}
	p->trouble = rc != OK;
	if (p->trouble)
		say_err("notice", &err);
	return found && !p->trouble;
}

/* --- the thread --- */

/* How long to wait when nobody calls. */
static usec until_next_try(struct post *p)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	AUTO_READER struct reader reader = {0};
	struct err err = {0};
	int64_t at = INT64_MAX;
	usec now = clock_now(clock_wall());
	if (p->trouble || web_reader(p->web, &reader, &err) != OK ||
	    post_next_try(reader.on.db, a, &at, &err) != OK)
		return PAUSE;
	if (at <= now)
		return 0;
	return at - now < 3600 * USEC_SECOND ? at - now : 3600 * USEC_SECOND;
}

static bool wait_for_news(struct post *p)
{
	usec until = clock_monotonic() + until_next_try(p);
	pthread_mutex_lock(&p->lock);
	while (!p->stopping && (!p->news || p->trouble))
		if (!cond_wait_until(&p->come, &p->lock, until))
			break;
	p->news = false;
	bool go_on = !p->stopping;
	pthread_mutex_unlock(&p->lock);
	return go_on;
}

static bool is_stopping(struct post *p)
{
	pthread_mutex_lock(&p->lock);
	bool stopping = p->stopping;
	pthread_mutex_unlock(&p->lock);
	return stopping;
}

static void *work(void *arg)
{
	struct post *p = arg;
	do
		while (!is_stopping(p) && deliver(p))
			;
	while (wait_for_news(p));
	return NULL;
}

struct post *post_new(struct web *w)
{
	struct post *p = calloc(1, sizeof *p);
	must(p);
	p->web = w;
	pthread_mutex_init(&p->lock, NULL);
	cond_init(&p->come);
	return p;
}

enum rc post_start(struct post *p, struct err *err)
{
	p->started = pthread_create(&p->thread, NULL, work, p) == 0;
	return p->started ? OK : ERR(err, FAULT, NULL, "The thread of the mail cannot be started.");
}

void post_moved(struct post *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->news = true;
	pthread_cond_signal(&p->come);
	pthread_mutex_unlock(&p->lock);
}

void post_stop(struct post *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_signal(&p->come);
	pthread_mutex_unlock(&p->lock);
	if (p->started)
		pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->come);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
