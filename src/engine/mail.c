/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/mail.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/must.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/poison.h"

/* Nothing that ends a line or an address: what cannot be written cannot be injected. */
static bool is_one_line(str s, bool address)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < ' ' || c == 0x7f ||
		    (address && (c == ' ' || c == ',' || c == '<' || c == '>' || c > 0x7e)))
			return false;
	}
	return s.n > 0 && utf8_valid(s);
}

enum rc mail_compose(
    struct arena *a, str from, const struct mail_message *m, str *out, struct err *err)
{
	struct buf b = buf_in(a, 0);
	if (!is_one_line(from, true) || !is_one_line(m->to, true) || from.p[0] == '-' ||
	    m->to.p[0] == '-')
		return ERR(err, INVALID, "email", "This address cannot be written to.");
	if (!is_one_line(m->subject, false))
		return ERR(err, INVALID, "subject", "A subject is one line.");
	if ((m->message_id.n && !is_one_line(m->message_id, true)) ||
	    (m->list_id.n && !is_one_line(m->list_id, true)))
		return ERR(err, INVALID, "subject", "This name cannot stand in a header.");
	buf_printf(&b, "From: %.*s\nTo: %.*s\n", STR(from), STR(m->to));
	if (m->message_id.n)
		buf_printf(&b, "Message-ID: <%.*s>\n", STR(m->message_id));
	if (m->list_id.n)
		buf_printf(&b, "List-Id: <%.*s>\n", STR(m->list_id));
	/* Encoded words keep any language whole, whatever relays do. */
	buf_put(&b, S("Subject: =?utf-8?B?"));
	AUTO_ARENA struct arena *scratch = arena_new(0);
	struct buf word = buf_in(scratch, 0);
	buf_put_base64(&word, m->subject);
	buf_put(&b, buf_str(&word));
	buf_put(
	    &b, S("?=\nAuto-Submitted: auto-generated\nMIME-Version: 1.0\n"
	          "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"));
	buf_put(&b, m->text);
	*out = buf_str(&b);
	return OK;
}

/* A program at work, and until when. */
struct job {
	pid_t pid;
	int in;     /* its input */
	int ended;  /* readable when it has ended */
	usec until; /* of the monotonic clock */
};

/* False when the time is over before the descriptor is ready. */
static bool is_ready(const struct job *j, int fd, short what)
{
	struct pollfd p = {.fd = fd, .events = what};
	for (;;) {
		usec left = j->until - clock_monotonic();
		int n = left > 0 ? poll(&p, 1, (int)(left / 1000 + 1)) : 0;
		if (n >= 0 || errno != EINTR)
			return n > 0;
	}
}

static enum rc write_all(const struct job *j, str s, struct err *err)
{
	while (s.n && is_ready(j, j->in, POLLOUT)) {
		ssize_t n = write(j->in, s.p, s.n);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return ERR(err, FAULT, NULL, "The mail program did not read the message.");
		s = str_skip(s, (size_t)n);
	}
	return s.n ? ERR(err, FAULT, NULL, "The mail program took too long to read the message.")
	           : OK;
}

/* Starts "sendmail -i -f FROM -- TO" with its input at j->in, as a group of its own. */
static enum rc start(
    struct arena *a, const struct mail_conf *conf, str to, struct job *j, struct err *err)
{
	int ends[2];
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t how;
	char *argv[] = {arena_z(a, conf->sendmail), arena_z(a, S("-i")), arena_z(a, S("-f")),
	    arena_z(a, conf->from), arena_z(a, S("--")), arena_z(a, to), NULL};
	char *envp[] = {arena_z(a, S("PATH=/usr/sbin:/usr/bin:/sbin:/bin")), NULL};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return ERR(err, FAULT, NULL, "There is no descriptor for a pipe.");
	must(fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0); /* ours alone: the other end blocks */
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawnattr_init(&how);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETPGROUP);
	int failed = posix_spawn(&j->pid, argv[0], &actions, &how, argv, envp);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	j->in = ends[1];
	if (!failed)
		return OK;
	close(ends[1]);
	return ERR(err, FAULT, NULL, "The mail program {0} cannot be started.", conf->sendmail);
}

/* Waits for its end, or brings it about. */
static enum rc finish(struct job *j, bool in_time, struct err *err)
{
	int status = 0;
	j->ended = pidfd_open(j->pid, 0);
	bool ended = in_time && j->ended >= 0 && is_ready(j, j->ended, POLLIN);
	if (!ended)
		kill(-j->pid, SIGKILL);
	while (waitpid(j->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (j->ended >= 0)
		close(j->ended);
	if (!ended)
		return ERR(err, FAULT, NULL, "The mail program took too long and was ended.");
	return WIFEXITED(status) && WEXITSTATUS(status) == 0
	           ? OK
	           : ERR(err, FAULT, NULL, "The mail program did not take the message.");
}

enum rc mail_send(const struct mail_conf *conf, const struct mail_message *m, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str message;
	struct job j = {.until = clock_monotonic() + (conf->limit ? conf->limit : MAIL_LIMIT)};
	TRY(mail_compose(a, conf->from, m, &message, err));
	TRY(start(a, conf, m->to, &j, err));
	enum rc rc = write_all(&j, message, err);
	close(j.in);
	enum rc end = finish(&j, rc == OK, rc == OK ? err : NULL);
	return rc == OK ? end : rc;
}
