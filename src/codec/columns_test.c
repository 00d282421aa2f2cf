/* Columns of lists that people keep, in their languages. */
#include "codec/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* header and first rows, cells parted by '|'; proposals as "name email ..." */
static void expect(const char *const *lines, const char *wanted)
{
    g_auto(GStrv) names = g_strsplit(lines[0], "|", -1);
    int n = (int)g_strv_length(names);
    g_autofree struct column_sample *samples = g_new0(struct column_sample, (size_t)n);
    for (int row = 1; lines[row] != NULL; row++) {
        g_auto(GStrv) cells = g_strsplit(lines[row], "|", -1);
        for (int i = 0; i < n && cells[i] != NULL; i++) {
            column_sample_add(&samples[i], cells[i]);
        }
    }
    g_autofree struct column_proposal *proposals = g_new0(struct column_proposal, (size_t)n);
    columns_propose(n, (const char *const *)names, lines[1] != NULL ? samples : NULL, proposals);
    g_autoptr(GString) got = g_string_new(NULL);
    for (int i = 0; i < n; i++) {
        g_string_append_printf(got, "%s%s", i > 0 ? " " : "", column_field_text(proposals[i].field));
        assert_non_null(proposals[i].why);
        assert_in_range(proposals[i].confidence, 1, 100);
    }
    assert_string_equal(got->str, wanted);
}

#define propose(wanted, ...) expect((const char *const[]){ __VA_ARGS__, NULL }, wanted)

static void an_english_list_is_understood(void **state)
{
    propose("name email phone org title specialty city region country school school_year note url birthday tag met",
            "Name|Email|Phone|Hospital|Position|Specialty|City|State|Country|Medical School|Graduation "
            "year|Notes|LinkedIn|Birthday|Tags|How met");
    propose("given family email email phone phone org last_touch",
            "First Name|Last Name|Work E-mail|E-mail 2|Mobile|Home phone|Current employer|Last contacted");
    propose("given middle family email url", "FirstName|MiddleName|LastName|EmailAddress|LinkedInURL");
    propose("name org npi suffix", "Physician Name|Institution|NPI|Credentials");
}

static void other_languages_are_understood(void **state)
{
    propose("given family email phone org title city country birthday note",
            "Vorname|Nachname|E-Mail-Adresse|Handy|Firma|Funktion|Ort|Land|Geburtstag|Notizen");
    propose("given family email phone org title", "Prénom|Nom|Courriel|Téléphone|Hôpital|Fonction");
    propose("given family email phone org", "Nombre|Apellidos|Correo electrónico|Teléfono móvil|Empresa");
    propose("given family email phone", "Nome|Cognome|Posta elettronica|Cellulare");
    propose("given family email phone", "Primeiro nome|Sobrenome|Endereço de e-mail|Celular");
    propose("given family email phone", "Voornaam|Achternaam|E-mailadres|Mobiel");
    propose("family given middle phone org", "Фамилия|Имя|Отчество|Телефон|Место работы");
    propose("name phone email org", "姓名|手机|邮箱|医院");
    propose("name email phone", "الاسم|البريد الإلكتروني|رقم الهاتف");
    propose("given family phone", "Adı|Soyadı|Cep telefonu");
}

static void a_name_beside_a_first_name_is_the_family_name(void **state)
{
    propose("family given email", "Name|Vorname|E-Mail", "Huber|Anna|a@example.at", "Maier|Karl|k@example.at");
    propose("name email", "Nombre|Correo", "Ana Pérez García|ana@example.es", "Luis Soto|l@example.es");
}

static void cells_overrule_a_header_that_says_little(void **state)
{
    propose("name email phone", "Who|Contact|Contact 2", "Ada Example|ada@example.org|+1 555 0100 200",
            "Bo Sample|bo@example.org|(555) 010-0201");
    propose("prefix given family", "Title|First Name|Last Name", "Dr.|Ada|Example", "Prof.|Bo|Sample");
    propose("title given family", "Title|First Name|Last Name", "Chief of Surgery|Ada|Example", "|Bo|Sample");
    propose("name custom", "Name|E-mail sent", "Ada Example|yes", "Bo Sample|no", "Cy Test|yes");
    propose("name url", "Name|Where", "Ada Example|https://www.linkedin.com/in/ada", "Bo Sample|linkedin.com/in/bo");
    propose("name npi", "Name|Number", "A B|1234567893", "C D|1234567893", "E F|1234567893");
    propose("name last_touch", "Name|Last Contact", "A B|2024-03-01", "C D|15 Mar 2024", "E F|");
}

static void a_file_without_header_is_told_by_its_cells(void **state)
{
    propose("name email phone ignore", "|||", "Ada Example|ada@example.org|555-010-0200|",
            "Bo Sample|bo@example.org|555-010-0201|");
}

static void a_field_goes_to_the_surest_column_only(void **state)
{
    propose("org custom name", "Hospital|Name of hospital once|Name");
    propose("custom custom", "Foo|Bar baz");
    propose("ignore name custom", "Created At|Name|Favourite colour");
}

static void people_need_a_name_or_an_address(void **state)
{
    struct column_proposal proposals[2] = { { .field = COLUMN_CITY }, { .field = COLUMN_NOTE } };
    assert_false(columns_can_make_people(2, proposals));
    proposals[1].field = COLUMN_EMAIL;
    assert_true(columns_can_make_people(2, proposals));
}

static void every_field_has_a_stable_id_that_reads_back(void **state)
{
    for (enum column_field field = COLUMN_IGNORE; field < N_COLUMN; field++) {
        assert_int_equal(column_field_parse(column_field_text(field)), field);
        assert_true(*column_field_words(field) != '\0');
    }
    assert_int_equal(column_field_parse("no such"), COLUMN_NONE);
    assert_true(column_field_repeats(COLUMN_EMAIL));
    assert_false(column_field_repeats(COLUMN_NAME));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_english_list_is_understood),
        cmocka_unit_test(other_languages_are_understood),
        cmocka_unit_test(a_name_beside_a_first_name_is_the_family_name),
        cmocka_unit_test(cells_overrule_a_header_that_says_little),
        cmocka_unit_test(a_file_without_header_is_told_by_its_cells),
        cmocka_unit_test(a_field_goes_to_the_surest_column_only),
        cmocka_unit_test(people_need_a_name_or_an_address),
        cmocka_unit_test(every_field_has_a_stable_id_that_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
