/* Optimal string alignment distance over bytes: enough for the ASCII words of commands and choices.
 */
#include "action/words.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define WORD_MAX 48

int words_distance(const char *one, const char *other)
{
    size_t n = strlen(one);
    size_t m = strlen(other);
    if (n > WORD_MAX || m > WORD_MAX) {
        return 99;
    }
    int rows[3][WORD_MAX + 1];
    int *before = rows[0];
    int *above = rows[1];
    int *row = rows[2];
    for (size_t j = 0; j <= m; j++) {
        above[j] = (int)j;
        before[j] = 0;
    }
    for (size_t i = 1; i <= n; i++) {
        row[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            int best = above[j - 1] + (one[i - 1] != other[j - 1]);
            best = MIN(best, MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                best = MIN(best, before[j - 2] + 1);
            }
            row[j] = best;
        }
        int *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[m];
}

const char *words_nearest(const char *typed, const char *const *words)
{
    const char *nearest = NULL;
    int least = 99;
    for (; *words != NULL; words++) {
        int distance = words_distance(typed, *words);
        bool is_begun = strlen(typed) >= 2 && g_str_has_prefix(*words, typed);
        if (is_begun) {
            distance = 0;
        }
        if (distance < least && (is_begun || distance * 3 <= (int)strlen(*words) + 1)) {
            least = distance;
            nearest = *words;
        }
    }
    return nearest;
}
