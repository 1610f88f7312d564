/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define FIRST ((size_t)64 << 10)

/* A descriptor that is closed on the way out, unless it is standard input. */
struct source {
	int fd;
	str name;
};

static void source_close(struct source *s)
{
	if (s->fd > STDIN_FILENO)
		(void)close(s->fd);
}

#define AUTO_SOURCE __attribute__((cleanup(source_close)))

static enum rc fill(struct arena *a, const struct source *s, str *out, struct err *err)
{
	struct stat st;
	bool sized = fstat(s->fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size >= 0;
	size_t cap = FIRST, n = 0;
	if (sized && (size_t)st.st_size < INPUT_MAX)
		cap = (size_t)st.st_size + 1;
	char *p = arena_push(a, cap);
	ssize_t got;
	while ((got = read(s->fd, p + n, cap - n)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ERR(err, INVALID, NULL, "{0} cannot be read.", s->name);
		n += (size_t)got;
		if (n > INPUT_MAX)
			return ERR(err, INVALID, NULL,
			    "{0} is larger than 64 MiB, which is the most. Divide it.", s->name);
		if (n < cap)
			continue;
		cap = 4 * cap < INPUT_MAX ? 4 * cap : INPUT_MAX + 1;
		char *more = arena_push(a, cap);
		mem_copy(more, cap, p, n);
		p = more;
	}
	*out = str_from(p, n);
	return OK;
}

enum rc input_load(struct arena *a, str path, str *out, struct err *err)
{
	AUTO_SOURCE struct source s = {STDIN_FILENO, S("What comes on standard input")};
	if (!str_is(path, "-")) {
		s.name = path;
		s.fd = open(arena_z(a, path), O_RDONLY | O_CLOEXEC);
	}
	if (s.fd < 0)
		return ERR(err, INVALID, NULL, "There is no file {0} that can be read.", path);
	return fill(a, &s, out, err);
}
