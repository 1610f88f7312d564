/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/recogniser.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "base/poison.h"

extern char **environ;

struct recogniser {
	pid_t pid;
	str guess; /* as it was sent */
};

enum rc recogniser_start(
    struct arena *a, str command, struct recogniser **out, int *fd, struct err *err)
{
	int ends[2];
	posix_spawn_file_actions_t actions;
	struct recogniser *r = arena_new_of(a, struct recogniser);
	char *argv[] = {arena_z(a, S("sh")), arena_z(a, S("-c")), arena_z(a, command), NULL};
	if (pipe2(ends, O_CLOEXEC) != 0)
		return ERR(err, FAULT, NULL, "There is no descriptor for a pipe.");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	int failed = posix_spawn(&r->pid, "/bin/sh", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	(void)close(ends[1]);
	*fd = ends[0];
	*out = r;
	if (!failed)
		return OK;
	(void)close(ends[0]);
	return ERR(err, FAULT, "--asr", "{0} cannot be started.", command);
}

/* Bytes that both begin with, whole characters. */
static size_t common(str a, str b)
{
	size_t at = 0, n = 0;
	uint32_t cp;
	while (utf8_next(a, &at, &cp) && at <= b.n && memcmp(a.p + n, b.p + n, at - n) == 0)
		n = at;
	return n;
}

str recogniser_piece(struct recogniser *r, struct arena *a, str line)
{
	struct buf b = buf_in(a, 0);
	struct json *o;
	struct err err;
	if (json_parse(a, line, "line", &o, &err) != OK || !json_get(o, S("text")))
		return STR_EMPTY;
	str text = json_get_str(o, S("text"));
	bool final = json_get_bool(o, S("final"));
	size_t same = common(r->guess, text);
	for (size_t i = utf8_count(str_skip(r->guess, same)); i > 0; i--)
		buf_putc(&b, '\b');
	buf_put(&b, str_skip(text, same));
	if (final && text.n)
		buf_putc(&b, '\n');
	r->guess = final ? STR_EMPTY : arena_str(a, text);
	return buf_str(&b);
}

enum rc recogniser_end(struct recogniser *r, struct err *err)
{
	int status = 0;
	if (!r)
		return OK;
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return OK;
	return ERR(err, FAULT, "--asr", "The recogniser ended with an error.");
}
