/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * draft_view: drafts as tables. Its questions are the functions of draft_view.sql.h.
 *
 * Threads: the appliers are the writer's; the questions belong to any connection.
 */
#ifndef ROOMS_DRAFT_DRAFT_VIEW_H
#define ROOMS_DRAFT_DRAFT_VIEW_H

#include "draft_view.sql.h"
#include "engine/room.h"

extern const struct room_view draft_view;

#endif
