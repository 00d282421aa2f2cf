/* The frame around a reader's page. Which words the navigation has follows from which pages there are. */
#include "page/page.h"

/* In the order of the screen. Four words have a tab of their own on a phone; the others stand under More. */
static const struct word {
    enum nav nav;
    struct frame_link link;
} words[] = {
    { NAV_TODAY, { .name = "Today", .href = "/", .key = "t", .is_tab = true } },
    { NAV_WEEK, { .name = "Week", .href = "/week", .key = "w", .is_tab = true } },
    { NAV_PEOPLE, { .name = "People", .href = "/people", .key = "p", .is_tab = true } },
    { NAV_INTRODUCTIONS, { .name = "Introductions", .href = "/introductions", .key = "i" } },
    { NAV_SEASON, { .name = "Season", .href = "/season", .key = "s", .is_tab = true } },
    { NAV_STRATEGIES, { .name = "Strategies", .href = "/strategies" } },
    { NAV_IMPORT, { .name = "Import", .href = "/import", .key = "m" } },
};

void page_frame(struct page *page, enum nav nav, const char *title, struct frame_view *frame_out)
{
    unsigned navs = page->navs != 0 ? page->navs : 1u << NAV_TODAY | 1u << NAV_PEOPLE | 1u << NAV_IMPORT;
    bool is_short = __builtin_popcount(navs & ~(1u << NAV_SETTINGS | 1u << NAV_NONE)) <= 4;
    struct frame_link *links = g_new0(struct frame_link, G_N_ELEMENTS(words));
    g_ptr_array_add(page->keep, links);
    *frame_out = (struct frame_view){
        .title = title,
        .links = links,
        .account_name = page->account_id == 0 ? NULL : page->account_name,
        .csrf = page->csrf,
        .theme = page->theme,
        .has_no_keys = page->has_no_keys,
        .toast = page->toast,
        .kept = page->is_loopback ? "Kept on this computer" : NULL,
        .backup = page->backup,
        .is_more_current = nav == NAV_SETTINGS,
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if ((navs & 1u << words[i].nav) == 0) {
            continue;
        }
        struct frame_link *link = &links[frame_out->n_links++];
        *link = words[i].link;
        link->is_tab = link->is_tab || is_short;
        link->is_current = words[i].nav == nav;
        if (link->is_current && !link->is_tab) {
            frame_out->is_more_current = true;
        }
    }
}
