/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/captioner.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/json.h"
#include "base/poison.h"

#define ANSWER ((size_t)8 << 10)

static int connect_to(str path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	mem_copy(at.sun_path, sizeof at.sun_path - 1, path.p, path.n);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&at, sizeof at) != 0) {
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

static bool send_all(int fd, str s)
{
	while (s.n) {
		ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);
		if (n <= 0 && errno != EINTR)
			return false;
		s = str_skip(s, n > 0 ? (size_t)n : 0);
	}
	return true;
}

static bool read_line(struct arena *a, int fd, str *line)
{
	char *p = arena_push(a, ANSWER);
	size_t n = 0;
	while (n < ANSWER) {
		ssize_t some = recv(fd, p + n, ANSWER - n, 0);
		if (some < 0 && errno == EINTR)
			continue;
		if (some <= 0)
			return false;
		n += (size_t)some;
		if (p[n - 1] == '\n') {
			*line = str_from(p, n - 1);
			return true;
		}
	}
	return false;
}

void captioner_leave(struct captioner *c)
{
	if (c->fd >= 0)
		(void)close(c->fd);
	c->fd = -1;
}

static enum rc exchange(
    struct captioner *c, struct arena *a, str question, str *answer, struct err *err)
{
	if (c->fd < 0)
		c->fd = connect_to(c->path);
	if (c->fd >= 0 && send_all(c->fd, question) && read_line(a, c->fd, answer))
		return OK;
	captioner_leave(c);
	return ERR(err, BUSY, NULL, "No server answers at {0}.", c->path);
}

enum rc captioner_send(struct captioner *c, struct arena *a, int64_t seq, str text,
    struct captioner_said *said, struct err *err)
{
	struct json *o = json_new_object(a), *answer;
	str line;
	json_put_str(a, o, S("group"), c->group);
	json_put_i64(a, o, S("meeting"), c->meeting);
	json_put_str(a, o, S("lang"), c->lang);
	json_put_str(a, o, S("source"), c->source);
	if (seq) {
		json_put_i64(a, o, S("seq"), seq);
		json_put_str(a, o, S("text"), text);
	}
	TRY(exchange(c, a, arena_printf(a, "%.*s\n", STR(json_str(a, o))), &line, err));
	TRY(json_parse(a, line, "answer", &answer, err));
	*said = (struct captioner_said){.number = json_get_i64(answer, S("number"), 0),
	    .note = json_get_str(answer, S("note"))};
	str error = json_get_str(answer, S("error"));
	if (!error.n)
		return OK;
	for (int code = INVALID; code <= FAULT; code++)
		if (str_is(error, rc_name((enum rc)code)))
			return ERR(
			    err, (enum rc)code, NULL, "{0}", json_get_str(answer, S("message")));
	return ERR(err, FAULT, NULL, "{0}", json_get_str(answer, S("message")));
}
