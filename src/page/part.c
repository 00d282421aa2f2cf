/* What the parts need beyond words: where one drawing of a tie ends and the next begins. The limits are data. */
#include "page/part.h"

#include "base/fold.h"

#include "data_tie_words.h"

enum part_warmth part_warmth_of(double strength, bool has_touch)
{
    size_t found = 0;       /* the table begins with untied, which no strength reaches */
    if (has_touch) {
        found = 1;
        while (found + 1 < n_data_tie_words && strength >= data_tie_words[found + 1].from) {
            found++;
        }
    }
    return (enum part_warmth)(PART_UNTIED + found);
}

struct part_name part_name_of(const char *name, const char *reading, const char *href)
{
    if (name == NULL || reading == NULL || !is_other_script(name)) {
        return (struct part_name){ .latin = name, .href = href };
    }
    return (struct part_name){
        .latin = reading,
        .own = name,
        .lang = script_language(name),
        .is_rtl = script_is_rtl(name),
        .href = href,
    };
}
