/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * proposal_view: the proposals as tables. Its questions are the functions of proposal_view.sql.h.
 *
 * Threads: the appliers are the writer's; the questions belong to any connection.
 */
#ifndef ROOMS_PROPOSAL_PROPOSAL_VIEW_H
#define ROOMS_PROPOSAL_PROPOSAL_VIEW_H

#include "engine/room.h"
#include "proposal_view.sql.h"

extern const struct room_view proposal_view;

#endif
