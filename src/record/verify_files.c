/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/verify_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define LIST_BYTES 8192

void auto_close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static enum rc unreadable(struct err *err, const char *what)
{
	return ERR(err, FAULT, NULL, "Cannot read {0}: {1}.", str_of(what),
	    str_of(strerrordesc_np(errno)));
}

static enum rc fill(int fd, struct file_space space, size_t *n, struct err *err)
{
	*n = 0;
	while (*n < space.cap) {
		ssize_t got = read(fd, space.p + *n, space.cap - *n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return unreadable(err, "a file");
		if (got == 0)
			break;
		*n += (size_t)got;
	}
	return OK;
}

enum rc file_read(int dir, const char *path, struct file_space space, str *out,
    enum file_found *found, int *fd, struct err *err)
{
	size_t n;
	*out = STR_EMPTY;
	*fd = -1;
	AUTO_FD int file = openat(dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (file < 0) {
		*found = errno == ELOOP || errno == ENXIO ? FILE_STRANGE : FILE_MISSING;
		bool told = *found == FILE_STRANGE || errno == ENOENT || errno == ENOTDIR;
		return told ? OK : unreadable(err, path);
	}
	struct stat st;
	if (fstat(file, &st) != 0)
		return unreadable(err, path);
	*found = S_ISREG(st.st_mode) ? FILE_READ : FILE_STRANGE;
	if (*found == FILE_STRANGE)
		return OK;
	TRY(fill(file, space, &n, err));
	*out = str_from(space.p, n);
	if ((uint64_t)st.st_size > n) {
		*found = FILE_LARGE;
		*fd = file;
		file = -1;
	}
	return OK;
}

enum rc file_read_on(int fd, struct file_space space, str *out, struct err *err)
{
	size_t n;
	TRY(fill(fd, space, &n, err));
	*out = str_from(space.p, n);
	return OK;
}

enum rc folder_open(int dir, const char *path, int *fd, struct err *err)
{
	*fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (*fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		return unreadable(err, path);
	return OK;
}

/* d_type is not known on every file system. */
static bool is_folder(int fd, const struct dirent64 *e)
{
	struct stat st;
	if (e->d_type != DT_UNKNOWN)
		return e->d_type == DT_DIR;
	return fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

enum rc folder_list(int fd, folder_visit *visit, void *ctx, struct err *err)
{
	/* The kernel's own call: a DIR would cost an allocation for every entry of the log. */
	_Alignas(struct dirent64) char space[LIST_BYTES];
	ssize_t n;
	while ((n = getdents64(fd, space, sizeof space)) > 0) {
		for (ssize_t at = 0; at < n;) {
			const struct dirent64 *e = (const struct dirent64 *)(space + at);
			str name = str_of(e->d_name);
			at += e->d_reclen;
			if (str_is(name, ".") || str_is(name, ".."))
				continue;
			TRY(visit(ctx, name, is_folder(fd, e), err));
		}
	}
	return n < 0 ? unreadable(err, "a folder") : OK;
}
