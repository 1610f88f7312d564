/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "record/body_files.h"

#include "base/vec.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/poison.h"

#define PATH_SPACE 4096

struct path {
	char z[PATH_SPACE];
};

static void auto_close(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
#define AUTO_FD __attribute__((cleanup(auto_close)))

static enum rc disk_fault(struct err *err, const char *what)
{
	return ERR(err, FAULT, NULL, "The disk failed: {0}: {1}.", str_of(what),
	    str_of(strerrordesc_np(errno)));
}

static struct path path_of(str folder, str name, const char *ending)
{
	struct path path;
	snprintf(path.z, sizeof path.z, "%.*s/%.*s%s", STR(folder), STR(name), ending);
	return path;
}

static enum rc sync_folder(str folder, struct err *err)
{
	struct path path = path_of(folder, S("."), "");
	AUTO_FD int fd = open(path.z, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		return disk_fault(err, "fsync of a folder");
	return OK;
}

enum rc body_files_open(str folder, struct err *err)
{
	struct path path = path_of(folder, S("."), "");
	struct stat st;
	if (stat(path.z, &st) == 0)
		return OK;
	path.z[folder.n] = '\0';
	if (mkdir(path.z, 0700) != 0)
		return disk_fault(err, "mkdir");
	return sync_folder(folder, err);
}

static enum rc write_all(int fd, str body, struct err *err)
{
	while (body.n) {
		ssize_t n = write(fd, body.p, body.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return disk_fault(err, "write");
		body = str_skip(body, (size_t)n);
	}
	return OK;
}

enum rc body_files_put(str folder, str name, str body, struct err *err)
{
	struct path path = path_of(folder, name, "");
	struct path half = path_of(folder, name, ".half");
	AUTO_FD int fd = open(half.z, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return disk_fault(err, "open");
	TRY(write_all(fd, body, err));
	if (fsync(fd) != 0)
		return disk_fault(err, "fsync");
	if (rename(half.z, path.z) != 0)
		return disk_fault(err, "rename");
	return sync_folder(folder, err);
}

enum rc body_files_get(struct arena *a, str folder, str name, str *body, struct err *err)
{
	struct path path = path_of(folder, name, "");
	AUTO_FD int fd = open(path.z, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return ERR(err, ABSENT, "part", "A large body has no file.");
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0)
		return disk_fault(err, "open");
	size_t size = (size_t)st.st_size;
	char *p = arena_push(a, size + 1);
	size_t at = 0;
	while (at < size) {
		ssize_t n = read(fd, p + at, size - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return disk_fault(err, "read");
		at += (size_t)n;
	}
	*body = str_from(p, size);
	return OK;
}

enum rc body_files_remove(str folder, str name, struct err *err)
{
	struct path path = path_of(folder, name, "");
	if (unlink(path.z) != 0 && errno != ENOENT)
		return disk_fault(err, "unlink");
	return OK;
}

static void auto_closedir(DIR **dir)
{
	if (*dir)
		closedir(*dir);
}

enum rc body_files_list(struct arena *a, str folder, str **names, size_t *n, struct err *err)
{
	VEC(str) found = {0};
	struct path path = path_of(folder, S("."), "");
	__attribute__((cleanup(auto_closedir))) DIR *dir = opendir(path.z);
	if (!dir)
		return disk_fault(err, "opendir");
	for (struct dirent *entry; (entry = readdir(dir));)
		if (entry->d_name[0] != '.')
			*vec_push(a, &found) = arena_str(a, str_of(entry->d_name));
	*names = found.p;
	*n = found.n;
	return OK;
}
