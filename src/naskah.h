/*
 * The front door of libnaskah: what programs on top of it may use.
 */
#ifndef NK_NASKAH_H
#define NK_NASKAH_H

#include "archive/archive.h"
#include "base/base.h"
#include "case/case.h"
#include "crypto/crypto.h"
#include "doc/doc.h"
#include "html/html.h"
#include "office/office.h"
#include "record/record.h"
#include "sign/sign.h"
#include "template/template.h"

#endif
