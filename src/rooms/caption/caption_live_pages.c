/* SPDX-License-Identifier: AGPL-3.0-or-later */
/* Live captions: who may read them. */
#include "caption_view.sql.h"
#include "engine/i18n.h"
#include "rooms/caption/caption_pages.h"

#include "base/poison.h"

/* Of a meeting that is not public only a summary is published, so nothing is captioned live. */
static enum rc follow(struct page *p, struct err *err)
{
	struct caption_meeting_row m;
	int64_t meeting;
	bool found;
	TRY(page_arg_i64(p, "meeting", &meeting, err));
	TRY(caption_meeting(p->db, p->arena, p->group.id, meeting, &m, &found, err));
	if (!found || !i18n_knows(page_arg(p, "lang")))
		return ERR(err, ABSENT, NULL, "There are no captions at this address.");
	if (!str_is(m.publicity, "public"))
		return ERR(
		    err, DENIED, NULL, "This meeting is not public: it is not captioned live.");
	return OK;
}

const struct live_row caption_lives[CAPTION_LIVES] = {
    {"/g/{group}/meetings/{meeting}/captions/{lang}/live", follow, NULL, true},
};
