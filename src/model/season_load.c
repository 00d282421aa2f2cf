/* The season of an account: the goal given, and its own dates as they stand in the store. */
#include "model/season.h"

bool season_load(struct book *book, const struct goal *goal, struct season **season_out,
                 GError **error)
{
    g_autoptr(GStringChunk) text = g_string_chunk_new(1024);
    g_autoptr(GArray) own = g_array_new(FALSE, TRUE, sizeof(struct own_date));
    *season_out = NULL;
    if (!own_date_list(book, text, own, error)) {
        return false;
    }
    *season_out = season_new(goal, own, book_today(book));
    return true;
}
