/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Signing in and out. By a link sent to the e-mail address, or by a passphrase. The answer is
 * the same whether an address is known or not, and costs the same time.
 */
#include "base/must.h"
#include "base/say.h"
#include "base/utf8.h"
#include "engine/layout.h"
#include "engine/passphrase.h"
#include "engine/session.h"
#include "engine/web_inner.h"
#include "post.sql.h"
#include "session.sql.h"
#include "sign_in.html.h"

#include "base/poison.h"

#define LINK_TIME (15 * 60 * USEC_SECOND)
/* Attempts in a quarter of an hour (engine/throttle.h). Passphrases that were right do not count.
 */
#define TRIES_ACCOUNT 10
#define TRIES_NETWORK 100
#define LINKS_ACCOUNT 6
#define LINKS_NETWORK 100

/* One attempt on its way; lives in the arena of its request. */
struct signing {
	struct web *web;
	struct http_request *q;
	str email, passphrase, next, token;
	str lang;   /* of the pages: what is mailed is written in it */
	str stored; /* hash of the passphrase, or empty */
	str account;
	bool good;
	usec now;
	str new_token, csrf; /* of the session or link that is made */
	str tried,
	    tried_from; /* keys of the throttle; the second is empty for this machine itself */
	struct errand errand;
	struct task task;
	struct err err;
};

static bool is_path(const struct http_request *q, const char *pattern)
{
	struct route_args args;
	return route_match(pattern, q->segments.p, q->segments.n, &args);
}

/* Only addresses of our own: no open redirect. */
static str safe_next(struct arena *a, str next)
{
	if (next.n < 1 || next.p[0] != '/' ||
	    (next.n > 1 && (next.p[1] == '/' || next.p[1] == '\\')))
		return S("/");
	for (size_t i = 0; i < next.n; i++)
		if ((unsigned char)next.p[i] <= ' ' || (unsigned char)next.p[i] >= 0x7f ||
		    next.p[i] == '\\')
			return S("/");
	return arena_str(a, next);
}

static void send_page(
    struct signing *x, struct http_response *r, struct sign_page *v, int status, bool confirm)
{
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	struct arena *a = x->q->arena;

	if (web_page(x->web, x->q, r, &reader, NULL, &p, &pr, &err) != OK) {
		web_fail(x->web, x->q, r, &err);
		return;
	}
	web_tie(&p);
	p.title = page_t(&p, "Sign in");
	v->action_link = URL(a, S("sign-in"));
	v->action_passphrase = URL(a, S("sign-in"), S("passphrase"));
	v->action_confirm = URL(a, S("sign-in"), S("confirm"));
	v->token = pr.csrf;
	v->next = x->next;
	v->email = x->email;
	v->demo = x->web->conf.demo;
	if (v->demo && session_demos_of(p.db, a, &v->demos, &err) != OK)
		say_err("demo", &err);
	if (confirm)
		sign_confirm_html(&p.out, v);
	else
		sign_in_html(&p.out, v);
	web_send(&p, r, status);
}

static enum http_next refuse(struct signing *x, struct http_response *r, const char *why)
{
	struct sign_page v = {.error = str_of(why)};
	send_page(x, r, &v, 403, false);
	return HTTP_DONE;
}

static str lower(struct arena *a, str s)
{
	struct buf b = buf_in(a, 0);
	for (size_t i = 0; i < s.n; i++)
		buf_putc(&b, (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] - 'A' + 'a' : s.p[i]));
	return buf_str(&b);
}

/*
 * One more attempt for this address, from this network; the same for addresses that nobody has. A
 * proxy that we were not told of would make everybody one network: this machine is not counted.
 */
static bool may_try(
    struct signing *x, const char *what, unsigned for_account, unsigned from_network)
{
	struct arena *a = x->q->arena;
	struct throttle *t = x->web->attempts;
	http_peer from = http_peer_holder(x->q->peer);
	str network =
	    http_peer_is_loopback(x->q->peer) ? STR_EMPTY : str_from(from.b, sizeof from.b);
	x->tried = arena_printf(a, "%s for %.*s", what, STR(lower(a, x->email)));
	if (!throttle_take(t, x->tried, for_account, x->now))
		return false;
	if (!network.n)
		return true;
	struct buf b = buf_in(a, 0);
	buf_printf(&b, "%s from ", what);
	buf_put(&b, network);
	x->tried_from = buf_str(&b);
	return throttle_take(t, x->tried_from, from_network, x->now);
}

static void was_good(struct signing *x)
{
	throttle_give_back(x->web->attempts, x->tried);
	if (x->tried_from.n)
		throttle_give_back(x->web->attempts, x->tried_from);
}

static enum http_next too_many(struct signing *x, struct http_response *r)
{
	struct sign_page v = {
	    .error = S("There were too many attempts. Please wait 15 minutes, or ask for a link.")};
	send_page(x, r, &v, 429, false);
	return HTTP_DONE;
}

static enum rc find_account(struct signing *x, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	struct session_secret_of_row row;
	actor_id account;
	bool found = false;
	TRY(web_reader(x->web, &reader, err));
	TRY(x->web->conf.rooms->account(
	    reader.on.db, x->q->arena, x->email, &account, &found, err));
	if (!found)
		return OK;
	x->account = actor_str(x->q->arena, account);
	TRY(session_secret_of(reader.on.db, x->q->arena, x->account, &row, &found, err));
	x->stored = found ? row.passphrase : STR_EMPTY;
	return OK;
}

static enum http_next fail_rc(struct signing *x, struct http_response *r)
{
	web_fail(x->web, x->q, r, &x->err);
	return HTTP_DONE;
}

/* --- a session begins ----------------------------------------------------------------- */

/* A link is used once, also when it is sent twice at the same moment. */
static enum rc use_up(struct signing *x, struct db *db, struct err *err)
{
	struct session_link_find_row row;
	bool found;
	str hash = web_token_hash(x->q->arena, x->token);
	TRY(session_link_find(db, x->q->arena, hash, x->now, &row, &found, err));
	if (!found)
		return ERR(err, DENIED, NULL,
		    "This link was used or is older than 15 minutes. Ask for a new one.");
	return session_link_end(db, hash, err);
}

static enum rc add_session(struct errand *e, struct house *h, struct err *err)
{
	struct signing *x = e->ctx;
	struct arena *a = x->q->arena;
	str before = http_cookie(x->q, WEB_COOKIE);
	if (x->token.n)
		TRY(use_up(x, house_db(h), err));
	if (before.n) /* who signs in anew leaves no session behind */
		TRY(session_end(house_db(h), web_token_hash(a, before), err));
	TRY(session_sweep(house_db(h), x->now, err));
	TRY(post_wish_lang(house_db(h), x->account, x->lang, err));
	return session_add(house_db(h), web_token_hash(a, x->new_token), x->account, x->csrf,
	    x->now, x->now + WEB_SESSION, err);
}

static enum http_next session_made(void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	if (x->errand.rc != OK) {
		x->err = x->errand.err;
		return fail_rc(x, r);
	}
	http_add_cookie(q->arena, r, WEB_COOKIE, x->new_token, WEB_SESSION / USEC_SECOND);
	http_redirect(r, x->next);
	return HTTP_DONE;
}

static enum http_next begin_session(struct signing *x)
{
	x->new_token = id_token(x->q->arena, rng_system(), 32);
	x->csrf = id_token(x->q->arena, rng_system(), 32);
	enum http_next later = http_later(x->q, session_made, x);
	web_errand(x->web, &x->errand, add_session, x->q, x);
	return later;
}

/* --- by passphrase -------------------------------------------------------------------- */

static void check_passphrase(struct task *t)
{
	struct signing *x = t->ctx;
	bool fits = false;
	x->good = passphrase_check(t->scratch, x->stored, x->passphrase, &fits, &x->err) == OK &&
	          fits && x->account.n;
	http_resume(x->q->exchange);
}

static enum http_next passphrase_checked(
    void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	(void)q;
	if (x->err.code != OK)
		return fail_rc(x, r);
	if (x->good) {
		was_good(x);
		return begin_session(x);
	}
	return refuse(x, r,
	    "This address and passphrase do not belong together. You can ask for a link instead.");
}

static enum http_next by_passphrase(struct signing *x, struct http_response *r)
{
	x->passphrase = http_field(x->q, S("passphrase"));
	if (!may_try(x, "passphrase", TRIES_ACCOUNT, TRIES_NETWORK))
		return too_many(x, r);
	if (find_account(x, &x->err) != OK)
		return fail_rc(x, r);
	enum http_next later = http_later(x->q, passphrase_checked, x);
	x->task = (struct task){.run = check_passphrase, .ctx = x};
	if (work_submit(x->web->hashing, &x->task, &x->err) != OK)
		http_resume(x->q->exchange);
	return later;
}

/* --- by link -------------------------------------------------------------------------- */

static enum rc add_link(struct errand *e, struct house *h, struct err *err)
{
	struct signing *x = e->ctx;
	actor_id account;
	bool found = false;
	TRY(session_link_sweep(house_db(h), x->now, err));
	if (!x->account.n) {
		TRY(house_rooms(h)->welcome(h, x->q->arena, x->email, &account, &found, err));
		/* Nobody: a link without an account takes the same time, and nobody can use it. */
		if (found)
			x->account = actor_str(x->q->arena, account);
	}
	return session_link_add(house_db(h), web_token_hash(x->q->arena, x->new_token), x->account,
	    x->next, x->now + LINK_TIME, err);
}

/* A letter on its way outlives the request that asked for it. */
struct sign_letter {
	struct arena *arena;
	const struct mail_conf *conf;
	struct mail_message message;
	struct task task;
};

static void post_letter(struct task *t)
{
	struct sign_letter *l = t->ctx;
	struct err err = {0};
	if (mail_send(l->conf, &l->message, &err) != OK)
		say_err("mail", &err);
	arena_free(l->arena);
}

/* In a worker, after the answer: how long it takes tells nobody whether an address is known. */
static void mail_link(struct signing *x, url link)
{
	struct arena *a = arena_new(0);
	struct sign_letter *l = arena_new_of(a, struct sign_letter);
	struct err err = {0};
	str site = x->web->conf.public_address;
	*l = (struct sign_letter){
	    .arena = a,
	    .conf = &x->web->conf.mail,
	    .task = {.run = post_letter, .ctx = l},
	    .message =
	        {
	            .to = arena_str(a, x->email),
	            .subject = S("Sign in to Comity"),
	            .text = arena_printf(a,
	                "Somebody, hopefully you, asked to sign in at %.*s.\n\nOpen this address; "
	                "it works "
	                "once, for 15 minutes:\n\n%.*s%.*s\n\nIf it was not you, nothing needs to "
	                "be done.\n",
	                STR(site), STR(site), STR(link.s)),
	        },
	};
	if (work_submit(x->web->reading, &l->task, &err) != OK) {
		say_err("mail", &err);
		arena_free(a);
	}
}

static enum http_next link_made(void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	struct sign_page v = {.sent = true};
	if (x->errand.rc != OK) {
		x->err = x->errand.err;
		return fail_rc(x, r);
	}
	url link = URL(q->arena, S("sign-in"), S("link"), x->new_token);
	if (x->web->conf.demo && x->account.n) {
		v.demo_link = link;
		say(SAY_NOTICE, "sign-in-link", "address=%.*s%.*s",
		    STR(x->web->conf.public_address), STR(link.s));
	}
	if (!x->web->conf.demo && x->account.n && x->web->conf.mail.sendmail.n)
		mail_link(x, link);
	send_page(x, r, &v, 200, false);
	return HTTP_DONE;
}

static enum http_next by_link(struct signing *x, struct http_response *r)
{
	struct sign_page sent = {.sent = true};
	if (!may_try(x, "link", LINKS_ACCOUNT, LINKS_NETWORK)) {
		/* Enough were sent: whoever asks is not told, and the person's mailbox is spared.
		 */
		send_page(x, r, &sent, 200, false);
		return HTTP_DONE;
	}
	if (find_account(x, &x->err) != OK)
		return fail_rc(x, r);
	x->new_token = id_token(x->q->arena, rng_system(), 32);
	enum http_next later = http_later(x->q, link_made, x);
	web_errand(x->web, &x->errand, add_link, x->q, x);
	return later;
}

/* A GET shows one button and uses nothing up: programs that follow links in mail do no harm. */
static enum http_next show_link(struct signing *x, struct http_response *r)
{
	struct sign_page v = {.link_token = x->q->segments.p[2]};
	r->route = S("/sign-in/link/{token}");
	send_page(x, r, &v, 200, true);
	return HTTP_DONE;
}

static enum http_next use_link(struct signing *x, struct http_response *r)
{
	struct session_link_find_row row;
	bool found = false;
	AUTO_READER struct reader reader = {0};
	x->token = http_field(x->q, S("link_token"));
	enum rc rc = web_reader(x->web, &reader, &x->err);
	if (rc == OK)
		rc = session_link_find(reader.on.db, x->q->arena,
		    web_token_hash(x->q->arena, x->token), x->now, &row, &found, &x->err);
	web_reader_done(&reader);
	if (rc != OK)
		return fail_rc(x, r);
	if (!found || !row.account.n)
		return refuse(
		    x, r, "This link was used or is older than 15 minutes. Ask for a new one.");
	x->account = row.account;
	x->next = row.next;
	return begin_session(x);
}

/* --- one's own passphrase ---------------------------------------------------------------- */

static void send_account(
    struct signing *x, struct http_response *r, struct sign_page *v, int status)
{
	struct err err = {0};
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	struct post_wish_of_row wish;
	bool found = false;
	enum rc rc = web_page(x->web, x->q, r, &reader, NULL, &p, &pr, &err);
	if (rc == OK && !p.viewer.signed_in)
		rc = ERR(&err, DENIED, NULL, "Please sign in to see this page.");
	if (rc == OK)
		rc = post_wish_of(
		    p.db, p.arena, actor_str(p.arena, p.viewer.account), &wish, &found, &err);
	if (rc != OK) {
		web_reader_done(&reader);
		web_fail(x->web, x->q, r, &err);
		return;
	}
	p.title = page_t(&p, "Your account");
	v->no_mail = found && !wish.mail;
	v->action_passphrase = URL(x->q->arena, S("sign-in"), S("account"));
	v->token = pr.csrf;
	sign_account_html(&p.out, v);
	web_send(&p, r, status);
}

static enum rc keep_passphrase(struct errand *e, struct house *h, struct err *err)
{
	struct signing *x = e->ctx;
	str own = web_token_hash(x->q->arena, http_cookie(x->q, WEB_COOKIE));
	TRY(session_end_others(house_db(h), x->account, own, err));
	TRY(session_link_end_all(house_db(h), x->account, err));
	return session_secret_set(house_db(h), x->account, x->stored, err);
}

static enum http_next passphrase_kept(void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	struct sign_page v = {.done = true};
	(void)q;
	if (x->errand.rc != OK) {
		x->err = x->errand.err;
		return fail_rc(x, r);
	}
	send_account(x, r, &v, 200);
	return HTTP_DONE;
}

static void hash_passphrase(struct task *t)
{
	struct signing *x = t->ctx;
	x->good =
	    passphrase_hash(t->scratch, x->q->arena, x->passphrase, &x->stored, &x->err) == OK;
	http_resume(x->q->exchange);
}

static enum http_next passphrase_hashed(
    void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	(void)q;
	if (!x->good)
		return fail_rc(x, r);
	enum http_next later = http_later(x->q, passphrase_kept, x);
	web_errand(x->web, &x->errand, keep_passphrase, x->q, x);
	return later;
}

/* --- whether one is told by mail --------------------------------------------------------- */

static enum rc keep_wish(struct errand *e, struct house *h, struct err *err)
{
	struct signing *x = e->ctx;
	return post_wish_mail(
	    house_db(h), x->account, str_is(http_field(x->q, S("mail")), "yes"), err);
}

static enum http_next wish_kept(void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	struct sign_page v = {.mail_done = true};
	(void)q;
	if (x->errand.rc != OK) {
		x->err = x->errand.err;
		return fail_rc(x, r);
	}
	send_account(x, r, &v, 200);
	return HTTP_DONE;
}

static enum http_next set_wish(struct signing *x, struct http_response *r)
{
	struct sign_page v = {0};
	if (!x->account.n) {
		send_account(x, r, &v, 403);
		return HTTP_DONE;
	}
	enum http_next later = http_later(x->q, wish_kept, x);
	web_errand(x->web, &x->errand, keep_wish, x->q, x);
	return later;
}

static enum http_next set_passphrase(struct signing *x, struct http_response *r)
{
	struct sign_page v = {.error = S("A passphrase has at least 12 characters.")};
	x->passphrase = http_field(x->q, S("passphrase"));
	if (utf8_count(x->passphrase) < PASSPHRASE_MIN || !x->account.n) {
		send_account(x, r, &v, 422);
		return HTTP_DONE;
	}
	enum http_next later = http_later(x->q, passphrase_hashed, x);
	x->task = (struct task){.run = hash_passphrase, .ctx = x};
	if (work_submit(x->web->hashing, &x->task, &x->err) != OK)
		http_resume(x->q->exchange);
	return later;
}

/* --- signing out ---------------------------------------------------------------------- */

static enum rc end_session(struct errand *e, struct house *h, struct err *err)
{
	struct signing *x = e->ctx;
	return session_end(house_db(h), web_token_hash(x->q->arena, x->token), err);
}

static enum http_next session_over(void *state, struct http_request *q, struct http_response *r)
{
	struct signing *x = state;
	if (x->errand.rc != OK) {
		x->err = x->errand.err;
		return fail_rc(x, r);
	}
	http_add_cookie(q->arena, r, WEB_COOKIE, STR_EMPTY, -1);
	http_redirect(r, x->next);
	return HTTP_DONE;
}

static enum http_next sign_out(struct signing *x)
{
	x->token = http_cookie(x->q, WEB_COOKIE);
	enum http_next later = http_later(x->q, session_over, x);
	web_errand(x->web, &x->errand, end_session, x->q, x);
	return later;
}

static bool has_token(struct signing *x, struct http_response *r)
{
	AUTO_READER struct reader reader = {0};
	struct page p;
	struct page_request pr;
	if (!web_same_origin(x->q) ||
	    web_page(x->web, x->q, r, &reader, NULL, &p, &pr, &x->err) != OK)
		return false;
	x->lang = p.viewer.lang;
	if (p.viewer.signed_in && is_path(x->q, "/sign-in/account"))
		x->account = actor_str(x->q->arena, p.viewer.account);
	return str_eq_secret(http_field(x->q, S("_token")), pr.csrf);
}

static enum http_next post(struct signing *x, struct http_response *r)
{
	if (!has_token(x, r))
		return refuse(
		    x, r, "This form is too old or did not come from this site. Please try again.");
	if (is_path(x->q, "/sign-out"))
		return sign_out(x);
	if (is_path(x->q, "/sign-in/account"))
		return http_field(x->q, S("mail")).n ? set_wish(x, r) : set_passphrase(x, r);
	if (is_path(x->q, "/sign-in/confirm"))
		return use_link(x, r);
	if (is_path(x->q, "/sign-in/passphrase"))
		return by_passphrase(x, r);
	return by_link(x, r);
}

enum http_next web_sign(struct web *w, struct http_request *q, struct http_response *r)
{
	struct signing *x = arena_new_of(q->arena, struct signing);
	str next = q->method == HTTP_POST ? http_field(q, S("next")) : http_param(q, S("next"));
	*x = (struct signing){.web = w,
	    .q = q,
	    .now = clock_now(w->conf.clock),
	    .next = safe_next(q->arena, next),
	    .email = str_trim(
	        q->method == HTTP_POST ? http_field(q, S("email")) : http_param(q, S("email")))};
	r->route = S("/sign-in");
	if (q->method == HTTP_POST)
		return post(x, r);
	if (is_path(q, "/sign-in/link/{token}"))
		return show_link(x, r);
	struct sign_page v = {0};
	if (is_path(q, "/sign-in/account"))
		send_account(x, r, &v, 200);
	else
		send_page(x, r, &v, 200, false);
	return HTTP_DONE;
}
