// SPDX-License-Identifier: GPL-3.0-or-later
// Words 1536 to 2047 of the list (snert to zwoel); their order never changes.
#include "core/crypto/words_list.h"

namespace huisbord::crypto {

// clang-format off
const WordQuarter words_fourth = {
    "snert", "snijden", "snip", "snoek", "snor", "snuffel", "snuit", "soda", "soep", "soja", "sok", "sokkel", "solide", "solo", "som",
    "soms", "sonate", "soort", "sorbet", "spaak", "spade", "spagaat", "spannen", "spar", "spatel", "specht", "spel", "spiegel",
    "spijker", "spin", "spiraal", "spits", "spoed", "spons", "spoor", "sport", "spraak", "spreek", "spriet", "sproei", "spruit",
    "staaf", "stad", "staf", "stam", "stand", "star", "station", "steel", "steiger", "stek", "step", "ster", "steun", "stevel", "stift",
    "stijf", "stil", "stip", "stoel", "stof", "stol", "stoom", "stop", "storm", "straat", "streek", "strik", "stro", "struik",
    "student", "stug", "stuif", "stuk", "stunt", "stuur", "subtiel", "suiker", "suite", "super", "surf", "sushi", "symbool", "systeem",
    "taai", "taal", "taart", "tabel", "tablet", "tachtig", "tafel", "taille", "tak", "takel", "tamboer", "tand", "tang", "tante",
    "tapas", "tapdans", "tapijt", "tarbot", "tarwe", "tas", "taxi", "team", "teder", "teek", "teelt", "tegel", "tegoed", "teint",
    "teken", "tekort", "tekst", "tel", "telen", "teller", "telraam", "tempo", "tennis", "tenor", "tent", "terras", "test", "teugel",
    "textiel", "theater", "thee", "thema", "theorie", "thermos", "thuis", "tien", "tijd", "tijger", "tijm", "tikje", "tikken", "timmer",
    "tip", "titel", "tjilp", "toast", "tobbe", "tocht", "toegang", "toekan", "toendra", "toer", "toets", "toffee", "toga", "tokkel",
    "tolk", "tomaat", "ton", "toneel", "tong", "tonijn", "tooi", "toon", "toorts", "topaas", "topper", "toren", "torso", "tortel",
    "tosti", "totaal", "tour", "touw", "traan", "tractor", "tram", "trap", "tred", "trein", "trekker", "trend", "treur", "tribune",
    "trio", "troef", "troffel", "trolley", "trom", "troon", "tropen", "tros", "trots", "trouw", "truc", "truffel", "trui", "tuba",
    "tube", "tuimel", "tuin", "tuit", "tulp", "tunnel", "turbine", "turf", "turnen", "tussen", "twaalf", "tweed", "twijg", "twintig",
    "twist", "tyfoon", "typen", "uier", "uit", "uitdeel", "uitgang", "uitje", "uitkijk", "uitleg", "uitrit", "ukelele", "ultiem",
    "uniek", "uren", "uur", "vaag", "vaak", "vaart", "vaas", "vader", "vakman", "val", "valk", "vallei", "vanaf", "vandaag", "vangnet",
    "vanille", "varen", "varia", "vast", "veeg", "veen", "veilig", "veld", "velg", "velours", "venkel", "venster", "veranda", "verder",
    "verf", "vergeet", "verhaal", "verkeer", "verlang", "vermaak", "vernis", "verras", "vers", "verte", "vervoer", "vest", "vet",
    "veter", "veulen", "vezel", "viaduct", "video", "vier", "vijf", "vijg", "vijver", "vijzel", "villa", "vilt", "vin", "vinger",
    "vink", "violet", "viool", "vis", "visboer", "visite", "vissen", "vitaal", "vitrage", "vizier", "vla", "vlaai", "vlam", "vlas",
    "vlecht", "vlek", "vleugel", "vlezig", "vlieg", "vlijt", "vlinder", "vloed", "vlok", "vlonder", "vocht", "voedsel", "voeg", "voet",
    "vogel", "voldoen", "volgen", "volume", "voor", "vorig", "vork", "vorm", "vorst", "vos", "voucher", "vouw", "vraag", "vracht",
    "vrede", "vreugde", "vriend", "vrij", "vroeg", "vrolijk", "vrouw", "vrucht", "vuil", "vuist", "vulkaan", "vulpen", "vuur", "waaier",
    "waak", "waard", "waas", "wacht", "wadden", "wafel", "wagen", "wagon", "wakker", "walm", "walnoot", "walrus", "wals", "walvis",
    "wand", "wang", "wanneer", "wanten", "wapper", "warboel", "warm", "wasabi", "wasbak", "wasmand", "wat", "water", "watten", "wazig",
    "web", "weefsel", "weelde", "weer", "weg", "wegdek", "wegwijs", "wei", "weide", "weiland", "weinig", "wekker", "weleens", "welkom",
    "welp", "wenk", "wennen", "wens", "wentel", "wereld", "werf", "werk", "werpen", "wervel", "wesp", "west", "weten", "wever", "wezel",
    "wieg", "wiek", "wiel", "wijd", "wijk", "wijs", "wijting", "wijzer", "wikkel", "wild", "wilg", "wimpel", "wind", "wingerd",
    "winkel", "winst", "winter", "wirwar", "wis", "wissel", "wit", "witlof", "woest", "wol", "wolf", "wolk", "wonder", "wonen",
    "woning", "woon", "woord", "worden", "worp", "worst", "wortel", "woud", "wreef", "wrijven", "wringen", "wuiven", "yoghurt", "zaad",
    "zaaien", "zaak", "zaal", "zacht", "zadel", "zagen", "zakdoek", "zaklamp", "zalm", "zand", "zang", "zebra", "zee", "zeef",
    "zeehond", "zeep", "zeester", "zeewier", "zegel", "zeil", "zeker", "zelden", "zelf", "zenden", "zes", "zesde", "zestien", "zetel",
    "zetten", "zeven", "zicht", "zien", "zigzag", "zijde", "zilt", "zilver", "zing", "zink", "zintuig", "zinvol", "zit", "zitten",
    "zoek", "zoemen", "zoet", "zojuist", "zolder", "zomer", "zon", "zondag", "zone", "zonnig", "zoom", "zoon", "zorg", "zout",
    "zuchten", "zuid", "zuigen", "zuil", "zuinig", "zuiver", "zulk", "zuring", "zus", "zuur", "zwaai", "zwaluw", "zwam", "zwart",
    "zweef", "zwem", "zwengel", "zwerm", "zweven", "zwier", "zwijgen", "zwoel"};
// clang-format on

}  // namespace huisbord::crypto
