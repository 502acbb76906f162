// SPDX-License-Identifier: GPL-3.0-or-later
// Words 0 to 511 of the list (aarde to gul); their order never changes.
#include "core/crypto/words_list.h"

namespace huisbord::crypto {

// clang-format off
const WordQuarter words_first = {
    "aarde", "accu", "acteur", "actie", "adelaar", "adem", "adres", "advies", "afdak", "afdruk", "affiche", "afgaan", "afstand",
    "aftrap", "afval", "afwas", "agenda", "akker", "akkoord", "alarm", "album", "algen", "alinea", "alles", "alpaca", "alpen", "altijd",
    "amandel", "ambacht", "amfora", "ananas", "anders", "anjer", "anker", "antenne", "antiek", "apart", "appel", "april", "aquarel",
    "arbeid", "arcade", "arena", "armband", "aroma", "artikel", "asperge", "aster", "atelier", "atlas", "atleet", "aubade", "augurk",
    "auteur", "auto", "avocado", "avond", "azalea", "azijn", "azuur", "baan", "baard", "baas", "babbel", "bad", "badpak", "bagage",
    "baken", "bakker", "balans", "balie", "balkon", "ballon", "balpen", "bamboe", "banaan", "banjo", "bank", "baret", "barok", "barst",
    "basalt", "basis", "basket", "bazaar", "bazuin", "bedrag", "beeld", "been", "begin", "begroet", "behang", "beits", "beker",
    "belofte", "benzine", "berg", "bericht", "beroep", "bessen", "bestek", "beton", "beuk", "beurt", "bever", "bewaar", "bewolkt",
    "bezem", "bezig", "bezoek", "bibber", "biet", "biezen", "bij", "bijbaan", "bijna", "biljart", "binnen", "blaas", "blad", "blaffen",
    "blauw", "blazer", "bleek", "blij", "blik", "bloem", "blok", "blond", "blouse", "bodem", "boeg", "boek", "boenen", "boetiek",
    "boiler", "bolder", "bolhoed", "bonbon", "bonen", "bont", "bonus", "boog", "boom", "boord", "bord", "bosbes", "bosrand", "botanie",
    "boter", "bouwen", "boven", "braaf", "braden", "brand", "brasem", "breed", "brei", "brem", "breuk", "bries", "bril", "brink",
    "broche", "broer", "brokje", "brommer", "bron", "brood", "brug", "bruin", "bubbel", "buffel", "buidel", "buis", "buiten", "buizerd",
    "bukken", "bulten", "bumper", "bundel", "buren", "busje", "butler", "buurt", "cacao", "cactus", "cadeau", "camera", "camping",
    "cello", "cement", "centrum", "chalet", "charme", "chef", "chip", "chocola", "cijfer", "circus", "cirkel", "citroen", "clown",
    "club", "coach", "cockpit", "code", "collega", "coltrui", "comedy", "compost", "concert", "contact", "coupe", "coureur", "curry",
    "cursus", "cyclus", "daad", "dadel", "dag", "dahlia", "dak", "dal", "daling", "damast", "dambord", "dame", "dans", "dapper",
    "darts", "datum", "dauw", "decor", "deeg", "deinen", "dekbed", "deken", "deksel", "delen", "delta", "demo", "dempen", "denk",
    "dennen", "depot", "dessert", "detail", "deugd", "deur", "diadeem", "diamant", "dichter", "dictee", "diep", "diesel", "dijk",
    "dille", "diner", "ding", "disco", "divan", "dobber", "dochter", "doedel", "doek", "doel", "dolfijn", "domino", "donder", "donker",
    "dooier", "doolhof", "dorp", "dotje", "douche", "dozijn", "draad", "draf", "drager", "drempel", "dreumes", "dribbel", "drie",
    "drogist", "droog", "drop", "druif", "druk", "druppel", "dubbel", "duet", "duik", "duim", "duin", "duizend", "durf", "duwen",
    "dweil", "dynamo", "echo", "echt", "edel", "eend", "eenheid", "eerbied", "eerlijk", "eerst", "eetbaar", "eeuw", "effect", "egel",
    "eigen", "eik", "eiland", "einde", "ekster", "eland", "elders", "elegant", "element", "elf", "elke", "emmer", "energie", "enkel",
    "enorm", "entree", "envelop", "episode", "ergens", "erker", "ernst", "erwt", "essen", "etage", "etalage", "etappe", "eten",
    "etiket", "etmaal", "etui", "even", "exact", "examen", "excuus", "expert", "extra", "fabel", "fabriek", "factor", "fagot", "fakkel",
    "familie", "fanfare", "fazant", "feest", "feit", "fel", "feniks", "ferm", "fiber", "ficus", "fiets", "figuur", "fijn", "film",
    "filter", "finale", "fineer", "finish", "fitheid", "fjord", "flacon", "flanel", "flap", "flat", "flauw", "flensje", "fles", "fleur",
    "flink", "flipper", "flits", "florijn", "fluit", "fluor", "fluweel", "focus", "foelie", "folder", "folie", "fontein", "forel",
    "formaat", "fornuis", "fossiel", "foto", "foxtrot", "fraai", "frame", "franje", "fresia", "friemel", "fris", "frituur", "frons",
    "fruit", "fuchsia", "fuik", "functie", "futen", "futon", "fysiek", "gaaf", "galerij", "galop", "gans", "gapen", "garage", "garde",
    "garen", "garnaal", "gast", "gave", "gazelle", "gazon", "gebak", "gebouw", "gebruik", "gedekt", "gedicht", "gedrag", "geduld",
    "geel", "geheel", "gehoor", "gelaat", "geld", "gelei", "gelijk", "geluk", "gemak", "gember", "geniet", "genoeg", "genre", "gerecht",
    "gerst", "geruis", "gesp", "getal", "getij", "geur", "gevel", "gevoel", "gewelf", "gewicht", "gewoon", "gezicht", "gezond", "gids",
    "giebel", "giechel", "gierst", "gieter", "gilde", "gips", "giraf", "gitaar", "glad", "glans", "glazuur", "gleuf", "glijden",
    "globe", "gloed", "glooien", "gloren", "gnoe", "goal", "goed", "golf", "golven", "gong", "goochel", "goot", "gordijn", "gort",
    "goud", "graag", "gracht", "graniet", "grap", "gras", "gratis", "grendel", "greppel", "griffel", "grijs", "grill", "grimas",
    "grinnik", "groei", "grof", "grond", "groot", "grot", "gruis", "grutto", "guitig", "gul"};
// clang-format on

}  // namespace huisbord::crypto
