/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "main/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define FILE_MAX ((off_t)64 << 20)

enum rc file_load(struct arena *a, str path, str *out, struct err *err)
{
	struct stat st;
	int fd = open(arena_z(a, path), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ERR(err, ABSENT, NULL, "The file {0} cannot be read.", path);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX) {
		close(fd);
		return ERR(err, INVALID, NULL, "{0} is not a file of at most 64 MiB.", path);
	}
	char *p = arena_push(a, (size_t)st.st_size + 1);
	size_t n = 0;
	ssize_t got = 0;
	while (n < (size_t)st.st_size && (got = read(fd, p + n, (size_t)st.st_size - n)) > 0)
		n += (size_t)got;
	close(fd);
	if (got < 0)
		return ERR(err, FAULT, NULL, "The file {0} cannot be read.", path);
	*out = str_from(p, n);
	return OK;
}
