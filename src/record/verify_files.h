/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * verify_files: reading the files of an export that may be anything.
 *
 * Links are never followed and nothing but regular files is read. Threads: one at a
 * time. FAULT: the disk; what is missing or strange is an answer, not an error.
 */
#ifndef RECORD_VERIFY_FILES_H
#define RECORD_VERIFY_FILES_H

#include "base/err.h"

enum file_found {
	FILE_READ,
	FILE_MISSING,
	FILE_STRANGE, /* not a regular file */
	FILE_LARGE,   /* longer than the space: only the beginning was read, *fd stays open */
};

struct file_space {
	char *p;
	size_t cap;
};

/* Reads a whole file below `dir`. On FILE_LARGE the caller closes *fd; otherwise it is -1. */
enum rc file_read(int dir, const char *path, struct file_space space, str *out,
    enum file_found *found, int *fd, struct err *err) MUST_USE;
/* Reads on; an empty *out is the end. */
enum rc file_read_on(int fd, struct file_space space, str *out, struct err *err) MUST_USE;

/* *fd is -1 when there is no such folder. Caller closes. */
enum rc folder_open(int dir, const char *path, int *fd, struct err *err) MUST_USE;
/* Calls visit for every name in a folder but "." and "..". */
typedef enum rc folder_visit(void *ctx, str name, bool is_folder, struct err *err);
enum rc folder_list(int fd, folder_visit *visit, void *ctx, struct err *err) MUST_USE;

void auto_close_fd(int *fd);
#define AUTO_FD __attribute__((cleanup(auto_close_fd)))

#endif
