/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * body_files: large bodies as files in one folder, beside a database.
 *
 * A file is whole and on the disk, name included, before file_put returns; so the
 * transaction that names it may follow. Names are chosen by the caller and never used
 * twice. Threads: the writer puts and removes, any reads. FAULT: the disk.
 */
#ifndef RECORD_BODY_FILES_H
#define RECORD_BODY_FILES_H

#include "base/err.h"

/* Makes the folder when it is missing. */
enum rc body_files_open(str folder, struct err *err) MUST_USE;
enum rc body_files_put(str folder, str name, str body, struct err *err) MUST_USE;
/* In arena. ABSENT: there is no such file. */
enum rc body_files_get(struct arena *a, str folder, str name, str *body, struct err *err) MUST_USE;
/* A file that is not there is fine. */
enum rc body_files_remove(str folder, str name, struct err *err) MUST_USE;
/* The names of all files, half-written ones included. In arena. */
enum rc body_files_list(
    struct arena *a, str folder, str **names, size_t *n, struct err *err) MUST_USE;

#endif
