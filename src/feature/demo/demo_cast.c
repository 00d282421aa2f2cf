/* The cast: a dozen people with a part in the story, the others combined by chance from a fixed
 * seed. */
#include "feature/demo/demo.h"

#include "base/fold.h"
#include "data_demo_names.h"
#include "data_demo_places.h"

#include <string.h>

#define SEED 20260721

static const char *keep(struct demo_cast *cast, const char *text)
{
    return g_string_chunk_insert(cast->text, text);
}

static const char *keep_printf(struct demo_cast *cast, const char *format, ...) G_GNUC_PRINTF(2, 3);
static const char *keep_printf(struct demo_cast *cast, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    g_autofree char *text = g_strdup_vprintf(format, list);
    va_end(list);
    return keep(cast, text);
}

/* A random row of data_demo_names with this language and part. */
static const struct data_demo_names *pick_name(struct prng *prng, const char *language,
                                               const char *part)
{
    const struct data_demo_names *found[64];
    uint32_t n = 0;
    for (size_t i = 0; i < n_data_demo_names && n < 64; i++) {
        if (strcmp(data_demo_names[i].language, language) == 0 &&
            strcmp(data_demo_names[i].part, part) == 0) {
            found[n++] = &data_demo_names[i];
        }
    }
    return found[prng_below(prng, n)];
}

/* A place of a kind, in the US or in a country; NULL when there is none. */
static const struct data_demo_places *pick_place(struct prng *prng, const char *kind,
                                                 const char *country)
{
    const struct data_demo_places *found[64];
    uint32_t n = 0;
    for (size_t i = 0; i < n_data_demo_places && n < 64; i++) {
        if (strcmp(data_demo_places[i].kind, kind) == 0 &&
            strcmp(data_demo_places[i].country, country) == 0) {
            found[n++] = &data_demo_places[i];
        }
    }
    return n == 0 ? NULL : found[prng_below(prng, n)];
}

/* "amina.hassan" */
static const char *dotted(struct demo_cast *cast, const struct demo_person *person)
{
    g_autofree char *whole = g_strdup_printf("%s %s", person->given, person->family);
    g_autofree char *folded = fold_text(whole);
    g_strdelimit(folded, " ", '.');
    return keep(cast, folded);
}

/* "northquay" */
static const char *host_of(struct demo_cast *cast, const char *org)
{
    g_autofree char *folded = fold_text(org);
    g_auto(GStrv) words = g_strsplit(folded, " ", 3);
    return keep(cast, words[0] != NULL ? words[0] : "hospital");
}

/* What follows from name and place: addresses, numbers, when you met. */
static void complete(struct demo_cast *cast, struct prng *prng, struct demo_person *person,
                     int index)
{
    const char *dots = dotted(cast, person);
    person->email =
        keep_printf(cast, "%s%s@%s.example", dots,
                    index >= 20 ? keep_printf(cast, "%d", index) : "", host_of(cast, person->org));
    const char *area = "202";
    for (size_t i = 0; i < n_data_demo_places; i++) {
        if (strcmp(data_demo_places[i].name, person->org) == 0 &&
            data_demo_places[i].area_code[0] != '\0') {
            area = data_demo_places[i].area_code;
        }
    }
    /* a hundred numbers an area are for made-up people; who comes later has a mobile from elsewhere */
    static const char *const elsewhere[] = {NULL, "907", "808", "406", "605", "701", "208", "505"};
    if (index >= 100) {
        area = elsewhere[MIN((size_t)index / 100, G_N_ELEMENTS(elsewhere) - 1)];
    }
    person->phone = keep_printf(cast, "+1 %s 555 01%02d", area, index % 100);
    g_autofree char *slug = g_strdelimit(g_strdup(dots), ".", '-');
    person->slug = keep_printf(cast, "%s-%06x", slug, (unsigned)(prng_next(prng) & 0xffffff));
    if (person->met_day == 0) {
        person->met_day = cast->today - prng_between(prng, 20, 730);
    }
}

static const struct demo_person leads[] = {
    {.prefix = "Dr.",
     .given = "Amina",
     .family = "Hassan",
     .own = "أمينة حسن",
     .language = "ar",
     .credentials = "MBBS",
     .title = "Chief resident, internal medicine",
     .old_title = "Resident, third year",
     .org = "Northquay General Hospital",
     .city = "Toledo",
     .region = "Ohio",
     .country = "US",
     .school = "Indus Delta Medical College",
     .class_year = 2018,
     .tags = "mentor,ohio",
     .note = "Answered a question of mine at the alumni evening in Karachi.",
     .is_on_linkedin = true,
     .shows_email = true,
     .is_in_phone = true,
     .is_author = true},
    {.prefix = "Prof.",
     .given = "Muhammad Saleem",
     .family = "Anjum",
     .own = "محمد سلیم انجم",
     .language = "ur",
     .credentials = "FCPS",
     .title = "Dean of students",
     .org = "Indus Delta Medical College",
     .city = "Karachi",
     .region = "Pakistan",
     .country = "PK",
     .school = "Indus Delta Medical College",
     .class_year = 1989,
     .tags = "teacher",
     .is_in_phone = true,
     .is_author = true},
    {.prefix = "Dr.",
     .given = "Kavya",
     .family = "Rao",
     .own = "ಕಾವ್ಯಾ ರಾವ್",
     .language = "kn",
     .credentials = "MD",
     .title = "Attending, hepatology",
     .org = "Northquay General Hospital",
     .city = "Toledo",
     .region = "Ohio",
     .country = "US",
     .school = "Deccan Plateau Medical College",
     .class_year = 2009,
     .tags = "mentor",
     .is_on_linkedin = true,
     .is_in_phone = true,
     .is_author = true},
    {.prefix = "Dr.",
     .given = "Wei",
     .family = "Zhang",
     .own = "张薇",
     .language = "zh",
     .credentials = "MD, PhD",
     .title = "Fellow, gastroenterology",
     .org = "Harbor Point Medical Center",
     .city = "Boston",
     .region = "Massachusetts",
     .country = "US",
     .school = "Pearl Coast University of Medicine",
     .class_year = 2014,
     .tags = "",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Olena",
     .family = "Kovalchuk",
     .own = "Олена Ковальчук",
     .language = "uk",
     .credentials = "MD",
     .title = "Resident, second year",
     .org = "Cedar Valley Hospital",
     .city = "Rochester",
     .region = "New York",
     .country = "US",
     .school = "Dnipro Steppe Medical University",
     .class_year = 2016,
     .tags = "",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Rajesh",
     .family = "Venkataraman",
     .own = "ராஜேஷ் வெங்கட்ராமன்",
     .language = "ta",
     .credentials = "MD, FACP",
     .title = "Attending, internal medicine",
     .org = "Three Rivers University Hospital",
     .city = "Pittsburgh",
     .region = "Pennsylvania",
     .country = "US",
     .school = "Deccan Plateau Medical College",
     .class_year = 2001,
     .tags = "letter",
     .is_on_linkedin = true,
     .shows_email = true,
     .is_in_phone = true},
    {.prefix = "Ms.",
     .given = "Karen",
     .family = "Lindqvist",
     .own = "",
     .language = "en",
     .credentials = "",
     .title = "Program coordinator",
     .org = "Three Rivers University Hospital",
     .city = "Pittsburgh",
     .region = "Pennsylvania",
     .country = "US",
     .school = "",
     .tags = "",
     .is_in_phone = true},
    {.prefix = "Dr.",
     .given = "Priya",
     .family = "Nambiar",
     .own = "പ്രിയ നമ്പ്യാർ",
     .language = "ml",
     .credentials = "MD",
     .title = "Hospitalist",
     .old_title = "Resident, third year",
     .org = "Harbor Point Medical Center",
     .old_org = "Fernwood Medical Center",
     .city = "Boston",
     .region = "Massachusetts",
     .country = "US",
     .school = "Deccan Plateau Medical College",
     .class_year = 2017,
     .tags = "",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Grace",
     .family = "Nwosu",
     .own = "",
     .language = "yo",
     .credentials = "MBBS",
     .title = "Hospitalist",
     .org = "Cedar Valley Hospital",
     .city = "Rochester",
     .region = "New York",
     .country = "US",
     .school = "Indus Delta Medical College",
     .class_year = 2012,
     .tags = "alumni,visa",
     .is_on_linkedin = true,
     .is_in_phone = true},
    {.prefix = "Dr.",
     .given = "Bilal Ahmed",
     .family = "Qazi",
     .own = "بلال احمد قاضی",
     .language = "ur",
     .credentials = "MBBS",
     .title = "Resident, second year",
     .org = "Three Rivers University Hospital",
     .city = "Pittsburgh",
     .region = "Pennsylvania",
     .country = "US",
     .school = "Indus Delta Medical College",
     .class_year = 2019,
     .tags = "alumni",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Eleni",
     .family = "Papadaki",
     .own = "Ελένη Παπαδάκη",
     .language = "el",
     .credentials = "MD",
     .title = "Fellow, cardiology",
     .old_title = "Resident, third year",
     .org = "Lakeshore Community Hospital",
     .old_org = "Fernwood Medical Center",
     .city = "Cleveland",
     .region = "Ohio",
     .country = "US",
     .school = "Aegean Medical School",
     .class_year = 2015,
     .tags = "",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Sofía",
     .family = "Marroquín",
     .own = "",
     .language = "es",
     .credentials = "MD",
     .title = "Resident, second year",
     .org = "Northquay General Hospital",
     .city = "Toledo",
     .region = "Ohio",
     .country = "US",
     .school = "Sierra Alta School of Medicine",
     .class_year = 2019,
     .tags = "peer",
     .is_on_linkedin = true,
     .is_in_phone = true,
     .shows_email = true},
    {.prefix = "Dr.",
     .given = "Ji-woo",
     .family = "Han",
     .own = "한지우",
     .language = "ko",
     .credentials = "MD",
     .title = "Resident, first year",
     .org = "Millrace Teaching Hospital",
     .city = "Columbus",
     .region = "Ohio",
     .country = "US",
     .school = "Han River Medical College",
     .class_year = 2021,
     .tags = "",
     .is_on_linkedin = true},
    {.prefix = "Dr.",
     .given = "Ji-woo",
     .family = "Han",
     .own = "한지우",
     .language = "ko",
     .credentials = "MD",
     .title = "Research scientist",
     .org = "Stonebridge University Medical Center",
     .city = "Detroit",
     .region = "Michigan",
     .country = "US",
     .school = "Han River Medical College",
     .class_year = 2011,
     .tags = "",
     .is_on_linkedin = true,
     .is_author = true},
    {.prefix = "Dr.",
     .given = "Maria-Alexandra",
     .family = "Constantinescu-Vasiliu",
     .own = "",
     .language = "ro",
     .credentials = "MD",
     .title = "Attending, family medicine",
     .org = "Fernwood Medical Center",
     .city = "Houston",
     .region = "Texas",
     .country = "US",
     .school = "Carpathian Gate Medical University",
     .class_year = 2006,
     .tags = "",
     .is_on_linkedin = true,
     .is_in_google = true},
};

static const char *const languages[] = {"ur", "ur", "ar", "ar", "hi", "hi", "ta", "kn", "bn",
                                        "uk", "el", "zh", "zh", "ko", "fa", "he", "am", "ka",
                                        "ml", "th", "es", "es", "pt", "yo", "yo", "tl", "vi",
                                        "tr", "ro", "de", "en", "en", "en", "en"};
static const char *const us_titles[] = {"Resident, first year",
                                        "Resident, second year",
                                        "Resident, third year",
                                        "Chief resident",
                                        "Attending, internal medicine",
                                        "Attending, family medicine",
                                        "Attending, psychiatry",
                                        "Attending, pediatrics",
                                        "Fellow, cardiology",
                                        "Fellow, nephrology",
                                        "Fellow, infectious disease",
                                        "Hospitalist",
                                        "Program coordinator",
                                        "Associate program director, internal medicine",
                                        "Program director, internal medicine",
                                        "Research scientist",
                                        "Clinic manager",
                                        "Attending, neurology",
                                        "Resident, pathology"};
static const char *const abroad_titles[] = {"House officer",
                                            "Medical officer",
                                            "Registrar, internal medicine",
                                            "Consultant physician",
                                            "Lecturer in medicine",
                                            "Medical student, final year",
                                            "Resident, general surgery",
                                            "Professor of medicine",
                                            "Demonstrator, physiology"};

/* Nobody of the demo is called as its owner: another family name of the language. */
static const struct data_demo_names *not_the_owner(const struct data_demo_names *given,
                                                   const struct data_demo_names *family)
{
    if (strcmp(given->latin, DEMO_OWNER_GIVEN) != 0 ||
        strcmp(family->latin, DEMO_OWNER_FAMILY) != 0) {
        return family;
    }
    const struct data_demo_names *other = data_demo_names;
    while (strcmp(other->language, family->language) != 0 || strcmp(other->part, "family") != 0 ||
           other == family) {
        other++;
    }
    return other;
}

/* School abroad of the person's country, else one anywhere. */
static const char *school_of(struct prng *prng, const char *country)
{
    const struct data_demo_places *place = pick_place(prng, "school", country);
    return place != NULL ? place->name : "";
}

static const char *own_name(struct demo_cast *cast, const struct data_demo_names *given,
                            const struct data_demo_names *family)
{
    if (given->own[0] == '\0' || family->own[0] == '\0') {
        return "";
    }
    bool family_first = strcmp(given->language, "zh") == 0 || strcmp(given->language, "ko") == 0;
    return family_first ? keep_printf(cast, "%s%s", family->own, given->own)
                        : keep_printf(cast, "%s %s", given->own, family->own);
}

static void make_extra(struct demo_cast *cast, struct prng *prng, struct demo_person *person,
                       int index)
{
    const char *language = languages[prng_below(prng, G_N_ELEMENTS(languages))];
    const struct data_demo_names *given = pick_name(prng, language, "given");
    const struct data_demo_names *family = not_the_owner(given, pick_name(prng, language, "family"));
    bool is_us = prng_below(prng, 100) < 58;
    const struct data_demo_places *place =
        is_us ? NULL : pick_place(prng, "hospital", given->country);
    if (place == NULL) {
        place =
            is_us ? pick_place(prng, "hospital", "US") : pick_place(prng, "school", given->country);
    }
    place = place != NULL ? place : pick_place(prng, "hospital", "US");
    is_us = strcmp(place->country, "US") == 0;
    person->given = given->latin;
    person->family = family->latin;
    person->language = language;
    person->own = own_name(cast, given, family);
    person->title = is_us ? us_titles[prng_below(prng, G_N_ELEMENTS(us_titles))]
                          : abroad_titles[prng_below(prng, G_N_ELEMENTS(abroad_titles))];
    bool is_doctor = strstr(person->title, "coordinator") == NULL &&
                     strstr(person->title, "manager") == NULL &&
                     strstr(person->title, "student") == NULL;
    person->prefix =
        is_doctor ? (strstr(person->title, "Professor") != NULL ? "Prof." : "Dr.") : "";
    person->credentials = !is_doctor                 ? ""
                          : prng_below(prng, 3) == 0 ? "MBBS"
                          : prng_below(prng, 8) == 0 ? "MD, FACP"
                                                     : "MD";
    person->org = place->name;
    person->city = place->city;
    person->region = place->region;
    person->country = place->country;
    person->school = is_doctor ? school_of(prng, given->country) : "";
    person->class_year = 1992 + (int)prng_below(prng, 33);
    uint32_t where = prng_below(prng, 100);
    person->is_on_linkedin = where < 72;
    person->shows_email = prng_below(prng, 100) < 4;
    person->is_in_phone = where >= 60 && where < 92;
    person->is_in_google = where >= 88 || prng_below(prng, 100) < 6;
    person->is_author = prng_below(prng, 100) < 5;
    person->is_closed = person->is_on_linkedin && !person->is_in_phone && prng_below(prng, 100) < 2;
    person->tags = prng_below(prng, 12) == 0   ? "ward"
                   : prng_below(prng, 14) == 0 ? "study group"
                                               : "";
    if (is_us && prng_below(prng, 18) == 0) {
        const struct data_demo_places *was = pick_place(prng, "hospital", "US");
        person->old_org = was->name;
        person->old_title = "Resident, third year";
    }
    complete(cast, prng, person, index);
}

void demo_cast_init(struct demo_cast *cast, int32_t today)
{
    struct prng prng;
    prng_init(&prng, SEED);
    *cast = (struct demo_cast){.n = DEMO_PEOPLE, .today = today, .text = g_string_chunk_new(65536)};
    for (size_t i = 0; i < G_N_ELEMENTS(leads); i++) {
        cast->people[i] = leads[i];
        complete(cast, &prng, &cast->people[i], (int)i);
    }
    for (int i = (int)G_N_ELEMENTS(leads); i < cast->n; i++) {
        make_extra(cast, &prng, &cast->people[i], i);
    }
}

void demo_cast_clear(struct demo_cast *cast)
{
    g_string_chunk_free(cast->text);
}
