/* A LinkedIn export: ZIP, folder or one CSV. codec/sniff tells the members apart; people come
 * first, so that messages and endorsements find them. */
#include "import/linkedin.h"

#include "base/error.h"

#include <string.h>

struct part {
    int order; /* 0: nothing for us */
    linkedin_reader *read;
};

static const struct part parts[N_FILE] = {
    [FILE_LINKEDIN_PROFILE] = {1, linkedin_read_self},
    [FILE_LINKEDIN_PROFILE_SUMMARY] = {2, linkedin_read_self},
    [FILE_LINKEDIN_POSITIONS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_EDUCATION] = {3, linkedin_read_self},
    [FILE_LINKEDIN_SKILLS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_LANGUAGES] = {3, linkedin_read_self},
    [FILE_LINKEDIN_CERTIFICATIONS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_HONORS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_PUBLICATIONS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_EMAILS] = {3, linkedin_read_self},
    [FILE_LINKEDIN_PHONES] = {3, linkedin_read_self},
    [FILE_LINKEDIN_CONNECTIONS] = {4, linkedin_read_connections},
    [FILE_LINKEDIN_CONTACTS] = {5, linkedin_read_contacts},
    [FILE_LINKEDIN_MESSAGES] = {6, linkedin_read_messages},
    [FILE_LINKEDIN_INVITATIONS] = {7, linkedin_read_invitations},
    [FILE_LINKEDIN_RECOMMENDATIONS_RECEIVED] = {8, linkedin_read_recommendations},
    [FILE_LINKEDIN_RECOMMENDATIONS_GIVEN] = {8, linkedin_read_recommendations},
    [FILE_LINKEDIN_ENDORSEMENTS_RECEIVED] = {9, linkedin_read_endorsements},
    [FILE_LINKEDIN_ENDORSEMENTS_GIVEN] = {9, linkedin_read_endorsements},
};

static int order(enum file_kind kind)
{
    return parts[kind].order;
}

static bool read_member(const struct source_member *member, struct record_sink *sink,
                        GError **error)
{
    return parts[member->kind].read(member, sink, error);
}

const char *linkedin_cell(struct table *table, const char *const *names)
{
    const char *found = "";
    for (; *names != NULL; names++) {
        const char *cell = table_cell(table, *names);
        if (*found == '\0') {
            found = cell;
        }
    }
    return found;
}

char *linkedin_owner_name(struct bundle *bundle)
{
    int index = bundle_find(bundle, "Profile.csv");
    g_autoptr(GBytes) bytes = index < 0 ? NULL : bundle_read(bundle, (size_t)index, 1 << 20, NULL);
    if (bytes == NULL) {
        return NULL;
    }
    static const char *const header[] = {"First Name", "Last Name", NULL};
    gsize len = 0;
    const char *text = g_bytes_get_data(bytes, &len);
    g_autoptr(csv_reader) reader = csv_reader_of_text(text, len, NULL);
    struct csv_row row;
    if (!csv_reader_header(reader, csv_header_is_list, header, NULL) ||
        csv_reader_next(reader, &row, NULL) != CSV_STEP_ROW) {
        return NULL;
    }
    const struct csv_header *names = csv_reader_names(reader);
    char *name = g_strjoin(" ", csv_cell(&row, csv_header_find(names, "First Name")),
                           csv_cell(&row, csv_header_find(names, "Last Name")), NULL);
    return g_strstrip(name);
}

const struct import_source source_linkedin = {
    .name = "linkedin", .words = "LinkedIn archive", .order = order, .read = read_member};
