/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * informal_view: informal drafting as tables. Its questions are those of informal_view.sql.h.
 *
 * Threads: the appliers are the writer's; the questions belong to any connection.
 */
#ifndef ROOMS_INFORMAL_INFORMAL_VIEW_H
#define ROOMS_INFORMAL_INFORMAL_VIEW_H

#include "engine/room.h"
#include "informal_view.sql.h"

extern const struct room_view informal_view;

#endif
