/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* input: a whole file, pipe or standard input, for the command line. Threads: any. */
#ifndef MAIN_INPUT_H
#define MAIN_INPUT_H

#include "base/err.h"

/* More than this is refused. */
#define INPUT_MAX ((size_t)64 << 20)

/* All bytes of what path names; "-": standard input. In arena. INVALID names the path. */
enum rc input_load(struct arena *a, str path, str *out, struct err *err) MUST_USE;

#endif
