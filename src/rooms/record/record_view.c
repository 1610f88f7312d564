/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"
#include "rooms/record/record.h"
#include "record_view.sql.h"

#include "base/poison.h"

static enum rc every(struct view *v, const struct fact *f, struct err *err)
{
	for (size_t i = 0; i < f->refs_n; i++)
		TRY(record_ref_add(v->db, v->grp, f->seq, f->refs[i], err));
	return record_entry_add(v->db, v->grp, f->seq, f->time, str_of(f->command->name),
	    actor_str(v->arena, f->actor), record_said(v->arena, f),
	    f->command->flags & COMMAND_QUIET, str_from(v->leaf.b, sizeof v->leaf.b), err);
}

static const struct applier appliers[] = {{NULL, every}};

const struct room_view record_view = {&record_view_sql, appliers, 1};
