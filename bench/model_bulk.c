/* How long do 100,000 new people take in the model: preparing a batch, writing it durably. One JSON
 * line. model_bulk [N] [FOLDER] */
#include "model/account.h"
#include "model/fact_source.h"
#include "model/person_bulk.h"
#include "model/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct run {
    struct env env;
    int64_t account_id;
    int n;
    double prepare_s;
    double write_s;
};

/* CPU time of this thread: what the machine does besides is not counted. */
static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Facts of one made-up person, as a phone's card has them. */
static size_t make_facts(int i, char (*text)[80], struct fact *facts)
{
    static const char *const given[] = {"Amina",  "Rajesh", "Wei",    "Olena",
                                        "Carlos", "Grace",  "Haruka", "Tigist"};
    static const char *const family[] = {"Hassan",   "Rao",   "Zhang",    "Kovalchuk",
                                         "Pimentel", "Nwosu", "Fujimoto", "Alemu"};
    static const char *const orgs[] = {"Northquay General Hospital",
                                       "Three Rivers University Hospital",
                                       "Fernwood Medical Center"};
    g_snprintf(text[0], 80, "Dr. %s %s-%d", given[i % 8], family[i / 8 % 8], i);
    g_snprintf(text[1], 80, "%s.%s%d@mail.example", given[i % 8], family[i / 8 % 8], i);
    g_snprintf(text[2], 80, "+1 419 %03d %04d", i / 10000 % 1000, i % 10000);
    g_snprintf(text[3], 80, "Resident, %s", orgs[i % 3]);
    g_snprintf(text[4], 80, "%s-%d", family[i / 8 % 8], i);
    g_snprintf(text[5], 80, "urn:uuid:00000000-0000-4000-8000-%012d", i);
    facts[0] = (struct fact){
        .kind = FACT_NAME, .value = text[0], .part = {"Dr.", given[i % 8], NULL, text[4]}};
    facts[1] = (struct fact){.kind = FACT_EMAIL, .value = text[1], .label = "home"};
    facts[2] = (struct fact){.kind = FACT_PHONE, .value = text[2], .label = "cell"};
    facts[3] =
        (struct fact){.kind = FACT_WORK, .value = text[3], .part = {orgs[i % 3], NULL, "Resident"}};
    facts[4] = (struct fact){.kind = FACT_UID, .value = text[5]};
    facts[5] = (struct fact){.kind = FACT_ADDRESS,
                             .value = "12 Main St, Toledo, OH 43604, USA",
                             .part = {NULL, NULL, "12 Main St", "Toledo", "OH", "43604", "USA"}};
    return 6;
}

static bool fill(struct db_tx *tx, void *data, GError **error)
{
    struct run *run = data;
    struct account_new wanted = {.name = "me"};
    if (!account_create(tx, &run->env, &wanted, &run->account_id, error)) {
        return false;
    }
    struct book book = BOOK(tx, &run->env, run->account_id);
    struct fact_source source = {
        .family = "vcard", .label = "cards.vcf", .seen_at = book_now(&book)};
    int64_t source_id;
    if (!fact_source_add(&book, &source, &source_id, error)) {
        return false;
    }
    struct person_batch_of of = person_batch_of(&book, source_id);
    bool is_done = true;
    for (int i = 0; is_done && i < run->n;) {
        double began = now_s();
        struct person_batch *batch = person_batch_new(&of);
        for (int k = 0; k < 2000 && i < run->n; k++, i++) {
            char text[6][80];
            struct fact facts[6];
            struct person_new person = {
                .person_id = book_new_id(&book), .fact_set_id = book_new_id(&book), .facts = facts};
            person.n_facts = make_facts(i, text, facts);
            person.record_key = text[5];
            person_batch_add(batch, &person);
        }
        run->prepare_s += now_s() - began;
        began = now_s();
        is_done = person_batch_write(&book, batch, error);
        run->write_s += now_s() - began;
        person_batch_free(batch);
    }
    return is_done;
}

int main(int argc, char **argv)
{
    struct run run = {.n = argc > 1 ? (int)g_ascii_strtoll(argv[1], NULL, 10) : 100000};
    run.env.ids.clock = &run.env.clock;
    g_autofree char *folder =
        argc > 2 ? g_strdup(argv[2]) : g_dir_make_tmp("ligature-bulk-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "store", NULL);
    g_autoptr(GError) error = NULL;
    struct db *db = store_open(path, 1, &error);
    double began = (double)g_get_monotonic_time() / 1e6;
    if (db == NULL || !db_write(db, "bulk", fill, &run, &error)) {
        fprintf(stderr, "%s\n", error->message);
        return 3;
    }
    double whole = (double)g_get_monotonic_time() / 1e6 - began;
    printf("{\"people\":%d,\"prepare_cpu_s\":%.3f,\"write_cpu_s\":%.3f,\"whole_s\":%.3f}\n", run.n,
           run.prepare_s, run.write_s, whole);
    db_close(db);
    return 0;
}
