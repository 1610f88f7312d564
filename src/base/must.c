/* SPDX-License-Identifier: AGPL-3.0-or-later */
#define COMITY_BASE
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/poison.h"

noreturn void must_fail(const char *expr, const char *file, int line)
{
	fprintf(stderr, "level=error event=must expr=\"%s\" file=%s line=%d\n", expr, file, line);
	abort();
}
