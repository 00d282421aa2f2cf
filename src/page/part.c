/* What the parts need beyond words: the limits of LOOK 2 between one drawing of a tie and the next. */
#include "page/part.h"

enum part_warmth part_warmth_of(double strength, bool has_touch)
{
    static const struct {
        double below;
        enum part_warmth warmth;
    } limits[] = { { 0.15, PART_FAINT }, { 0.35, PART_THIN }, { 0.6, PART_STEADY }, { 0.85, PART_WARM } };
    if (!has_touch) {
        return PART_UNTIED;
    }
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (strength < limits[i].below) {
            return limits[i].warmth;
        }
    }
    return PART_TIED;
}
