/*
 * The one walker over document trees: no recursion, every node entered and
 * left.
 */
#include "doc/doc.h"

#include <assert.h>

void nk_walk_init(nk_walk *w, const nk_node *top)
{
    w->depth = 0;
    w->next = top;
}

bool nk_walk_next(nk_walk *w, nk_walk_event *ev)
{
    const nk_node *n;

    if (w->next) {
        n = w->next;
        assert(w->depth < sizeof(w->stack) / sizeof(w->stack[0]));
        *ev = (nk_walk_event){ n, w->depth, true };
        w->stack[w->depth++] = n;
        w->next = n->first;
        return true;
    }
    if (w->depth == 0)
        return false;
    n = w->stack[--w->depth];
    *ev = (nk_walk_event){ n, w->depth, false };
    w->next = w->depth ? n->next : NULL;
    return true;
}
