/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "engine/room.h"

#include "base/poison.h"

const struct room_pages search_pages = {0};
