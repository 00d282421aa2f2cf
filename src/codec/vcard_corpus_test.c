/* Real cards: our own samples always, and the shared corpus when it lies beside the project
 * (LIGATURE_CORPORA says where else). Every card that is read must survive being kept, written
 * in 3.0 and 4.0, and read again. */
#include "codec/vcard_sample.h"

struct tally {
    unsigned files;
    unsigned cards;
    unsigned refused;
    unsigned odd_lines;
    unsigned wrong;
};

static void check_file(const char *path, struct tally *tally)
{
    gsize len;
    g_autofree char *bytes = NULL;
    if (!g_file_get_contents(path, &bytes, &len, NULL)) {
        return;
    }
    tally->files++;
    g_autofree char *exact = g_memdup2(bytes, len);
    g_autoptr(vcard_reader) reader = vcard_reader_new(exact, len);
    auto_vcard card;
    vcard_init(&card);
    for (enum vcard_read read; (read = vcard_next(reader, &card)) != VCARD_READ_END;) {
        if (read == VCARD_READ_REFUSED) {
            tally->refused++;
            continue;
        }
        tally->cards++;
        tally->odd_lines += card.n_odd_lines;
        vcard_touch_all(&card);
        g_autofree char *wrong = vcard_check_card(&card);
        if (wrong != NULL) {
            print_message("# %s:%u: %s\n", path, card.line, wrong);
            tally->wrong++;
        }
    }
}

static void check_folder(const char *path, struct tally *tally)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (g_file_test(inside, G_FILE_TEST_IS_DIR)) {
            check_folder(inside, tally);
        } else if (g_str_has_suffix(name, ".vcf")) {
            check_file(inside, tally);
        }
    }
}

static void our_samples_survive(void **state)
{
    struct tally tally = { 0 };
    check_folder("test/data/vcard", &tally);
    assert_int_equal(tally.wrong, 0);
    assert_int_equal(tally.files, 12);
    assert_int_equal(tally.cards, 15);
    assert_int_equal(tally.refused, 3);
}

static void the_corpus_survives(void **state)
{
    const char *root = g_getenv("LIGATURE_CORPORA");
    g_autofree char *path = g_build_filename(root != NULL ? root : "../shared/corpora", "vcard",
                                             NULL);
    if (!g_file_test(path, G_FILE_TEST_IS_DIR)) {
        print_message("# no corpus of vCards here\n");
        skip();
    }
    struct tally tally = { 0 };
    check_folder(path, &tally);
    print_message("# %u files, %u cards, %u refused, %u odd lines\n", tally.files, tally.cards,
                  tally.refused, tally.odd_lines);
    assert_int_equal(tally.wrong, 0);
    assert_true(tally.cards >= tally.files);
    assert_true(tally.refused * 20 <= tally.cards);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_samples_survive),
        cmocka_unit_test(the_corpus_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
