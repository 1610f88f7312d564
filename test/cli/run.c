/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "run.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "t.h"
#include "base/poison.h"

const char *run_file(struct arena *a, const char *name, str bytes)
{
	char *path = arena_z(a, arena_printf(a, "%s/%s", t_tmpdir(), name));
	FILE *f = fopen(path, "wb");
	if (!f || fwrite(bytes.p, 1, bytes.n, f) != bytes.n || fclose(f) != 0)
		abort();
	return path;
}

static void redirect(const char *path, int flags, int to)
{
	int fd = open(path, flags, 0600);
	if (fd < 0 || dup2(fd, to) < 0)
		_exit(99);
}

struct ran run_comity(struct arena *a, str input, const char *const *words)
{
	return run_program(a, getenv("COMITY"), input, words);
}

struct ran run_program(struct arena *a, const char *program, str input, const char *const *words)
{
	const char *in = run_file(a, "run.in", input), *out = run_file(a, "run.out", STR_EMPTY),
	           *err = run_file(a, "run.err", STR_EMPTY);
	char *argv[64] = {arena_z(a, S("comity"))};
	int status = 0;
	for (size_t n = 0; words[n] && n < 62; n++)
		argv[n + 1] = arena_z(a, str_of(words[n]));
	if (!program)
		abort();
	pid_t pid = fork();
	if (pid == 0) {
		redirect(in, O_RDONLY, STDIN_FILENO);
		redirect(out, O_WRONLY, STDOUT_FILENO);
		redirect(err, O_WRONLY, STDERR_FILENO);
		execv(program, argv);
		_exit(99);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		abort();
	return (struct ran){
	    WIFEXITED(status) ? WEXITSTATUS(status) : -1, t_read_file(a, out), t_read_file(a, err)};
}

struct json *run_json(struct arena *a, const struct ran *r)
{
	struct json *v = NULL;
	struct err err = {0};
	if (r->status != 0)
		t_fail(__FILE__, __LINE__, "exit code %d: %.*s", r->status, STR(r->err));
	if (json_parse(a, r->out, NULL, &v, &err) != OK) {
		t_fail(__FILE__, __LINE__, "not JSON: %.*s", STR(r->out));
		return json_new_object(a);
	}
	return v;
}
