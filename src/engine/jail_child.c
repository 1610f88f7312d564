/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include <errno.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "engine/jail_close.h"

#include "base/poison.h"

/* The child's own memory; with the input and the libraries it stays below the limit on address
 * space. */
#define CHILD_ARENA  ((size_t)256 << 20)
#define CHILD_OUTPUT ((size_t)128 << 20)

static bool write_all(int fd, str s)
{
	while (s.n > 0) {
		ssize_t n = write(fd, s.p, s.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		s = str_skip(s, (size_t)n);
	}
	return true;
}

/* The sealed input; its size cannot change under us. */
static bool map_input(str *out)
{
	off_t size = lseek(STDIN_FILENO, 0, SEEK_END);
	if (size < 0)
		return false;
	*out = STR_EMPTY;
	if (size == 0)
		return true;
	void *p = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);
	if (p == MAP_FAILED)
		return false;
	*out = str_from(p, (size_t)size);
	return true;
}

/* _exit: no handler that a library registered runs after hostile input has been read. */
static _Noreturn void work(const struct jail_kind *kind)
{
	struct arena *a = arena_new(CHILD_ARENA);
	struct buf out = buf_in(a, CHILD_OUTPUT);
	str input;
	if (!map_input(&input))
		_exit(1);
	kind->work(a, input, &out);
	_exit(buf_ok(&out) && write_all(STDOUT_FILENO, buf_str(&out)) ? 0 : 1);
}

/* execve wants its arguments writable by type; it does not write them. */
static _Noreturn void become(const struct jail_kind *kind)
{
	char *env[] = {NULL};
	char *const *args = (char *const *)(uintptr_t)kind->program;
	execve(kind->program[0], args, env);
	_exit(JAIL_EXIT_PROGRAM);
}

void jail_child(int argc, char *const *argv, const struct jail_kind *kinds, size_t n)
{
	if (argc != 3 || !str_is(str_of(argv[1]), "jail-child"))
		return;
	for (size_t i = 0; i < n; i++) {
		if (!str_is(str_of(argv[2]), kinds[i].name))
			continue;
		/* libzip asks for local times, and libc would open the zone's file; a known zone is
		 * not read again. */
		tzset();
		if (!jail_close(&kinds[i]))
			_exit(JAIL_EXIT_OPEN);
		if (kinds[i].work)
			work(&kinds[i]);
		become(&kinds[i]);
	}
	_exit(JAIL_EXIT_UNKNOWN);
}
