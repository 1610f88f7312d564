/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "rooms/record/record_rules.h"

#include "base/poison.h"

enum rc record_erase_decide(const struct group *g, struct act *act, struct err *err)
{
	int64_t seq = act_i64(act, "seq");
	if (seq >= g->n)
		return ERR(err, INVALID, "seq", "The log has {0} entries, counted from 0.",
		    act_digits(act, g->n));
	act_ref(act, seq);
	return OK;
}
