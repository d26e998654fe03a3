/*
 * The door of base: what every room stands on.
 */
#ifndef NK_BASE_BASE_H
#define NK_BASE_BASE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/ctx.h"
#include "base/date.h"
#include "base/err.h"
#include "base/file.h"
#include "base/ident.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/paper.h"
#include "base/str.h"
#include "base/utf8.h"

#endif
