/* Prints the page of parts, for a designer's eye; with --bench, how long it takes to make.
 *
 *     parts [CURRENT-PAGE-ADDRESS]        the page, to standard output
 *     parts --bench                       one JSON line */
#include "page/frame.h"
#include "page/html.h"
#include "page/part.h"
#include "page/specimen.h"
#include "specimen.tpl.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define N(array) (sizeof(array) / sizeof((array)[0]))

static const struct frame_link words[] = {
    { .name = "Today", .href = "/", .key = "t", .is_tab = true },
    { .name = "Week", .href = "/week", .key = "w", .is_tab = true },
    { .name = "People", .href = "/people", .key = "p", .is_tab = true },
    { .name = "Introductions", .href = "/introductions", .key = "i" },
    { .name = "Season", .href = "/season", .key = "s", .is_tab = true },
    { .name = "Strategies", .href = "/strategies" },
    { .name = "Import", .href = "/import", .key = "m" },
};

static const struct part_tie ties[] = {
    { PART_UNTIED, false, false }, { PART_FAINT, false, false }, { PART_THIN, false, false },
    { PART_STEADY, false, false }, { PART_WARM, false, false },  { PART_TIED, false, false },
    { PART_THIN, true, false },    { PART_STEADY, true, false }, { PART_WARM, true, false },
};

static const struct part_act acts[] = {
    { .label = "Send", .is_main = true },
    { .label = "Done" },
    { .label = "Leave it", .is_quiet = true },
    { .label = "Delete 2 people", .is_risk = true },
    { .label = "Ask Dr. Hassan", .off_id = "why-off" },
};

static const struct part_option tiers[] = { { "a", "Every 5 weeks", false },
                                            { "b", "Every 3 months", true } };

static const struct part_field fields[] = {
    { .name = "when",
      .label = "When did you talk?",
      .value = "32 June",
      .hint = "A date, or words such as last Tuesday.",
      .error = "June has 30 days. “30 June” or “yesterday” both work." },
    { .name = "mail",
      .type = "email",
      .label = "Mail address",
      .hint = "Where answers should go.",
      .autocomplete = "email" },
    { .name = "tier",
      .type = "select",
      .label = "How often",
      .options = tiers,
      .n_options = N(tiers) },
    { .name = "note",
      .type = "textarea",
      .label = "Note",
      .value = "She saw your ward presentations." },
    { .name = "keys",
      .type = "checkbox",
      .label = "Single-letter keys",
      .is_checked = true,
      .hint = "They never act inside a field." },
};

static const struct part_chip chips[] = { { "US link", "#", true }, { "Ohio", "#", false } };

static const struct part_note notes[] = {
    { PART_TELL, "Kept beside it.", "Your own edit wins; the other value stays with its source." },
    { PART_CARE, "Please look once more.",
      "“72 y/o man, room 14” looks like a patient. Ligature keeps no patient details. "
      "Reword it, or save if it is not one." },
    { PART_STOP, "Not imported.",
      "This is an Excel workbook, not a CSV. In Excel choose Save as, CSV UTF-8, and bring that "
      "file. Nothing was changed." },
};

static const struct part_act step_acts[] = {
    { .label = "Write",
      .href = "/write",
      .is_main = true,
      .about = "Tell Prof. Muhammad Saleem Anjum your exam date" },
    { .label = "Done",
      .href = "/do/step.done",
      .is_post = true,
      .key = "e",
      .busy = "Saving…",
      .about = "Tell Prof. Muhammad Saleem Anjum your exam date" },
};
static const struct part_act done_acts[] = {
    { .label = "Undo", .href = "/do/step.undo", .is_post = true, .key = "u", .is_quiet = true }
};
static const struct part_act later_acts[] = {
    { .label = "Next week",
      .href = "/do/step.snooze",
      .is_post = true,
      .is_quiet = true,
      .name = "until",
      .value = "7d" },
    { .label = "On a day I choose", .href = "/steps/1/later", .is_quiet = true },
    { .label = "Not this person",
      .href = "/do/step.decline",
      .is_post = true,
      .is_quiet = true,
      .name = "of",
      .value = "person" },
    { .label = "Not this kind of step",
      .href = "/do/step.decline",
      .is_post = true,
      .is_quiet = true,
      .name = "of",
      .value = "kind" },
};
static const struct part_menu later = { .label = "Not now",
                                        .acts = later_acts,
                                        .n_acts = N(later_acts) };
static const char *const more[] = { "pinned by you", "unblocks 4 steps" };

static const struct part_step steps[] = {
    { .tie = { PART_STEADY, true, false },
      .before = "Tell",
      .after = "your exam date",
      .name = { "Prof. Muhammad Saleem Anjum", "محمد سلیم انجم", "ur", true, "/people/1" },
      .why = "You said on 2 July that you would tell him within ten days. He wrote to two "
             "programmes for you last year, and he "
             "cannot help with what he does not know.",
      .due = "9 days late",
      .is_late = true,
      .minutes = 10,
      .strategy = "Nurture",
      .strategy_href = "/strategies",
      .id = 1,
      .acts = step_acts,
      .n_acts = N(step_acts),
      .later = &later },
    { .tie = { PART_THIN, false, false },
      .before = "Write to",
      .after = "of the Department of Internal Medicine and Subspecialties",
      .name = { "Dr. Maria-Alexandra Constantinescu-Vasiliu-Dimitrescu", NULL, NULL, false,
                "/people/2" },
      .why = "A long reason wraps at a comfortable measure and is never cut; a title wraps; an "
             "unbroken word such as "
             "rechtsschutzversicherungsgesellschaften@subdomain.very-long-hospital-name.example "
             "breaks inside its column.",
      .due = "due in 3 weeks",
      .minutes = 105,
      .cents = 125000,
      .strategy = "Professional associations",
      .more = more,
      .n_more = N(more),
      .id = 2,
      .acts = step_acts + 1,
      .n_acts = 1,
      .later = &later },
    { .tie = { PART_WARM, false, false },
      .before = "Thanked",
      .after = "for the rotation",
      .is_done = true,
      .id = 3,
      .name = { "Dr. Amina Hassan", "أمينة حسن", "ar", true, "/people/3" },
      .acts = done_acts,
      .n_acts = 1 },
};

static const struct part_value roles[] = {
    { "Chief resident", NULL, "her mail signature, 2 Jul 2026" },
    { "Resident, third year", NULL, "LinkedIn export, 11 May 2026" },
};
static const struct part_value places[] = {
    { "Northquay General Hospital, Toledo, Ohio", "/orgs/1", "her mail signature, 2 Jul 2026" },
};
static const struct part_fact facts[] = {
    { .kind = "Works at", .values = places, .n_values = 1 },
    { .kind = "Role",
      .values = roles,
      .n_values = 2,
      .clash = "Two sources differ. The newer one counts.",
      .decide = { .label = "Decide", .href = "/people/3/facts" } },
};

static const struct part_entry entries[] = {
    { .title = "Last rotation day",
      .when = "Fri 17 July 2026, 20 days since 22 June",
      .text = "She saw your ward presentations every morning." },
    { .title = "You wrote: schedule for the last week",
      .is_open = true,
      .when = "Sun 12 July 2026, mail, no answer needed" },
    { .is_silence = true, .text = "7 weeks quiet. She was on nights." },
    { .title = "She introduced you to",
      .name = { "Dr. Kavya Rao", "ಕಾವ್ಯಾ ರಾವ್", "kn", false, "/people/4" },
      .when = "Tue 24 February 2026. Thanked the next day" },
};

static const struct part_act bulk_acts[] = {
    { .label = "Tag" },
    { .label = "Cadence" },
    { .label = "Export" },
    { .label = "Delete", .is_risk = true },
};

static struct specimen_view parts_view(struct frame_link *links, const char *current)
{
    struct specimen_view view = {
        .frame = { .title = "Parts and states",
                   .account_name = "Dr. Farah Siddiqui",
                   .csrf = "0123456789abcdef",
                   .kept = "Kept on this computer, in one file",
                   .backup = "Last backup Sunday 19 July" },
        .ties = ties,
        .n_ties = N(ties),
        .acts = acts,
        .n_acts = N(acts),
        .fields = fields,
        .n_fields = N(fields),
        .chips = chips,
        .n_chips = N(chips),
        .notes = notes,
        .n_notes = N(notes),
        .bar = { .label = "Saving 812 rows",
                 .done = 529,
                 .total = 812,
                 .doing = "matching people by address and profile",
                 .left = "about 4 seconds left" },
        .slow = { .label = "Looking for paths",
                  .doing = "Still looking for paths among 412 people. This is taking longer "
                           "than usual; you can go on elsewhere." },
        .empty = { .lead = "No one matches “Kowalchuk” in Ohio.",
                   .text = "One person sounds alike: Dr. Olena Kovalchuk." },
        .bare = { .title = "Nobody is due",
                  .lead =
                      "There is nobody here yet. Bring in one file and you will see who is in it.",
                  .act = { .label = "Bring people in", .href = "/import", .is_main = true },
                  .has_thread = true },
        .steps = steps,
        .n_steps = N(steps),
        .facts = facts,
        .n_facts = N(facts),
        .entries = entries,
        .n_entries = N(entries),
        .sum = { 47, 31, 731, 3, 812, "#new", "#changed", "#same", "#refused" },
        .pager = { .first = 26,
                   .last = 50,
                   .total = 1261,
                   .previous_href = "?page=1",
                   .next_href = "?page=3",
                   .size = 25 },
        .bulk = { bulk_acts, N(bulk_acts), "?" },
        .toast = { "2 people deleted. They can come back for 30 days.", "/do/person.restore", "1" },
    };
    frame_navigate(&view.frame, links, words, N(words), current);
    return view;
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    bool is_bench = argc > 1 && strcmp(argv[1], "--bench") == 0;
    struct frame_link links[N(words)];
    struct specimen_view view = parts_view(links, argc > 1 && !is_bench ? argv[1] : "/people");
    struct html_out out;
    html_out_init(&out, 1 << 20);
    specimen_render(&out, &view);
    if (!is_bench) {
        fwrite(out.text, 1, out.length, stdout);
    } else {
        size_t bytes = out.length;
        int rounds = 200000;
        double start = seconds_now();
        for (int i = 0; i < rounds; i++) {
            out.length = 0;
            specimen_render(&out, &view);
        }
        printf("{\"page_bytes\":%zu,\"microseconds\":%.2f}\n", bytes,
               (seconds_now() - start) * 1e6 / rounds);
    }
    html_out_clear(&out);
    return 0;
}
