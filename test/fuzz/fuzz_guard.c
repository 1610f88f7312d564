/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * fuzz_guard: any bytes, cut in two ways, must give one verdict; and what counts must add up.
 */
#include "base/must.h"
#include "engine/guard.h"
#include "base/poison.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte says how long the pieces are. */
static int feed_pieces(struct guard *g, const uint8_t *p, size_t n, size_t piece)
{
	int status = 0;

	for (size_t at = 0; at < n && status == 0; at += piece)
		status = guard_feed(g, p + at, n - at < piece ? n - at : piece);
	return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct guard_limits limits = {.head = 512, .target = 64, .fields = 8};
	struct guard whole, cut;

	if (size < 1)
		return 0;
	guard_init(&whole, &limits);
	guard_init(&cut, &limits);
	int status = guard_feed(&whole, data + 1, size - 1);
	must(feed_pieces(&cut, data + 1, size - 1, 1u + data[0] % 32) == status);
	must(guard_phase(&whole) == guard_phase(&cut));
	must(whole.heads == cut.heads && whole.requests == cut.requests && whole.left == cut.left);
	must(whole.requests <= whole.heads && whole.heads <= whole.requests + 1);
	must((status != 0) == (guard_phase(&whole) == GUARD_BROKEN));
	must(whole.head <= limits.head + 1 && whole.fields <= limits.fields + 1);
	/* Once refused, nothing helps. */
	must(status == 0 || guard_feed(&whole, "\r\n", 2) == status);
	return 0;
}
