/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "t.h"

#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/poison.h"

#define TESTS_MAX      1024
#define SECONDS_A_TEST 600

static struct {
	const char *name, *file;
	t_fn fn;
	int line;
} tests[TESTS_MAX];
static size_t tests_n;
static int failures;
static char tmpdir[64];

void t_register(const char *name, t_fn fn, const char *file, int line)
{
	if (tests_n == TESTS_MAX) {
		fprintf(stderr, "too many tests in one program\n");
		abort();
	}
	tests[tests_n].name = name;
	tests[tests_n].fn = fn;
	tests[tests_n].file = file;
	tests[tests_n++].line = line;
}

void t_fail(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	failures++;
	printf("# %s:%d: ", file, line);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
	fflush(stdout);
}

int t_failures(void)
{
	return failures;
}

void t_check_eq(const char *file, int line, const char *what, int64_t got, int64_t want)
{
	if (got != want)
		t_fail(file, line, "%s is %" PRId64 ", want %" PRId64, what, got, want);
}

void t_check_str(const char *file, int line, const char *what, str got, str want)
{
	if (!str_eq(got, want))
		t_fail(file, line, "%s is \"%.*s\", want \"%.*s\"", what, STR(got), STR(want));
}

const char *t_root(void)
{
	return T_ROOT;
}

const char *t_tmpdir(void)
{
	if (!tmpdir[0]) {
		snprintf(tmpdir, sizeof tmpdir, "/tmp/comity-test-XXXXXX");
		if (!mkdtemp(tmpdir))
			abort();
	}
	return tmpdir;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

static void remove_tmpdir(void)
{
	if (tmpdir[0])
		nftw(tmpdir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	tmpdir[0] = '\0';
}

str t_read_file(struct arena *a, const char *path)
{
	char full[4096];
	snprintf(full, sizeof full, "%s/%s", path[0] == '/' ? "" : T_ROOT, path);
	int fd = open(full, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0) {
		printf("# cannot read %s\n", full);
		exit(1);
	}
	char *p = arena_push(a, (size_t)st.st_size + 1);
	size_t n = 0;
	ssize_t got;
	while (n < (size_t)st.st_size && (got = read(fd, p + n, (size_t)st.st_size - n)) > 0)
		n += (size_t)got;
	close(fd);
	return str_from(p, n);
}

static int run_here(size_t i)
{
	failures = 0;
	tests[i].fn();
	remove_tmpdir();
	fflush(stdout);
	return failures ? 1 : 0;
}

static bool run_forked(size_t i)
{
	int status;
	fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		alarm(SECONDS_A_TEST);
		exit(run_here(i)); /* exit, not _exit: the leak check runs at exit */
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return false;
	if (WIFSIGNALED(status))
		printf("# %s:%d: killed by signal %d\n", tests[i].file, tests[i].line,
		    WTERMSIG(status));
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool wanted(const char *name, int argc, char **argv)
{
	bool any = false;
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '-')
			continue;
		any = true;
		if (strstr(name, argv[i]))
			return true;
	}
	return !any;
}

static bool has_flag(int argc, char **argv, const char *flag)
{
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], flag) == 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	bool here = has_flag(argc, argv, "-n");
	size_t n = 0, bad = 0;

	if (has_flag(argc, argv, "-l")) {
		for (size_t i = 0; i < tests_n; i++)
			printf("%s\n", tests[i].name);
		return 0;
	}
	for (size_t i = 0; i < tests_n; i++) {
		if (!wanted(tests[i].name, argc, argv))
			continue;
		bool ok = here ? run_here(i) == 0 : run_forked(i);
		bad += !ok;
		printf("%s %zu - %s\n", ok ? "ok" : "not ok", ++n, tests[i].name);
	}
	printf("1..%zu\n", n);
	return bad ? 1 : 0;
}
