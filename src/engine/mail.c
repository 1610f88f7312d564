/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/mail.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
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

static enum rc write_all(int fd, str s, struct err *err)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ERR(err, FAULT, NULL, "The mail program did not read the message.");
		s = str_skip(s, (size_t)n);
	}
	return OK;
}

/* Starts "sendmail -i -f FROM -- TO" with its input at *fd. */
static enum rc start(
    struct arena *a, const struct mail_conf *conf, str to, pid_t *pid, int *fd, struct err *err)
{
	int ends[2];
	posix_spawn_file_actions_t actions;
	char *argv[] = {arena_z(a, conf->sendmail), arena_z(a, S("-i")), arena_z(a, S("-f")),
	    arena_z(a, conf->from), arena_z(a, S("--")), arena_z(a, to), NULL};
	char *envp[] = {arena_z(a, S("PATH=/usr/sbin:/usr/bin:/sbin:/bin")), NULL};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return ERR(err, FAULT, NULL, "There is no descriptor for a pipe.");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawn(pid, argv[0], &actions, NULL, argv, envp);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[0]);
	*fd = ends[1];
	if (!failed)
		return OK;
	close(ends[1]);
	return ERR(err, FAULT, NULL, "The mail program {0} cannot be started.", conf->sendmail);
}

enum rc mail_send(const struct mail_conf *conf, const struct mail_message *m, struct err *err)
{
	AUTO_ARENA struct arena *a = arena_new(0);
	str message;
	pid_t pid;
	int fd, status = 0;
	TRY(mail_compose(a, conf->from, m, &message, err));
	TRY(start(a, conf, m->to, &pid, &fd, err));
	enum rc rc = write_all(fd, message, err);
	close(fd);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (rc == OK && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
		return ERR(err, FAULT, NULL, "The mail program did not take the message.");
	return rc;
}
