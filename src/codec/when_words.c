/* Names of months and days as spreadsheets and people write them, without case and accents (NFKD, marks dropped,
 * case folded). English, German, French, Spanish, Portuguese, Italian, Dutch, the Nordic languages, Polish,
 * Czech, Romanian, Turkish, Russian, Ukrainian, Arabic. A word is found with a blank on both sides of it. */
#include "codec/when_part.h"

#include <string.h>

static const char *const months[12] = {
    " january jan januar janner janvier janv enero ene janeiro gennaio gen januari tammikuu tammikuuta "
    "styczen stycznia sty leden ledna "
    "ianuarie ian ocak январь января янв січень січня січ يناير كانون2 ",
    " february feb febr februar feber fevrier fevr fev febrero fevereiro febbraio februari helmikuu "
    "helmikuuta luty lutego lut unor unora "
    "februarie subat февраль февраля фев лютии лютого лют فبراير شباط ",
    " march mar marz maerz mrz mars marzo marco maart mrt marts maaliskuu maaliskuuta marzec marca brezen "
    "brezna martie mart "
    "март марта мар березень березня бер مارس اذار ",
    " april apr avril avr abril abr aprile huhtikuu huhtikuuta kwiecien kwietnia kwi duben dubna aprilie nisan "
    "апрель апреля апр квітень квітня кві ابريل نيسان ",
    " may mai mayo maio maggio mag mei maj toukokuu toukokuuta maja kveten kvetna mayis mayıs маи мая "
    "травень травня тра مايو ايار ",
    " june jun juni juin junio junho giugno giu kesakuu kesakuuta czerwiec czerwca cze cerven cervna iunie "
    "iun haziran "
    "июнь июня июн червень червня чер يونيو حزيران ",
    " july jul juli juillet juil julio julho luglio lug heinakuu heinakuuta lipiec lipca lip cervenec "
    "cervence iulie iul temmuz "
    "июль июля июл липень липня лип يوليو تموز ",
    " august aug aout agosto ago augustus augusti elokuu elokuuta sierpien sierpnia sie srpen srpna agustos "
    "август августа авг серпень серпня сер اغسطس اب ",
    " september sept sep septembre septiembre setembro set settembre syyskuu syyskuuta wrzesien wrzesnia wrz "
    "zari septembrie eylul "
    "сентябрь сентября сен сент вересень вересня вер سبتمبر ايلول ",
    " october oct oktober okt octobre octubre outubro out ottobre ott lokakuu lokakuuta pazdziernik "
    "pazdziernika paz rijen rijna octombrie "
    "ekim октябрь октября окт жовтень жовтня жов اكتوبر ",
    " november nov novembre noviembre novembro marraskuu marraskuuta listopad listopada listopadu lis "
    "noiembrie kasim kasım "
    "ноябрь ноября ноя листопад листопада نوفمبر ",
    " december dec dez dezember decembre diciembre dic dezembro dicembre desember des joulukuu joulukuuta "
    "grudzien grudnia gru prosinec "
    "prosince decembrie aralik aralık декабрь декабря дек грудень грудня гру ديسمبر ",
};

static const char days[] =
    " mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday sun sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so "
    "lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim "
    "lunes martes miercoles jueves viernes sabado domingo mie jue vie sab dom "
    "segunda terca quarta quinta sexta feira seg ter qua qui sex "
    "lunedi martedi mercoledi giovedi venerdi domenica gio "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo "
    "mandag tirsdag onsdag torsdag fredag lordag sondag "
    "poniedzialek wtorek sroda czwartek piatek sobota niedziela "
    "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс ";

/* Words between the parts of a date, and endings of ordinal numbers. */
static const char fillers[] =
    " st nd rd th er re e o a of the on at de del do da d le el il den der am um om vom em t год года г р року y ";

/* True when blank-parted list holds word. */
static bool holds(const char *list, const char *word)
{
    size_t len = strlen(word);
    if (len == 0) {
        return false;
    }
    for (const char *at = list; (at = strstr(at, word)) != NULL; at++) {
        if (at[-1] == ' ' && at[len] == ' ') {
            return true;
        }
    }
    return false;
}

int when_word_month(const char *word)
{
    for (int i = 0; i < 12; i++) {
        if (holds(months[i], word)) {
            return i + 1;
        }
    }
    return 0;
}

bool when_word_is_day(const char *word)
{
    return holds(days, word);
}

bool when_word_is_filler(const char *word)
{
    return holds(fillers, word);
}

bool when_word_zone(const char *word, int *offset_s_out)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {
        { "z", 0 }, { "utc", 0 }, { "gmt", 0 }, { "ut", 0 }, { "est", -5 }, { "edt", -4 }, { "cst", -6 },
        { "cdt", -5 },
        { "mst", -7 }, { "mdt", -6 }, { "pst", -8 }, { "pdt", -7 }, { "cet", 1 }, { "cest", 2 }, { "msk", 3 },
    };
    for (size_t i = 0; i < G_N_ELEMENTS(zones); i++) {
        if (strcmp(word, zones[i].name) == 0) {
            *offset_s_out = zones[i].hours * 3600;
            return true;
        }
    }
    return false;
}
