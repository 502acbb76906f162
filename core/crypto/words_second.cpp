// SPDX-License-Identifier: GPL-3.0-or-later
// Words 512 to 1023 of the list (gulden to mimosa); their order never changes.
#include "core/crypto/words_list.h"

namespace huisbord::crypto {

// clang-format off
const WordQuarter words_second = {
    "gulden", "gunst", "gymles", "gymzaal", "haag", "haai", "haar", "hagel", "hak", "haken", "half", "hals", "halter", "halve", "hamer",
    "hamster", "hand", "hangen", "hapje", "haring", "hark", "hars", "hart", "haver", "havik", "hecht", "heel", "heem", "hefboom",
    "heftig", "heg", "heide", "heining", "helder", "helft", "helling", "helm", "helpen", "hemd", "hengel", "herberg", "herder",
    "herfst", "hert", "heup", "heuvel", "hevig", "hiel", "hijsen", "hikken", "hinde", "hink", "hitte", "hobby", "hobo", "hockey",
    "hoed", "hoef", "hoepel", "hoeveel", "hofje", "hollen", "hommel", "homp", "honderd", "honing", "honkbal", "hoofd", "hoog", "hoop",
    "hoorn", "hop", "horen", "horizon", "horloge", "hortus", "hotel", "houding", "hout", "houvast", "hozen", "huid", "huifkar",
    "huilen", "hulde", "hulp", "huls", "hummel", "humor", "humus", "huppel", "hut", "hutspot", "huur", "hyacint", "hyena", "idee",
    "iemand", "iets", "iglo", "ijs", "ijsbeer", "ijsco", "ijskast", "ijsthee", "ijszee", "ijver", "ijzer", "ikebana", "imker", "immer",
    "import", "impuls", "inbouw", "index", "indigo", "indruk", "ingang", "inham", "inhoud", "inkijk", "inkoop", "inkt", "inleg",
    "inloop", "inmaak", "inrit", "inruil", "insect", "instap", "intens", "invoer", "inzet", "inzicht", "iris", "item", "ivoor", "jaar",
    "jacht", "jager", "jaguar", "jakhals", "jam", "januari", "japon", "jarig", "jas", "jasmijn", "jazz", "jeans", "jeep", "jeugd",
    "jodel", "jodium", "joelen", "joggen", "jojo", "joker", "jol", "jong", "jonkie", "joviaal", "jubel", "judo", "juf", "juich",
    "juist", "juk", "juni", "jurk", "jury", "jute", "juweel", "kaap", "kaars", "kabaal", "kabel", "kachel", "kade", "kaft", "kajak",
    "kajuit", "kaketoe", "kalf", "kalk", "kam", "kameel", "kamille", "kampeer", "kanaal", "kaneel", "kanjer", "kano", "kant", "kapok",
    "kapper", "kapstok", "kar", "karaf", "karig", "karnen", "karper", "karton", "karwei", "kassa", "katern", "katoen", "kauwen",
    "kaviaar", "kazen", "keer", "keet", "kegel", "kei", "keizer", "kelder", "kelk", "kelner", "kenmerk", "kennis", "kerel", "kerf",
    "kermis", "kern", "kerrie", "ketel", "ketting", "keuken", "keurig", "keus", "keuze", "kever", "kiekje", "kiem", "kies", "kievit",
    "kiezel", "kijk", "kikker", "kilo", "kimono", "kin", "kind", "kiosk", "kip", "kist", "kiwi", "klaar", "klank", "klas", "klauw",
    "klaver", "kleding", "kleed", "klei", "klem", "klepel", "klerk", "kletsen", "kleur", "kliek", "klif", "klim", "klink", "klip",
    "kloek", "klok", "klomp", "klont", "kloof", "klos", "kluis", "knaap", "knal", "knap", "kneed", "knie", "knijpen", "knik", "knoest",
    "knol", "knoop", "knop", "knots", "knuffel", "knus", "koala", "koe", "koel", "koepel", "koers", "koets", "koffer", "koken", "kokos",
    "kolen", "kolk", "kolom", "kom", "komeet", "komijn", "komma", "kompas", "komst", "konijn", "kooi", "koor", "koper", "koppel",
    "koraal", "kordaat", "koren", "korf", "korhoen", "korrel", "korst", "kort", "kosmos", "kosten", "kotter", "kous", "kraag", "krab",
    "krans", "krat", "kreeft", "krekel", "krent", "kreuk", "kriebel", "krijt", "krik", "kring", "kritiek", "kroes", "kroket", "kroon",
    "kruik", "krul", "kubiek", "kubus", "kudde", "kuieren", "kuif", "kuiken", "kuip", "kundig", "kunst", "kurk", "kussen", "kust",
    "kwark", "kweek", "kweken", "kwetter", "kwijt", "kwik", "kwint", "kwispel", "laag", "laan", "laars", "laatst", "label", "lach",
    "ladder", "lade", "lading", "lage", "laken", "lam", "lamp", "lasso", "last", "later", "lawaai", "lawine", "leeg", "leem", "leer",
    "leeuw", "leguaan", "leiding", "leien", "lekker", "lelie", "lengte", "lenig", "lens", "lente", "lepel", "leraar", "les", "letter",
    "leuk", "leuning", "leven", "lezen", "liaan", "libel", "licht", "lied", "lief", "lift", "liga", "ligbad", "lijm", "lijn", "lijst",
    "lila", "limoen", "linde", "liniaal", "links", "linnen", "lint", "liter", "locatie", "loeien", "loep", "lof", "logeer", "logo",
    "lokaal", "lokken", "lol", "lolly", "longen", "lood", "loof", "lopen", "lotus", "lucht", "luid", "luier", "luifel", "luik",
    "luister", "lukken", "lunch", "lupine", "lus", "luwte", "luxe", "lynx", "lyriek", "maaier", "maan", "maart", "maat", "machine",
    "magisch", "magneet", "mahonie", "maken", "makreel", "mama", "mammoet", "man", "manchet", "manege", "mango", "manier", "mantel",
    "map", "markt", "marmer", "marter", "masker", "massa", "matig", "matras", "mauve", "maximum", "mazen", "mazzel", "meander",
    "meedoen", "meel", "meester", "meetlat", "meeuw", "mei", "meisje", "melden", "melk", "melodie", "mengsel", "menig", "mens",
    "mentor", "menu", "merel", "mergel", "merk", "metaal", "meter", "meting", "metro", "metsel", "meubel", "micro", "middag", "mier",
    "mijl", "mijmer", "mijn", "mikken", "mild", "milieu", "miljoen", "mimosa"};
// clang-format on

}  // namespace huisbord::crypto
