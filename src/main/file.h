/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* file: whole small files, for the command line. Threads: any. */
#ifndef MAIN_FILE_H
#define MAIN_FILE_H

#include "base/err.h"

/* All bytes of a file. In arena. ABSENT names the path. */
enum rc file_load(struct arena *a, str path, str *out, struct err *err) MUST_USE;

#endif
