/* Where the reader is, told to the frame: its template draws the loop of the thread there. */
#include "page/frame.h"

#include <string.h>

size_t frame_navigate(struct frame_view *frame, struct frame_link *links, const struct frame_link *known,
                      size_t n_known, const char *current)
{
    frame->is_more_current = false;
    for (size_t i = 0; i < n_known; i++) {
        links[i] = known[i];
        links[i].is_current = current != NULL && strcmp(known[i].href, current) == 0;
        if (links[i].is_current && !links[i].is_tab) {
            frame->is_more_current = true;
        }
    }
    frame->links = links;
    frame->n_links = n_known;
    return n_known;
}
