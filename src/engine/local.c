/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/local.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/json.h"
#include "base/must.h"
#include "base/say.h"
#include "engine/web_inner.h"
#include "base/poison.h"

#define ANSWER_TIME 5000 /* milliseconds for a program to take its answer */

struct peer {
	int fd; /* -1: free */
	char *line;
	size_t n;
};

struct local {
	struct web *web;
	pthread_t thread;
	int listening, bell;
	char path[sizeof((struct sockaddr_un *)0)->sun_path];
	struct peer peers[LOCAL_PEERS];
};

/* One line on its way. */
struct bringing {
	struct local *local;
	const struct inlet_row *row;
	struct inlet_call call;
};

enum rc local_path(struct arena *a, str dir, str *path, struct err *err)
{
	*path = arena_printf(a, "%.*s/" LOCAL_NAME, STR(dir));
	if (path->n >= sizeof((struct sockaddr_un *)0)->sun_path)
		return ERR(err, FAULT, NULL,
		    "The path of {0} is too long for a socket in it; move the folder.", dir);
	return OK;
}

/* --- one line --- */

static void kept(struct errand *e)
{
	struct bringing *x = e->ctx;
	if (e->rc == OK)
		web_tell(x->local->web->live, &x->call);
}

static enum rc keep(struct errand *e, struct house *h, struct err *err)
{
	struct bringing *x = e->ctx;
	return web_keep(x->row, &x->call, h, err);
}

static enum rc put(struct bringing *x, struct err *err)
{
	struct errand e = {.run = keep, .done = kept, .ctx = x, .quiet = true};
	return writer_carry_out(x->local->web->writer, &e, err);
}

static enum rc get(struct bringing *x, struct err *err)
{
	AUTO_READER struct reader reader = {0};
	TRY(web_reader(x->local->web, &reader, err));
	x->call.db = reader.on.db;
	TRY(x->row->find(&x->call, err));
	return x->row->get(&x->call, err);
}

static enum rc carry_out(struct bringing *x, str line, struct err *err)
{
	struct json *o;
	TRY(json_parse(x->call.arena, line, "line", &o, err));
	if (o->kind != JSON_KIND_OBJECT)
		return ERR(err, INVALID, "line", "A line is a JSON object.");
	x->call.local = o;
	return json_get(o, S("seq")) ? put(x, err) : get(x, err);
}

static str answer(struct bringing *x, enum rc rc, struct err *err)
{
	struct arena *a = x->call.arena;
	struct json *o = json_new_object(a);
	if (rc == FAULT) {
		say_err("local", err);
		web_hide(err);
	}
	if (rc == OK) {
		json_put_i64(a, o, S("number"), x->call.number);
		if (x->call.note.n)
			json_put_str(a, o, S("note"), x->call.note);
	} else {
		json_put_str(a, o, S("error"), str_of(rc_name(rc)));
		json_put_str(a, o, S("message"), err_text(err, a));
	}
	return arena_printf(a, "%.*s\n", STR(json_str(a, o)));
}

/* --- peers --- */

static void part(struct peer *p)
{
	(void)close(p->fd);
	free(p->line);
	*p = (struct peer){.fd = -1};
}

static bool send_all(int fd, str s)
{
	while (s.n) {
		struct pollfd ready = {.fd = fd, .events = POLLOUT};
		ssize_t n = send(fd, s.p, s.n, MSG_DONTWAIT | MSG_NOSIGNAL);
		if (n > 0)
			s = str_skip(s, (size_t)n);
		else if (n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
			return false;
		else if (poll(&ready, 1, ANSWER_TIME) <= 0)
			return false;
	}
	return true;
}

static bool serve_line(struct local *l, struct peer *p, str line)
{
	AUTO_ARENA struct arena *a = arena_new((size_t)16 << 20);
	struct err err = {0};
	struct bringing *x = arena_new_of(a, struct bringing);
	x->local = l;
	x->row = l->web->conf.rooms->kept.local;
	x->call = (struct inlet_call){
	    .arena = a, .now = clock_now(clock_wall()), .number = -1, .answer = STR_EMPTY};
	enum rc rc = carry_out(x, line, &err);
	return send_all(p->fd, answer(x, rc, &err));
}

static void hear(struct local *l, struct peer *p)
{
	ssize_t n = recv(p->fd, p->line + p->n, LOCAL_LINE - p->n, MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
		return;
	if (n <= 0) {
		part(p);
		return;
	}
	p->n += (size_t)n;
	str rest = str_from(p->line, p->n);
	for (size_t end = str_find_char(rest, '\n'); end != SIZE_MAX;
	     end = str_find_char(rest, '\n')) {
		if (!serve_line(l, p, str_head(rest, end))) {
			part(p);
			return;
		}
		rest = str_skip(rest, end + 1);
	}
	/* The beginning of the next line; one that never ends is no line. */
	for (size_t i = 0; i < rest.n; i++)
		p->line[i] = rest.p[i];
	p->n = rest.n;
	if (p->n == LOCAL_LINE)
		part(p);
}

static void greet(struct local *l)
{
	int fd = accept4(l->listening, NULL, NULL, SOCK_CLOEXEC);
	for (size_t i = 0; fd >= 0 && i < LOCAL_PEERS; i++)
		if (l->peers[i].fd < 0) {
			l->peers[i] = (struct peer){.fd = fd, .line = malloc(LOCAL_LINE)};
			must(l->peers[i].line);
			return;
		}
	if (fd >= 0)
		(void)close(fd);
}

static void *run(void *arg)
{
	struct local *l = arg;
	struct pollfd v[LOCAL_PEERS + 2];
	for (;;) {
		v[0] = (struct pollfd){.fd = l->bell, .events = POLLIN};
		v[1] = (struct pollfd){.fd = l->listening, .events = POLLIN};
		for (size_t i = 0; i < LOCAL_PEERS; i++)
			v[i + 2] = (struct pollfd){.fd = l->peers[i].fd, .events = POLLIN};
		if (poll(v, LOCAL_PEERS + 2, -1) < 0)
			continue;
		if (v[0].revents)
			break;
		for (size_t i = 0; i < LOCAL_PEERS; i++)
			if (v[i + 2].revents)
				hear(l, &l->peers[i]);
		if (v[1].revents)
			greet(l);
	}
	for (size_t i = 0; i < LOCAL_PEERS; i++)
		if (l->peers[i].fd >= 0)
			part(&l->peers[i]);
	return NULL;
}

/* Only who owns the folder may open it, from the first moment on. */
static enum rc listen_at(struct local *l, str path, struct err *err)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	mem_copy(at.sun_path, sizeof at.sun_path - 1, path.p, path.n);
	mem_copy(l->path, sizeof l->path - 1, path.p, path.n);
	(void)unlink(l->path);
	l->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (l->listening < 0 || fchmod(l->listening, 0600) != 0 ||
	    bind(l->listening, (const struct sockaddr *)&at, sizeof at) != 0 ||
	    chmod(l->path, 0600) != 0 || listen(l->listening, 8) != 0)
		return ERR(err, FAULT, NULL, "The socket {0} cannot be made.", path);
	return OK;
}

enum rc local_start(struct web *w, struct local **out, struct err *err)
{
	struct local *l = calloc(1, sizeof *l);
	str path;
	must(l);
	l->web = w;
	l->listening = -1;
	*out = l;
	for (size_t i = 0; i < LOCAL_PEERS; i++)
		l->peers[i].fd = -1;
	l->bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	must(l->bell >= 0);
	enum rc rc = local_path(w->arena, w->conf.dir, &path, err);
	/* Captions come by HTTP all the same. */
	if (rc != OK) {
		say_err("local", err);
		err_clear(err);
		return OK;
	}
	TRY(listen_at(l, path, err));
	must(pthread_create(&l->thread, NULL, run, l) == 0);
	return OK;
}

void local_stop(struct local *l)
{
	if (!l)
		return;
	if (l->thread) {
		(void)!write(l->bell, &(uint64_t){1}, sizeof(uint64_t));
		(void)pthread_join(l->thread, NULL);
		(void)unlink(l->path);
	}
	if (l->listening >= 0)
		(void)close(l->listening);
	(void)close(l->bell);
	free(l);
}
