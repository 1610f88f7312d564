/* SPDX-License-Identifier: AGPL-3.0-or-later */
/*
 * report_view: the report as tables, and the facts of the other rooms that it states. Its
 * questions are the functions of report_view.sql.h.
 *
 * Threads: the appliers are the writer's; the questions belong to any connection.
 */
#ifndef ROOMS_REPORT_REPORT_VIEW_H
#define ROOMS_REPORT_REPORT_VIEW_H

#include "engine/room.h"
#include "report_view.sql.h"

extern const struct room_view report_view;

#endif
