/* The person page is put together from what each feature adds to it (feature.h: on_person), in
 * order. */
#include "page/site.h"

bool page_person_sections(struct page *page, int64_t person_id, int from_order, int below_order,
                          struct html_out *out, GError **error)
{
    const struct site_options *options = &page->site->options;
    for (int last = from_order - 1;;) {
        int next = below_order;
        for (int i = 0; i < options->n_features; i++) {
            int order = options->features[i]->person_order;
            if (options->features[i]->on_person != NULL && order > last && order < next) {
                next = order;
            }
        }
        if (next == below_order) {
            return true;
        }
        for (int i = 0; i < options->n_features; i++) {
            const struct feature *feature = options->features[i];
            if (feature->on_person != NULL && feature->person_order == next &&
                !feature->on_person(page, person_id, out, error)) {
                return false;
            }
        }
        last = next;
    }
}
