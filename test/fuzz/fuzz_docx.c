/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * Any bytes as a package, by the converter that runs in the jail, here without it. Whatever it
 * answers must be a reply that the server's strict reader takes.
 */
#include "base/must.h"
#include "engine/intake_convert.h"

#include "fuzz.h"

#include "base/poison.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena *a = arena_new((size_t)256 << 20);
	struct buf reply = buf_in(a, REPLY_MAX);
	intake_convert_package(a, str_from(data, size), &reply);
	must(buf_ok(&reply));
	struct intake out;
	enum intake_no no;
	must(intake_reply_read(a, buf_str(&reply), &out, &no));
	return 0;
}
